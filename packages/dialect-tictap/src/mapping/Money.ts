/** Money: amounts of the ledger as this API writes them, and what one unit costs. */
import type { Amount } from "@stockbook/core";
import type { Money as LedgerMoney } from "@stockbook/engine";
import type { Money } from "../contract/Fields.js";

export function moneyOf(amount: Amount, currency: string): Money {
  return { amount: String(amount), currency };
}

export function moniesOf(all: readonly LedgerMoney[]): readonly Money[] {
  return all.map(({ amount, currency }) => moneyOf(amount, currency));
}

/** The most decimal places that an item's unit has. */
const PLACES = 6;

/**
 * What one unit costs where so many cost so much, rounded half up to a minor unit.
 *
 * @param quantity above 0, in the item's unit.
 */
export function unitCostOf(value: Amount, quantity: number): Amount {
  const steps = BigInt(quantity.toFixed(PLACES).replace(".", ""));
  const worth = BigInt(Math.abs(value)) * 10n ** BigInt(PLACES);
  return Number((2n * worth + steps) / (2n * steps));
}
