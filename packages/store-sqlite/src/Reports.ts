/**
 * Reports, each page at a cost that does not grow with the history.
 *
 * Every line of a location has its place in an order. How many come before an instant is told by
 * whole days and hours; which hours hold the lines of a page, by walking days and then hours. Only
 * those hours are gone through line by line.
 */
import type { SqlClient } from "@effect/sql/SqlClient";
import { HOUR_MS, onHand, type PlaceFlow, placeFlowOf, VIRTUAL_LOCATIONS } from "@stockbook/core";
import type {
  DetailLine,
  DetailPage,
  DetailQuery,
  LedgerId,
  Place,
  RollupSums,
  SummaryPage,
  SummaryQuery,
} from "@stockbook/engine";
import { Effect } from "effect";
import { cardLineOf } from "./EntryRows.js";
import { sumsAt } from "./History.js";
import {
  type HourRecord,
  hoursOf,
  type MonthRecord,
  monthsOf,
  spanOfMonth,
} from "./HistoryQueries.js";
import {
  type ChangeRecord,
  countBefore,
  detailLines,
  hourOf,
  itemLines,
  itemsWithNumbers,
  movedCount,
  movedPlaces,
  placeLines,
  type Ranks,
  type StartRecord,
  startsOf,
} from "./ReportQueries.js";
import { itemOf } from "./Rows.js";
import type { Ask } from "./Snapshot.js";

const EVER = Number.MAX_SAFE_INTEGER;
const NEVER = Number.MIN_SAFE_INTEGER;
const DAY_HOURS = 24;

/** Where a report is made from. */
interface Look {
  readonly sql: SqlClient;
  readonly ask: Ask;
  readonly ledger: LedgerId;
}

// ── summary ──────────────────────────────────────────────────────────────────────────────

export function summary(
  sql: SqlClient,
  ask: Ask,
  ledger: LedgerId,
  query: SummaryQuery,
): Effect.Effect<SummaryPage> {
  return Effect.gen(function* () {
    const [count] = yield* ask(movedCount(sql, ledger, query));
    const places = yield* ask(movedPlaces(sql, ledger, query));
    const opening = yield* sumsAt(sql, ask, ledger, places, query.opening);
    const closing = yield* sumsAt(sql, ask, ledger, places, query.closing);
    const items = yield* itemsByNo(
      { sql, ask, ledger },
      places.map(({ itemNo }) => itemNo),
    );
    const rows = places.map((place, i) => ({
      ...place,
      item: items(place.itemNo),
      opening: opening[i] as RollupSums,
      closing: closing[i] as RollupSums,
    }));
    return { rows, total: count?.total ?? 0 };
  });
}

function itemsByNo({ sql, ask, ledger }: Look, itemNos: readonly number[]) {
  return Effect.map(ask(itemsWithNumbers(sql, ledger, [...new Set(itemNos)])), (records) => {
    const items = new Map(records.map((record) => [record.no, itemOf(record)]));
    // Items are never removed, so all of them are there.
    return (no: number) => items.get(no) as ReturnType<typeof itemOf>;
  });
}

// ── detail ───────────────────────────────────────────────────────────────────────────────

/** A line of a page, with what it left on hand. */
interface Row {
  readonly line: number;
  readonly onHand: number;
}

interface Found {
  readonly rows: readonly Row[];
  readonly total: number;
}

export function detail(
  sql: SqlClient,
  ask: Ask,
  ledger: LedgerId,
  query: DetailQuery,
): Effect.Effect<DetailPage> {
  const look = { sql, ask, ledger };
  return Effect.gen(function* () {
    const { rows, total } = yield* query.itemNo === null
      ? ofLocation(look, query)
      : ofItem(look, query, query.itemNo);
    return { rows: yield* told(look, rows), total };
  });
}

/** The rows with what their entries and items say. */
function told(look: Look, rows: readonly Row[]): Effect.Effect<readonly DetailLine[]> {
  const { sql, ask, ledger } = look;
  return Effect.gen(function* () {
    const lines = yield* ask(
      detailLines(
        sql,
        ledger,
        rows.map(({ line }) => line),
      ),
    );
    const items = yield* itemsByNo(
      look,
      lines.map(({ item }) => item),
    );
    return lines.map((record, i) => ({
      line: cardLineOf(record),
      item: items(record.item),
      onHand: (rows[i] as Row).onHand,
    }));
  });
}

// ── all items of a location ──────────────────────────────────────────────────────────────

function ofLocation(look: Look, query: DetailQuery): Effect.Effect<Found> {
  const { from, to, offset, limit } = query;
  return Effect.gen(function* () {
    const start = yield* rankOf(look, query, from);
    const end = yield* rankOf(look, query, to);
    const total = end - start;
    if (offset >= total) return { rows: [], total };
    const first = start + offset;
    const ranks = { first, end: Math.min(first + limit, end) };
    const hours = yield* hoursWith(look, query, ranks);
    return { rows: yield* rowsIn(look, query, hours, ranks), total };
  });
}

