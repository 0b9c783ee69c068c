/** Every read of the port gives what the memory store gives, which goes through all rows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Command,
  calendarOf,
  FLOWS,
  firstDayOfMonth,
  MAX_INSTANT,
  MIN_INSTANT,
  type MovementCommand,
} from "@stockbook/core";
import {
  type CardLine,
  type KindGrain,
  type KindRollupAfter,
  LedgerStore,
  type LedgerStoreService,
  MOVEMENT_KINDS,
  makeMemoryStore,
  openStockbook,
  type RollupAfter,
  type Slice,
  type StoredKindRollup,
  type StoredRollup,
} from "@stockbook/engine";
import { makeSqliteStore } from "@stockbook/store-sqlite";
import {
  type History,
  historyArbitrary,
  MINUTE,
  propertyOptions,
  runHistory,
  WORLD_BEGINS,
  WORLD_ITEMS,
  WORLD_PLACES,
} from "@stockbook/testing";
import { Effect, Exit, Layer, Scope } from "effect";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flowSums } from "../src/Flows.js";
import {
  type Bounds,
  type Look,
  numberedPositions,
  transactionPositions,
} from "../src/Movements.js";
import { makeSnapshot, openClient, openReader, type Snapshot } from "../src/Snapshot.js";
import { countTransactions, statistics } from "../src/Statistics.js";
import type { Outcome } from "../src/Transaction.js";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST_PLACE = 7;

/**
 * Where clocks go back or a day is left out, at the beginning, in the middle and at the end of
 * months: what lies before a moment is read from the months on either side.
 */
const NIGHTS = [
  // Half past one; half an hour later clocks go back, to the day before.
  { timeZone: "Antarctica/Casey", begin: Date.UTC(2010, 2, 4, 14, 30) },
  { timeZone: "Asia/Kathmandu", begin: Date.UTC(2010, 2, 4, 14, 30) },
  { timeZone: "America/New_York", begin: Date.UTC(2010, 10, 7, 4, 30) },
  { timeZone: "UTC", begin: Date.UTC(2010, 5, 16, 22) },
  { timeZone: "Europe/London", begin: Date.UTC(2010, 9, 30, 22) },
  // A minute after midnight clocks go back to the day before.
  { timeZone: "America/St_Johns", begin: Date.UTC(2006, 9, 29, 2, 1) },
  // There was no 30 December.
  { timeZone: "Pacific/Apia", begin: Date.UTC(2011, 11, 30, 8) },
  { timeZone: "UTC", begin: Date.UTC(2012, 1, 29, 22) },
] as const;
type Night = (typeof NIGHTS)[number];

// ── questions ────────────────────────────────────────────────────────────────────────────

const limit = fc.integer({ min: 1, max: 7 });
const itemNo = fc.integer({ min: 1, max: WORLD_ITEMS.length });
const locationNo = fc.integer({ min: FIRST_PLACE, max: FIRST_PLACE + WORLD_PLACES.length - 1 });
const place = fc.record({ itemNo, locationNo });
/** Around the moments at which something happened: one of those, by its index, and how far off. */
const instant = fc.record({
  near: fc.nat(),
  off: fc.constantFrom(0, 0, 0, -1, 1, -HOUR, HOUR, -40 * DAY, 40 * DAY, -Infinity, Infinity),
});
const anyLocation = fc.integer({ min: 1, max: FIRST_PLACE + WORLD_PLACES.length });

const seldom = <A>(arbitrary: fc.Arbitrary<A>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const someLocations = seldom(fc.uniqueArray(locationNo, { maxLength: 4 }));
const lineScope = {
  fromNos: someLocations,
  toNos: someLocations,
  flows: seldom(fc.subarray([...FLOWS])),
  quantities: fc.constantFrom(
    null,
    null,
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000],
    [3, 30, 300, 3_000, 30_000, 300_000, 3_000_000],
    [null, 5, 50, 500, 5_000, 50_000, 500_000],
  ),
};

