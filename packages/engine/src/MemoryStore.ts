/**
 * The memory store: the reference the others are held to. It keeps rows as they come and
 * answers every read by going through them, so that nothing in it can be stale.
 */
import {
  type Category,
  type Entry,
  type EntryBody,
  type Item,
  type Line,
  type LocationState,
  type Manufacturer,
  VIRTUAL_LOCATIONS,
} from "@stockbook/core";
import { Effect, Layer } from "effect";
import { makeMemoryKeys } from "./access/MemoryKeys.js";
import { changedOptions, isAsExpected } from "./access/Organisations.js";
import {
  countTransactions,
  flowSums,
  kindRollups,
  numberedTransactions,
  statistics,
  sumByCurrency,
  transactions,
} from "./MemoryMovements.js";
import { detail, flowAt, placeRollups, summary } from "./MemoryReports.js";
import { foldNodes, type PlacedItem } from "./NodeSums.js";
import type { PublicId } from "./PublicIds.js";
import { treeOf } from "./reads/Tree.js";
import {
  type BalanceOfItem,
  type BalanceQuery,
  type BalanceRow,
  type Batch,
  type CardLine,
  type CardQuery,
  type CommitmentRow,
  type EntryRow,
  HeadMoved,
  type ItemRow,
  type ItemScope,
  type Keyset,
  type KindRollupAfter,
  type LedgerHead,
  type LedgerId,
  type LineRow,
  type LocationRow,
  type Moment,
  type NodeRow,
  type Organisation,
  OrganisationMoved,
  type Place,
  type RollupAfter,
  type RollupSums,
  type Slice,
  type SliceKeys,
  type StockItemQuery,
  type StockItemRow,
  type StoredKindRollup,
  type StoredPlaceRollup,
  type StoredRollup,
  type ThresholdRow,
  type TimelineKey,
  type TimelineLine,
} from "./Store.js";
import { type StoreService, type Stores, storeContext } from "./StoreService.js";
import { makeMemoryWebhooks } from "./webhooks/MemoryWebhooks.js";

/** Everything one ledger keeps. */
class Book {
  head: LedgerHead = {
    sequence: 0,
    recordedAt: Number.MIN_SAFE_INTEGER,
    itemCount: 0,
    locationCount: VIRTUAL_LOCATIONS.length,
    lineCount: 0,
    locationsSequence: 0,
  };
  readonly entries: EntryRow[] = [];
  readonly lines: LineRow[] = [];
  readonly linesOf = new Map<string, LineRow[]>();
  readonly balances = new Map<string, BalanceRow>();
  readonly rollups = new Map<string, StoredRollup>();
  readonly items = new Map<number, ItemRow>();
  readonly locations = new Map<number, LocationRow>();
  readonly categories = new Map<string, Category>();
  readonly manufacturers = new Map<string, Manufacturer>();
  readonly thresholds = new Map<string, ThresholdRow>();
  readonly reservations = new Map<number, CommitmentRow>();
  readonly shipments = new Map<number, CommitmentRow>();
  readonly keys = new Map<string, EntryRow>();
  readonly reversals = new Map<number, number>();
  readonly publicIds = new Map<string, readonly PublicId[]>();
}

function publicIdsOf(book: Book, kind: string): readonly PublicId[] {
  return book.publicIds.get(kind) ?? [];
}

