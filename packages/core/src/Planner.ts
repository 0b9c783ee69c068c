/**
 * The replenishment planner: what to order, and how the quantity came about.
 *
 * Periodic min/max in the textbook form (s, S) and fixed quantity (R, nQ), see Silver, Pyke and
 * Thomas, *Inventory and Production Management in Supply Chains*, ch. 6. The trigger is
 * `position < s`, strictly, as for a threshold.
 */
import type { Quantity } from "./Quantity.js";

/** What there is and what is under way, in ledger steps. */
export interface StockPosition {
  readonly onHand: Quantity;
  readonly incoming: Quantity;
  readonly reserved: Quantity;
}

export type PlanPolicy =
  /** Below `minimum`, order up to `maximum`. */
  | { readonly type: "min-max"; readonly minimum: Quantity; readonly maximum: Quantity }
  /** Below `reorderPoint`, order the least multiple of `quantity` that reaches it. */
  | {
      readonly type: "fixed-quantity";
      readonly reorderPoint: Quantity;
      readonly quantity: Quantity;
    };

export type Rounding = "up" | "down" | "nearest";

/** Bounds of one order; 0 means none. */
export interface OrderConstraints {
  readonly multiple: Quantity;
  readonly rounding: Rounding;
  readonly minimum: Quantity;
  readonly maximum: Quantity;
}

export const UNCONSTRAINED: OrderConstraints = {
  multiple: 0,
  rounding: "up",
  minimum: 0,
  maximum: 0,
};

/** How a proposed quantity came about, step by step. */
export interface PlanDerivation {
  /** On hand + incoming − reserved. */
  readonly position: Quantity;
  /** Below this, one orders. */
  readonly trigger: Quantity;
  /** Up to this, one orders. */
  readonly target: Quantity;
  /** Target − position, or 0 when nothing is needed. */
  readonly need: Quantity;
  /** After the smallest order was seen to. */
  readonly afterMinimum: Quantity;
  /** After rounding to the multiple. */
  readonly afterRounding: Quantity;
  /** After the largest order was seen to; what is proposed. */
  readonly quantity: Quantity;
  /** The bound that keeps the order from reaching the trigger; planning again would order more. */
  readonly shortOf: "nothing" | "maximum-order" | "rounding";
}

/** What to order. The same input always gives the same plan; all quantities in ledger steps. */
export function planOrder(
  stock: StockPosition,
  policy: PlanPolicy,
  constraints: OrderConstraints = UNCONSTRAINED,
): PlanDerivation {
  const position = stock.onHand + stock.incoming - stock.reserved;
  const { trigger, target } = targetOf(policy, position);
  const need = position < trigger ? Math.max(0, target - position) : 0;
  const afterMinimum = need === 0 ? 0 : Math.max(need, constraints.minimum);
  const afterRounding = roundedOrder(afterMinimum, constraints);
  const quantity = cappedOrder(afterRounding, constraints);
  const reaches = need === 0 || position + quantity >= trigger;
  const shortOf = reaches ? "nothing" : quantity < afterRounding ? "maximum-order" : "rounding";
  return { position, trigger, target, need, afterMinimum, afterRounding, quantity, shortOf };
}

function targetOf(policy: PlanPolicy, position: Quantity) {
  switch (policy.type) {
    case "min-max":
      return { trigger: policy.minimum, target: Math.max(policy.minimum, policy.maximum) };
    case "fixed-quantity": {
      const { reorderPoint, quantity } = policy;
      const missing = Math.max(0, reorderPoint - position);
      return { trigger: reorderPoint, target: position + roundedUp(missing, quantity) };
    }
  }
}

/** The least multiple that is not less. */
export function roundedUp(quantity: Quantity, multiple: Quantity): Quantity {
  const over = quantity % multiple;
  return over === 0 ? quantity : quantity - over + multiple;
}

function roundedOrder(
  quantity: Quantity,
  { multiple, rounding, minimum }: OrderConstraints,
): Quantity {
  if (multiple === 0 || quantity % multiple === 0) return quantity;
  const below = quantity - (quantity % multiple);
  const above = below + multiple;
  // An order below the smallest one would not be taken.
  if (below < minimum) return above;
  switch (rounding) {
    case "up":
      return above;
    case "down":
      return below;
    case "nearest":
      return quantity - below < above - quantity ? below : above;
  }
}

function cappedOrder(quantity: Quantity, constraints: OrderConstraints): Quantity {
  const { multiple, minimum, maximum } = constraints;
  if (maximum === 0 || quantity <= maximum) return quantity;
  const capped = multiple === 0 ? maximum : maximum - (maximum % multiple);
  return capped < minimum ? 0 : capped;
}
