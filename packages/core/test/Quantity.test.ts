import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatQuantity,
  maxQuantity,
  parseQuantity,
  type QuantityFault,
  type QuantityInput,
  toUnits,
} from "../src/Quantity.js";

const precision = fc.integer({ min: 0, max: 6 });
const known = precision.chain((p) =>
  fc.record({
    precision: fc.constant(p),
    quantity: fc.oneof(
      fc.integer({ min: -maxQuantity(p), max: maxQuantity(p) }),
      fc.integer({ min: -5_000, max: 5_000 }),
      fc.constantFrom(maxQuantity(p), -maxQuantity(p), 0, 1, -1),
    ),
  }),
);

describe("a quantity", () => {
  it.each<[QuantityInput, number, number | QuantityFault]>([
    ["2.5", 1, 25],
    [2.5, 1, 25],
    [2.55, 1, "too-many-decimals"],
    ["2.550", 2, 255],
    [0.1 + 0.2, 2, "too-many-decimals"],
    [718.27, 2, 71_827],
    ["-0", 0, 0],
    [-0, 3, 0],
    ["-0.00", 2, 0],
    ["007", 0, 7],
    ["", 0, "not-a-number"],
    [" 1", 0, "not-a-number"],
    ["+1", 0, "not-a-number"],
    ["1.", 0, "not-a-number"],
    [".5", 1, "not-a-number"],
    ["1e3", 0, "not-a-number"],
    ["1,5", 1, "not-a-number"],
    ["٣", 0, "not-a-number"],
    [Number.NaN, 0, "not-a-number"],
    [Number.POSITIVE_INFINITY, 0, "not-a-number"],
    [1e-7, 6, "too-many-decimals"],
    [0.000_001, 6, 1],
    [1e21, 0, "too-large"],
    [2 ** 53 - 1, 0, 2 ** 53 - 1],
    [2 ** 53, 0, "too-large"],
    ["9007199254740993", 0, "too-large"],
    ["999999999.999999", 6, 999_999_999_999_999],
    ["1000000000.000000", 6, "too-large"],
    ["9".repeat(41), 0, "not-a-number"],
    [5n as unknown as number, 0, "not-a-number"],
    [null as unknown as string, 0, "not-a-number"],
  ])("%s of precision %i is read as %s", (input, decimals, expected) => {
    expect(parseQuantity(input, decimals)).toBe(expected);
  });

  it("is read as it was written, as text and as number", () => {
    fc.assert(
      fc.property(known, ({ quantity, precision }) => {
        const text = formatQuantity(quantity, precision);
        expect(parseQuantity(text, precision)).toBe(quantity);
        expect(parseQuantity(toUnits(quantity, precision), precision)).toBe(quantity);
      }),
    );
  });

  it("is written with all its decimal places and nothing else", () => {
    expect(formatQuantity(5, 3)).toBe("0.005");
    expect(formatQuantity(-5, 1)).toBe("-0.5");
    expect(formatQuantity(1_234_567, 3)).toBe("1234.567");
    expect(formatQuantity(12, 0)).toBe("12");
    fc.assert(
      fc.property(known, ({ quantity, precision }) => {
        const text = formatQuantity(quantity, precision);
        expect(text).toMatch(
          precision === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${precision}}$`),
        );
      }),
    );
  });

  it("is read the same whatever zeros follow it", () => {
    fc.assert(
      fc.property(known, fc.nat({ max: 20 }), ({ quantity, precision }, zeros) => {
        const text = formatQuantity(quantity, precision);
        const longer = `${text}${text.includes(".") ? "" : "."}0${"0".repeat(zeros)}`;
        expect(parseQuantity(longer, precision)).toBe(quantity);
      }),
    );
  });

  it("is never changed silently: it is read exactly or refused", () => {
    fc.assert(
      fc.property(fc.double(), precision, (input, p) => {
        const read = parseQuantity(input, p);
        if (typeof read === "number") expect(toUnits(read, p)).toBe(input + 0);
      }),
    );
  });
});