/** A store in memory, empty at first. What it holds ends with it. */
export function makeMemoryStore(): StoreService {
  const organisations = new Map<string, Organisation>();
  const books = new Map<LedgerId, Book>();

  const reading =
    <Args extends readonly unknown[], A>(read: (book: Book, ...args: Args) => A) =>
    (ledger: LedgerId, ...args: Args): Effect.Effect<A> =>
      Effect.sync(() => read(books.get(ledger) as Book, ...args));

  return {
    name: "memory",
    capabilities: { durable: false, shared: true },
    ...makeMemoryKeys(),
    webhooks: makeMemoryWebhooks(),
    putOrganisation: (draft) =>
      Effect.sync(() => {
        const known = organisations.get(draft.id);
        if (known !== undefined) return known;
        const live = books.size + 1;
        const ledgers = { live, test: live + 1 };
        const made = { ...draft, ledgers };
        organisations.set(draft.id, made);
        books.set(live, new Book());
        books.set(live + 1, new Book());
        return made;
      }),
    changeOrganisation: (id, { name, plan, options }, expected) =>
      Effect.suspend(() => {
        const known = organisations.get(id);
        if (known === undefined) return Effect.succeed(undefined);
        if (expected !== undefined && !isAsExpected(known, expected))
          return new OrganisationMoved();
        const changed = {
          ...known,
          name: name ?? known.name,
          plan: plan ?? known.plan,
          options: changedOptions(known.options, options),
        };
        organisations.set(id, changed);
        return Effect.succeed(changed);
      }),
    organisation: (id) => Effect.sync(() => organisations.get(id)),
    organisations: Effect.sync(() => [...organisations.values()]),
    load: reading(load),
    append: (ledger, batch) =>
      Effect.suspend(() => {
        const book = books.get(ledger) as Book;
        const { sequence: found } = book.head;
        const { expectedHead: expected } = batch;
        if (found !== expected) return new HeadMoved({ expected, found });
        write(book, batch);
        return Effect.void;
      }),
    publicIds: reading((book, kind, by, wanted) => {
      const asked = new Set(wanted);
      return publicIdsOf(book, kind).filter((row) => asked.has(row[by]));
    }),
    addPublicIds: reading((book, kind, made) => {
      const known = new Set(publicIdsOf(book, kind).map(({ id }) => id));
      book.publicIds.set(kind, [
        ...publicIdsOf(book, kind),
        ...made.filter(({ id }) => !known.has(id)),
      ]);
    }),
    head: reading((book) => book.head),
    locations: reading((book) => ({
      sequence: book.head.locationsSequence,
      locations: locationRows(book),
    })),
    entries: reading((book, after, limit) =>
      book.entries.slice(after, after + limit).map((row) => entryOf(book, row)),
    ),
    sumsAt: reading((book, places, moment) => places.map((place) => sumsAt(book, place, moment))),
    card: reading(card),
    balances: reading(balances),
    valuation: reading((book, query) => {
      const wanted = { ...query, nonZero: true, lots: "together" } as const;
      const all = balances(book, { ...wanted, after: null, limit: book.balances.size });
      const worth = all.map(({ value, item }) => ({ amount: value, currency: item.currency }));
      return { rows: balances(book, wanted), totals: sumByCurrency(worth) };
    }),
    summary: reading((book, query) => summary(reportRows(book), query)),
    detail: reading((book, query) => detail(reportRows(book), query)),
    transactions: reading((book, query) =>
      transactions(book, query).map((row) => entryOf(book, row)),
    ),
    transactionPage: reading((book, query) => ({
      rows: numberedTransactions(book, query).map((row) => entryOf(book, row)),
      total: countTransactions(book, query),
    })),
    statistics: reading(statistics),
    flowSums: reading(flowSums),
    items: reading((book, { after, limit, ...wanted }) => items(book, wanted, after, limit)),
    itemPage: reading((book, { offset, limit, ...wanted }) => {
      const all = items(book, wanted, null, book.items.size);
      return { rows: all.slice(offset, offset + limit), total: all.length };
    }),
    thresholds: reading((book, { after, limit, depleted }) =>
      page(book.thresholds.values(), thresholdPosition, after, limit, (row) =>
        depleted ? row.quantity < row.threshold.minimum : true,
      ).map((row) => ({ ...row, item: itemOf(book, row.itemNo) })),
    ),
    nodes: reading((book, locationNos) => ({
      sequence: book.head.sequence,
      nodes: nodes(book).filter(
        ({ locationNo }) => locationNos === null || locationNos.includes(locationNo),
      ),
    })),
    stockItems: reading(stockItems),
    reservations: reading((book, keyset) => commitments(book.reservations, keyset)),
    shipments: reading((book, keyset) => commitments(book.shipments, keyset)),
    rollups: reading((book, grain, { after, limit }) =>
      page(rollupsOf(book, grain), rollupPosition(grain), after, limit, () => true),
    ),
    kindRollups: reading((book, grain, { after, limit }) =>
      page(kindRollups(book, grain), kindRollupPosition, after, limit, () => true),
    ),
    placeRollups: reading((book, grain, { after, limit }) =>
      page(placeRollups(book, grain), placeRollupPosition, after, limit, () => true),
    ),
  };
}

