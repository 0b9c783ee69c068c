/**
 * Questions about the past of places: an item at a location. Whole months are summed up in
 * their roll-ups, whole hours in theirs, and within an hour its chain of lines is walked. So an
 * answer costs what lies around its moment, and nothing for the history before.
 *
 * Hours are absolute, so they decide what comes before what. Local days and months only say
 * where to look; where clocks go back, a day may even come before the day before it.
 */

import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import { firstDayOfMonth, monthOfDay, VIRTUAL_LOCATIONS } from "@stockbook/core";
import type {
  CardPosition,
  LedgerId,
  Moment,
  Place,
  RollupSums,
  TimelineKey,
  TimelineLine,
} from "@stockbook/engine";
import { BUCKET_CODES } from "./Codes.js";
import type { CardRecord } from "./EntryRows.js";
import { lotText } from "./Rows.js";

/** Days in which to look for one of several places. */
export type Span = readonly [
  at: number,
  itemNo: number,
  locationNo: number,
  firstDay: number,
  lastDay: number,
];

/** The month before which all days of months are more than a day before this one. */
export function firstMonthNear(day: number): number {
  return monthOfDay(day - 1);
}

/** The month from which on all days of months are more than a day after this one. */
export function firstMonthBeyond(day: number): number {
  return monthOfDay(day + 1) + 1;
}

/** The days of a place's month. */
export function spanOfMonth(at: number, { itemNo, locationNo }: Place, month: number): Span {
  return [at, itemNo, locationNo, firstDayOfMonth(month), firstDayOfMonth(month + 1) - 1];
}

const NEVER = Number.MIN_SAFE_INTEGER;

// ── months ───────────────────────────────────────────────────────────────────────────────

export interface MonthRecord {
  /** Index of the place. */
  readonly at: number;
  readonly month: number;
  readonly lines: number;
}

interface MonthRange {
  readonly from: number;
  readonly to: number;
  /** Only months with an entry after this one. */
  readonly changedAfter: number;
}

/** The months in which something happened at places, in order. */
export function monthsOf(
  sql: SqlClient,
  ledger: LedgerId,
  places: readonly Place[],
  { from, to, changedAfter }: MonthRange,
): Statement<MonthRecord> {
  return sql`WITH RECURSIVE ${monthsFrom(sql, ledger, from, to)}
    SELECT p.key AS at, m.month, m.lines
    FROM json_each(${placeList(places)}) p CROSS JOIN months
    CROSS JOIN rollup_months m ON m.ledger = ${ledger} AND m.month = months.month
      AND m.item = p.value ->> 0 AND m.location = p.value ->> 1
      AND m.last_sequence > ${changedAfter}
    ORDER BY p.key, m.month`;
}

export interface SumsRecord extends RollupSums {
  /** Index of the place. */
  readonly at: number;
}

/** What whole months before one came to, leaving out those with an entry after `sequence`. */
export function monthSums(
  sql: SqlClient,
  ledger: LedgerId,
  places: readonly Place[],
  before: number,
  sequence: number,
): Statement<SumsRecord> {
  return sql`WITH RECURSIVE ${monthsFrom(sql, ledger, NEVER, before - 1)}
    SELECT at, ${sumColumns(sql)} FROM (
      SELECT p.key AS at, m.* FROM json_each(${placeList(places)}) p CROSS JOIN months
      CROSS JOIN rollup_months m ON m.ledger = ${ledger} AND m.month = months.month
        AND m.item = p.value ->> 0 AND m.location = p.value ->> 1
        AND m.last_sequence <= ${sequence}
    ) GROUP BY at`;
}

/** `months`: those of the ledger in which anything happened, each found by one look. */
function monthsFrom(sql: SqlClient, ledger: LedgerId, from: number, to: number): Fragment {
  return sql`every_month (month) AS (
      SELECT min(m.month) FROM rollup_months m
      WHERE m.ledger = ${ledger} AND m.month >= ${from}
      UNION ALL
      SELECT (
        SELECT min(m.month) FROM rollup_months m
        WHERE m.ledger = ${ledger} AND m.month > every_month.month
      ) FROM every_month WHERE month < ${to}
    ),
    months AS MATERIALIZED (SELECT month FROM every_month WHERE month <= ${to})`;
}

function placeList(places: readonly Place[]): string {
  return JSON.stringify(places.map(({ itemNo, locationNo }) => [itemNo, locationNo]));
}

// ── hours and their chains ───────────────────────────────────────────────────────────────

