/**
 * Reading movements, each page at a cost that does not grow with the history.
 *
 * There are four ways to a page: by the index on references, where one is asked for; by the index
 * on time, where any line will do, or where a look at the next few movements shows enough; by
 * the roll-ups of places, one slice of time after another, each longer than the one before; and
 * through all lines in a row, where what is asked for is rare or has to be counted.
 */
import type { SqlClient } from "@effect/sql/SqlClient";
import { HOUR_MS, monthOfDay } from "@stockbook/core";
import type {
  LedgerId,
  NumberedTransactionQuery,
  Place,
  TimeOrder,
  TransactionQuery,
  TransactionScope,
} from "@stockbook/engine";
import { Effect } from "effect";
import { type MonthRecord, monthsOf } from "./HistoryQueries.js";
import {
  type CountRecord,
  countByReference,
  countInSlice,
  countScanned,
  endsOf,
  isAnyLine,
  matchingAmong,
  movementsByReference,
  movementsByTime,
  movementsInSlice,
  movementsScanned,
  type PositionRecord,
  placesOf,
  type Range,
  type Slice,
  saysAnything,
  sliceOf,
  spansIn,
  type Where,
} from "./MovementQueries.js";
import type { Ask } from "./Snapshot.js";
import { heads } from "./StockQueries.js";

type Positions = Effect.Effect<readonly PositionRecord[]>;

/** What decides which way is taken; it changes nothing about what is found. */
export interface Bounds {
  /** Up to so many places are looked at one by one; of more, whole days are gone through. */
  readonly fewPlaces: number;
  /** So many movements are looked at by time before it is told whether that pays. */
  readonly glance: number;
  /** What a page may cost by time, in movements looked at. */
  readonly mostByTime: number;
  /** So many lines are gone through in a row in the time that one takes to be looked up. */
  readonly linesPerLook: number;
}

export const BOUNDS: Bounds = {
  fewPlaces: 256,
  glance: 2_000,
  mostByTime: 20_000,
  linesPerLook: 8,
};

/** Where movements are looked for. */
export interface Look {
  readonly sql: SqlClient;
  readonly ask: Ask;
  readonly ledger: LedgerId;
  readonly bounds: Bounds;
}

/** Hours of the first slice, at least; each is four times the one before. */
const FIRST_SLICE = 4;

/** Where the movements of a page stand, in order. */
export function transactionPositions(look: Look, query: TransactionQuery): Positions {
  if (matchesNothing(query)) return Effect.succeed([]);
  const { sql, ask, ledger } = look;
  const { kinds, order, limit, reference } = query;
  const range = rangeOf(query);
  if (reference !== null) {
    return ask(movementsByReference(sql, ledger, { ...query, reference }, range, order, limit));
  }
  if (isAnyLine(query) && saysAnything(query)) {
    return ask(movementsByTime(sql, ledger, kinds, range, order, limit));
  }
  return matchingPositions(look, query, range);
}

/** Whether a filter lists nothing that it would take. */
export function matchesNothing(scope: TransactionScope): boolean {
  const { kinds, flows, locationNos, fromNos, toNos } = scope;
  return [kinds, flows, locationNos, fromNos, toNos].some((list) => list?.length === 0);
}

/** What is asked for, less the pages before. */
function rangeOf({ from, to, after, order }: TransactionQuery): Range {
  const whole = scopeRange({ from, to });
  if (after === null) return whole;
  if (order === "ascending") return isLater(after, whole.after) ? { ...whole, after } : whole;
  return isLater(whole.before, after) ? { ...whole, before: after } : whole;
}

export function scopeRange({ from, to }: Pick<TransactionScope, "from" | "to">): Range {
  // No sequence is 0, so that everything at `from` comes after the one and nothing at `to` before
  // the other.
  return { after: [from, 0], before: [to, 0] };
}

function isLater([instant, sequence]: Range["after"], [than, thanSequence]: Range["after"]) {
  return instant > than || (instant === than && sequence > thanSequence);
}