const questions = fc.record({
  past: fc.record({
    places: fc.array(place, { minLength: 1, maxLength: 8 }),
    instant,
    // Half of the time all entries count, which is read in another way.
    sequence: fc.option(fc.nat({ max: 60 }), { freq: 2 }),
  }),
  card: fc.record({ place, from: instant, to: instant, limit }),
  balances: fc.record({
    itemNo: fc.option(itemNo),
    locationNos: fc.option(
      fc.oneof(
        fc.uniqueArray(anyLocation, { maxLength: 6 }),
        fc.constantFrom(oneTo(100), "real" as const),
      ),
    ),
    nonZero: fc.boolean(),
    lots: fc.constantFrom("apart", "together"),
    limit,
  }),
  transactions: fc.record({
    kinds: fc.option(fc.subarray([...MOVEMENT_KINDS]), { freq: 2 }),
    itemNo: fc.option(itemNo, { freq: 2 }),
    locationNos: fc.option(fc.uniqueArray(locationNo, { maxLength: 4 }), { freq: 2 }),
    ...lineScope,
    reference: fc.constantFrom(null, null, null, null, "order 1", "order 2", "none"),
    referencePart: fc.constantFrom(null, null, null, "der 1", "o", "%"),
    reasonPart: fc.constantFrom(null, null, null, "ä", "100%", "_", "none"),
    actor: fc.constantFrom(null, null, null, null, "ann", "bob", "none"),
    from: instant,
    to: instant,
    order: fc.constantFrom("ascending", "descending"),
    offset: fc.nat({ max: 30 }),
    limit,
  }),
  flows: fc.record({
    locationNos: fc.uniqueArray(locationNo, { minLength: 1, maxLength: 6 }),
    from: instant,
    to: instant,
    days: fc.uniqueArray(fc.integer({ min: -5, max: 5 }), { maxLength: 5 }),
  }),
  items: fc.record({
    ids: fc.option(fc.subarray([...WORLD_ITEMS.map(({ id }) => id), "none"])),
    query: fc.constantFrom(null, "", "IRE", "o", "none"),
    name: fc.constantFrom(null, null, "OL", "Ö", "none"),
    category: fc.constantFrom(null, null, "metal", "none"),
    categories: fc.constantFrom(null, null, [], ["metal"], ["none", "metal"]),
    offset: fc.nat({ max: 6 }),
    manufacturer: fc.constantFrom(null, null, "acme", "none"),
    archived: fc.constantFrom(null, true, false),
    limit,
  }),
  thresholds: fc.record({ depleted: fc.boolean(), limit }),
  slice: fc.record({
    catalogue: fc.boolean(),
    items: fc.subarray([...WORLD_ITEMS.map(({ id }) => id), "none"]),
    skus: fc.subarray([...WORLD_ITEMS.map(({ id }) => id), "none"]),
    itemsAt: fc.subarray([...WORLD_PLACES.map(({ id }) => id), "none"]),
    entries: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 5 }),
    timelines: fc.array(
      fc.record({ itemNo, locationNo, lot: fc.constantFrom(null, "a", "b"), since: instant }),
      { maxLength: 4 },
    ),
  }),
});
type Questions = typeof questions extends fc.Arbitrary<infer A> ? A : never;

function oneTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** The moment that is meant. */
function resolved(
  happened: readonly number[],
  { near, off }: { readonly near: number; readonly off: number },
): number {
  const moment = (happened[near % happened.length] ?? WORLD_BEGINS) + off;
  return Math.min(Math.max(moment, MIN_INSTANT), MAX_INSTANT);
}

// ── answers ──────────────────────────────────────────────────────────────────────────────

type Store = LedgerStoreService;
type Read<A> = Effect.Effect<A, unknown>;

interface Book {
  readonly ledger: number;
  readonly timeZone: string;
  /** The moments of its lines. */
  readonly happened: readonly number[];
}

