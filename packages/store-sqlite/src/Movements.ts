/**
 * Reading movements, each page at a cost that does not grow with the history.
 *
 * There are three ways to a page: by the index on references, where one is asked for; by the index
 * on time, where any line will do, or where a look at the next few movements shows enough; and by
 * the roll-ups of places, one slice of time after another, each longer than the one before.
 */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { SqlError } from "@effect/sql/SqlError";
import { HOUR_MS, monthOfDay } from "@stockbook/core";
import type { LedgerId, TransactionQuery, TransactionScope } from "@stockbook/engine";
import { Effect } from "effect";
import { monthsOf } from "./HistoryQueries.js";
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

type Positions = Effect.Effect<readonly PositionRecord[], SqlError>;

/** Where movements are looked for. */
export interface Look {
  readonly sql: SqlClient;
  readonly ask: Ask;
  readonly ledger: LedgerId;
}

/** Up to so many places are looked at one by one; of more, whole days are gone through. */
const FEW_PLACES = 256;

/** So many movements are looked at by time before places are. */
const GLANCE = 2_000;

/** Hours of the first slice; each is four times the one before. */
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
    const places = yield* whereOf(look, query);
    if (places.in === "places") return yield* positionsAt(look, query, places, range, []);
    const { found, rest } = yield* glance(look, query, range);
    if (rest === undefined) return found;
    return yield* positionsAt(look, query, places, rest, found);
  });
}

/** Few places, or locations with many. */
type Places =
  | { readonly in: "places"; readonly places: readonly { itemNo: number; locationNo: number }[] }
  | { readonly in: "locations"; readonly locationNos: readonly number[] };

export function whereOf(
  { sql, ask, ledger }: Look,
  { itemNo, locationNos }: Pick<TransactionScope, "itemNo" | "locationNos">,
): Effect.Effect<Places, SqlError> {
  const limit = itemNo === null ? FEW_PLACES + 1 : Number.MAX_SAFE_INTEGER;
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

/** What is frequent is found among the next few movements, whatever they touched. */
function glance(
  look: Look,
  query: TransactionQuery,
  range: Range,
): Effect.Effect<Glance, SqlError> {
  const { sql, ask, ledger } = look;
  const { kinds, order, limit } = query;
  return Effect.gen(function* () {
    const found: PositionRecord[] = [];
    let rest = range;
    for (const size of [2 * limit, GLANCE]) {
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
    }
    return { found, rest };
  });
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
    const [ends] = yield* ask(endsOf(sql, ledger, kinds, range));
    if (ends?.earliest == null || ends.latest == null) return found;
    for (const slice of slicesOf(ends.earliest, ends.latest, order)) {
      const where = yield* within(look, places, slice);
      const rows = yield* ask(
        movementsInSlice(sql, ledger, kinds, where, slice, range, order, limit - found.length),
      );
      found.push(...rows);
      if (found.length >= limit) break;
    }
    return found;
  });
}

/** From one end to the other, in whole hours, so that none begins within another's. */
function* slicesOf(
  earliest: number,
  latest: number,
  order: TransactionQuery["order"],
): Iterable<Slice> {
  const first = Math.floor(earliest / HOUR_MS);
  const last = Math.floor(latest / HOUR_MS);
  let done = 0;
  for (let length = FIRST_SLICE; done <= last - first; length *= 4) {
    const upTo = Math.min(done + length - 1, last - first);
    yield order === "ascending"
      ? sliceOf(first + done, first + upTo)
      : sliceOf(last - upTo, last - done);
    done = upTo + 1;
  }
}

/** Where the lines of a slice are: days in which nothing happened at a place are left out. */
export function within(
  { sql, ask, ledger }: Look,
  places: Places,
  slice: Slice,
): Effect.Effect<Where, SqlError> {
  if (places.in === "locations") return Effect.succeed(places);
  const months = {
    from: monthOfDay(slice.firstDay),
    to: monthOfDay(slice.lastDay),
    changedAfter: 0,
  };
  return Effect.map(ask(monthsOf(sql, ledger, places.places, months)), (active) => ({
    in: "spans",
    spans: spansIn(slice, places.places, active),
  }));
}
