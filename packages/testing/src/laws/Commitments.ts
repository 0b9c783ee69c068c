import type { Commitment } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import type { Book } from "../Book.js";
import { historyLaw, mustEqual } from "../Law.js";
import { Model, type ModelCommitment, type ModelOpenLine } from "../Model.js";
import { runHistory } from "../Runner.js";

/** Reserved stock is what open reservations hold; transit is what open shipments carry. */
export const commitments = historyLaw(
  "commitments",
  "reserved balances equal the open reservations, the transit balance the open shipments",
  historyArbitrary(),
  (history) => {
    runHistory(history, { after: checkCommitments });
  },
);

function checkCommitments({ state, entries }: Book): void {
  const model = new Model(entries);
  mustEqual(opened(state.reservations.values()), opened(model.reservations), "open reservations");
  mustEqual(opened(state.shipments.values()), opened(model.shipments), "open shipments");

  const reserved = model.balances
    .filter((balance) => balance.reserved !== 0)
    .map(({ reserved: quantity, ...place }) => ({ ...place, quantity, value: 0 }));
  mustEqual(totals(reserved), totals(linesOf(model.reservations)), "reserved balances");

  const transit = model.balances
    .filter(({ location, available }) => location === "@transit" && available !== 0)
    .map(({ available: quantity, ...place }) => ({ ...place, quantity }));
  const carried = linesOf(model.shipments).map((line) => ({ ...line, location: "@transit" }));
  mustEqual(totals(transit), totals(carried), "the balance in transit");
}

function opened(commitments: Iterable<Commitment | ModelCommitment>): readonly string[] {
  return [...commitments]
    .flatMap(({ sequence, lines }) => totals(lines).map((line) => `${sequence}: ${line}`))
    .sort();
}

function linesOf(commitments: readonly ModelCommitment[]): readonly ModelOpenLine[] {
  return commitments.flatMap(({ lines }) => lines);
}

/** Sums by place, as text in a fixed order. */
function totals(lines: readonly ModelOpenLine[]): readonly string[] {
  const sums = new Map<string, readonly [number, number]>();
  for (const { item, lot, location, quantity, value } of lines) {
    const key = `${item}/${lot} at ${location}`;
    const [quantities = 0, values = 0] = sums.get(key) ?? [];
    sums.set(key, [quantities + quantity, values + value]);
  }
  return [...sums].map(([key, [quantity, value]]) => `${key}: ${quantity} worth ${value}`).sort();
}