/** What a store answers, in an order of our own where the port leaves it open. */
function answers(store: Store, book: Book, asked: Questions) {
  const { ledger, happened } = book;
  const { positionOf } = calendarOf(book.timeZone);
  const { past, card, balances, transactions, items, thresholds, slice } = asked;
  const moment = resolved(happened, past.instant);
  const position = positionOf(moment);
  const [begin, end] = [resolved(happened, card.from), resolved(happened, card.to)];
  const scope = {
    ...transactions,
    from: resolved(happened, transactions.from),
    to: resolved(happened, transactions.to),
  };
  const commitments = { after: null, limit: 50 };
  return Effect.runPromise(
    Effect.all({
      head: store.head(ledger),
      entries: pages(
        (after: number | null) => store.entries(ledger, after ?? 0, 7),
        7,
        ({ sequence }) => sequence,
      ),
      sums: store.sumsAt(ledger, past.places, {
        ...position,
        firstDayOfMonth: firstDayOfMonth(position.month),
        instant: moment,
        sequence: past.sequence,
      }),
      card: pages(
        (after: CardLine | null) => {
          const from = after?.occurredAt ?? begin;
          return store.card(ledger, {
            ...card.place,
            from: {
              instant: from,
              day: positionOf(from).day,
              sequence: after?.sequence ?? 0,
              line: after?.line ?? 0,
            },
            to: { instant: end, day: positionOf(end).day },
            limit: card.limit,
          });
        },
        card.limit,
        (line) => line,
      ).pipe(Effect.map((lines) => lines.map(onlyCardLine))),
      locations: store.locations(ledger),
      balances: pages(
        (after: readonly [number, number, string] | null) =>
          store.balances(ledger, { ...balances, after }),
        balances.limit,
        (row) => [row.itemNo, row.locationNo, row.lot ?? ""] as const,
      ),
      valuation: Effect.map(
        store.valuation(ledger, { ...balances, after: null }),
        ({ rows, totals }) => ({ rows, totals }),
      ),
      transactions: pages(
        (after: readonly [number, number] | null) =>
          store.transactions(ledger, { ...scope, after }),
        transactions.limit,
        ({ occurredAt, sequence }) => [occurredAt, sequence] as const,
      ),
      transactionPage: store.transactionPage(ledger, scope),
      statistics: Effect.map(store.statistics(ledger, scope), ordered),
      flows: Effect.map(store.flowSums(ledger, flowScope(book, asked)), ({ counts, sums }) => [
        ordered(counts),
        ordered(sums.map((sum) => ({ ...sum, quantity: String(sum.quantity) }))),
      ]),
      itemPage: store.itemPage(ledger, items),
      items: pages(
        (after: number | null) => store.items(ledger, { ...items, after }),
        items.limit,
        ({ no }) => no,
      ),
      thresholds: pages(
        (after: readonly [number, number] | null) =>
          store.thresholds(ledger, { ...thresholds, after }),
        thresholds.limit,
        (row) => [row.itemNo, row.locationNo] as const,
      ),
      reservations: store.reservations(ledger, commitments),
      shipments: store.shipments(ledger, commitments),
      hours: rollups(store, ledger, "hour"),
      months: rollups(store, ledger, "month"),
      kindHours: kindRollups(store, ledger, "hour"),
      kindDays: kindRollups(store, ledger, "day"),
      slice: Effect.map(
        store.load(ledger, {
          ...slice,
          timelines: slice.timelines.map((key) => ({
            ...key,
            since: resolved(happened, key.since),
          })),
          idempotencyKeys: ["key-1", "key-2", "@refused:key-1"],
          reservations: oneTo(60),
          shipments: oneTo(60),
        }),
        sorted,
      ),
    }),
  );
}

/** Days from that of `from` on, some of them longer or shorter than 24 hours. */
function flowScope({ happened }: Book, { flows }: Questions) {
  const from = resolved(happened, flows.from);
  const to = resolved(happened, flows.to);
  const days = [...flows.days]
    .sort((a, b) => a - b)
    .map((at, i) => ({ start: i === 0 ? from - HOUR : from + at * DAY + i * HOUR, first: i }));
  return { ...flows, from, to, days: days.sort((a, b) => a.start - b.start) };
}

/** All rows, page by page. */
function pages<Row, After>(
  read: (after: After | null) => Read<readonly Row[]>,
  size: number,
  positionOf: (row: Row) => After,
): Read<readonly Row[]> {
  const from = (after: After | null): Read<readonly Row[]> =>
    Effect.flatMap(read(after), (rows) => {
      const last = rows.at(-1);
      if (last === undefined || rows.length < size) return Effect.succeed(rows);
      return Effect.map(from(positionOf(last)), (rest) => [...rows, ...rest]);
    });
  return from(null);
}

function rollups(store: Store, ledger: number, grain: "hour" | "month") {
  const positionOf = ({ month, day, itemNo, locationNo, hour }: StoredRollup): RollupAfter =>
    grain === "hour" ? [day, itemNo, locationNo, hour] : [month, itemNo, locationNo, 0];
  const read = (after: RollupAfter | null) => store.rollups(ledger, grain, { after, limit: 7 });
  return Effect.map(pages(read, 7, positionOf), (rows) => ordered(rows));
}

