/**
 * The part of a ledger's state that the writer holds in memory, with the head it belongs to.
 *
 * What a command needs is loaded when it is first needed and then kept up to date by the
 * writer's own entries. When another process has written, the whole cache is thrown away.
 */

import type { Entry } from "@stockbook/core";
import {
  addLocation,
  balanceOf,
  type Calendar,
  type Command,
  calendarOf,
  emptyBalance,
  emptyState,
  type ItemState,
  isWithin,
  type LedgerState,
  type LocationState,
  newItem,
  putThresholds,
  refusalKeyOf,
  type TimelineNeed,
  timelineOf,
  usedKeyOf,
} from "@stockbook/core";
import type {
  CatalogueSlice,
  CommitmentRow,
  ItemSlice,
  LedgerHead,
  Slice,
  SliceKeys,
  TimelineKey,
} from "./Store.js";

/** Above these sizes the cache is emptied between two batches. */
const MAX_BALANCES = 500_000;
const MAX_KEYS = 200_000;

export interface Cache {
  readonly state: LedgerState;
  head: LedgerHead;
  readonly calendar: Calendar;
  /** Looked for and not there. */
  readonly missing: { readonly items: Set<string>; readonly skus: Set<string> };
  /** Past entries that commands of this batch look back at. */
  readonly entries: Map<number, Entry>;
  readonly byNo: Map<number, LocationState>;
  balanceCount: number;
}

export const NOTHING: SliceKeys = {
  catalogue: false,
  items: [],
  skus: [],
  itemsAt: [],
  idempotencyKeys: [],
  reservations: [],
  shipments: [],
  entries: [],
  timelines: [],
};

/** A cache of an opened ledger that knows its catalogue and nothing else yet. */
export function cacheOf(slice: Slice & { readonly catalogue: CatalogueSlice }): Cache {
  const { head, catalogue } = slice;
  const state = emptyState();
  const parents: LocationState[] = catalogue.locations.map(({ location }) =>
    addLocation(state, { ...location, parent: null }),
  );
  // A parent may have been created after its child.
  catalogue.locations.forEach(({ location }, i) => {
    const added = parents[i] as LocationState;
    added.location = location;
    if (location.parent !== null) added.parent = state.locations.get(location.parent);
  });
  for (const category of catalogue.categories) state.categories.set(category.id, category);
  for (const maker of catalogue.manufacturers) state.manufacturers.set(maker.id, maker);
  state.settings = catalogue.settings;
  state.sequence = head.sequence;
  state.recordedAt = head.recordedAt;
  state.itemCount = head.itemCount;
  return {
    state,
    head,
    calendar: calendarOf(catalogue.settings?.timeZone ?? "UTC"),
    missing: { items: new Set(), skus: new Set() },
    entries: new Map(),
    byNo: new Map(),
    balanceCount: 0,
  };
}

export function isFull(cache: Cache): boolean {
  return cache.balanceCount > MAX_BALANCES || cache.state.keys.size > MAX_KEYS;
}

/** What the commands need that the cache lacks; nothing when all is at hand. */
export function lackOf(
  cache: Cache,
  commands: readonly Command[],
  loadedKeys: ReadonlySet<string>,
): SliceKeys | undefined {
  const lack = new Lack(cache, loadedKeys);
  for (const command of commands) lack.add(command);
  return lack.keys();
}

class Lack {
  private readonly items = new Set<string>();
  private readonly skus = new Set<string>();
  private readonly idempotencyKeys = new Set<string>();
  private readonly reservations = new Set<number>();
  private readonly shipments = new Set<number>();
  private readonly entries = new Set<number>();
  private readonly itemsAt = new Set<string>();

  constructor(
    private readonly cache: Cache,
    /** Idempotency keys, commitments and places that were looked for in this batch already. */
    private readonly looked: ReadonlySet<string>,
  ) {}

