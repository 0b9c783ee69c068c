import { allItems, type LedgerState } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import { historyLaw, mustEqual } from "../Law.js";
import { Model } from "../Model.js";
import { changesBooked, changesOf, isMovementCommand } from "../ModelChanges.js";
import { runHistory } from "../Runner.js";

/** Every stored balance equals the sum of its postings, recomputed by the model. */
export const folds = historyLaw(
  "folds",
  "every balance and every rule's quantity is the sum of the lines recorded",
  historyArbitrary(),
  (history) => {
    const { state, entries } = runHistory(history).book;
    const model = new Model(entries);
    mustEqual(balancesIn(state), balancesBy(model), "the balances");
    mustEqual(rulesIn(state), rulesBy(model), "the quantities that rules count");
  },
);

/** A movement moves what its command says, no more and no less. */
export const faithfulness = historyLaw(
  "faithfulness",
  "an accepted movement changes just the accounts its command names, by what it names",
  historyArbitrary(),
  (history) => {
    runHistory(history, {
      after: ({ entries }, { command, verdict, before }) => {
        if (verdict.type !== "accepted" || !isMovementCommand(command)) return;
        const [entry] = verdict.entries;
        const occurredAt = entry?.occurredAt ?? 0;
        const expected = changesOf(command, occurredAt, new Model(entries.slice(0, before)));
        mustEqual(changesBooked(entry), expected, `entry ${entry?.sequence} changes what it`);
      },
    });
  },
);

function balancesIn(state: LedgerState): readonly string[] {
  return [...allItems(state)]
    .flatMap(({ item, balances }) =>
      [...balances.values()].map(({ location, lot, firstOccurredAt, lastOccurredAt, ...held }) => {
        const { available, reserved, unavailable, value } = held;
        const moved = [firstOccurredAt, lastOccurredAt];
        return told(item.id, location.location.id, lot, moved, [
          available,
          reserved,
          unavailable,
          value,
        ]);
      }),
    )
    .sort();
}

function balancesBy(model: Model): readonly string[] {
  return model.balances
    .map((balance) => {
      const { item, location, lot, available, reserved, unavailable, value } = balance;
      const instants = model.movesAt(balance).map(({ occurredAt }) => occurredAt);
      const moved = [Math.min(...instants), Math.max(...instants)];
      return told(item, location, lot, moved, [available, reserved, unavailable, value]);
    })
    .sort();
}

function told(
  item: string,
  location: string,
  lot: string | null,
  moved: readonly number[],
  figures: readonly number[],
): string {
  return `${item}/${lot} at ${location}: ${figures.map((figure) => figure + 0)}, moved ${moved}`;
}

function rulesIn(state: LedgerState): readonly string[] {
  return [...allItems(state)]
    .flatMap(({ thresholds }) => [...thresholds.values()])
    .map(({ threshold, quantity }) => `${threshold.item} at ${threshold.location}: ${quantity}`)
    .sort();
}

function rulesBy(model: Model): readonly string[] {
  return model.rules
    .map(({ threshold: { item, location } }) => {
      return `${item} at ${location}: ${model.onHandWithin(item, location)}`;
    })
    .sort();
}
