/**
 * The balances of one item, in the order they were first moved in.
 *
 * An item is nearly always held at a few places, and with many items it is fetching from
 * memory that takes the time. So they are a chain, with a `Map` besides once they are many.
 */
import type { Balance, LocationState } from "./State.js";

const FEW = 8;

export class Balances {
  private first: Balance | undefined;
  private last: Balance | undefined;
  private count = 0;
  private byKey: Map<number | string, Balance> | undefined;

  get size(): number {
    return this.count;
  }

  get(location: LocationState, lot: string | null): Balance | undefined {
    if (this.byKey !== undefined) return this.byKey.get(balanceKey(location, lot));
    for (let at = this.first; at !== undefined; at = at.next) {
      if (at.location === location && at.lot === lot) return at;
    }
    return undefined;
  }

  /** Takes up the balance of a place that has none yet. */
  add(balance: Balance): void {
    if (this.last === undefined) this.first = balance;
    else this.last.next = balance;
    this.last = balance;
    this.count++;
    if (this.byKey !== undefined)
      this.byKey.set(balanceKey(balance.location, balance.lot), balance);
    else if (this.count > FEW) this.byKey = this.keyed();
  }

  *values(): IterableIterator<Balance> {
    for (let at = this.first; at !== undefined; at = at.next) yield at;
  }

  private keyed(): Map<number | string, Balance> {
    const byKey = new Map<number | string, Balance>();
    for (const one of this.values()) byKey.set(balanceKey(one.location, one.lot), one);
    return byKey;
  }
}

/** What tells the balances of one item apart: the location's number, or `number:lot`. */
export function balanceKey(location: LocationState, lot: string | null): number | string {
  return lot === null ? location.no : `${location.no}:${lot}`;
}