/** The movements that say something, or with a line that matches. */
function matchingPositions(look: Look, query: TransactionQuery, range: Range): Positions {
  return Effect.gen(function* () {
    const places = yield* placesFor(look, query);
    if (places.in === "places") return yield* positionsAt(look, query, places, range, []);
    const onlyTouched = places.in === "locations" && isOnlyTouched(query);
    const bounds = onlyTouched ? look.bounds : yield* boundsBesideScan(look);
    const { found, rest } = yield* glance({ ...look, bounds }, query, range);
    if (rest === undefined) return found;
    if (onlyTouched) return yield* positionsAt(look, query, places, rest, found);
    const { sql, ask, ledger } = look;
    const missing = query.limit - found.length;
    const scan = movementsScanned(sql, ledger, query, rest, query.order, missing);
    return [...found, ...(yield* ask(scan))];
  });
}

/** Whether every line at a place that is touched matches, so that hours of it fill a page. */
function isOnlyTouched(scope: TransactionScope): boolean {
  const { fromNos, toNos, flows, quantities } = scope;
  return [fromNos, toNos, flows, quantities].every((part) => part === null) && saysAnything(scope);
}

/** Looking movements up by time pays for as long as going through all of them would take. */
function boundsBesideScan(look: Look): Effect.Effect<Bounds> {
  return Effect.map(lineCount(look), (lines) => ({
    ...look.bounds,
    mostByTime: Math.max(look.bounds.mostByTime, Math.floor(lines / look.bounds.linesPerLook)),
  }));
}

export function lineCount({ sql, ask, ledger }: Look): Effect.Effect<number> {
  return Effect.map(ask(heads(sql, ledger)), ([head]) => head?.line_count ?? 0);
}

/** Few places, or locations with many; or any place at all. */
type Places =
  | { readonly in: "ledger" }
  | { readonly in: "places"; readonly places: readonly Place[] }
  | { readonly in: "locations"; readonly locationNos: readonly number[] };

/** Where the stock that is touched is or was. */
export function placesFor(
  { sql, ask, ledger, bounds }: Look,
  scope: TransactionScope,
): Effect.Effect<Places> {
  const { itemNo } = scope;
  const locationNos = fewestLocations(scope);
  if (itemNo === null && locationNos === null) return Effect.succeed({ in: "ledger" });
  const limit = itemNo === null ? bounds.fewPlaces + 1 : Number.MAX_SAFE_INTEGER;
  return Effect.map(ask(placesOf(sql, ledger, { itemNo, locationNos }, limit)), (places) =>
    places.length < limit || locationNos === null
      ? { in: "places", places }
      : { in: "locations", locationNos },
  );
}

/** The shortest list of locations of which a line that matches touches one. */
function fewestLocations({ locationNos, fromNos, toNos }: TransactionScope) {
  return [locationNos, fromNos, toNos].reduce((fewest, list) =>
    fewest === null || (list !== null && list.length < fewest.length) ? list : fewest,
  );
}

/** What a glance at the next movements by time shows. */
interface Glance {
  readonly found: readonly PositionRecord[];
  /** What it did not reach; nothing where that is not needed. */
  readonly rest: Range | undefined;
}

/** Looks at the next movements, whatever they touched, for as long as that finds enough. */
function glance(
  { sql, ask, ledger, bounds }: Look,
  query: TransactionQuery,
  range: Range,
): Effect.Effect<Glance> {
  const { kinds, order, limit } = query;
  return Effect.gen(function* () {
    const found: PositionRecord[] = [];
    let rest = range;
    let looked = 0;
    let size = 2 * limit;
    while (looked < bounds.glance || looked + size < bounds.mostByTime) {
      const next = yield* ask(movementsByTime(sql, ledger, kinds, rest, order, size));
      const sequences = next.map(({ sequence }) => sequence);
      const matching = yield* ask(matchingAmong(sql, ledger, sequences, query));
      const wanted = new Set(matching.map(({ sequence }) => sequence));
      found.push(...next.filter(({ sequence }) => wanted.has(sequence)));
      const last = next.at(-1);
      if (found.length >= limit || last === undefined || next.length < size) {
        return { found: found.slice(0, limit), rest: undefined };
      }
      rest = behind(rest, last, order);
      looked += size;
      size = stillToLookAt(found.length, looked, query.limit, bounds);
    }
    return { found, rest };
  });
}

