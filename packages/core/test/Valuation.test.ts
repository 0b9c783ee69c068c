import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageValue, coverageCorrection, residualCorrection } from "../src/Valuation.js";

const NOTHING_KNOWN = { unitCost: 0, precision: 0 };
const count = fc.integer({ min: 1, max: 100_000 });
const amount = fc.integer({ min: 0, max: 10_000_000 });

/** What a holding becomes when goods come in at a cost: receipt and correction. */
function received(before: { quantity: number; value: number }, quantity: number, cost: number) {
  const correction = coverageCorrection(before, quantity, cost);
  const after = { quantity: before.quantity + quantity, value: before.value + cost - correction };
  const residue = residualCorrection(after);
  return { quantity: after.quantity, value: after.value - residue, correction, residue };
}

describe("goods that come in where stock is below zero", () => {
  const TEN_SHORT_AT_FIVE = { quantity: -10, value: -50 };

  it.each([
    { came: 15, at: 8, quantity: 5, value: 40, correction: 30 },
    { came: 4, at: 8, quantity: -6, value: -30, correction: 12 },
    { came: 10, at: 8, quantity: 0, value: 0, correction: 30 },
    { came: 15, at: 5, quantity: 5, value: 25, correction: 0 },
    { came: 15, at: 2, quantity: 5, value: 10, correction: -30 },
  ])("$came at $at on −10 at 5 leave $quantity worth $value", ({ came, at, ...expected }) => {
    expect(received(TEN_SHORT_AT_FIVE, came, came * at)).toEqual({ ...expected, residue: 0 });
  });

  it("regression: are worth what they cost, not an average with what was never there", () => {
    const after = received({ quantity: -2, value: 0 }, 20, 6_600);
    expect(after).toEqual({ quantity: 18, value: 5_940, correction: 660, residue: 0 });
  });

  it("leave what is still missing at the rate it was taken at", () => {
    fc.assert(
      fc.property(count, count, amount, amount, (missing, came, value, cost) => {
        fc.pre(came < missing);
        const before = { quantity: -missing, value: -value };
        const after = received(before, came, cost);
        const left = missing - came;
        const least = Math.floor((value * left) / missing);
        expect(-after.value).toBeGreaterThanOrEqual(least);
        expect(-after.value).toBeLessThanOrEqual(least + 1);
      }),
    );
  });

  it("leave what is over at the cost it came in at", () => {
    fc.assert(
      fc.property(count, count, amount, amount, (missing, over, value, cost) => {
        const came = missing + over;
        const after = received({ quantity: -missing, value: -value }, came, cost);
        const share = (cost * over) / came;
        expect(after.quantity).toBe(over);
        expect(Math.abs(after.value + after.residue - share)).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  it("need no correction where nothing was below zero", () => {
    expect(coverageCorrection({ quantity: 0, value: 0 }, 5, 100)).toBe(0);
    expect(coverageCorrection({ quantity: 3, value: 7 }, 5, 100)).toBe(0);
  });
});

describe("the value of what goes", () => {
  it("regression: leaves nothing on nothing after 2 at 1.00 and 1 at 1.01", () => {
    const holding = { quantity: 3, value: 301 };
    expect(averageValue(holding, 3, NOTHING_KNOWN)).toBe(301);
  });

  it("is the whole for the whole, nothing for nothing, and never goes back", () => {
    fc.assert(
      fc.property(count, amount, fc.nat(), fc.nat(), (quantity, value, a, b) => {
        const holding = { quantity, value };
        const worthOf = (part: number) => averageValue(holding, part, NOTHING_KNOWN);
        expect(worthOf(quantity)).toBe(value);
        expect(worthOf(0)).toBe(0);
        const [less, more] = [a % quantity, b % quantity].sort((x, y) => x - y) as [number, number];
        expect(worthOf(less)).toBeLessThanOrEqual(worthOf(more));
      }),
    );
  });

  it("is an estimate where nothing is on hand", () => {
    const estimate = { unitCost: 250, precision: 2 };
    expect(averageValue({ quantity: 0, value: 0 }, 150, estimate)).toBe(375);
    expect(averageValue({ quantity: 0, value: 0 }, 150, NOTHING_KNOWN)).toBe(0);
  });

  it("goes on at the same rate below zero", () => {
    expect(averageValue({ quantity: 5, value: 10 }, 8, NOTHING_KNOWN)).toBe(16);
    expect(averageValue({ quantity: -3, value: -6 }, 4, NOTHING_KNOWN)).toBe(8);
  });
});

describe("what is left", () => {
  it.each([
    [{ quantity: 0, value: 7 }, 7],
    [{ quantity: 0, value: -7 }, -7],
    [{ quantity: 3, value: -1 }, -1],
    [{ quantity: -3, value: 1 }, 1],
    [{ quantity: 3, value: 0 }, 0],
    [{ quantity: 3, value: 9 }, 0],
    [{ quantity: -3, value: -9 }, 0],
    [{ quantity: 0, value: 0 }, 0],
  ])("of %o, %i is taken off", (holding, correction) => {
    expect(residualCorrection(holding)).toBe(correction);
  });
});