/** How many of the wanted lines come before an instant. */
function rankOf(look: Look, query: DetailQuery, instant: number): Effect.Effect<number> {
  const { sql, ask, ledger } = look;
  return Effect.gen(function* () {
    const whole = yield* ask(countBefore(sql, ledger, query, instant));
    const count = whole.reduce((sum, part) => sum + part.count, 0);
    if (instant % HOUR_MS === 0) return count;
    const hour = yield* ask(hourOf(sql, ledger, query.locationNo, instant));
    const lines = yield* linesIn(
      look,
      query,
      hour.map(({ last_line }) => last_line),
    );
    const before = lines.filter((line) => line.occurred_at < instant && isWanted(line, query));
    return count + before.length;
  });
}

/** The hours that hold the lines with these ranks. */
function hoursWith(
  { sql, ask, ledger }: Look,
  query: DetailQuery,
  ranks: Ranks,
): Effect.Effect<readonly StartRecord[]> {
  return Effect.gen(function* () {
    const ever = { start: NEVER, before: 0, last: EVER };
    const days = yield* ask(startsOf(sql, ledger, query, "day", ever, ranks));
    const [first] = days;
    const last = days.at(-1);
    if (first === undefined || last === undefined) return [];
    const within = {
      start: first.start * DAY_HOURS,
      before: first.before,
      last: last.start * DAY_HOURS + DAY_HOURS - 1,
    };
    return yield* ask(startsOf(sql, ledger, query, "hour", within, ranks));
  });
}

/** The rows with these ranks. */
function rowsIn(
  look: Look,
  query: DetailQuery,
  hours: readonly StartRecord[],
  ranks: Ranks,
): Effect.Effect<readonly Row[]> {
  return Effect.gen(function* () {
    const rows: Row[] = [];
    for (const stretch of stretchesOf(hours, query)) {
      const lines = yield* linesIn(
        look,
        query,
        stretch.map(({ last_line }) => last_line),
      );
      const { start, before } = stretch[0] as StartRecord;
      const wanted = lines
        .filter((line) => isWanted(line, query))
        .slice(Math.max(0, ranks.first - before), ranks.end - before);
      const opening = yield* heldAt(look, query, wanted, start * HOUR_MS - 1);
      rows.push(...rowsOf(lines, wanted, opening, query.locationNo));
    }
    return rows;
  });
}

/**
 * Hours between which nothing happens. Where flows are left out, there may be other lines between
 * any two, so that what is on hand is looked up for each hour.
 */
function stretchesOf(
  hours: readonly StartRecord[],
  { flows }: DetailQuery,
): readonly (readonly StartRecord[])[] {
  return flows === null ? [hours] : hours.map((hour) => [hour]);
}

function linesIn({ sql, ask, ledger }: Look, query: DetailQuery, lastLines: readonly number[]) {
  return ask(placeLines(sql, ledger, query.locationNo, lastLines));
}

/** What was on hand of the items of lines at a moment. */
function heldAt(
  { sql, ask, ledger }: Look,
  { locationNo, momentOf }: DetailQuery,
  lines: readonly ChangeRecord[],
  instant: number,
): Effect.Effect<ReadonlyMap<number, number>> {
  const itemNos = [...new Set(lines.map(({ item }) => item))];
  const places = itemNos.map((itemNo) => ({ itemNo, locationNo }));
  return Effect.map(sumsAt(sql, ask, ledger, places, momentOf(instant)), (sums) => {
    return new Map(itemNos.map((itemNo, i) => [itemNo, onHand(sums[i] as RollupSums)]));
  });
}

/** The wanted ones among lines that follow one another, with what each left on hand. */
function rowsOf(
  lines: readonly ChangeRecord[],
  wanted: readonly ChangeRecord[],
  opening: ReadonlyMap<number, number>,
  locationNo: number,
): readonly Row[] {
  const held = new Map(opening);
  const shown = new Set(wanted);
  return lines.flatMap((record) => {
    const { line, item, quantity, to_location } = record;
    const before = held.get(item);
    // No line of a page is of this item.
    if (before === undefined) return [];
    const after = before + (to_location === locationNo ? quantity : -quantity);
    held.set(item, after);
    return shown.has(record) ? [{ line, onHand: after }] : [];
  });
}

// ── one item of a location ───────────────────────────────────────────────────────────────

function ofItem(look: Look, query: DetailQuery, itemNo: number): Effect.Effect<Found> {
  const place = { itemNo, locationNo: query.locationNo };
  return query.flows === null ? allOfItem(look, query, place) : someOfItem(look, query, place);
}