/** A layer of a memory store of its own; keep it in one constant to share it. */
export function memory(): Layer.Layer<Stores> {
  return Layer.syncContext(() => storeContext(makeMemoryStore()));
}

// ── writing ──────────────────────────────────────────────────────────────────────────────

function write(book: Book, batch: Batch): void {
  book.head = batch.head;
  for (const entry of batch.entries) {
    book.entries.push(entry);
    if (entry.key !== null) book.keys.set(entry.key, entry);
    if (entry.reverses !== null) book.reversals.set(entry.reverses, entry.sequence);
  }
  for (const line of batch.lines) writeLine(book, line);
  for (const row of batch.balances) book.balances.set(balancePosition(row).join(), { ...row });
  for (const rollup of batch.rollups) writeRollup(book, rollup);
  for (const row of batch.items) book.items.set(row.no, row);
  for (const row of batch.locations) book.locations.set(row.no, row);
  for (const category of batch.categories) book.categories.set(category.id, category);
  for (const maker of batch.manufacturers) book.manufacturers.set(maker.id, maker);
  for (const { itemNo, locationNo } of batch.removedThresholds) {
    book.thresholds.delete(`${itemNo},${locationNo}`);
  }
  for (const row of batch.thresholds) {
    book.thresholds.set(thresholdPosition(row).join(), { ...row });
  }
  writeCommitments(book.reservations, batch.reservations);
  writeCommitments(book.shipments, batch.shipments);
}

function writeLine(book: Book, line: LineRow): void {
  book.lines.push(line);
  for (const locationNo of new Set([line.fromNo, line.toNo])) {
    const key = placeKey({ itemNo: line.itemNo, locationNo });
    const lines = book.linesOf.get(key) ?? [];
    lines.push(line);
    book.linesOf.set(key, lines);
  }
}

function writeRollup(book: Book, rollup: Batch["rollups"][number]): void {
  const { itemNo, locationNo, month, day, hour, lastSequence, change } = rollup;
  const key = [day, itemNo, locationNo, hour].join();
  const known = book.rollups.get(key);
  const sums = known === undefined ? { ...change } : added(known.sums, change);
  book.rollups.set(key, { itemNo, locationNo, month, day, hour, sums, lastSequence });
}

function writeCommitments(known: Map<number, CommitmentRow>, rows: readonly CommitmentRow[]): void {
  for (const { sequence, lines } of rows) {
    if (lines.length === 0) known.delete(sequence);
    else known.set(sequence, { sequence, lines: lines.map((line) => ({ ...line })) });
  }
}

// ── loading ──────────────────────────────────────────────────────────────────────────────

function load(book: Book, keys: SliceKeys): Slice {
  return {
    head: book.head,
    catalogue: keys.catalogue
      ? {
          settings: settingsOf(book),
          locations: locationRows(book),
          categories: [...book.categories.values()],
          manufacturers: [...book.manufacturers.values()],
        }
      : undefined,
    items: wantedItems(book, keys).map((row) => ({
      ...row,
      balances: [...book.balances.values()].filter(({ itemNo }) => itemNo === row.no),
      thresholds: [...book.thresholds.values()].filter(({ itemNo }) => itemNo === row.no),
    })),
    idempotencyKeys: keys.idempotencyKeys.flatMap((key) => {
      const entry = book.keys.get(key);
      if (entry === undefined) return [];
      const { sequence, fingerprint, span } = entry;
      return [{ key, sequence, fingerprint, span }];
    }),
    reservations: pick(book.reservations, keys.reservations),
    shipments: pick(book.shipments, keys.shipments),
    entries: keys.entries.flatMap((sequence) => {
      const row = book.entries[sequence - 1];
      return row === undefined ? [] : [entryOf(book, row)];
    }),
    reversals: keys.entries.flatMap((sequence) => {
      const by = book.reversals.get(sequence);
      return by === undefined ? [] : [[sequence, by] as const];
    }),
    timelines: keys.timelines.map((key) => timeline(book, key)),
  };
}

function locationRows(book: Book): readonly LocationRow[] {
  return [...book.locations.values()].sort((a, b) => a.no - b.no);
}

function settingsOf(book: Book) {
  const opened = book.entries.find((row) => row.type === "opened");
  if (opened === undefined) return undefined;
  const { body } = entryOf(book, opened);
  return body.type === "opened" ? body.settings : undefined;
}

