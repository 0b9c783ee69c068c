import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_ATTRIBUTES } from "../src/Attributes.js";
import type { Attributes, Command } from "../src/index.js";
import { decide, emptyState, evolve, itemOf, type LedgerState } from "../src/index.js";

const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/);
const values = fc.oneof(
  fc.stringMatching(/^[ -~]{0,50}$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.array(fc.stringMatching(/^[ -~]{0,20}$/), { maxLength: 5 }),
);
const changes = fc.dictionary(names, fc.option(values), { maxKeys: 12 });

function put(state: LedgerState, attributes: unknown) {
  const command = { type: "put-item", sku: "bolt", attributes } as Command;
  const decision = decide(state, command, { recordedAt: 0 });
  if (decision.type !== "accepted") return decision;
  for (const entry of decision.entries) evolve(state, entry);
  return decision;
}

function attributesOf(state: LedgerState): Attributes | undefined {
  return itemOf(state, "bolt")?.item.attributes;
}

describe("attributes", () => {
  it("are what their changes come to, in the order of their names", () => {
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 4 }), (all) => {
        const state = emptyState();
        const expected = new Map<string, unknown>();
        for (const change of all) {
          put(state, change);
          for (const [name, value] of Object.entries(change)) {
            if (value === null) expected.delete(name);
            else expected.set(name, value);
          }
        }
        const order = [...expected].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(Object.entries(attributesOf(state) ?? {})).toEqual(order);
      }),
    );
  });

  it("that cannot be are refused by name, and change nothing", () => {
    const state = emptyState();
    put(state, { colour: "red" });
    const many = Object.fromEntries(Array.from({ length: MAX_ATTRIBUTES }, (_, i) => [`a${i}`, i]));
    const wrong: readonly (readonly [unknown, string])[] = [
      [[], "attributes"],
      [null, "attributes"],
      [{ "": 1 }, "attributes"],
      [{ "7up": 1 }, "attributes"],
      [{ ["__proto__"]: 1 }, "attributes"],
      [{ colour: {} }, "attributes.colour"],
      [{ colour: Number.NaN }, "attributes.colour"],
      [{ colour: [1] }, "attributes.colour"],
      [{ colour: "x".repeat(2_001) }, "attributes.colour"],
      [many, "attributes"],
    ];
    for (const [attributes, field] of wrong) {
      expect(put(state, attributes)).toMatchObject({
        type: "rejected",
        rejection: { code: "invalid-field", field },
      });
    }
    expect(attributesOf(state)).toEqual({ colour: "red" });
  });
});
