import { allItems, type LedgerState, onHand } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import { historyLaw, must } from "../Law.js";
import { runHistory } from "../Runner.js";
import { exactSum } from "../Sum.js";

/** Over all accounts, virtual ones included, quantity and value of an item come to 0. */
export const conservation = historyLaw(
  "conservation",
  "over all accounts the quantity and the value of every item, lot by lot, come to 0",
  historyArbitrary(),
  (history) => {
    runHistory(history, { after: ({ state }) => checkSums(state) });
  },
);

function checkSums(state: LedgerState): void {
  for (const { item, balances } of allItems(state)) {
    for (const lot of new Set([...balances.values()].map((balance) => balance.lot))) {
      const own = [...balances.values()].filter((balance) => balance.lot === lot);
      const quantity = exactSum(own.map(onHand));
      const value = exactSum(own.map((balance) => balance.value));
      must(quantity === 0 && value === 0, () => {
        return `after entry ${state.sequence} ${item.id} (lot ${lot}) sums to ${quantity}, worth ${value}`;
      });
    }
  }
}
