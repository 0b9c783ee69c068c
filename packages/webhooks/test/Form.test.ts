import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formOf } from "../src/delivery/Form.js";

describe("a body as a form", () => {
  it("names nested fields by their path", () => {
    const form = formOf({
      type: "stock.moved",
      data: { lines: [{ item: "TEA & CO", quantity: 3 }] },
    });
    expect([...new URLSearchParams(form)]).toEqual([
      ["type", "stock.moved"],
      ["data[lines][0][item]", "TEA & CO"],
      ["data[lines][0][quantity]", "3"],
    ]);
  });

  it("keeps every value of flat bodies, whatever their characters", () => {
    const flat = fc.dictionary(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean(), fc.constant(null)),
    );
    fc.assert(
      fc.property(flat, (body) => {
        const read = new URLSearchParams(formOf(body));
        for (const [name, value] of Object.entries(body)) {
          expect(read.get(name)).toBe(value === null ? "" : String(value));
        }
      }),
    );
  });
});
