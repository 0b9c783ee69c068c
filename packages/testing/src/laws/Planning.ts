import {
  allItems,
  type OrderConstraints,
  type PlanDerivation,
  type PlanPolicy,
  planOrder,
  type StockPosition,
} from "@stockbook/core";
import fc, { type Arbitrary } from "fast-check";
import { historyArbitrary } from "../Arbitraries.js";
import { historyLaw, law, must, mustEqual } from "../Law.js";
import { runHistory } from "../Runner.js";
import { weighted } from "../Weighted.js";

interface PlanCase {
  readonly stock: StockPosition;
  readonly policy: PlanPolicy;
  readonly constraints: OrderConstraints;
}

const small = fc.integer({ min: 0, max: 60 });
const quantity = weighted<number>(
  [9, small],
  [1, fc.integer({ min: 0, max: 1_000_000_000_000_000 })],
);

const policy: Arbitrary<PlanPolicy> = fc.oneof(
  fc.record({ type: fc.constant("min-max" as const), minimum: quantity, maximum: quantity }),
  fc.record({
    type: fc.constant("fixed-quantity" as const),
    reorderPoint: quantity,
    quantity: quantity.map((lot) => lot + 1),
  }),
);

const planCase: Arbitrary<PlanCase> = fc.record({
  stock: fc.record({
    onHand: fc.oneof(quantity, fc.integer({ min: -60, max: 0 })),
    incoming: quantity,
    reserved: quantity,
  }),
  policy,
  constraints: fc.record({
    multiple: fc.oneof(fc.constant(0), small, quantity),
    rounding: fc.constantFrom("up", "down", "nearest"),
    minimum: fc.oneof(fc.constant(0), small),
    maximum: fc.oneof(fc.constant(0), small, quantity),
  }),
});

/** A plan counted as incoming leaves nothing to plan. */
export const planning = law({
  name: "planning",
  says: "planning again with the plan counted as incoming orders nothing, unless it says it falls short",
  cases: planCase,
  check: (given) => {
    const plan = planOrder(given.stock, given.policy, given.constraints);
    checkPlan(plan, given);
    checkPlannedAgain(plan, given);
    checkMonotone(plan, given);
  },
  tell: (given) => JSON.stringify(given),
});

/** The same, for the rules and the stock of a history. */
export const planningHistories = historyLaw(
  "planning histories",
  "for every rule of a history, its plan counted as incoming leaves nothing to plan",
  historyArbitrary(),
  (history) => {
    for (const { thresholds } of allItems(runHistory(history).book.state)) {
      for (const { threshold, quantity: onHand } of thresholds.values()) {
        const { minimum, maximum, orderMultiple, minimumOrder, maximumOrder } = threshold;
        const given: PlanCase = {
          stock: { onHand, incoming: 0, reserved: 0 },
          policy: { type: "min-max", minimum, maximum },
          constraints: {
            multiple: orderMultiple,
            rounding: "up",
            minimum: minimumOrder,
            maximum: maximumOrder,
          },
        };
        const plan = planOrder(given.stock, given.policy, given.constraints);
        checkPlan(plan, given);
        checkPlannedAgain(plan, given);
        checkSettable(plan);
      }
    }
  },
);

function checkPlan(plan: PlanDerivation, { stock, constraints }: PlanCase): void {
  const { minimum, maximum, multiple } = constraints;
  const { quantity: order, position, trigger, shortOf } = plan;
  mustEqual(position, stock.onHand + stock.incoming - stock.reserved, "the position");
  must(Number.isSafeInteger(order) && order >= 0, () => `an order of ${order}`);
  must(order === 0 || order >= minimum, () => `${order} is less than the smallest order`);
  must(order === 0 || multiple === 0 || order % multiple === 0, () => `${order} is no multiple`);
  must(maximum === 0 || order <= maximum, () => `${order} is more than the largest order`);
  must(position < trigger || order === 0, () => `${order} ordered although nothing is needed`);
  const reached = position + order >= trigger;
  must(reached === (shortOf === "nothing"), () => `${order} is short of ${shortOf}`);
}

function checkPlannedAgain(plan: PlanDerivation, { stock, policy, constraints }: PlanCase): void {
  if (plan.shortOf !== "nothing") return;
  const incoming = stock.incoming + plan.quantity;
  const again = planOrder({ ...stock, incoming }, policy, constraints);
  mustEqual(again.quantity, 0, "the order planned again");
}

function checkMonotone(plan: PlanDerivation, { stock, policy, constraints }: PlanCase): void {
  const richer = planOrder({ ...stock, onHand: stock.onHand + 1 }, policy, constraints);
  must(richer.quantity <= plan.quantity, () => {
    return `with one more on hand ${richer.quantity} are ordered, not ${plan.quantity}`;
  });
}

/** A rule that could be set can be met by repeated orders. */
function checkSettable(plan: PlanDerivation): void {
  must(plan.need === 0 || plan.quantity > 0, () => `a rule that never orders`);
}
