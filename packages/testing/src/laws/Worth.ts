import { allItems, type Balance, type LedgerState } from "@stockbook/core";
import { belowZero, historyArbitrary } from "../Arbitraries.js";
import type { Book } from "../Book.js";
import { historyLaw, must, mustEqual } from "../Law.js";
import { Model, type ModelBalance } from "../Model.js";
import { runHistory, type StepResult } from "../Runner.js";

/** Nothing is worth nothing, and value has the sign of its quantity. */
export const worth = historyLaw(
  "worth",
  "quantity 0 is worth 0, value has its quantity's sign, and both are whole numbers",
  historyArbitrary(),
  (history) => {
    runHistory(history, { after: ({ state }) => checkWorth(state) });
  },
);

function checkWorth(state: LedgerState): void {
  for (const { item, balances } of allItems(state)) {
    for (const balance of balances.values()) {
      const { location, virtual } = balance.location;
      if (virtual) continue;
      must(isSound(balance), () => {
        const { available, reserved, unavailable, value } = balance;
        return `${item.id} at ${location.id}: ${[available, reserved, unavailable]} worth ${value}`;
      });
    }
  }
}

function isSound({ available, reserved, unavailable, value }: Balance): boolean {
  const quantity = available + reserved + unavailable;
  const whole = [available, reserved, unavailable, value].every(Number.isSafeInteger);
  return whole && (value === 0 || Math.sign(value) === Math.sign(quantity));
}

/** What goes out of stock takes its share of the value, rounded half up; the last takes the rest. */
export const fairShare = historyLaw(
  "fair share",
  "an issue within what is on hand takes value × quantity ÷ on hand, rounded half up",
  historyArbitrary(),
  (history) => {
    runHistory(history, { after: checkShare });
  },
);

function checkShare({ entries }: Book, { command, verdict, before }: StepResult): void {
  if (verdict.type !== "accepted" || command.type !== "issue") return;
  const [then, now] = [
    new Model(entries.slice(0, before)),
    new Model(entries.slice(0, before + 1)),
  ];
  for (const [old, left] of changedAt(command.location, then, now)) {
    const [had, has] = [onHand(old), onHand(left)];
    if (has < 0 || has === had) continue;
    mustEqual(old.value - left.value, share(old.value, had - has, had), `what ${old.item} takes`);
  }
}

/** What covers a deficit corrects what it was taken to cost; the rest is worth what it cost. */
export const deficits = historyLaw(
  "deficits",
  "goods that come in below zero leave what is over at their own cost, what is missing at its rate",
  historyArbitrary({
    commands: ["receive", "issue", "transfer", "adjust", "put-item"],
    faults: false,
    keys: false,
  }).map(({ world, steps }) => ({ world: belowZero(world), steps })),
  (history) => {
    runHistory(history, { after: checkDeficit });
  },
);

function checkDeficit({ entries }: Book, { command, verdict, before }: StepResult): void {
  if (verdict.type !== "accepted" || command.type !== "receive") return;
  const [then, now] = [
    new Model(entries.slice(0, before)),
    new Model(entries.slice(0, before + 1)),
  ];
  for (const [old, left] of changedAt(command.location, then, now)) {
    if (onHand(old) >= 0) continue;
    const came = now.movesAt(old).filter((move) => move.sequence > before && move.quantity > 0);
    const cost = came.reduce((sum, move) => sum + move.value, 0);
    const [had, has] = [onHand(old), onHand(left)];
    const exact = has > 0 ? (cost * has) / (has - had) : (old.value * has) / had;
    must(Math.abs(left.value - exact) <= 1, () => {
      return `${has} ${old.item} are worth ${left.value}, not ${exact}, once ${cost} was paid`;
    });
  }
}

/** The balances at a location, before and after. */
function changedAt(
  location: string,
  then: Model,
  now: Model,
): readonly (readonly [ModelBalance, ModelBalance])[] {
  const places = then.places.filter((place) => place.location === location);
  return places.map((place) => [then.balanceAt(place, LATEST), now.balanceAt(place, LATEST)]);
}

const LATEST = Number.POSITIVE_INFINITY;

function onHand({ available, reserved, unavailable }: ModelBalance): number {
  return available + reserved + unavailable;
}

function share(value: number, part: number, whole: number): number {
  const twice = 2n * BigInt(value) * BigInt(part);
  return Number((twice + BigInt(whole)) / (2n * BigInt(whole)));
}
