import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costOf, isAmount, isCurrency, multiplyDivideHalfUp } from "../src/Money.js";

const safe = fc.oneof(fc.nat({ max: 10_000 }), fc.maxSafeNat());
const divisor = safe.map((n) => Math.max(n, 1));

describe("money", () => {
  it("is multiplied and divided exactly, halves rounded up", () => {
    fc.assert(
      fc.property(safe, safe, divisor, (factor, multiplicand, by) => {
        const twice = 2n * BigInt(factor) * BigInt(multiplicand);
        const exact = (twice + BigInt(by)) / (2n * BigInt(by));
        if (exact > BigInt(Number.MAX_SAFE_INTEGER)) return;
        expect(multiplyDivideHalfUp(factor, multiplicand, by)).toBe(Number(exact));
      }),
    );
  });

  it.each([
    [1, 1, 2, 1],
    [1, 1, 3, 0],
    [2, 1, 3, 1],
    [0, 5, 7, 0],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 2 ** 53 - 1],
    [Number.MAX_SAFE_INTEGER, 3, 6, 2 ** 52],
  ])("%i × %i ÷ %i = %i", (factor, multiplicand, by, expected) => {
    expect(multiplyDivideHalfUp(factor, multiplicand, by)).toBe(expected);
  });

  it("costs the unit cost for each unit, whatever the precision", () => {
    expect(costOf(3, 250, 0)).toBe(750);
    expect(costOf(2_500, 199, 3)).toBe(498);
    expect(costOf(1, 499, 3)).toBe(0);
    expect(costOf(1, 500, 3)).toBe(1);
    fc.assert(
      fc.property(
        fc.nat({ max: 1_000 }),
        fc.nat(),
        fc.nat({ max: 6 }),
        (units, cost, precision) => {
          expect(costOf(units * 10 ** precision, cost, precision)).toBe(units * cost);
        },
      ),
    );
  });

  it("is a whole number of minor units, not negative", () => {
    for (const amount of [0, 1, Number.MAX_SAFE_INTEGER]) expect(isAmount(amount)).toBe(true);
    for (const other of [-1, 0.5, Number.NaN, 2 ** 53, "1", 1n, null]) {
      expect(isAmount(other)).toBe(false);
    }
  });

  it("names its currency by three capital letters", () => {
    for (const code of ["EUR", "IDR", "XXX"]) expect(isCurrency(code)).toBe(true);
    for (const other of ["eur", "EURO", "", "E1R", "EUR\n", null]) {
      expect(isCurrency(other)).toBe(false);
    }
  });
});
