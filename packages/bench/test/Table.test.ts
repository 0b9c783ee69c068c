import { describe, expect, it } from "vitest";
import { type Budget, type Figure, passes } from "../src/Row.js";
import { tableOf, verdictOf } from "../src/Table.js";

const same = (value: number) => ({ median: value, least: value, most: value });

function figure(ratio: number, budgets: readonly Budget[]): Figure {
  const rounds = { counted: 5, tried: 6, steady: true };
  const outcome = {
    measured: same(ratio * 1_234_567),
    reference: same(1_234_567),
    ratio: same(ratio),
    rounds,
  };
  return { subject: "batches", floor: "by hand", unit: "movements/s", outcome, budgets };
}

const atLeast: Budget = { of: "ratio", atLeast: 0.6 };
const atMost: Budget = { of: "ratio", atMost: 2 };

describe("passes", () => {
  it("holds the median against each budget, bounds included", () => {
    expect(passes(figure(0.6, [atLeast]))).toBe(true);
    expect(passes(figure(0.59, [atLeast]))).toBe(false);
    expect(passes(figure(2, [atMost]))).toBe(true);
    expect(passes(figure(2.1, [atMost]))).toBe(false);
    expect(passes(figure(3, [atLeast, atMost]))).toBe(false);
  });

  it("says nothing where nothing is asked", () => {
    expect(passes(figure(0.1, []))).toBeUndefined();
  });
});

describe("tableOf", () => {
  it("aligns its columns and marks what misses", () => {
    const figures = [figure(0.5, [atLeast]), figure(0.75, [atLeast]), figure(0.01, [])];
    const lines = tableOf(figures.map((each) => ({ row: "row", ...each }))).split("\n");
    expect(lines).toHaveLength(5);
    expect(lines.slice(2).map((line) => line.match(/✗ miss|✓ pass|· info/)?.[0])).toEqual([
      "✗ miss",
      "✓ pass",
      "· info",
    ]);
    expect(new Set(lines.slice(2).map((line) => line.search(/[✗✓·]/))).size).toBe(1);
    expect(lines[2]).toContain("617 k/s (617–617)");
    expect(lines[2]).toContain("0.50 × (0.50–0.50)");
    expect(lines[2]).toContain("≥ 0.60 ×");
  });
});

describe("verdictOf", () => {
  it("counts what was asked for only", () => {
    const figures = [figure(0.5, [atLeast]), figure(0.75, [atLeast]), figure(0.01, [])];
    expect(verdictOf(figures)).toBe("1 of 2 budgets kept");
  });
});
