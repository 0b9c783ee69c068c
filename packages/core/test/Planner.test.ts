import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type OrderConstraints,
  type PlanPolicy,
  planOrder,
  roundedUp,
  UNCONSTRAINED,
} from "../src/Planner.js";

const onHand = (quantity: number) => ({ onHand: quantity, incoming: 0, reserved: 0 });
const upTo = (minimum: number, maximum: number): PlanPolicy => ({
  type: "min-max",
  minimum,
  maximum,
});
const bound = (constraints: Partial<OrderConstraints>): OrderConstraints => ({
  ...UNCONSTRAINED,
  ...constraints,
});

describe("a plan up to a maximum", () => {
  it.each([
    { stock: 9, minimum: 10, maximum: 30, quantity: 21 },
    { stock: 10, minimum: 10, maximum: 30, quantity: 0 },
    { stock: 9, minimum: 10, maximum: 0, quantity: 1 },
    { stock: -5, minimum: 10, maximum: 30, quantity: 35 },
    { stock: 0, minimum: 0, maximum: 30, quantity: 0 },
  ])("orders $quantity on $stock, from $minimum up to $maximum", (row) => {
    const plan = planOrder(onHand(row.stock), upTo(row.minimum, row.maximum));
    expect(plan.quantity).toBe(row.quantity);
    expect(plan.shortOf).toBe("nothing");
  });

  it("counts what is incoming, not what is reserved", () => {
    const stock = { onHand: 12, incoming: 3, reserved: 8 };
    expect(planOrder(stock, upTo(10, 20))).toMatchObject({ position: 7, need: 13, quantity: 13 });
  });
});

describe("a plan of fixed quantities", () => {
  it.each([
    { stock: 9, point: 10, lot: 5, quantity: 5 },
    { stock: 0, point: 10, lot: 5, quantity: 10 },
    { stock: -1, point: 10, lot: 5, quantity: 15 },
    { stock: 10, point: 10, lot: 5, quantity: 0 },
  ])("orders $quantity on $stock, $lot at a time from $point", (row) => {
    const policy = { type: "fixed-quantity", reorderPoint: row.point, quantity: row.lot } as const;
    expect(planOrder(onHand(row.stock), policy).quantity).toBe(row.quantity);
  });

  it("regression: orders the least lots that suffice, however large the figures", () => {
    const reorderPoint = 2 ** 52 + 1;
    const policy = { type: "fixed-quantity", reorderPoint, quantity: 3 } as const;
    const figures = fc.maxSafeNat().map((n) => n % reorderPoint);
    fc.assert(
      fc.property(figures, (stock) => {
        const { quantity } = planOrder(onHand(stock), policy);
        expect(quantity % 3).toBe(0);
        expect(stock + quantity).toBeGreaterThanOrEqual(reorderPoint);
        expect(stock + quantity - 3).toBeLessThan(reorderPoint);
      }),
    );
  });
});

describe("the bounds of an order", () => {
  it.each<[string, Partial<OrderConstraints>, number, number, string]>([
    ["a multiple, rounded up", { multiple: 4 }, 10, 12, "nothing"],
    ["a multiple, rounded down", { multiple: 4, rounding: "down" }, 10, 8, "rounding"],
    ["a multiple, rounded to the nearest", { multiple: 4, rounding: "nearest" }, 9, 8, "rounding"],
    ["a half, rounded up", { multiple: 4, rounding: "nearest" }, 10, 12, "nothing"],
    ["down to nothing", { multiple: 20, rounding: "down" }, 10, 0, "rounding"],
    ["the smallest order", { minimum: 15 }, 10, 15, "nothing"],
    ["the smallest order, in multiples", { minimum: 15, multiple: 4 }, 10, 16, "nothing"],
    ["rounding not below it", { minimum: 15, multiple: 4, rounding: "down" }, 10, 16, "nothing"],
    ["the largest order", { maximum: 7 }, 10, 7, "maximum-order"],
    ["the largest order, in multiples", { maximum: 7, multiple: 4 }, 10, 4, "maximum-order"],
    ["no room for a multiple", { maximum: 3, multiple: 4 }, 10, 0, "maximum-order"],
    [
      "regression: no multiple between smallest and largest",
      { minimum: 6, maximum: 7, multiple: 4 },
      10,
      0,
      "maximum-order",
    ],
    [
      "regression: a largest order below the smallest",
      { minimum: 2, maximum: 1 },
      1,
      0,
      "maximum-order",
    ],
  ])("%s", (_name, constraints, need, quantity, shortOf) => {
    const plan = planOrder(onHand(0), upTo(need, need), bound(constraints));
    expect(plan).toMatchObject({ need, quantity, shortOf });
  });

  it("regression: what a maximum cuts off is planned again, and then no more", () => {
    const constraints = bound({ maximum: 5 });
    const orders: number[] = [];
    let incoming = 0;
    for (let i = 0; i < 5; i++) {
      const { quantity } = planOrder(
        { onHand: 0, incoming, reserved: 0 },
        upTo(12, 12),
        constraints,
      );
      orders.push(quantity);
      incoming += quantity;
    }
    expect(orders).toEqual([5, 5, 2, 0, 0]);
  });
});

describe("rounding up to a multiple", () => {
  it("gives the least multiple that is not less", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1 }), (quantity, multiple) => {
        const rounded = roundedUp(quantity, multiple);
        expect(rounded % multiple).toBe(0);
        expect(rounded).toBeGreaterThanOrEqual(quantity);
        expect(rounded - multiple).toBeLessThan(quantity);
      }),
    );
  });
});
