import { describe, expect, it } from "vitest";
import { median, movement, percentile, spreadOf } from "../src/Statistics.js";

describe("median", () => {
  it("is the middle value", () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it("is the mean of the middle two of an even number", () => {
    expect(median([10, 1, 2, 4])).toBe(3);
  });

  it("sorts by size and not by digits", () => {
    expect(median([100, 20, 3])).toBe(20);
  });

  it("leaves the values as they were", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it("needs a value", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("percentile", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it("is the least value that so many do not exceed", () => {
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
  });

  it("is the only value where there is but one", () => {
    expect(percentile([7], 0.99)).toBe(7);
  });
});

describe("spreadOf", () => {
  it("tells the middle and both ends", () => {
    expect(spreadOf([4, 8, 6])).toEqual({ median: 6, least: 4, most: 8 });
  });
});

describe("movement", () => {
  it("is the same in either direction", () => {
    expect(movement(90, 110)).toBeCloseTo(0.2);
    expect(movement(110, 90)).toBeCloseTo(0.2);
  });

  it("is nothing where nothing moved", () => {
    expect(movement(5, 5)).toBe(0);
  });
});
