/** Decided entries as the rows a store keeps. */
import {
  type Balance,
  type Bucket,
  balanceOf,
  type Calendar,
  type CalendarPosition,
  type Category,
  type Currency,
  type Entry,
  flowOf,
  type Instant,
  type ItemState,
  itemOf,
  type LedgerState,
  type Line,
  type LocationState,
  type Manufacturer,
  type Movement,
  type MovementKind,
  type ThresholdState,
} from "@stockbook/core";
import { PlaceRollups } from "./PlaceRollups.js";
import type {
  BalanceRow,
  Batch,
  ChainLink,
  CommitmentRow,
  EntryContent,
  EntryRow,
  ItemRow,
  KindRollupRow,
  LedgerHead,
  LineRow,
  LocationRow,
  RollupRow,
  ThresholdPlace,
  ThresholdRow,
} from "./Store.js";

/** The rows of a batch that its entries alone come to; the sums of nodes need what was before. */
export type EntryBatch = Omit<Batch, "nodeSums" | "nodeCounts">;

/**
 * The rows of a batch.
 *
 * @param state as it stands after the entries.
 * @param before the head the entries follow.
 */
export function batchOf(
  state: LedgerState,
  calendar: Calendar,
  before: LedgerHead,
  entries: readonly Entry[],
): EntryBatch {
  const draft = new BatchDraft(state, calendar, before);
  for (const entry of entries) draft.add(entry);
  return draft.finish();
}

/** A movement without its lines, a refusal, a change of the catalogue: what a row keeps whole. */
function contentOf(entry: Entry): EntryContent {
  const { type, ...content } = entry.body;
  if (type !== "movement") return content;
  const { lines: _, ...movement } = content as Omit<Movement, "type">;
  return movement;
}

interface Rollup {
  readonly itemNo: number;
  readonly locationNo: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly change: { -readonly [sum in keyof RollupRow["change"]]: number };
  lastLine: number;
  lastSequence: number;
}

interface KindRollup extends Omit<KindRollupRow, "change"> {
  readonly change: { -readonly [sum in keyof KindRollupRow["change"]]: number };
}

class BatchDraft {
  private readonly entries: EntryRow[] = [];
  private readonly lines: LineRow[] = [];
  private readonly balances = new Set<Balance>();
  private readonly thresholds = new Map<ThresholdState, ItemState>();
  private readonly rollups = new Map<string, Rollup>();
  private readonly kindRollups = new Map<string, KindRollup>();
  private readonly latestOfKind = new Map<MovementKind, KindRollup>();
  private readonly places = new PlaceRollups();
  private readonly items = new Map<ItemState, Instant>();
  private readonly locations = new Set<LocationState>();
  private readonly categories = new Map<string, Category>();
  private readonly manufacturers = new Map<string, Manufacturer>();
  private readonly removedThresholds: ThresholdPlace[] = [];
  private readonly reservations = new Set<number>();
  private readonly shipments = new Set<number>();

  private lineCount: number;
  private locationsSequence: number;

  constructor(
    private readonly state: LedgerState,
    private readonly calendar: Calendar,
    private readonly before: LedgerHead,
  ) {
    this.lineCount = before.lineCount;
    this.locationsSequence = before.locationsSequence;
  }

  add(entry: Entry): void {
    const { body } = entry;
    const firstLine = this.lineCount + 1;
    this.addBody(entry);
    this.entries.push({
      sequence: entry.sequence,
      type: body.type,
      occurredAt: entry.occurredAt,
      recordedAt: entry.recordedAt,
      key: entry.key,
      fingerprint: entry.fingerprint,
      span: entry.span,
      reverses: body.type === "movement" ? body.reverses : null,
      firstLine,
      lineCount: this.lineCount + 1 - firstLine,
      body: contentOf(entry),
    });
  }

