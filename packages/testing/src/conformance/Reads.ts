/** The reads of a ledger, held against what the entries say. */
import { type Command, type Entry, FLOWS } from "@stockbook/core";
import {
  EVENT_TYPES,
  type EventView,
  type LedgerService,
  MOVEMENT_KINDS,
  type Page,
} from "@stockbook/engine";
import type { Effect } from "effect";
import fc, { type Arbitrary } from "fast-check";
import { expect } from "vitest";
import { historyArbitrary } from "../Arbitraries.js";
import type { Book } from "../Book.js";
import type { History, Step } from "../History.js";
import { propertyOptions } from "../LawRun.js";
import { WORLD_ITEMS, WORLD_PLACES } from "../World.js";
import type { Engine } from "./Harness.js";
import {
  isBelow,
  naiveEvents,
  naiveStatistics,
  naiveTransaction,
  naiveTransactions,
  worthOf,
} from "./NaiveReads.js";
import { heldAt } from "./Past.js";
import { runOnStore } from "./SameAsCore.js";

const HOUR_MS = 3_600_000;

/** Of the runs: each asks many pages of a history. */
const SHARE = 0.2;

// ── what is asked ────────────────────────────────────────────────────────────────────────

const limitArbitrary = fc.integer({ min: 1, max: 7 });
const itemArbitrary = fc.constantFrom(...WORLD_ITEMS.map(({ id }) => id));
const locationArbitrary = fc.constantFrom(...WORLD_PLACES.map(({ id }) => id));

/** Near the moment of an entry, by its number. */
const momentArbitrary = fc.record({
  entryNo: fc.nat(99),
  offsetMs: fc.constantFrom(0, 1, -1, HOUR_MS, -HOUR_MS, -400 * 24 * HOUR_MS),
});
type NearMoment = typeof momentArbitrary extends Arbitrary<infer A> ? A : never;

/** Left out half of the time. */
const optional = <A>(arbitrary: Arbitrary<A>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Mostly left out, so that something is left where many are asked at once. */
const seldom = <A>(arbitrary: Arbitrary<A>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const sometimes = <A>(...among: readonly [A, ...A[]]) => seldom(fc.constantFrom(...among));

const lineFilter = {
  origin: sometimes("site", "store", "van"),
  originAlone: sometimes("store", "shelf-a", "van"),
  destination: sometimes("site", "shop"),
  destinationAlone: sometimes("shop", "van"),
  flows: seldom(fc.subarray([...FLOWS])),
  quantity: sometimes(1, 2, 5, 0.5, 0, 0.0000001),
};

const questionArbitrary = fc.record({
  kinds: optional(fc.subarray([...MOVEMENT_KINDS])),
  item: optional(itemArbitrary),
  location: optional(locationArbitrary),
  ...lineFilter,
  reference: sometimes("order 1", "order 2", "none"),
  referencePart: sometimes("DER 1", "o", "%"),
  reasonPart: sometimes("ä", "100%", "_", "", "none"),
  actor: sometimes("ann", "Ann", "none"),
  offset: fc.nat({ max: 30 }),
  from: optional(momentArbitrary),
  to: optional(momentArbitrary),
  order: fc.constantFrom("ascending", "descending"),
  limit: limitArbitrary,
});

/** Histories some of whose movements say what caused them, why, and who did them. */
const referringHistory = historyArbitrary().map(
  (history): History => ({ ...history, steps: history.steps.map(referring) }),
);

const REASONS = ["Bruch", "Ärger mit 100%", "broken_seal", undefined] as const;
const ACTORS = ["ann", "Ann", "bob", undefined, undefined] as const;

function referring(step: Step, i: number): Step {
  if (step.type !== "submission" || i % 3 === 0 || !isMovement(step.command)) return step;
  const said = { reference: `order ${i % 3}`, reason: REASONS[i % 4], actor: ACTORS[i % 5] };
  // Every movement takes these.
  const command = { ...step.command, ...said } as Command;
  return { ...step, command };
}

function isMovement({ type }: Command): boolean {
  return MOVEMENT_KINDS.some((kind) => kind === type);
}

function instantOf({ entries }: Book, near: NearMoment | undefined): number | undefined {
  if (near === undefined) return undefined;
  const entry = entries[near.entryNo % entries.length] as Entry;
  return entry.occurredAt + near.offsetMs;
}

/** The rows of all pages; something may happen before each but the first. */
async function allPages<Row>(
  engine: Engine,
  read: (after: string | undefined) => Effect.Effect<Page<Row>, unknown>,
  limit: number,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    if (after !== undefined) await meanwhile();
    const page = await engine.run(read(after));
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

// ── the tests ────────────────────────────────────────────────────────────────────────────

/** Items, each with when the latest entry was recorded that put it. */
export function checkItemChanges(engine: Engine): Promise<void> {
  return fc.assert(
    fc.asyncProperty(historyArbitrary(), async (history) => {
      const { run, ledger } = await runOnStore(engine, history);
      const changes = new Map<string, number>();
      for (const { body, recordedAt } of run.book.entries) {
        if (body.type === "item-put") changes.set(body.item.id, recordedAt);
      }
      const { rows } = await engine.run(ledger.itemPage({ limit: 1_000 }));
      expect(new Map(rows.map(({ id, updatedAt }) => [id, updatedAt]))).toEqual(changes);
      for (const row of rows) expect(await engine.run(ledger.datedItem(row.id))).toEqual(row);
    }),
    propertyOptions(SHARE),
  );
}

/** Movements by any filter, page by page, and what they came to. */
export function checkTransactions(engine: Engine): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      referringHistory,
      fc.array(questionArbitrary, { minLength: 1, maxLength: 6 }),
      async (history, questions) => {
        const { run, ledger } = await runOnStore(engine, history);
        for (const { from, to, order, limit, offset, ...rest } of questions) {
          const filter = {
            ...rest,
            from: instantOf(run.book, from),
            to: instantOf(run.book, to),
          };
          const expected = naiveTransactions(run.book, filter);
          const request = { ...filter, order, limit };
          const rows = await allPages(
            engine,
            (after) => ledger.transactions({ ...request, after }),
            limit,
          );
          const all = order === "ascending" ? expected : [...expected].reverse();
          expect(rows).toEqual(all);
          expect(await engine.run(ledger.transactionPage({ ...request, offset }))).toEqual({
            rows: all.slice(offset, offset + limit),
            total: all.length,
          });
          expect(await engine.run(ledger.statistics(filter))).toEqual(
            naiveStatistics(run.book, filter),
          );
        }
      },
    ),
    propertyOptions(SHARE),
  );
}