  add(command: Command): void {
    this.addKey(command);
    switch (command.type) {
      case "release":
      case "fulfil":
        this.addReservation(command.reservation);
        return this.addLines(command.lines);
      case "arrive":
        this.addShipment(command.shipment);
        return this.addLines(command.lines);
      case "reverse":
        return this.addEntry(command.sequence);
      case "set-threshold":
      case "remove-threshold":
        return this.addItem(command.item);
      case "put-item":
        this.addItem(command.id ?? command.sku);
        return this.addSku(command.sku ?? command.id);
      case "put-location":
        return this.addSubtree(command.id, command.parent);
      case "put-category":
      case "put-manufacturer":
        return;
      default:
        return this.addLines(command.lines);
    }
  }

  keys(): SliceKeys | undefined {
    const keys: SliceKeys = {
      catalogue: false,
      items: [...this.items],
      skus: [...this.skus],
      itemsAt: [...this.itemsAt],
      idempotencyKeys: [...this.idempotencyKeys],
      reservations: [...this.reservations],
      shipments: [...this.shipments],
      entries: [...this.entries],
      timelines: [],
    };
    const lists = [keys.items, keys.skus, keys.itemsAt, keys.idempotencyKeys];
    const numbers = [keys.reservations, keys.shipments, keys.entries];
    return [...lists, ...numbers].some((list) => list.length > 0) ? keys : undefined;
  }

  private addKey({ idempotencyKey: key }: Command): void {
    if (typeof key !== "string" || this.looked.has(`key ${key}`)) return;
    const { state, entries } = this.cache;
    if (usedKeyOf(state, key) === undefined) {
      this.idempotencyKeys.add(key);
      this.idempotencyKeys.add(refusalKeyOf(key));
    }
    const refusal = usedKeyOf(state, refusalKeyOf(key));
    if (refusal !== undefined && !entries.has(refusal.sequence)) this.addEntry(refusal.sequence);
  }

  private addLines(lines: readonly { readonly item: string }[] | undefined): void {
    if (!Array.isArray(lines)) return;
    for (const line of lines) this.addItem(line?.item);
  }

  private addItem(id: unknown): void {
    if (typeof id !== "string") return;
    const { state, missing } = this.cache;
    if (!state.items.has(id) && !missing.items.has(id)) this.items.add(id);
  }

  private addSku(sku: unknown): void {
    if (typeof sku !== "string") return;
    const { state, missing } = this.cache;
    if (!state.skus.has(sku) && !missing.skus.has(sku)) this.skus.add(sku);
  }

  private addReservation(sequence: number): void {
    const { reservations } = this.cache.state;
    this.addCommitment(sequence, reservations, this.reservations, "reservation");
  }

  private addShipment(sequence: number): void {
    const { shipments } = this.cache.state;
    this.addCommitment(sequence, shipments, this.shipments, "shipment");
  }

  private addCommitment(
    sequence: number,
    known: LedgerState["reservations"],
    wanted: Set<number>,
    what: string,
  ): void {
    const commitment = known.get(sequence);
    if (commitment !== undefined) return this.addLines(commitment.lines);
    const past = Number.isSafeInteger(sequence) && sequence <= this.cache.head.sequence;
    if (past && !this.looked.has(`${what} ${sequence}`)) wanted.add(sequence);
  }

  private addEntry(sequence: number): void {
    const { entries, head } = this.cache;
    const entry = entries.get(sequence);
    if (entry !== undefined) return this.addEntryParts(entry);
    const past = Number.isSafeInteger(sequence) && sequence >= 1 && sequence <= head.sequence;
    if (past) this.entries.add(sequence);
  }

  private addEntryParts({ body }: Entry): void {
    if (body.type !== "movement") return;
    this.addLines(body.lines);
    if (body.reservation !== null) this.addReservation(body.reservation);
    if (body.shipment !== null) this.addShipment(body.shipment);
  }