/**
 * What leads from the whole months beside the spans to a moment; up to two rows for each place.
 * Forwards, the hours before that of the moment are added; backwards, it and those after it are
 * taken off. In both cases that hour itself is walked, up to the moment.
 */
export function hourSums(
  sql: SqlClient,
  ledger: LedgerId,
  spans: readonly Span[],
  { instant, hour, day, sequence }: Moment,
  direction: "forwards" | "backwards",
): Statement<SumsRecord> {
  const hours = sql`days CROSS JOIN rollup_hours h ON h.ledger = ${ledger} AND h.day = days.day
        AND h.item = days.item AND h.location = days.location`;
  // What later entries have changed is walked like the hour of the moment itself.
  const whole = sequence === null ? sql`` : sql`AND h.last_sequence <= ${sequence}`;
  const walked =
    sequence === null
      ? sql`days.day BETWEEN ${day - 1} AND ${day + 1} AND h.hour = ${hour}`
      : sql`h.hour <= ${hour} AND (h.hour = ${hour} OR h.last_sequence > ${sequence})`;
  const begin = sql`SELECT days.at, days.location, h.last_line FROM ${hours} AND ${walked}`;
  const place = byPlace(sql, spans);
  const [sums, between] =
    direction === "forwards"
      ? [sumColumns(sql), sql`h.hour < ${hour}`]
      : [sumColumns(sql, "-"), sql`h.hour >= ${hour}`];
  return sql`WITH RECURSIVE ${spanDays(sql, spans)}, ${chains(sql, ledger, begin, SUMMED_COLUMNS)}
    SELECT days.at, ${sums} FROM ${hours} AND ${between} ${whole} ${place}
    UNION ALL
    SELECT at, ${sumColumns(sql)} FROM (
      SELECT at, ${changeColumns(sql)} FROM chain
      WHERE occurred_at <= ${instant} ${sequence === null ? sql`` : sql`AND sequence <= ${sequence}`}
    ) ${place}`;
}

/** A row for each place, or none. Where there is only one, nothing has to be sorted for that. */
function byPlace(sql: SqlClient, spans: readonly Span[]): Fragment {
  const one = spans.every(([at]) => at === spans[0]?.[0]);
  return one ? sql`HAVING count(*) > 0` : sql`GROUP BY at`;
}

export interface HourRecord {
  readonly hour: number;
  readonly lines: number;
  readonly last_line: number;
}

/** The hours of the spans in which something happened, in order. */
export function hoursOf(
  sql: SqlClient,
  ledger: LedgerId,
  spans: readonly Span[],
  from: number,
  to: number,
): Statement<HourRecord> {
  return sql`WITH RECURSIVE ${spanDays(sql, spans)}
    SELECT h.hour, h.lines, h.last_line FROM days
    CROSS JOIN rollup_hours h ON h.ledger = ${ledger} AND h.day = days.day
      AND h.item = days.item AND h.location = days.location
      AND h.hour BETWEEN ${from} AND ${to}
    ORDER BY h.hour`;
}

interface CardRange {
  readonly after: CardPosition;
  readonly before: number;
  readonly limit: number;
}

/** The lines of a place in the chains that begin with these, in the order of a stock card. */
export function cardLines(
  sql: SqlClient,
  ledger: LedgerId,
  { locationNo }: Place,
  lastLines: readonly number[],
  { after, before, limit }: CardRange,
): Statement<CardRecord> {
  const begin = sql`SELECT 0, ${locationNo}, k.value FROM json_each(${JSON.stringify(lastLines)}) k`;
  return sql`WITH RECURSIVE ${chains(sql, ledger, begin)}
    SELECT page.*, e.recorded_at, e.kind, e.reverses, e.body FROM (
      SELECT * FROM chain
      WHERE occurred_at < ${before} AND (occurred_at, sequence, line)
        > (${after.instant}, ${after.sequence}, ${after.line})
      ORDER BY occurred_at, sequence, line LIMIT ${limit}
    ) page
    CROSS JOIN entries e ON e.ledger = ${ledger} AND e.sequence = page.sequence
    ORDER BY page.occurred_at, page.sequence, page.line`;
}

export interface TimelineRecord extends TimelineLine {
  /** Index of the key. */
  readonly at: number;
}