/** What is recorded between two pages moves nothing that was there. */
export function checkPagesWhileWriting(engine: Engine): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      referringHistory,
      questionArbitrary,
      fc.array(momentArbitrary, { minLength: 1, maxLength: 4 }),
      async (history, { from: _from, to: _to, offset: _offset, ...request }, moments) => {
        const { run, ledger } = await runOnStore(engine, history);
        const expected = naiveTransactions(run.book, request);
        let written = 0;
        const write = () => {
          const occurredAt = instantOf(run.book, moments[written++ % moments.length]);
          return engine.exit(ledger.submit({ ...ONE_MORE, occurredAt }));
        };
        const rows = await allPages(
          engine,
          (after) => ledger.transactions({ ...request, after }),
          request.limit,
          // Ascending pages would never end if something were recorded behind each of them.
          () => (written < MOST_WRITES ? write() : Promise.resolve()),
        );
        const sequences = rows.map(({ sequence }) => sequence);
        expect(new Set(sequences).size).toBe(sequences.length);
        const before = rows.filter(({ sequence }) => sequence <= run.book.entries.length);
        const ascending = request.order === "ascending" ? before : [...before].reverse();
        expect(ascending.map(({ sequence }) => sequence)).toEqual(
          expected.map(({ sequence }) => sequence),
        );
      },
    ),
    propertyOptions(SHARE),
  );
}

const MOST_WRITES = 20;

const ONE_MORE = {
  type: "receive",
  location: "van",
  lines: [{ item: "bolt", quantity: 1 }],
} as const;

/** What there is worth, and what there was, at every place. */
export function checkStock(engine: Engine): Promise<void> {
  const question = fc.record({
    item: optional(itemArbitrary),
    location: optional(locationArbitrary),
    at: momentArbitrary,
    book: fc.nat(99),
    nonZero: fc.boolean(),
    limit: limitArbitrary,
  });
  return fc.assert(
    fc.asyncProperty(
      historyArbitrary(),
      fc.array(question, { minLength: 1, maxLength: 4 }),
      async (history, questions) => {
        const { run, ledger } = await runOnStore(engine, history);
        for (const asked of questions) {
          await compareValuation(engine, ledger, run.book, asked);
          await compareStockAt(engine, ledger, run.book, asked);
        }
      },
    ),
    propertyOptions(SHARE),
  );
}

interface StockQuestion {
  readonly item: string | undefined;
  readonly location: string | undefined;
  readonly at: NearMoment;
  readonly book: number;
  readonly nonZero: boolean;
  readonly limit: number;
}

async function compareValuation(
  engine: Engine,
  ledger: LedgerService,
  book: Book,
  { item, location, limit }: StockQuestion,
): Promise<void> {
  const filter = { item, location, limit };
  const rows = await allPages(engine, (after) => ledger.valuation({ ...filter, after }), limit);
  const held = placesOf(book, filter)
    .map((place) => ({ ...place, ...nowAt(book, place) }))
    .filter(({ lots }) => lots > 0);
  const shown = rows.map(({ item, location, value }) => ({ item, location, value }));
  expect(sorted(shown)).toEqual(
    sorted(held.map(({ item, location, value }) => ({ item, location, value }))),
  );
  const { totals } = await engine.run(ledger.valuation(filter));
  expect(totals).toEqual(worthOf(book, held));
}