function wantedItems(book: Book, keys: SliceKeys): readonly ItemRow[] {
  const ids = new Set(keys.items);
  const skus = new Set(keys.skus);
  const places = new Set(keys.itemsAt);
  const numbers = new Set<number>();
  for (const { no, location } of book.locations.values()) {
    if (!places.has(location.id)) continue;
    for (const rows of [book.balances, book.thresholds]) {
      for (const row of rows.values()) if (row.locationNo === no) numbers.add(row.itemNo);
    }
  }
  return [...book.items.values()].filter(
    ({ no, item }) => ids.has(item.id) || skus.has(item.sku) || numbers.has(no),
  );
}

function pick<A>(from: ReadonlyMap<number, A>, keys: readonly number[]): readonly A[] {
  return keys.flatMap((key) => {
    const found = from.get(key);
    return found === undefined ? [] : [found];
  });
}

function timeline(book: Book, key: TimelineKey): readonly TimelineLine[] {
  const { itemNo, locationNo, lot, since } = key;
  return (book.linesOf.get(placeKey({ itemNo, locationNo })) ?? [])
    .filter((line) => line.lot === lot && line.occurredAt >= since)
    .map((line) => {
      const { available, reserved, unavailable } = changeAt(line, locationNo);
      const { occurredAt, sequence } = line;
      return { occurredAt, sequence, available, reserved, unavailable };
    });
}

// ── reading ──────────────────────────────────────────────────────────────────────────────

function entryOf(book: Book, row: EntryRow): Entry {
  const { sequence, occurredAt, recordedAt, key, fingerprint, span } = row;
  const content = { type: row.type, ...row.body };
  const lines = book.lines.slice(row.firstLine - 1, row.firstLine - 1 + row.lineCount);
  const body =
    row.type === "movement"
      ? { ...content, lines: lines.map((line) => lineOf(book, line)) }
      : content;
  // The row was made from an entry of this type, so it has that type's fields.
  return { sequence, occurredAt, recordedAt, key, fingerprint, span, body: body as EntryBody };
}

function lineOf(book: Book, row: LineRow): Line {
  return {
    item: itemOf(book, row.itemNo).id,
    lot: row.lot,
    from: locationId(book, row.fromNo),
    fromBucket: row.fromBucket,
    to: locationId(book, row.toNo),
    toBucket: row.toBucket,
    quantity: row.quantity,
    value: row.value,
  };
}

function itemOf(book: Book, no: number) {
  return (book.items.get(no) as ItemRow).item;
}

function locationId(book: Book, no: number): string {
  return VIRTUAL_LOCATIONS[no - 1] ?? (book.locations.get(no) as LocationRow).location.id;
}

function balances(book: Book, query: BalanceQuery): readonly BalanceOfItem[] {
  const { after, limit, itemNo, locationNos, nonZero, lots } = query;
  const wanted = [...book.balances.values()].filter((row) => {
    if (itemNo !== null && row.itemNo !== itemNo) return false;
    if (!isAt(row.locationNo, locationNos)) return false;
    return !nonZero || row.available !== 0 || row.reserved !== 0 || row.unavailable !== 0;
  });
  const rows = lots === "apart" ? wanted : lotsTogether(wanted);
  return page(rows, balancePosition, after, limit, () => true).map((row) => ({
    ...row,
    item: itemOf(book, row.itemNo),
  }));
}

function isAt(no: number, locationNos: BalanceQuery["locationNos"]): boolean {
  if (locationNos === null) return true;
  return locationNos === "real" ? no > VIRTUAL_LOCATIONS.length : locationNos.includes(no);
}

/** One row for each item at each location. */
function lotsTogether(rows: readonly BalanceRow[]): readonly BalanceRow[] {
  const places = new Map<string, BalanceRow>();
  for (const row of rows) {
    const known = places.get(placeKey(row));
    places.set(placeKey(row), known === undefined ? { ...row, lot: null } : sumOf(known, row));
  }
  return [...places.values()];
}

function sumOf(a: BalanceRow, b: BalanceRow): BalanceRow {
  return {
    ...a,
    available: a.available + b.available,
    reserved: a.reserved + b.reserved,
    unavailable: a.unavailable + b.unavailable,
    value: a.value + b.value,
    firstOccurredAt: Math.min(a.firstOccurredAt, b.firstOccurredAt),
    lastOccurredAt: Math.max(a.lastOccurredAt, b.lastOccurredAt),
  };
}