  private addBody(entry: Entry): void {
    const { body } = entry;
    switch (body.type) {
      case "movement":
        return this.addMovement(entry, body);
      case "item-put":
        this.items.set(this.item(body.item.id), entry.recordedAt);
        return;
      case "category-put":
        this.categories.set(body.category.id, body.category);
        return;
      case "manufacturer-put":
        this.manufacturers.set(body.manufacturer.id, body.manufacturer);
        return;
      case "location-put":
        this.locationsSequence = entry.sequence;
        return this.addLocation(body.location.id);
      case "threshold-set":
        return this.addThreshold(body.threshold.item, body.threshold.location);
      case "threshold-removed":
        return this.addThreshold(body.item, body.location);
      case "opened":
      case "depleted":
      case "replenished":
      case "refused":
        return;
    }
  }

  private addMovement(entry: Entry, movement: Movement): void {
    const position = this.calendar.positionOf(entry.occurredAt);
    this.addLines(entry, movement, position);
    if (movement.reservation !== null) this.reservations.add(movement.reservation);
    if (movement.shipment !== null) this.shipments.add(movement.shipment);
  }

  /** Counts the movement in the currency of its first line, and every line in its own. */
  private addLines(entry: Entry, { kind, lines }: Movement, position: CalendarPosition): void {
    const [first] = lines;
    const begun = first === undefined ? null : this.item(first.item).item.currency;
    let rollup = this.kindRollup(kind, position.hour, begun);
    rollup.change.transactions += 1;
    for (const line of lines) {
      const { currency } = this.addLine(entry, line, position).item;
      if (currency !== rollup.currency) rollup = this.kindRollup(kind, position.hour, currency);
      rollup.change.lines += 1;
      rollup.change.value += line.value;
    }
  }

  /** Gives the line's item. */
  private addLine(entry: Entry, line: Line, position: CalendarPosition): ItemState {
    const item = this.item(line.item);
    const from = this.location(line.from);
    const to = this.location(line.to);
    const no = ++this.lineCount;
    const fromChain = this.roll(item, from, line, entry, position, no);
    const toChain = from === to ? fromChain : this.roll(item, to, line, entry, position, no);
    this.lines.push({
      line: no,
      sequence: entry.sequence,
      occurredAt: entry.occurredAt,
      itemNo: item.no,
      lot: line.lot,
      fromNo: from.no,
      fromBucket: line.fromBucket,
      toNo: to.no,
      toBucket: line.toBucket,
      quantity: line.quantity,
      value: line.value,
      fromChain,
      toChain,
      fromPlace: this.places.add(line, from, position.hour, no),
      toPlace: this.places.add(line, to, position.hour, no),
    });
    this.touch(item, from, line.lot);
    this.touch(item, to, line.lot);
    return item;
  }

  /** Adds a line to the roll-up of a place, once for both ends where they are the same. */
  private roll(
    item: ItemState,
    place: LocationState,
    line: Line,
    { sequence }: Entry,
    { month, day, hour }: CalendarPosition,
    no: number,
  ): ChainLink | null {
    if (place.virtual) return null;
    const key = `${item.no}:${place.no}:${day}:${hour}`;
    const known = this.rollups.get(key);
    const rollup = known ?? emptyRollup(item.no, place.no, month, day, hour);
    if (known === undefined) this.rollups.set(key, rollup);
    if (line.from === place.location.id) addEnd(rollup, line.fromBucket, -1, line);
    if (line.to === place.location.id) addEnd(rollup, line.toBucket, 1, line);
    if (flowOf(line.from, line.to) !== null) rollup.change.lines += 1;
    const previous = known === undefined ? null : rollup.lastLine;
    rollup.lastLine = no;
    rollup.lastSequence = sequence;
    return { day, hour, previous };
  }

  private kindRollup(kind: MovementKind, hour: number, currency: Currency | null): KindRollup {
    // Most movements of a kind are of the same hour and currency as the one before.
    const latest = this.latestOfKind.get(kind);
    if (latest?.hour === hour && latest.currency === currency) return latest;
    const key = `${kind}:${hour}:${currency ?? ""}`;
    const known = this.kindRollups.get(key);
    const change = { transactions: 0, lines: 0, value: 0 };
    const rollup = known ?? { kind, hour, currency, change };
    this.kindRollups.set(key, rollup);
    this.latestOfKind.set(kind, rollup);
    return rollup;
  }

