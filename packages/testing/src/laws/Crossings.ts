import type { Crossing, Entry, Threshold } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import type { Book } from "../Book.js";
import { historyLaw, must, mustEqual } from "../Law.js";
import { Model } from "../Model.js";
import { runHistory, type StepResult } from "../Runner.js";

/** The core reports the crossings the model sees, on the net effect of each command. */
export const crossings = historyLaw(
  "crossings",
  "a rule is crossed just when a command's net effect takes its subtree past the minimum",
  historyArbitrary(),
  (history) => {
    runHistory(history, { after: checkCrossings });
  },
);

/** Per rule as set: depleted, replenished, depleted …, beginning from how it stood. */
export const alternation = historyLaw(
  "alternation",
  "depleted and replenished alternate for each rule as set, beginning afresh when set anew",
  historyArbitrary(),
  (history) => {
    const { entries } = runHistory(history).book;
    const depleted = new Map<string, boolean>();
    for (const entry of entries) {
      const { body } = entry;
      if (body.type === "threshold-set") {
        const { item, location, minimum } = body.threshold;
        const quantity = new Model(entries).upTo(entry.sequence).onHandWithin(item, location);
        depleted.set(keyOf(body.threshold), quantity < minimum);
      }
      if (!isCrossing(body)) continue;
      const key = keyOf(body.threshold);
      must(depleted.get(key) === (body.type === "replenished"), () => {
        return `entry ${entry.sequence} is ${body.type} a second time`;
      });
      depleted.set(key, body.type === "depleted");
    }
  },
);

function checkCrossings({ entries }: Book, { verdict, before }: StepResult): void {
  if (verdict.type !== "accepted") return;
  const [old, now] = [new Model(entries.slice(0, before)), new Model(entries)];
  const expected = now.rules
    .filter(({ since }) => since <= before)
    .flatMap(({ threshold }) => crossingBetween(threshold, old, now, before + 1));
  const found = entries.slice(before).flatMap(({ body }) => (isCrossing(body) ? [body] : []));
  mustEqual(found.map(told).sort(), expected.map(told).sort(), "the rules crossed");
}

function crossingBetween(
  threshold: Threshold,
  old: Model,
  now: Model,
  cause: number,
): readonly Crossing[] {
  const { item, location, minimum, maximum } = threshold;
  const previous = old.onHandWithin(item, location);
  const quantity = now.onHandWithin(item, location);
  if (previous < minimum === quantity < minimum) return [];
  const fullAt = maximum > 0 ? maximum : minimum;
  const type = quantity < minimum ? "depleted" : "replenished";
  const replenishment = type === "depleted" ? fullAt - quantity : 0;
  return [{ type, threshold, previous, quantity, replenishment, cause }];
}

function isCrossing(body: Entry["body"]): body is Crossing {
  return body.type === "depleted" || body.type === "replenished";
}

function keyOf({ item, location }: Threshold): string {
  return `${item} at ${location}`;
}

function told(crossing: Crossing): string {
  const { type, threshold, previous, quantity, replenishment, cause } = crossing;
  return JSON.stringify([type, threshold, previous, quantity, replenishment, cause]);
}