function kindRollups(store: Store, ledger: number, grain: KindGrain) {
  const read = (after: KindRollupAfter | null) =>
    store.kindRollups(ledger, grain, { after, limit: 7 });
  const positionOf = ({ start, kind, currency }: StoredKindRollup): KindRollupAfter => [
    start,
    kind,
    currency ?? "",
  ];
  return Effect.map(pages(read, 7, positionOf), (rows) => ordered(rows));
}

function onlyCardLine(line: CardLine): CardLine {
  const { sequence, occurredAt, recordedAt, body, fromNo, fromBucket } = line;
  const { toNo, toBucket, quantity, value } = line;
  const ends = { fromNo, fromBucket, toNo, toBucket };
  return { line: line.line, sequence, occurredAt, recordedAt, body, ...ends, quantity, value };
}

function sorted(slice: Slice): unknown {
  const { catalogue } = slice;
  return {
    ...slice,
    catalogue: catalogue && {
      ...catalogue,
      categories: ordered(catalogue.categories),
      manufacturers: ordered(catalogue.manufacturers),
    },
    items: ordered(
      slice.items.map((item) => ({
        ...item,
        balances: ordered(item.balances),
        thresholds: ordered(item.thresholds),
      })),
    ),
    idempotencyKeys: ordered(slice.idempotencyKeys),
    reservations: ordered(slice.reservations),
    shipments: ordered(slice.shipments),
    entries: ordered(slice.entries.filter(isFirst)),
    reversals: ordered(slice.reversals.filter(isFirst)),
    timelines: slice.timelines.map(ordered),
  };
}

/** Whether a row stands there for the first time: one may be asked for twice. */
function isFirst<Row>(row: Row, i: number, rows: readonly Row[]): boolean {
  return rows.findIndex((other) => textOf(other) === textOf(row)) === i;
}

function ordered<Row>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

/** The same text for the same content. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part !== "object" || part === null || Array.isArray(part)
      ? part
      : Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

// ── the comparison ───────────────────────────────────────────────────────────────────────

/** A store that writes to two and reads from the first. */
function both(first: Store, second: Store): Store {
  return {
    ...first,
    putOrganisation: (organisation) =>
      Effect.zipRight(second.putOrganisation(organisation), first.putOrganisation(organisation)),
    append: (ledger, batch) =>
      Effect.zipRight(first.append(ledger, batch), second.append(ledger, batch)),
  };
}

let folder: string;
let scope: Scope.CloseableScope;
let sqlite: Store;
let wayOf: (bounds: Bounds) => Store;

/** Ways to movements that a small ledger would not be read by: day by day, and by time first. */
const WAYS: readonly Bounds[] = [
  { fewPlaces: 0, glance: 0, mostByTime: 0, linesPerLook: Number.POSITIVE_INFINITY },
  { fewPlaces: 2, glance: 3, mostByTime: 30, linesPerLook: 5 },
  { fewPlaces: 256, glance: 0, mostByTime: 0, linesPerLook: 0.01 },
];

/** The store with its movements read on a way of ours. */
function storeOnWay(
  store: Store,
  snapshot: Snapshot,
  lookOf: (ask: Look["ask"], ledger: number) => Look,
): Store {
  return {
    ...store,
    transactions: (ledger, query) =>
      now(() => snapshot((ask) => transactionPositions(lookOf(ask, ledger), query))).pipe(
        Effect.flatMap((found) => entriesAt(store, ledger, found)),
      ),
    transactionPage: (ledger, query) =>
      now(() =>
        snapshot((ask) => {
          const look = lookOf(ask, ledger);
          return numberedPositions(look, query, countTransactions(look, query));
        }),
      ).pipe(
        Effect.flatMap(({ positions, total }) =>
          Effect.map(entriesAt(store, ledger, positions), (rows) => ({ rows, total })),
        ),
      ),
    flowSums: (ledger, scope) => now(() => snapshot((ask) => flowSums(lookOf(ask, ledger), scope))),
    statistics: (ledger, scope) =>
      now(() => snapshot((ask) => statistics(lookOf(ask, ledger), scope))),
  };
}

