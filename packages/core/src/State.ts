/**
 * The state a ledger decides on: catalogue, balances, thresholds, what is reserved and in
 * transit. Built by `evolve` alone; whoever holds a state owns it, for `evolve` changes it in
 * place. Take a `fork` to try something out.
 */
import { type NegativePolicy, VIRTUAL_LOCATIONS } from "./Account.js";
import { NO_ATTRIBUTES } from "./Attributes.js";
import { Balances } from "./Balances.js";
import type { Instant } from "./Calendar.js";
import type {
  Category,
  Item,
  LedgerSettings,
  Location,
  Manufacturer,
  Threshold,
} from "./Catalogue.js";
import type { Amount } from "./Money.js";
import type { Quantity } from "./Quantity.js";
import type { BucketQuantities, Timeline } from "./Timeline.js";

/** What one account holder, an item at a location of a lot or none, holds in each bucket. */
export interface Balance {
  readonly item: ItemState;
  readonly location: LocationState;
  readonly lot: string | null;
  available: Quantity;
  reserved: Quantity;
  unavailable: Quantity;
  /** Of all three buckets together, in minor units of the item's currency. */
  value: Amount;
  /** The earliest `occurredAt` of a line that touched it. */
  firstOccurredAt: Instant;
  /** The latest `occurredAt` of a line that touched it. */
  lastOccurredAt: Instant;
  /** Its recent past, where a backdated command needed it. */
  timeline: Timeline | undefined;
  /** The item's next one: the `Balances` of an item are a chain. */
  next: Balance | undefined;
}

export interface ThresholdState {
  threshold: Threshold;
  readonly location: LocationState;
  /** On hand in the location's subtree. */
  quantity: Quantity;
}

export interface ItemState {
  /** 1, 2, 3 … in the order of creation. */
  readonly no: number;
  item: Item;
  readonly balances: Balances;
  /** By location number. Replaced, never changed, for all items without any share one map. */
  thresholds: ReadonlyMap<number, ThresholdState>;
}

const NO_THRESHOLDS: ReadonlyMap<number, ThresholdState> = new Map();

export interface LocationState {
  /** 1, 2, 3 … in the order of creation, the virtual locations first. */
  readonly no: number;
  location: Location;
  parent: LocationState | undefined;
  readonly virtual: boolean;
}

/** An open quantity of a reservation or a shipment. */
export interface OpenLine {
  readonly item: string;
  readonly lot: string | null;
  /** Where it is reserved, or where it is bound for. */
  readonly location: string;
  quantity: Quantity;
  /** What the open quantity is worth in transit; 0 for a reservation. */
  value: Amount;
}

/** Goods set aside for somebody, or on their way; it closes when no line is open. */
export interface Commitment {
  /** That of the entry that opened it. */
  readonly sequence: number;
  readonly lines: OpenLine[];
}

/** The first command under an idempotency key. */
export interface UsedKey {
  readonly sequence: number;
  readonly fingerprint: number;
  /** Entries the command made. */
  readonly span: number;
}

export interface LedgerState {
  settings: LedgerSettings | undefined;
  sequence: number;
  recordedAt: Instant;
  itemCount: number;
  locationCount: number;
  readonly items: Map<string, ItemState>;
  /** Item id by SKU; `null` where the SKU has been given up. */
  readonly skus: Map<string, string | null>;
  readonly locations: Map<string, LocationState>;
  readonly categories: Map<string, Category>;
  readonly manufacturers: Map<string, Manufacturer>;
  readonly reservations: Map<number, Commitment>;
  readonly shipments: Map<number, Commitment>;
  /** Idempotency keys, as far as they are known. */
  readonly keys: Map<string, UsedKey>;
  /** Movements that were reversed, by their own sequence, as far as they are known. */
  readonly reversed: Map<number, number>;
  /** Where this state was forked from; looked into for whatever it has not touched itself. */
  readonly origin: LedgerState | undefined;
}

/** The state of a ledger in which nothing has happened yet. */
export function emptyState(): LedgerState {
  const state: LedgerState = {
    settings: undefined,
    sequence: 0,
    recordedAt: Number.MIN_SAFE_INTEGER,
    itemCount: 0,
    locationCount: 0,
    items: new Map(),
    skus: new Map(),
    locations: new Map(),
    categories: new Map(),
    manufacturers: new Map(),
    reservations: new Map(),
    shipments: new Map(),
    keys: new Map(),
    reversed: new Map(),
    origin: undefined,
  };
  for (const id of VIRTUAL_LOCATIONS) {
    const location = { id, name: id.slice(1), code: null, kind: "virtual", parent: null };
    addLocation(state, { ...location, attributes: NO_ATTRIBUTES, archived: false });
  }
  return state;
}

/** Adds a location that is not there yet, under the next number. */
export function addLocation(state: LedgerState, location: Location): LocationState {
  const added: LocationState = {
    no: ++state.locationCount,
    location,
    parent: location.parent === null ? undefined : state.locations.get(location.parent),
    virtual: location.id.startsWith("@"),
  };
  state.locations.set(location.id, added);
  return added;
}

/** The item, or nothing when the ledger has none by this id. */
export function itemOf(state: LedgerState, id: string): ItemState | undefined {
  return state.items.get(id) ?? itemFromOrigin(state, id);
}

function itemFromOrigin(state: LedgerState, id: string): ItemState | undefined {
  const original = state.origin && itemOf(state.origin, id);
  if (original === undefined) return undefined;
  const copy = copyItem(original, state.locations);
  state.items.set(id, copy);
  return copy;
}