  private touch(item: ItemState, location: LocationState, lot: string | null): void {
    const balance = balanceOf(item, location, lot);
    if (balance !== undefined) this.balances.add(balance);
    if (location.virtual || item.thresholds.size === 0) return;
    for (let at: LocationState | undefined = location; at !== undefined; at = at.parent) {
      const threshold = item.thresholds.get(at.no);
      if (threshold !== undefined) this.thresholds.set(threshold, item);
    }
  }

  /** Moving a location changes what the rules above it count. */
  private addLocation(id: string): void {
    const location = this.location(id);
    this.locations.add(location);
    if (location.no > this.before.locationCount) return;
    for (const item of this.state.items.values()) {
      for (const threshold of item.thresholds.values()) this.thresholds.set(threshold, item);
    }
  }

  private addThreshold(itemId: string, locationId: string): void {
    const item = this.item(itemId);
    const location = this.location(locationId);
    const threshold = item.thresholds.get(location.no);
    if (threshold !== undefined) this.thresholds.set(threshold, item);
    // Gone by the end of the batch, even if it was set within it.
    else this.removedThresholds.push({ itemNo: item.no, locationNo: location.no });
  }

  finish(): EntryBatch {
    const { state, before } = this;
    return {
      expectedHead: before.sequence,
      head: {
        sequence: state.sequence,
        recordedAt: state.recordedAt,
        itemCount: state.itemCount,
        locationCount: state.locationCount,
        lineCount: this.lineCount,
        locationsSequence: this.locationsSequence,
      },
      entries: this.entries,
      lines: this.lines,
      balances: Array.from(this.balances, balanceRow),
      rollups: [...this.rollups.values()],
      kindRollups: [...this.kindRollups.values()],
      placeRollups: this.places.rows,
      items: Array.from(
        this.items,
        ([{ no, item }, updatedAt]): ItemRow => ({ no, item, updatedAt }),
      ),
      locations: Array.from(this.locations, ({ no, location }): LocationRow => ({ no, location })),
      categories: [...this.categories.values()],
      manufacturers: [...this.manufacturers.values()],
      thresholds: this.liveThresholds(),
      removedThresholds: this.removedThresholds,
      reservations: Array.from(this.reservations, (no) => commitmentRow(no, state.reservations)),
      shipments: Array.from(this.shipments, (no) => commitmentRow(no, state.shipments)),
    };
  }

  private liveThresholds(): readonly ThresholdRow[] {
    const rows: ThresholdRow[] = [];
    for (const [{ threshold, location, quantity }, item] of this.thresholds) {
      // A rule that was set anew or removed later in the batch is another one by now.
      const live = item.thresholds.get(location.no);
      if (live === undefined || live.threshold !== threshold) continue;
      rows.push({ itemNo: item.no, locationNo: location.no, threshold, quantity });
    }
    return rows;
  }

  private item(id: string): ItemState {
    return itemOf(this.state, id) as ItemState;
  }

  private location(id: string): LocationState {
    return this.state.locations.get(id) as LocationState;
  }
}

function emptyRollup(
  itemNo: number,
  locationNo: number,
  month: number,
  day: number,
  hour: number,
): Rollup {
  const change = {
    available: 0,
    reserved: 0,
    unavailable: 0,
    value: 0,
    inward: 0,
    outward: 0,
    lines: 0,
  };
  return { itemNo, locationNo, month, day, hour, change, lastLine: 0, lastSequence: 0 };
}

function addEnd({ change }: Rollup, bucket: Bucket, sign: 1 | -1, line: Line): void {
  change[bucket] += sign * line.quantity;
  change.value += sign * line.value;
  if (line.from === line.to) return;
  if (sign === 1) change.inward += line.quantity;
  else change.outward += line.quantity;
}

function balanceRow(balance: Balance): BalanceRow {
  return {
    itemNo: balance.item.no,
    locationNo: balance.location.no,
    lot: balance.lot,
    available: balance.available,
    reserved: balance.reserved,
    unavailable: balance.unavailable,
    value: balance.value,
    firstOccurredAt: balance.firstOccurredAt,
    lastOccurredAt: balance.lastOccurredAt,
  };
}

function commitmentRow(sequence: number, open: LedgerState["reservations"]): CommitmentRow {
  return { sequence, lines: open.get(sequence)?.lines ?? [] };
}