  // Moving or archiving a location concerns every item that is kept or counted around it.
  private addSubtree(id: string, parent: string | null | undefined): void {
    if (this.looked.has(`subtree ${id}`)) return;
    const { state } = this.cache;
    const root = state.locations.get(id);
    if (root === undefined) return;
    for (const [other, location] of state.locations) {
      const above = parent == null ? undefined : state.locations.get(parent);
      const counts = isWithin(root, location) || (above !== undefined && isWithin(above, location));
      if (counts || isWithin(location, root)) this.itemsAt.add(other);
    }
  }
}

/** Notes what was looked for, so that what is not there is not looked for again. */
export function noteLooked(
  looked: Set<string>,
  keys: SliceKeys,
  commands: readonly Command[],
): void {
  for (const key of keys.idempotencyKeys) looked.add(`key ${key}`);
  for (const sequence of keys.reservations) looked.add(`reservation ${sequence}`);
  for (const sequence of keys.shipments) looked.add(`shipment ${sequence}`);
  if (keys.itemsAt.length === 0) return;
  for (const command of commands) {
    if (command.type === "put-location") looked.add(`subtree ${command.id}`);
  }
}

/** Takes up what was loaded. */
export function fill(cache: Cache, keys: SliceKeys, slice: Slice): void {
  const { state, missing } = cache;
  for (const id of keys.items) missing.items.add(id);
  for (const sku of keys.skus) missing.skus.add(sku);
  for (const item of slice.items) addItem(cache, item);
  for (const { key, ...used } of slice.idempotencyKeys) state.keys.set(key, used);
  fillCommitments(state.reservations, slice.reservations);
  fillCommitments(state.shipments, slice.shipments);
  for (const entry of slice.entries) cache.entries.set(entry.sequence, entry);
  for (const [sequence, by] of slice.reversals) state.reversed.set(sequence, by);
}

function fillCommitments(known: LedgerState["reservations"], rows: readonly CommitmentRow[]): void {
  for (const { sequence, lines } of rows) {
    if (known.has(sequence)) continue;
    known.set(sequence, { sequence, lines: lines.map((line) => ({ ...line })) });
  }
}

function addItem(cache: Cache, slice: ItemSlice): void {
  const { state, missing } = cache;
  const { id, sku } = slice.item;
  missing.items.delete(id);
  missing.skus.delete(sku);
  if (state.items.has(id)) return;
  const item = newItem(slice.no, slice.item);
  const byNo = locationsByNo(cache);
  for (const row of slice.balances) {
    const location = byNo.get(row.locationNo) as LocationState;
    const { itemNo: _, locationNo: __, lot, ...held } = row;
    item.balances.add({ ...emptyBalance(item, location, lot), ...held });
  }
  const thresholds = slice.thresholds.map(({ locationNo, threshold, quantity }) => {
    return { threshold, location: byNo.get(locationNo) as LocationState, quantity };
  });
  putThresholds(item, thresholds);
  cache.balanceCount += item.balances.size;
  state.items.set(id, item);
  state.skus.set(sku, id);
}

/** The locations by number; the state adds and never removes any. */
function locationsByNo({ state, byNo }: Cache): ReadonlyMap<number, LocationState> {
  if (byNo.size === state.locations.size) return byNo;
  for (const location of state.locations.values()) byNo.set(location.no, location);
  return byNo;
}

/** The rows by which a store finds the past of these balances. */
export function timelineKeys(cache: Cache, needs: readonly TimelineNeed[]): readonly TimelineKey[] {
  return needs.map(({ item, location, lot, since }) => ({
    itemNo: (cache.state.items.get(item) as ItemState).no,
    locationNo: (cache.state.locations.get(location) as LocationState).no,
    lot,
    since,
  }));
}

export function fillTimelines(cache: Cache, needs: readonly TimelineNeed[], slice: Slice): void {
  needs.forEach((need, i) => {
    const item = cache.state.items.get(need.item) as ItemState;
    const location = cache.state.locations.get(need.location) as LocationState;
    const balance = balanceOf(item, location, need.lot);
    if (balance === undefined) return;
    balance.timeline = timelineOf(need.since, balance, slice.timelines[i] ?? []);
  });
}
