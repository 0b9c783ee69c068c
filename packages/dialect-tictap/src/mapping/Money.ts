/** Money: amounts of the ledger as this API writes them, and what one unit costs. */
import { type Amount, multiplyDivideHalfUp } from "@stockbook/core";
import type { Money as LedgerMoney } from "@stockbook/engine";
import type { Money } from "../contract/Fields.js";

export function moneyOf(amount: Amount, currency: string): Money {
  return { amount: String(amount), currency };
}

export function moniesOf(all: readonly LedgerMoney[]): readonly Money[] {
  return all.map(({ amount, currency }) => moneyOf(amount, currency));
}

/** A million steps of a unit: the most decimal places an item has are six. */
const STEPS = 1_000_000;

/**
 * What one unit costs where so many cost so much, rounded half up to a minor unit.
 *
 * @param quantity above 0, in the item's unit.
 */
export function unitCostOf(value: Amount, quantity: number): Amount {
  const steps = Math.round(quantity * STEPS);
  // Beyond, a quantity has no decimal places that a minor unit would feel.
  if (!Number.isSafeInteger(steps)) return Math.round(Math.abs(value) / quantity);
  return multiplyDivideHalfUp(Math.abs(value), STEPS, steps);
}
