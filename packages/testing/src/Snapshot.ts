/** A state as text, so that two states can be compared byte for byte. */
import {
  allItems,
  type Balance,
  type Commitment,
  fingerprintOf,
  type ItemState,
  type LedgerState,
} from "@stockbook/core";

/**
 * Everything a state says, in a fixed order. Which timelines happen to be at hand is left out:
 * they repeat what the entries say.
 */
export function snapshotOf(state: LedgerState): string {
  return JSON.stringify({
    settings: state.settings,
    sequence: state.sequence,
    recordedAt: state.recordedAt,
    counts: [state.itemCount, state.locationCount],
    items: [...allItems(state)].sort((a, b) => a.no - b.no).map(itemSnapshot),
    skus: sorted(chained(state, (at) => at.skus)).filter(([, item]) => item !== null),
    locations: [...state.locations.values()]
      .sort((a, b) => a.no - b.no)
      .map(({ no, location, parent, virtual }) => [no, location, parent?.no, virtual]),
    categories: sorted(state.categories),
    manufacturers: sorted(state.manufacturers),
    reservations: commitmentsSnapshot(state.reservations),
    shipments: commitmentsSnapshot(state.shipments),
    keys: sorted(chained(state, (at) => at.keys)),
    reversed: sorted(state.reversed),
  });
}

/** A short digest of `snapshotOf`. */
export function digestOf(state: LedgerState): string {
  return fingerprintOf(snapshotOf(state)).toString(16).padStart(14, "0");
}

/** Quantities and values alone: what a movement and its reversal must leave as it was. */
export function holdingsOf(state: LedgerState): string {
  const items = [...allItems(state)].sort((a, b) => a.no - b.no);
  return JSON.stringify({
    balances: items.flatMap((item) =>
      [...item.balances.values()]
        .filter(({ available, reserved, unavailable, value }) =>
          [available, reserved, unavailable, value].some((figure) => figure !== 0),
        )
        .map((balance) => balanceSnapshot(balance).slice(0, -1))
        .sort(byText)
        .map((balance) => [item.no, ...balance]),
    ),
    rules: items.map(rulesSnapshot),
    reservations: openQuantities(state.reservations),
    shipments: openQuantities(state.shipments),
  });
}

function openQuantities(commitments: ReadonlyMap<number, Commitment>): readonly unknown[] {
  return sorted(commitments).map(([sequence, { lines }]) => [
    sequence,
    lines.map((line) => Object.values(line)).sort(byText),
  ]);
}

function itemSnapshot(item: ItemState): readonly unknown[] {
  const balances = [...item.balances.values()].map(balanceSnapshot).sort(byText);
  return [item.no, item.item, balances, rulesSnapshot(item)];
}

function balanceSnapshot(balance: Balance): readonly unknown[] {
  const { location, lot, available, reserved, unavailable, value } = balance;
  const moved = [balance.firstOccurredAt, balance.lastOccurredAt];
  return [location.no, lot, available, reserved, unavailable, value, moved];
}

function rulesSnapshot(item: ItemState): readonly unknown[] {
  return [...item.thresholds.values()]
    .sort((a, b) => a.location.no - b.location.no)
    .map(({ threshold, location, quantity }) => [location.no, threshold, quantity]);
}

function commitmentsSnapshot(commitments: ReadonlyMap<number, Commitment>): readonly unknown[] {
  return sorted(commitments).map(([, { sequence, lines }]) => [
    sequence,
    lines.map(({ item, lot, location, quantity, value }) => [item, lot, location, quantity, value]),
  ]);
}

/** The entries of a map that a fork keeps in layers, its own layer first. */
function chained<A>(
  state: LedgerState,
  layerOf: (at: LedgerState) => ReadonlyMap<string, A>,
): ReadonlyMap<string, A> {
  const all = new Map<string, A>();
  for (let at: LedgerState | undefined = state; at !== undefined; at = at.origin) {
    for (const [key, value] of layerOf(at)) if (!all.has(key)) all.set(key, value);
  }
  return all;
}

function sorted<K extends string | number, V>(map: ReadonlyMap<K, V>): readonly [K, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
