import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprintOf } from "../src/Fingerprint.js";

const content = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 5 }),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer())),
);

describe("a fingerprint", () => {
  it("is the same in whatever order the fields were written", () => {
    fc.assert(
      fc.property(content, (fields) => {
        const turned = Object.fromEntries(Object.entries(fields).reverse());
        expect(fingerprintOf({ a: turned })).toBe(fingerprintOf({ a: fields }));
      }),
    );
  });

  it("differs when the content does", () => {
    const seen = new Map<number, string>();
    fc.assert(
      fc.property(content, (fields) => {
        const told = JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
        const fingerprint = fingerprintOf(fields);
        expect(seen.get(fingerprint) ?? told).toBe(told);
        seen.set(fingerprint, told);
      }),
      { numRuns: 2_000 },
    );
  });

  it("tells the order of lines, text from number, and a field of null from none", () => {
    expect(fingerprintOf([1, 2])).not.toBe(fingerprintOf([2, 1]));
    expect(fingerprintOf({ quantity: "1" })).not.toBe(fingerprintOf({ quantity: 1 }));
    expect(fingerprintOf({ a: null })).not.toBe(fingerprintOf({}));
    expect(fingerprintOf({ a: undefined })).toBe(fingerprintOf({}));
  });

  it("fits 53 bits", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(fingerprintOf(text)).toSatisfy((n: number) => Number.isSafeInteger(n) && n >= 0);
      }),
    );
  });

  it("regression: is had of a bigint too", () => {
    expect(fingerprintOf({ quantity: 5n })).not.toBe(fingerprintOf({ quantity: 6n }));
  });
});