/** What happened in the days of the spans to the balances they are for. */
export function timelineLines(
  sql: SqlClient,
  ledger: LedgerId,
  keys: readonly TimelineKey[],
  spans: readonly Span[],
): Statement<TimelineRecord> {
  const wanted = keys.map(({ lot, since }) => [lotText(lot), since]);
  const begin = sql`SELECT days.at, days.location, h.last_line FROM days
    CROSS JOIN rollup_hours h ON h.ledger = ${ledger} AND h.day = days.day
      AND h.item = days.item AND h.location = days.location`;
  return sql`WITH RECURSIVE ${spanDays(sql, spans)},
    wanted (at, lot, since) AS MATERIALIZED (
      SELECT key, value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(wanted)})
    ),
    ${chains(sql, ledger, begin)}
    SELECT chain.at, occurred_at AS "occurredAt", sequence, ${quantityColumns(sql)}
    FROM chain CROSS JOIN wanted ON wanted.at = chain.at AND wanted.lot = chain.lot
      AND occurred_at >= wanted.since
    ORDER BY chain.at, occurred_at, sequence, line`;
}

/** `days`: every day of every span. */
export function spanDays(sql: SqlClient, spans: readonly Span[]): Fragment {
  return sql`days (at, item, location, day, last_day) AS (
      SELECT s.value ->> 0, s.value ->> 1, s.value ->> 2, s.value ->> 3, s.value ->> 4
      FROM json_each(${JSON.stringify(spans)}) s
      UNION ALL
      SELECT at, item, location, day + 1, last_day FROM days WHERE day < last_day
    )`;
}

const LINE_COLUMNS = [
  "line",
  "sequence",
  "occurred_at",
  "lot",
  "from_location",
  "from_bucket",
  "to_location",
  "to_bucket",
  "quantity",
  "value",
] as const;
type LineColumn = (typeof LINE_COLUMNS)[number];

/** What the sums of lines are made from; a chain that carries less is walked faster. */
const SUMMED_COLUMNS = LINE_COLUMNS.filter((column) => column !== "line" && column !== "lot");

/**
 * `chain`: the lines of chains, latest first.
 *
 * @param begin gives (index, location, last line) of each.
 */
export function chains(
  sql: SqlClient,
  ledger: LedgerId,
  begin: Fragment,
  carried: readonly LineColumn[] = LINE_COLUMNS,
): Fragment {
  const columns = sql.literal(carried.join(", "));
  const ofLine = sql.literal(carried.map((column) => `l.${column}`).join(", "));
  return sql`begins (at, place, line) AS (${begin}),
    chain (at, place, ${columns}, previous) AS (
      SELECT at, place, ${ofLine},
        CASE WHEN l.from_location = place THEN l.from_previous ELSE l.to_previous END
      FROM begins CROSS JOIN lines l ON l.ledger = ${ledger} AND l.line = begins.line
      UNION ALL
      SELECT at, place, ${ofLine},
        CASE WHEN l.from_location = place THEN l.from_previous ELSE l.to_previous END
      FROM chain CROSS JOIN lines l ON l.ledger = ${ledger} AND l.line = chain.previous
    )`;
}

function sumColumns(sql: SqlClient, sign: "" | "-" = ""): Fragment {
  const sum = (column: keyof RollupSums) => sql.literal(`${sign}sum(${column}) AS ${column}`);
  return sql`${sum("available")}, ${sum("reserved")}, ${sum("unavailable")}, ${sum("value")},
    ${sum("inward")}, ${sum("outward")}, ${sum("lines")}`;
}

const REVALUATION = VIRTUAL_LOCATIONS.indexOf("@revaluation") + 1;

/** What a line of `chain` did at the place of the chain. */
function changeColumns(sql: SqlClient): Fragment {
  return sql`${quantityColumns(sql)},
    (CASE WHEN to_location = place THEN value ELSE 0 END)
      - (CASE WHEN from_location = place THEN value ELSE 0 END) AS value,
    CASE WHEN from_location = place THEN 0 ELSE quantity END AS inward,
    CASE WHEN to_location = place THEN 0 ELSE quantity END AS outward,
    CASE WHEN from_location = to_location THEN 0
      WHEN ${REVALUATION} IN (from_location, to_location) THEN 0 ELSE 1 END AS lines`;
}

function quantityColumns(sql: SqlClient): Fragment {
  const bucket = (code: number) => sql`(CASE WHEN to_location = place AND to_bucket = ${code}
      THEN quantity ELSE 0 END) - (CASE WHEN from_location = place AND from_bucket = ${code}
      THEN quantity ELSE 0 END)`;
  return sql`${bucket(BUCKET_CODES.available)} AS available,
    ${bucket(BUCKET_CODES.reserved)} AS reserved,
    ${bucket(BUCKET_CODES.unavailable)} AS unavailable`;
}
