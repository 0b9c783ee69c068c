import { allItems, type Commitment, type OpenLine } from "@stockbook/core";
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
    const { state, entries } = runHistory(history, { after: checkBalances }).book;
    const model = new Model(entries);
    mustEqual(opened(state.reservations.values()), opened(model.reservations), "open reservations");
    mustEqual(opened(state.shipments.values()), opened(model.shipments), "open shipments");
  },
);

function checkBalances({ state }: Book): void {
  const reserved: ModelOpenLine[] = [];
  const transit: ModelOpenLine[] = [];
  for (const { item, balances } of allItems(state)) {
    for (const { location, lot, available, reserved: quantity, value } of balances.values()) {
      const place = { item: item.id, location: location.location.id, lot };
      if (quantity !== 0) reserved.push({ ...place, quantity, value: 0 });
      const carries = place.location === "@transit" && (available !== 0 || value !== 0);
      if (carries) transit.push({ ...place, quantity: available, value });
    }
  }
  const open = linesOf(state.reservations.values());
  const carried = linesOf(state.shipments.values());
  for (const line of [...open, ...carried]) {
    must(line.quantity > 0 && line.value >= 0, () => `${JSON.stringify(line)} is open`);
  }
  mustEqual(totals(reserved), totals(open), "reserved balances");
  const inTransit = carried.map((line) => ({ ...line, location: "@transit" }));
  mustEqual(totals(transit), totals(inTransit), "the balance in transit");
}

function opened(commitments: Iterable<Commitment | ModelCommitment>): readonly string[] {
  return [...commitments]
    .flatMap(({ sequence, lines }) => totals(lines).map((line) => `${sequence}: ${line}`))
    .sort();
}

function linesOf(commitments: Iterable<Commitment>): readonly OpenLine[] {
  return [...commitments].flatMap(({ lines }) => lines);
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