/** How many more movements are likely to show what is missing, with a tenth on top. */
function stillToLookAt(found: number, looked: number, limit: number, { glance }: Bounds): number {
  const missing = found === 0 ? Number.POSITIVE_INFINITY : ((limit - found) * looked) / found;
  const likely = Math.max(2 * limit, Math.ceil(1.1 * missing));
  // Little has been seen so far, so that is not the last word.
  return looked < glance ? Math.min(likely, glance) : likely;
}

function behind(range: Range, last: PositionRecord, order: TimeOrder): Range {
  const position = [last.occurred_at, last.sequence] as const;
  return order === "ascending" ? { ...range, after: position } : { ...range, before: position };
}

/** Goes through slices of time until the page is full. */
function positionsAt(
  look: Look,
  query: TransactionQuery,
  places: Chained,
  range: Range,
  before: readonly PositionRecord[],
): Positions {
  const { sql, ask, ledger } = look;
  const { order, limit } = query;
  return Effect.gen(function* () {
    const found = [...before];
    const whole = yield* sliceOfRange(look, query.kinds, range);
    if (whole === undefined) return found;
    const active = yield* activeIn(look, places, whole);
    for (const slice of slicesOf(whole, order, firstLength(active, whole, limit))) {
      const missing = limit - found.length;
      const where = whereIn(active, slice);
      const rows = yield* ask(
        movementsInSlice(sql, ledger, query, where, slice, range, order, missing),
      );
      found.push(...rows);
      if (found.length >= limit) break;
    }
    return found;
  });
}

/** From the first movement of a range to the last; nothing where there is none. */
export function sliceOfRange(
  { sql, ask, ledger }: Look,
  kinds: TransactionScope["kinds"],
  range: Range,
): Effect.Effect<Slice | undefined> {
  return Effect.map(ask(endsOf(sql, ledger, kinds, range)), ([ends]) => {
    if (ends === undefined || ends.earliest === null || ends.latest === null) return undefined;
    return sliceOf(Math.floor(ends.earliest / HOUR_MS), Math.floor(ends.latest / HOUR_MS));
  });
}

/** Where lines are chained. */
type Chained = Exclude<Places, { readonly in: "ledger" }>;

/** Places with the months in which something happened there. */
type Active =
  | Extract<Places, { readonly in: "locations" }>
  | (Extract<Places, { readonly in: "places" }> & { readonly months: readonly MonthRecord[] });

export function activeIn(
  { sql, ask, ledger }: Look,
  places: Chained,
  { firstDay, lastDay }: Slice,
): Effect.Effect<Active> {
  if (places.in === "locations") return Effect.succeed(places);
  const range = { from: monthOfDay(firstDay), to: monthOfDay(lastDay), changedAfter: 0 };
  return Effect.map(ask(monthsOf(sql, ledger, places.places, range)), (months) => ({
    ...places,
    months,
  }));
}

/** Where the lines of a slice are: days of months in which nothing happened are left out. */
export function whereIn(active: Active, slice: Slice): Where {
  if (active.in === "locations") return active;
  return { in: "spans", spans: spansIn(slice, active.places, active.months) };
}

/** Hours in which there may be enough lines for a page. */
function firstLength(active: Active, { firstHour, lastHour }: Slice, limit: number): number {
  if (active.in === "locations") return FIRST_SLICE;
  const perHour = linesIn(active) / (lastHour - firstHour + 1);
  return Math.max(FIRST_SLICE, Math.ceil((2 * limit) / perHour));
}

/** From one end to the other, in whole hours, so that none reaches into another. */
function* slicesOf(
  { firstHour, lastHour }: Slice,
  order: TimeOrder,
  first: number,
): Iterable<Slice> {
  const hours = lastHour - firstHour + 1;
  let done = 0;
  for (let length = first; done < hours; length *= 4) {
    const upTo = Math.min(done + length, hours);
    yield order === "ascending"
      ? sliceOf(firstHour + done, firstHour + upTo - 1)
      : sliceOf(lastHour - upTo + 1, lastHour - done);
    done = upTo;
  }
}

// ── by numbers ───────────────────────────────────────────────────────────────────────────

/** A page by its number: where its movements stand, and how many there are in all. */
export interface NumberedPositions {
  readonly positions: readonly PositionRecord[];
  readonly total: number;
}

