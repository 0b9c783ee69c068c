import { allItems, type LedgerState } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import { historyLaw, must } from "../Law.js";
import { runHistory } from "../Runner.js";

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
      let quantity = 0;
      let value = 0;
      for (const balance of balances.values()) {
        if (balance.lot !== lot) continue;
        quantity += balance.available + balance.reserved + balance.unavailable;
        value += balance.value;
      }
      must(quantity === 0 && value === 0, () => {
        return `after entry ${state.sequence} ${item.id} (lot ${lot}) sums to ${quantity}, worth ${value}`;
      });
    }
  }
}