/** Every item the state knows. */
export function* allItems(state: LedgerState): Iterable<ItemState> {
  const ids = new Set(state.items.keys());
  for (let at = state.origin; at !== undefined; at = at.origin) {
    for (const id of at.items.keys()) ids.add(id);
  }
  for (const id of ids) yield itemOf(state, id) as ItemState;
}

/** The first command under a key, as far as the state knows. */
export function usedKeyOf(state: LedgerState, key: string): UsedKey | undefined {
  for (let at: LedgerState | undefined = state; at !== undefined; at = at.origin) {
    const used = at.keys.get(key);
    if (used !== undefined) return used;
  }
  return undefined;
}

export function itemIdOfSku(state: LedgerState, sku: string): string | undefined {
  for (let at: LedgerState | undefined = state; at !== undefined; at = at.origin) {
    const id = at.skus.get(sku);
    if (id !== undefined) return id ?? undefined;
  }
  return undefined;
}

/** An item as it is before anything has moved. */
export function newItem(no: number, item: Item): ItemState {
  return { no, item, balances: new Balances(), thresholds: NO_THRESHOLDS };
}

export function balanceOf(
  item: ItemState,
  location: LocationState,
  lot: string | null,
): Balance | undefined {
  return item.balances.get(location, lot);
}

/** The balance, made at zero where nothing has moved yet. */
export function balanceToChange(
  item: ItemState,
  location: LocationState,
  lot: string | null,
): Balance {
  const known = item.balances.get(location, lot);
  if (known !== undefined) return known;
  const made = emptyBalance(item, location, lot);
  item.balances.add(made);
  return made;
}

/** Sets thresholds of the item, in place of those at the same locations. */
export function putThresholds(item: ItemState, thresholds: readonly ThresholdState[]): void {
  if (thresholds.length === 0) return;
  const all = new Map(item.thresholds);
  for (const threshold of thresholds) all.set(threshold.location.no, threshold);
  item.thresholds = all;
}

export function dropThreshold(item: ItemState, location: LocationState): void {
  const left = new Map(item.thresholds);
  left.delete(location.no);
  item.thresholds = left;
}

/** What is held where nothing has moved yet. */
export function emptyBalance(
  item: ItemState,
  location: LocationState,
  lot: string | null,
): Balance {
  return {
    item,
    location,
    lot,
    available: 0,
    reserved: 0,
    unavailable: 0,
    value: 0,
    firstOccurredAt: Number.MAX_SAFE_INTEGER,
    lastOccurredAt: Number.MIN_SAFE_INTEGER,
    timeline: undefined,
    next: undefined,
  };
}

export function onHand(held: Readonly<BucketQuantities>): Quantity {
  return held.available + held.reserved + held.unavailable;
}

/** Whether a location is `root` or lies below it. */
export function isWithin(location: LocationState, root: LocationState): boolean {
  for (let at: LocationState | undefined = location; at !== undefined; at = at.parent) {
    if (at.no === root.no) return true;
  }
  return false;
}

/** On hand of an item in the subtree of a location. */
export function onHandWithin(item: ItemState, root: LocationState): Quantity {
  let sum = 0;
  for (const balance of item.balances.values()) {
    if (!balance.location.virtual && isWithin(balance.location, root)) sum += onHand(balance);
  }
  return sum;
}

/** An item is fixed in its precision and currency once it has moved. */
export function hasMoved(item: ItemState): boolean {
  return item.balances.size > 0;
}

export function policyOf(state: LedgerState, item: ItemState): NegativePolicy {
  return item.item.negativePolicy ?? state.settings?.negativePolicy ?? "deny";
}

/**
 * A state of its own that begins where `origin` stands. What happens in the fork does not
 * reach the origin; the origin must stand still while the fork is used.
 */
export function fork(origin: LedgerState): LedgerState {
  const locations = new Map<string, LocationState>();
  for (const [id, state] of origin.locations) locations.set(id, { ...state });
  for (const state of locations.values()) {
    if (state.parent !== undefined) state.parent = locations.get(state.parent.location.id);
  }
  return {
    ...origin,
    items: new Map(),
    skus: new Map(),
    locations,
    categories: new Map(origin.categories),
    manufacturers: new Map(origin.manufacturers),
    reservations: copyCommitments(origin.reservations),
    shipments: copyCommitments(origin.shipments),
    keys: new Map(),
    reversed: new Map(origin.reversed),
    origin,
  };
}

function copyItem(original: ItemState, locations: ReadonlyMap<string, LocationState>): ItemState {
  const here = (location: LocationState) => locations.get(location.location.id) ?? location;
  const copy = newItem(original.no, original.item);
  for (const balance of original.balances.values()) {
    const own = { item: copy, location: here(balance.location), timeline: copyTimeline(balance) };
    copy.balances.add({ ...balance, ...own, next: undefined });
  }
  const thresholds = Array.from(original.thresholds.values(), (threshold) => {
    return { ...threshold, location: here(threshold.location) };
  });
  putThresholds(copy, thresholds);
  return copy;
}

function copyTimeline({ timeline }: Balance): Timeline | undefined {
  return timeline && { ...timeline, opening: { ...timeline.opening }, moves: [...timeline.moves] };
}

function copyCommitments(from: ReadonlyMap<number, Commitment>): Map<number, Commitment> {
  const copies = new Map<number, Commitment>();
  for (const [sequence, commitment] of from) {
    copies.set(sequence, { ...commitment, lines: commitment.lines.map((line) => ({ ...line })) });
  }
  return copies;
}