/** How a page by its number is come to; all ways come to the same. */
interface Way {
  readonly total: Effect.Effect<number>;
  readonly page: (order: TimeOrder, limit: number, offset: number) => Positions;
}

/** @param totalOfAll counts the movements of a time and of kinds, whatever else they are. */
export function numberedPositions(
  look: Look,
  query: NumberedTransactionQuery,
  totalOfAll: Effect.Effect<number>,
): Effect.Effect<NumberedPositions> {
  if (matchesNothing(query)) return Effect.succeed({ positions: [], total: 0 });
  return Effect.gen(function* () {
    const way = yield* wayTo(look, query, totalOfAll);
    const total = yield* way.total;
    return { positions: yield* pageFrom(way, query, total), total };
  });
}

/** Counts from the nearer end. */
function pageFrom(way: Way, query: NumberedTransactionQuery, total: number): Positions {
  const { order, offset } = query;
  const limit = Math.min(query.limit, total - offset);
  if (limit <= 0) return Effect.succeed([]);
  const behind = total - offset - limit;
  if (offset <= behind) return way.page(order, limit, offset);
  const backwards = order === "ascending" ? "descending" : "ascending";
  return Effect.map(way.page(backwards, limit, behind), (found) => [...found].reverse());
}

function wayTo(
  look: Look,
  query: NumberedTransactionQuery,
  totalOfAll: Effect.Effect<number>,
): Effect.Effect<Way> {
  const { sql, ask, ledger } = look;
  const { kinds, reference } = query;
  const range = scopeRange(query);
  if (reference !== null) {
    const scope = { ...query, reference };
    return Effect.succeed({
      total: totalOf(ask(countByReference(sql, ledger, scope, range))),
      page: (...page) => ask(movementsByReference(sql, ledger, scope, range, ...page)),
    });
  }
  if (isAnyLine(query) && saysAnything(query)) {
    return Effect.succeed({
      total: totalOfAll,
      page: (...page) => ask(movementsByTime(sql, ledger, kinds, range, ...page)),
    });
  }
  return wayToMatching(look, query, range);
}

/** Where few lines are touched, along their chains; else through all of them. */
function wayToMatching(
  look: Look,
  query: NumberedTransactionQuery,
  range: Range,
): Effect.Effect<Way> {
  const { sql, ask, ledger, bounds } = look;
  return Effect.gen(function* () {
    const places = yield* placesFor(look, query);
    const slice = yield* sliceOfRange(look, query.kinds, range);
    if (slice === undefined) return NO_WAY;
    if (places.in === "places") {
      const active = yield* activeIn(look, places, slice);
      const looks = linesIn(active);
      if (looks * bounds.linesPerLook <= (yield* lineCount(look))) {
        const where = whereIn(active, slice);
        return {
          total: totalOf(ask(countInSlice(sql, ledger, query, where, slice, range))),
          page: (...page: Parameters<Way["page"]>) =>
            ask(movementsInSlice(sql, ledger, query, where, slice, range, ...page)),
        };
      }
    }
    return wayThroughAll(look, query, range);
  });
}

const NO_WAY: Way = { total: Effect.succeed(0), page: () => Effect.succeed([]) };

function wayThroughAll(look: Look, query: NumberedTransactionQuery, range: Range): Way {
  const { sql, ask, ledger } = look;
  return {
    total: totalOf(ask(countScanned(sql, ledger, query, range))),
    page: (order, limit, offset) =>
      // Near an end, a look by time is likely to show enough.
      offset + limit <= look.bounds.glance
        ? Effect.map(
            transactionPositions(look, { ...query, after: null, order, limit: offset + limit }),
            (found) => found.slice(offset),
          )
        : ask(movementsScanned(sql, ledger, query, range, order, limit, offset)),
  };
}

function totalOf(count: Effect.Effect<readonly CountRecord[]>): Effect.Effect<number> {
  return Effect.map(count, ([row]) => row?.total ?? 0);
}

/** How many lines were written at places, if only few are looked at; else as many as can be. */
function linesIn(active: Active): number {
  if (active.in === "locations") return Number.MAX_SAFE_INTEGER;
  return active.months.reduce((sum, month) => sum + month.lines, 0);
}