function items(book: Book, wanted: ItemScope, after: number | null, limit: number) {
  return page(
    book.items.values(),
    ({ no }) => [no],
    after === null ? null : [after],
    limit,
    ({ item }) => isWanted(item, wanted),
  );
}

function isWanted(item: Item, wanted: ItemScope): boolean {
  const { ids, query, name, category, categories, manufacturer, archived } = wanted;
  if (name !== null && !item.name.toLowerCase().includes(name.toLowerCase())) return false;
  if (categories !== null && !categories.some((id) => id === item.category)) return false;
  if (ids !== null && !ids.includes(item.id)) return false;
  if (category !== null && item.category !== category) return false;
  if (manufacturer !== null && item.manufacturer !== manufacturer) return false;
  if (archived !== null && item.archived !== archived) return false;
  const text = `${item.sku}\n${item.name}`.toLowerCase();
  return query === null || text.includes(query.toLowerCase());
}

const NO_SUMS: RollupSums = {
  available: 0,
  reserved: 0,
  unavailable: 0,
  value: 0,
  inward: 0,
  outward: 0,
  lines: 0,
};

function sumsAt(book: Book, place: Place, { instant, sequence }: Moment): RollupSums {
  let sums = NO_SUMS;
  for (const line of book.linesOf.get(placeKey(place)) ?? []) {
    if (line.occurredAt > instant) continue;
    if (sequence !== null && line.sequence > sequence) continue;
    sums = added(sums, changeAt(line, place.locationNo));
  }
  return sums;
}

/** What a line does at a place it touches. */
function changeAt(line: LineRow, locationNo: number): RollupSums {
  const change = { ...NO_SUMS, lines: flowAt(line, locationNo) === null ? 0 : 1 };
  const crosses = line.fromNo !== line.toNo;
  if (line.fromNo === locationNo) {
    change[line.fromBucket] -= line.quantity;
    change.value -= line.value;
    if (crosses) change.outward += line.quantity;
  }
  if (line.toNo === locationNo) {
    change[line.toBucket] += line.quantity;
    change.value += line.value;
    if (crosses) change.inward += line.quantity;
  }
  return change;
}

function added(a: RollupSums, b: RollupSums): RollupSums {
  return {
    available: a.available + b.available,
    reserved: a.reserved + b.reserved,
    unavailable: a.unavailable + b.unavailable,
    value: a.value + b.value,
    inward: a.inward + b.inward,
    outward: a.outward + b.outward,
    lines: a.lines + b.lines,
  };
}

function reportRows(book: Book) {
  const { entries, lines, items } = book;
  const sums = (place: Place, moment: Moment) => sumsAt(book, place, moment);
  return { entries, lines, items, balances: book.balances.values(), sums };
}

function card(book: Book, query: CardQuery): readonly CardLine[] {
  const { from, to, limit } = query;
  const start = [from.instant, from.sequence, from.line];
  return (book.linesOf.get(placeKey(query)) ?? [])
    .filter((line) => line.occurredAt < to.instant && isAfter(linePosition(line), start))
    .sort((a, b) => compare(linePosition(a), linePosition(b)))
    .slice(0, limit)
    .map((line) => {
      const { recordedAt, body } = book.entries[line.sequence - 1] as EntryRow;
      return { ...line, recordedAt, body };
    });
}

function* rollupsOf(book: Book, grain: "hour" | "month"): Iterable<StoredRollup> {
  if (grain === "hour") return yield* book.rollups.values();
  const months = new Map<string, StoredRollup>();
  for (const rollup of book.rollups.values()) {
    const { itemNo, locationNo, month, lastSequence } = rollup;
    const key = [itemNo, locationNo, month].join();
    const known = months.get(key);
    const sums = known === undefined ? rollup.sums : added(known.sums, rollup.sums);
    const latest = Math.max(lastSequence, known?.lastSequence ?? 0);
    months.set(key, { itemNo, locationNo, month, day: 0, hour: 0, sums, lastSequence: latest });
  }
  yield* months.values();
}

