import type { Commitment } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import type { Book } from "../Book.js";
import { historyLaw, must, mustEqual } from "../Law.js";
import { Model, type ModelCommitment, type ModelOpenLine } from "../Model.js";
import { runHistory } from "../Runner.js";
import { exactSum } from "../Sum.js";

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

  for (const { quantity, value, ...line } of linesOf([...model.reservations, ...model.shipments])) {
    must(quantity > 0 && value >= 0, () => {
      return `${quantity} worth ${value} are open of ${JSON.stringify(line)}`;
    });
  }

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
  const places = new Map<string, ModelOpenLine[]>();
  for (const line of lines) {
    const key = `${line.item}/${line.lot} at ${line.location}`;
    places.set(key, [...(places.get(key) ?? []), line]);
  }
  return [...places]
    .map(([key, own]) => {
      const quantity = exactSum(own.map((line) => line.quantity));
      return `${key}: ${quantity} worth ${exactSum(own.map((line) => line.value))}`;
    })
    .sort();
}
