/**
 * Reading movements, each page at a cost that does not grow with the history.
 *
 * There are three ways to a page: by the index on references, where one is asked for; by the index
 * on time, where any line will do, or where a look at the next few movements shows enough; and by
 * the roll-ups of places, one slice of time after another, each longer than the one before.
 */
import type { SqlClient } from "@effect/sql/SqlClient";
import { HOUR_MS, monthOfDay } from "@stockbook/core";
import type { LedgerId, Place, TransactionQuery, TransactionScope } from "@stockbook/engine";
import { Effect } from "effect";
import { type MonthRecord, monthsOf } from "./HistoryQueries.js";
import {
  endsOf,
  movementsByReference,
  movementsByTime,
  movementsInSlice,
  type PositionRecord,
  placesOf,
  type Range,
  type Slice,
  sliceOf,
  spansIn,
  touchingAmong,
  type Where,
} from "./MovementQueries.js";
import type { Ask } from "./Snapshot.js";

type Positions = Effect.Effect<readonly PositionRecord[]>;

/** What decides which way is taken; it changes nothing about what is found. */
export interface Bounds {
  /** Up to so many places are looked at one by one; of more, whole days are gone through. */
  readonly fewPlaces: number;
  /** So many movements are looked at by time before it is told whether that pays. */
  readonly glance: number;
  /** What a page may cost by time, in movements looked at. */
  readonly mostByTime: number;
}

export const BOUNDS: Bounds = { fewPlaces: 256, glance: 2_000, mostByTime: 20_000 };

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
  if (query.kinds?.length === 0) return Effect.succeed([]);
  const { sql, ask, ledger } = look;
  const { kinds, order, limit, reference } = query;
  const range = rangeOf(query);
  if (reference !== null) {
    return ask(movementsByReference(sql, ledger, { ...query, reference }, range, order, limit));
  }
  if (query.itemNo === null && query.locationNos === null) {
    return ask(movementsByTime(sql, ledger, kinds, range, order, limit));
  }
  return touchingPositions(look, query, range);
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

/** The movements with a line that touches an item, or locations, or one at the other. */
function touchingPositions(look: Look, query: TransactionQuery, range: Range): Positions {
  return Effect.gen(function* () {
    const places = yield* placesFor(look, query);
    if (places.in === "places") return yield* positionsAt(look, query, places, range, []);
    const { found, rest } = yield* glance(look, query, range);
    if (rest === undefined) return found;
    return yield* positionsAt(look, query, places, rest, found);
  });
}

/** Few places, or locations with many. */
type Places =
  | { readonly in: "places"; readonly places: readonly Place[] }
  | { readonly in: "locations"; readonly locationNos: readonly number[] };

/** Where the stock that is touched is or was. */
export function placesFor(
  { sql, ask, ledger, bounds }: Look,
  { itemNo, locationNos }: Pick<TransactionScope, "itemNo" | "locationNos">,
): Effect.Effect<Places> {
  const limit = itemNo === null ? bounds.fewPlaces + 1 : Number.MAX_SAFE_INTEGER;
  return Effect.map(ask(placesOf(sql, ledger, { itemNo, locationNos }, limit)), (places) =>
    places.length < limit || locationNos === null
      ? { in: "places", places }
      : { in: "locations", locationNos },
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
      const touching = yield* ask(touchingAmong(sql, ledger, sequences, query));
      const wanted = new Set(touching.map(({ sequence }) => sequence));
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

function behind(range: Range, last: PositionRecord, order: TransactionQuery["order"]): Range {
  const position = [last.occurred_at, last.sequence] as const;
  return order === "ascending" ? { ...range, after: position } : { ...range, before: position };
}

/** Goes through slices of time until the page is full. */
function positionsAt(
  look: Look,
  { kinds, order, limit }: TransactionQuery,
  places: Places,
  range: Range,
  before: readonly PositionRecord[],
): Positions {
  const { sql, ask, ledger } = look;
  return Effect.gen(function* () {
    const found = [...before];
    const whole = yield* sliceOfRange(look, kinds, range);
    if (whole === undefined) return found;
    const active = yield* activeIn(look, places, whole);
    for (const slice of slicesOf(whole, order, firstLength(active, whole, limit))) {
      const missing = limit - found.length;
      const where = whereIn(active, slice);
      const rows = yield* ask(
        movementsInSlice(sql, ledger, kinds, where, slice, range, order, missing),
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

/** Places with the months in which something happened there. */
type Active =
  | Extract<Places, { readonly in: "locations" }>
  | (Extract<Places, { readonly in: "places" }> & { readonly months: readonly MonthRecord[] });

export function activeIn(
  { sql, ask, ledger }: Look,
  places: Places,
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
  const lines = active.months.reduce((sum, month) => sum + month.lines, 0);
  const perHour = lines / (lastHour - firstHour + 1);
  return Math.max(FIRST_SLICE, Math.ceil((2 * limit) / perHour));
}

/** From one end to the other, in whole hours, so that none reaches into another. */
function* slicesOf(
  { firstHour, lastHour }: Slice,
  order: TransactionQuery["order"],
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