function commitments(
  rows: ReadonlyMap<number, CommitmentRow>,
  { after, limit }: Keyset<number>,
): readonly CommitmentRow[] {
  const start = after === null ? null : [after];
  return page(
    rows.values(),
    ({ sequence }) => [sequence],
    start,
    limit,
    () => true,
  );
}

/** From what is there now, and not from what the writer said of it. */
function nodes(book: Book): readonly NodeRow[] {
  const { byNo } = treeOf({ sequence: 0, locations: locationRows(book) });
  const at = (no: number) => byNo.get(no) as LocationState;
  const balances = byItem(book.balances.values());
  const rules = byItem(book.thresholds.values());
  return foldNodes(
    Array.from(book.items.values(), ({ no, item }): PlacedItem => {
      const held = balances.get(no) ?? [];
      const own = rules.get(no) ?? [];
      return {
        item,
        balances: held.map((row) => ({ ...row, location: at(row.locationNo) })),
        thresholds: own.map((row) => ({ ...row, location: at(row.locationNo) })),
      };
    }),
  );
}

function byItem<Row extends Place>(rows: Iterable<Row>): ReadonlyMap<number, readonly Row[]> {
  const items = new Map<number, Row[]>();
  for (const row of rows) {
    const own = items.get(row.itemNo);
    if (own === undefined) items.set(row.itemNo, [row]);
    else own.push(row);
  }
  return items;
}

function stockItems(book: Book, query: StockItemQuery): readonly StockItemRow[] {
  const { after, limit, itemNo, locationNos, depleted } = query;
  const places = new Map<string, StockItemRow>();
  for (const row of lotsTogether([...book.balances.values()])) {
    const { value, available, reserved, unavailable } = row;
    const onHand = available + reserved + unavailable;
    places.set(placeKey(row), { ...stockItemAt(book, row), onHand, value });
  }
  for (const row of book.thresholds.values()) {
    const { minimum, maximum } = row.threshold;
    const known = places.get(placeKey(row)) ?? stockItemAt(book, row);
    places.set(placeKey(row), { ...known, rule: { minimum, maximum, quantity: row.quantity } });
  }
  return page(places.values(), thresholdPosition, after, limit, (row) => {
    if (itemNo !== null && row.itemNo !== itemNo) return false;
    if (!isAt(row.locationNo, locationNos)) return false;
    return !depleted || (row.rule !== null && row.rule.quantity < row.rule.minimum);
  });
}

function stockItemAt(book: Book, { itemNo, locationNo }: Place): StockItemRow {
  return { itemNo, locationNo, item: itemOf(book, itemNo), onHand: 0, value: 0, rule: null };
}

// ── order and pages ──────────────────────────────────────────────────────────────────────

type Position = readonly (number | string)[];

function page<A>(
  rows: Iterable<A>,
  positionOf: (row: A) => Position,
  after: Position | null,
  limit: number,
  wanted: (row: A) => boolean,
): readonly A[] {
  return [...rows]
    .filter((row) => wanted(row) && (after === null || isAfter(positionOf(row), after)))
    .sort((a, b) => compare(positionOf(a), positionOf(b)))
    .slice(0, limit);
}

function balancePosition({ itemNo, locationNo, lot }: BalanceRow): Position {
  return [itemNo, locationNo, lot ?? ""];
}

function thresholdPosition({ itemNo, locationNo }: Place): Position {
  return [itemNo, locationNo];
}

function rollupPosition(grain: "hour" | "month") {
  return ({ month, day, hour, itemNo, locationNo }: StoredRollup): RollupAfter =>
    grain === "hour" ? [day, itemNo, locationNo, hour] : [month, itemNo, locationNo, 0];
}

function kindRollupPosition({ start, kind, currency }: StoredKindRollup): KindRollupAfter {
  return [start, kind, currency ?? ""];
}

function placeRollupPosition({ locationNo, start }: StoredPlaceRollup) {
  return [locationNo, start] as const;
}

function linePosition({ occurredAt, sequence, line }: LineRow): Position {
  return [occurredAt, sequence, line];
}

function placeKey({ itemNo, locationNo }: Place): string {
  return `${itemNo},${locationNo}`;
}

function isAfter(position: Position, start: Position): boolean {
  return compare(position, start) > 0;
}

function compare(a: Position, b: Position): number {
  for (const [i, left] of a.entries()) {
    const right = b[i] as number | string;
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}