/** All flows: the roll-ups of the place tell how many lines there are, and where. */
function allOfItem(look: Look, query: DetailQuery, place: Place): Effect.Effect<Found> {
  const { sql, ask, ledger } = look;
  const { from, to, offset, limit, momentOf } = query;
  const rankOf = (instant: number) =>
    Effect.map(
      sumsAt(sql, ask, ledger, [place], momentOf(instant - 1)),
      ([sums]) => sums?.lines ?? 0,
    );
  return Effect.gen(function* () {
    const start = yield* rankOf(from);
    const end = yield* rankOf(to);
    const total = end - start;
    if (offset >= total) return { rows: [], total };
    const first = start + offset;
    const ranks = { first, end: Math.min(first + limit, end) };
    const { hours, before } = yield* placeHours(look, place, ranks);
    const lastLines = hours.map(({ last_line }) => last_line);
    const times = { from: NEVER, to: EVER };
    const found = yield* ask(itemLines(sql, ledger, place.locationNo, lastLines, times));
    const lines = found.filter((line) => isWanted(line, query));
    const page = lines.slice(ranks.first - before, ranks.end - before);
    const beginning = (hours[0] as HourRecord).hour * HOUR_MS - 1;
    const held = yield* heldAt(look, query, page, beginning);
    return { rows: rowsOf(lines, page, held, place.locationNo), total };
  });
}

/** Hours of a place, and how many lines come before them. */
interface PlaceHours {
  readonly hours: readonly HourRecord[];
  readonly before: number;
}

/** The hours that hold the lines of a place with these ranks. */
function placeHours(
  { sql, ask, ledger }: Look,
  place: Place,
  ranks: Ranks,
): Effect.Effect<PlaceHours> {
  return Effect.gen(function* () {
    const range = { from: NEVER, to: EVER, changedAfter: 0 };
    const months = yield* ask(monthsOf(sql, ledger, [place], range));
    const near = monthsAround(months, ranks);
    const spans = near.months.map(({ month }) => spanOfMonth(0, place, month));
    const hours = yield* ask(hoursOf(sql, ledger, spans, NEVER, EVER));
    return hoursAround(hours, near.before, ranks);
  });
}

/**
 * The months with these ranks, and one more at either end: where clocks go back over midnight, a
 * month may begin before the one before it ends.
 */
function monthsAround(months: readonly MonthRecord[], ranks: Ranks) {
  let before = 0;
  const ends = months.map(({ lines }) => {
    before += lines;
    return before;
  });
  const begin = Math.max(0, ends.findIndex((end) => end > ranks.first) - 1);
  const last = ends.findIndex((end) => end >= ranks.end);
  return { months: months.slice(begin, last + 2), before: ends[begin - 1] ?? 0 };
}

/** Of these hours those with the ranks, both days of an hour that two share. */
function hoursAround(hours: readonly HourRecord[], base: number, ranks: Ranks): PlaceHours {
  const ends = new Map<number, number>();
  let upto = base;
  for (const { hour, lines } of hours) {
    upto += lines;
    ends.set(hour, upto);
  }
  const begins = new Map<number, number>();
  let previous = base;
  for (const [hour, end] of ends) {
    begins.set(hour, previous);
    previous = end;
  }
  const beginOf = (hour: number) => begins.get(hour) ?? base;
  const wanted = hours.filter(
    ({ hour }) => (ends.get(hour) ?? 0) > ranks.first && beginOf(hour) < ranks.end,
  );
  return { hours: wanted, before: beginOf(wanted[0]?.hour ?? NEVER) };
}

/** Some flows: the lines of the time are gone through. */
function someOfItem(look: Look, query: DetailQuery, place: Place): Effect.Effect<Found> {
  const { sql, ask, ledger } = look;
  const { from, to, offset, limit, momentOf } = query;
  return Effect.gen(function* () {
    const [first, last] = [momentOf(from), momentOf(to)];
    const range = { from: first.month - 1, to: last.month + 1, changedAfter: 0 };
    const months = yield* ask(monthsOf(sql, ledger, [place], range));
    const spans = months.map(({ month }) => spanOfMonth(0, place, month));
    const hours = yield* ask(hoursOf(sql, ledger, spans, first.hour, last.hour));
    const lastLines = hours.map(({ last_line }) => last_line);
    const found = yield* ask(itemLines(sql, ledger, place.locationNo, lastLines, { from, to }));
    const lines = found.filter((line) => flowAt(line, place.locationNo) !== null);
    const wanted = lines.filter((line) => isWanted(line, query));
    const page = wanted.slice(offset, offset + limit);
    const held = yield* heldAt(look, query, page, from - 1);
    return { rows: rowsOf(lines, page, held, place.locationNo), total: wanted.length };
  });
}

// ── flows ────────────────────────────────────────────────────────────────────────────────

function isWanted(line: ChangeRecord, { locationNo, flows }: DetailQuery): boolean {
  const flow = flowAt(line, locationNo);
  return flow !== null && (flows === null || flows.includes(flow));
}

function flowAt({ from_location, to_location }: ChangeRecord, at: number): PlaceFlow | null {
  return placeFlowOf(idOf(from_location), idOf(to_location), idOf(at));
}

/** Any name will do for a real location: flows only ask which are the same. */
function idOf(no: number): string {
  return VIRTUAL_LOCATIONS[no - 1] ?? String(no);
}