async function compareStockAt(
  engine: Engine,
  ledger: LedgerService,
  book: Book,
  { item, location, at: near, book: bookNo, nonZero, limit }: StockQuestion,
): Promise<void> {
  const at = instantOf(book, near) ?? 0;
  const sequence = bookNo % (book.entries.length + 1);
  const request = { item, location, at, sequence, nonZero, limit };
  const rows = await allPages(engine, (after) => ledger.stockAt({ ...request, after }), limit);
  const expected: unknown[] = [];
  for (const place of placesOf(book, request)) {
    const held = heldAt(book.entries, place.item, place.location, at, sequence);
    if (nonZero && held.available === 0 && held.reserved === 0 && held.unavailable === 0) continue;
    const asOf = { at, sequence };
    expected.push(await engine.run(ledger.stockAsOf(place.item, place.location, asOf)));
  }
  expect(sorted(rows)).toEqual(sorted(expected));
}

interface ItemAt {
  readonly item: string;
  readonly location: string;
}

/** Every place where an item has ever been, as far as a filter wants it. */
function placesOf(
  book: Book,
  filter: { readonly item?: string | undefined; readonly location?: string | undefined },
): readonly ItemAt[] {
  const wanted = WORLD_ITEMS.flatMap(({ id: item }) =>
    WORLD_PLACES.map(({ id: location }) => ({ item, location })),
  );
  return wanted.filter(
    ({ item, location }) =>
      (filter.item === undefined || filter.item === item) &&
      (filter.location === undefined || isBelow(book, location, filter.location)) &&
      hasBeen(book, { item, location }),
  );
}

function hasBeen({ entries }: Book, { item, location }: ItemAt): boolean {
  return entries.some(
    ({ body }) =>
      body.type === "movement" &&
      body.lines.some(
        (line) => line.item === item && (line.from === location || line.to === location),
      ),
  );
}

/** What there is at a place, and of how many lots there is something. */
function nowAt({ state }: Book, { item, location }: ItemAt) {
  const balances = [...(state.items.get(item)?.balances.values() ?? [])].filter(
    (balance) => balance.location.location.id === location,
  );
  return {
    value: balances.reduce((sum, balance) => sum + balance.value, 0),
    lots: balances.filter(
      ({ available, reserved, unavailable }) =>
        available !== 0 || reserved !== 0 || unavailable !== 0,
    ).length,
  };
}

/** The feed as events, whatever the pages and the types. */
export function checkEvents(engine: Engine): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      historyArbitrary(),
      optional(fc.subarray([...EVENT_TYPES])),
      fc.array(limitArbitrary, { minLength: 1, maxLength: 5 }),
      async (history, types, limits) => {
        const { run, ledger } = await runOnStore(engine, history);
        const events: EventView[] = [];
        let after = 0;
        for (let page = 0; ; page++) {
          const limit = limits[page % limits.length] as number;
          const found = await engine.run(ledger.events({ after, limit, types }));
          expect(found.rows.length).toBeLessThanOrEqual(limit);
          events.push(...found.rows);
          after = found.after;
          if (!found.more) break;
        }
        expect(after).toBe(run.book.entries.length);
        expect(events).toEqual(
          naiveEvents(run.book).filter(({ type }) => types === undefined || types.includes(type)),
        );
        const rest = await engine.run(ledger.events({ after, types }));
        expect(rest).toEqual({ rows: [], after, more: false });
      },
    ),
    propertyOptions(SHARE),
  );
}

/** Movements, reservations and shipments by their numbers. */
export function checkNumbers(engine: Engine): Promise<void> {
  return fc.assert(
    fc.asyncProperty(historyArbitrary(), async (history) => {
      const { run, ledger } = await runOnStore(engine, history);
      const open = {
        reservation: await openOnes(engine, ledger.reservations),
        shipment: await openOnes(engine, ledger.shipments),
      };
      for (const entry of run.book.entries) {
        const { sequence, body } = entry;
        const transaction =
          body.type === "movement" ? naiveTransaction(run.book, { ...entry, body }) : undefined;
        expect(await found(engine, ledger.transaction(sequence))).toEqual(transaction);
        for (const what of ["reservation", "shipment"] as const) {
          const expected = open[what].find((row) => row.sequence === sequence);
          expect(await found(engine, ledger[what](sequence))).toEqual(expected);
        }
      }
      expect(await found(engine, ledger.transaction(run.book.entries.length + 1))).toBeUndefined();
    }),
    propertyOptions(SHARE),
  );
}

async function openOnes(engine: Engine, read: LedgerService["reservations"]) {
  return (await engine.run(read({ limit: 1_000 }))).rows;
}

/** What is read, or nothing where it is not there. */
async function found<A>(engine: Engine, read: Effect.Effect<A, unknown>): Promise<A | undefined> {
  const exit = await engine.exit(read);
  if (exit._tag === "Success") return exit.value;
  expect(exit.cause).toMatchObject({ error: { _tag: "NotFound" } });
  return undefined;
}

function sorted<Row>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