function entriesAt(
  store: Store,
  ledger: number,
  positions: readonly { readonly sequence: number }[],
) {
  return Effect.map(
    Effect.forEach(positions, ({ sequence }) => store.entries(ledger, sequence - 1, 1)),
    (pages) => pages.flat(),
  );
}

function now<A, E>(read: () => Outcome<A, E>): Effect.Effect<A> {
  return Effect.suspend(() => {
    const outcome = read();
    return outcome.type === "done" ? Effect.succeed(outcome.value) : Effect.die(outcome.failure);
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stockbook-reads-"));
  scope = Effect.runSync(Scope.make());
  const file = join(folder, "stock.db");
  sqlite = await Effect.runPromise(Scope.extend(makeSqliteStore(file), scope));
  const client = await Effect.runPromise(Scope.extend(openClient(file), scope));
  const reader = await Effect.runPromise(Scope.extend(openReader(file), scope));
  const snapshot = makeSnapshot(reader, file);
  wayOf = (bounds) =>
    storeOnWay(sqlite, snapshot, (ask, ledger) => ({ sql: client, ask, ledger, bounds }));
});
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void));
  rmSync(folder, { recursive: true });
});

/** One of a category, one by a manufacturer, one of another currency. */
function itemCommand(sku: string, precision: number) {
  return {
    sku,
    precision,
    ...(sku === "bolt" && { category: "metal" }),
    ...(sku === "wire" && { manufacturer: "acme", name: "Öl COLT" }),
    ...(sku === "gold" && { category: "metal", currency: "USD" }),
  };
}

/** The commands of a history, moved to a night. */
function movedCommands(history: History, { begin }: Night): readonly Command[] {
  const shift = begin - WORLD_BEGINS;
  return runHistory(history).results.map(({ command, recordedAt }, i) =>
    isMovement(command)
      ? {
          ...command,
          occurredAt: (command.occurredAt ?? recordedAt) + shift,
          ...(i % 3 === 0 ? {} : { reference: `order ${i % 3}` }),
          reason: [undefined, "Ärger mit 100%", "broken_seal"][i % 5],
          actor: [undefined, "ann", "bob"][i % 4],
        }
      : command,
  );
}

function isMovement(command: Command): command is MovementCommand {
  return !/^(put-|set-|remove-)/.test(command.type);
}

it("reads what the memory store reads", { timeout: 240_000 }, async () => {
  const memory = makeMemoryStore();
  const store = Layer.succeed(LedgerStore, both(memory, sqlite));
  let organisations = 0;

  const fill = async (history: History, night: Night): Promise<Book> => {
    const { timeZone } = night;
    const settings = { ...history.world.settings, timeZone };
    const organisation = `o${++organisations}`;
    const stock = await openStockbook({ store, settings, organisation });
    for (const { id, parent } of WORLD_PLACES) await stock.putLocation({ id, parent });
    await stock.putCategory({ id: "metal" });
    await stock.putManufacturer({ id: "acme" });
    for (const { id, precision } of WORLD_ITEMS) await stock.putItem(itemCommand(id, precision));
    const commands = movedCommands(history, night);
    // Three at a time, so that chains go on from one batch to the next.
    for (let i = 0; i < commands.length; i += 3) await stock.submitEach(commands.slice(i, i + 3));
    const happened: number[] = [];
    for await (const { body, occurredAt } of stock.entries()) {
      if (body.type === "movement") happened.push(occurredAt);
    }
    await stock.close();
    return { ledger: 2 * organisations - 1, timeZone, happened };
  };

  const history = historyArbitrary({ mostSteps: 60 });
  const asked = fc.array(questions, { minLength: 12, maxLength: 12 });
  const property = fc.asyncProperty(
    history,
    fc.constantFrom(...NIGHTS),
    asked,
    async (past, night, all) => {
      const book = await fill(past, night);
      for (const question of all) {
        const expected = await answers(memory, book, question);
        expect(await answers(sqlite, book, question)).toEqual(expected);
        for (const way of WAYS) {
          const found = await answers(wayOf(way), book, question);
          expect(found.transactions).toEqual(expected.transactions);
          expect(found.transactionPage).toEqual(expected.transactionPage);
          expect(found.statistics).toEqual(expected.statistics);
          expect(found.flows).toEqual(expected.flows);
        }
      }
    },
  );
  await fc.assert(property, propertyOptions(0.05));
});
