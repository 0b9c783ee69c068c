/**
 * Moving-average valuation.
 *
 * The exact value of a balance is kept; its unit cost is derived, value ÷ quantity. What goes
 * out takes its share of the value, rounded half up, and whoever takes the last piece takes
 * the rest. Stock below zero is valued at the rate it was taken at; when goods then arrive at
 * another cost, the difference is booked as a correction of its own.
 *
 * Source: the perpetual weighted average of IAS 2 §27, with the treatment of negative stock
 * from `docs/valuation.md`.
 */
import { type Amount, costOf, multiplyDivideHalfUp } from "./Money.js";
import type { Precision, Quantity } from "./Quantity.js";

/** A quantity with its value, both of one sign or 0. */
export interface Holding {
  readonly quantity: Quantity;
  readonly value: Amount;
}

/** What one unit is taken to cost where there is nothing on hand to tell. */
export interface CostEstimate {
  readonly unitCost: Amount;
  readonly precision: Precision;
}

/**
 * The value of `quantity` steps at the average of a holding: of what leaves it, and of what
 * comes in at no stated cost.
 *
 * Monotone in `quantity`, so that the parts of a split line add up to the whole.
 */
export function averageValue(holding: Holding, quantity: Quantity, estimate: CostEstimate): Amount {
  if (holding.quantity === 0) return costOf(quantity, estimate.unitCost, estimate.precision);
  return multiplyDivideHalfUp(Math.abs(holding.value), quantity, Math.abs(holding.quantity));
}

/**
 * What must be taken off a holding's value, beyond the cost of goods that came in, because
 * some of them cover what had been taken below zero at an estimated cost.
 */
export function coverageCorrection(before: Holding, quantity: Quantity, cost: Amount): Amount {
  if (before.quantity >= 0) return 0;
  const covered = Math.min(quantity, -before.quantity);
  const actual = covered === quantity ? cost : multiplyDivideHalfUp(cost, covered, quantity);
  const estimated = multiplyDivideHalfUp(-before.value, covered, -before.quantity);
  return actual - estimated;
}

/** What must be taken off so that nothing is worth nothing and value has the quantity's sign. */
export function residualCorrection(after: Holding): Amount {
  if (after.value === 0) return 0;
  const agrees = after.quantity !== 0 && after.quantity > 0 === after.value > 0;
  return agrees ? 0 : after.value;
}
