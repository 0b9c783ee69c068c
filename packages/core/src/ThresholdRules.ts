/** Threshold rules: when stock counts as depleted, and how much would replenish it. */
import type { Threshold } from "./Catalogue.js";
import type { Crossing } from "./Entry.js";
import type { Quantity } from "./Quantity.js";
import { onHandChange, type Tally } from "./Settlement.js";
import type { ItemState, LocationState, ThresholdState } from "./State.js";

/** Up to where one replenishes: the maximum if it is above 0, else the minimum. */
export function effectiveMaximum(threshold: Pick<Threshold, "minimum" | "maximum">): Quantity {
  return threshold.maximum > 0 ? threshold.maximum : threshold.minimum;
}

/** Below its minimum; at the minimum it is not. */
export function isDepleted(threshold: Pick<Threshold, "minimum">, quantity: Quantity): boolean {
  return quantity < threshold.minimum;
}

/** Effective maximum − quantity while depleted, else 0. */
export function replenishmentQuantity(
  threshold: Pick<Threshold, "minimum" | "maximum">,
  quantity: Quantity,
): Quantity {
  return isDepleted(threshold, quantity) ? effectiveMaximum(threshold) - quantity : 0;
}

/** The rules that count stock at a location: its own and those of its ancestors. */
export function rulesCounting(item: ItemState, location: LocationState): readonly ThresholdState[] {
  const rules: ThresholdState[] = [];
  for (let at: LocationState | undefined = location; at !== undefined; at = at.parent) {
    const rule = item.thresholds.get(at.no);
    if (rule !== undefined) rules.push(rule);
  }
  return rules;
}

const NO_CROSSINGS: readonly Crossing[] = [];

/**
 * The rules whose line is crossed by the net effect of one movement, in a fixed order.
 *
 * @param first of the movement's tallies.
 */
export function crossingsOf(first: Tally | undefined, cause: number): readonly Crossing[] {
  if (!isWatched(first)) return NO_CROSSINGS;
  const changes = new Map<ThresholdState, Quantity>();
  for (let tally = first; tally !== undefined; tally = tally.next) {
    const { item, location } = tally.balance;
    const change = onHandChange(tally);
    if (location.virtual || change === 0) continue;
    for (const rule of rulesCounting(item, location)) {
      changes.set(rule, (changes.get(rule) ?? 0) + change);
    }
  }
  return crossed(changes, cause);
}

function isWatched(first: Tally | undefined): boolean {
  for (let tally = first; tally !== undefined; tally = tally.next) {
    if (tally.balance.item.thresholds.size > 0) return true;
  }
  return false;
}

/** The rules that a change of their quantity takes across their minimum. */
export function crossed(
  changes: ReadonlyMap<ThresholdState, Quantity>,
  cause: number,
): readonly Crossing[] {
  const crossings: Crossing[] = [];
  for (const [rule, change] of changes) {
    const { threshold, quantity: previous } = rule;
    const quantity = previous + change;
    const depleted = isDepleted(threshold, quantity);
    if (depleted === isDepleted(threshold, previous)) continue;
    crossings.push({
      type: depleted ? "depleted" : "replenished",
      threshold,
      previous,
      quantity,
      replenishment: replenishmentQuantity(threshold, quantity),
      cause,
    });
  }
  return crossings;
}
