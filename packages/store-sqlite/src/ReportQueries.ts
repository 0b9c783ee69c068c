/** Questions for reports: which places moved, and which lines changed what is on hand at one. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import { DAY_MS, HOUR_MS, VIRTUAL_LOCATIONS } from "@stockbook/core";
import type {
  DetailQuery,
  Keyset,
  LedgerId,
  Place,
  PlaceGrain,
  PlaceRollupAfter,
  SummaryQuery,
} from "@stockbook/engine";
import { GRAIN_CODES } from "./Codes.js";
import type { CardRecord } from "./EntryRows.js";
import { chains } from "./HistoryQueries.js";
import type { ItemRecord } from "./Rows.js";
import { FLOW_COLUMNS } from "./Tables.js";

// ── places ───────────────────────────────────────────────────────────────────────────────

export type PlaceScope = Pick<SummaryQuery, "itemNo" | "locationNo" | "categories" | "to">;

/** How many real places moved before an instant. */
export function movedCount(
  sql: SqlClient,
  ledger: LedgerId,
  scope: PlaceScope,
): Statement<{ readonly total: number }> {
  return sql`SELECT count(*) AS total FROM (
      SELECT 1 ${movedBefore(sql, ledger, scope)} GROUP BY b.item, b.location
    )`;
}

/** A page of them, by item and location. */
export function movedPlaces(
  sql: SqlClient,
  ledger: LedgerId,
  query: PlaceScope & Pick<SummaryQuery, "offset" | "limit">,
): Statement<Place> {
  return sql`SELECT b.item AS "itemNo", b.location AS "locationNo"
    ${movedBefore(sql, ledger, query)}
    GROUP BY b.item, b.location ORDER BY b.item, b.location
    LIMIT ${query.limit} OFFSET ${query.offset}`;
}

function movedBefore(sql: SqlClient, ledger: LedgerId, scope: PlaceScope): Fragment {
  const { itemNo, locationNo, categories, to } = scope;
  const moved = sql`b.ledger = ${ledger} AND b.first_occurred_at < ${to}`;
  // The plus sign keeps SQLite from going through the locations instead of the items.
  const real = sql`+b.location > ${VIRTUAL_LOCATIONS.length}`;
  const here = locationNo === null ? real : sql`b.location = ${locationNo}`;
  const item = itemNo === null ? sql`` : sql`AND b.item = ${itemNo}`;
  if (categories !== null) {
    return sql`FROM json_each(${JSON.stringify(categories)}) k
      CROSS JOIN items i INDEXED BY items_by_category
        ON i.ledger = ${ledger} AND i.category = k.value
      CROSS JOIN balances b ON b.item = i.no AND ${moved} AND ${here} ${item}`;
  }
  const byLocation = itemNo === null && locationNo !== null;
  return sql`FROM balances b ${byLocation ? sql`INDEXED BY balances_by_location` : sql``}
    WHERE ${moved} AND ${here} ${item}`;
}

/** Items by their numbers. */
export function itemsWithNumbers(
  sql: SqlClient,
  ledger: LedgerId,
  itemNos: readonly number[],
): Statement<ItemRecord> {
  return sql`SELECT i.* FROM json_each(${JSON.stringify(itemNos)}) k
    CROSS JOIN items i ON i.ledger = ${ledger} AND i.no = k.value`;
}

// ── how many lines there are at a location, and in which hours ───────────────────────────

export type LocationScope = Pick<DetailQuery, "locationNo" | "flows">;

/** How many lines of the whole hours before an instant have a flow that is wanted. */
export function countBefore(
  sql: SqlClient,
  ledger: LedgerId,
  { locationNo, flows }: LocationScope,
  instant: number,
): Statement<{ readonly count: number }> {
  const day = Math.floor(instant / DAY_MS);
  const hour = Math.floor(instant / HOUR_MS);
  const sum = (grain: PlaceGrain, first: number, end: number) => sql`SELECT
      coalesce(sum(${counted(sql, flows)}), 0) AS count FROM rollup_places rp
      WHERE rp.ledger = ${ledger} AND rp.location = ${locationNo} AND rp.grain = ${GRAIN_CODES[grain]}
      AND rp.start >= ${first} AND rp.start < ${end}`;
  return sql`${sum("day", Number.MIN_SAFE_INTEGER, day)}
    UNION ALL ${sum("hour", day * (DAY_MS / HOUR_MS), hour)}`;
}

/** Lines by their place in the order, the first one being 0; the last one is not included. */
export interface Ranks {
  readonly first: number;
  readonly end: number;
}

export interface StartRecord {
  readonly start: number;
  /** Lines that come before. */
  readonly before: number;
  readonly last_line: number;
}

/**
 * The hours or days in which lines with these ranks are.
 *
 * @param from the first one that is looked at, with so many lines before it.
 */
export function startsOf(
  sql: SqlClient,
  ledger: LedgerId,
  { locationNo, flows }: LocationScope,
  grain: PlaceGrain,
  from: { readonly start: number; readonly before: number; readonly last: number },
  ranks: Ranks,
): Statement<StartRecord> {
  return sql`SELECT start, upto - count AS before, last_line FROM (
      SELECT rp.start, rp.last_line, ${counted(sql, flows)} AS count,
        ${from.before} + sum(${counted(sql, flows)}) OVER (ORDER BY rp.start) AS upto
      FROM rollup_places rp
      WHERE rp.ledger = ${ledger} AND rp.location = ${locationNo}
      AND rp.grain = ${GRAIN_CODES[grain]} AND rp.start BETWEEN ${from.start} AND ${from.last}
    )
    WHERE count > 0 AND upto > ${ranks.first} AND upto - count < ${ranks.end} ORDER BY start`;
}

function counted(sql: SqlClient, flows: LocationScope["flows"]): Fragment {
  const columns = flows === null ? Object.values(FLOW_COLUMNS) : flows.map((f) => FLOW_COLUMNS[f]);
  return columns.length === 0
    ? sql`0`
    : sql`(${sql.literal(columns.map((column) => `rp.${column}`).join(" + "))})`;
}

// ── lines ────────────────────────────────────────────────────────────────────────────────

/** A line that changes what is on hand at a location. */
export interface ChangeRecord {
  readonly line: number;
  readonly occurred_at: number;
  readonly item: number;
  readonly from_location: number;
  readonly to_location: number;
  readonly quantity: number;
}

/** The lines of a location in the chains that begin with these, in order. */
export function placeLines(
  sql: SqlClient,
  ledger: LedgerId,
  locationNo: number,
  lastLines: readonly number[],
): Statement<ChangeRecord> {
  const line = sql`l.line, l.occurred_at, l.item, l.from_location, l.to_location, l.quantity,
      CASE WHEN l.from_location = ${locationNo} THEN l.from_place_previous
        ELSE l.to_place_previous END`;
  // What is recorded later has a later line, so lines stand for sequences.
  return sql`WITH RECURSIVE
    chain (line, occurred_at, item, from_location, to_location, quantity, previous) AS (
      SELECT ${line} FROM json_each(${JSON.stringify(lastLines)}) k
      CROSS JOIN lines l ON l.ledger = ${ledger} AND l.line = k.value
      UNION ALL
      SELECT ${line} FROM chain CROSS JOIN lines l ON l.ledger = ${ledger}
        AND l.line = chain.previous
    )
    SELECT line, occurred_at, item, from_location, to_location, quantity FROM chain
    ORDER BY occurred_at, line`;
}

/** The lines of an item at a location in the chains that begin with these, in order. */
export function itemLines(
  sql: SqlClient,
  ledger: LedgerId,
  locationNo: number,
  lastLines: readonly number[],
  { from, to }: Pick<DetailQuery, "from" | "to">,
): Statement<ChangeRecord> {
  const begin = sql`SELECT k.key, ${locationNo}, k.value
    FROM json_each(${JSON.stringify(lastLines)}) k`;
  return sql`WITH RECURSIVE ${chains(sql, ledger, begin)}
    SELECT chain.line, chain.occurred_at, l.item, chain.from_location, chain.to_location,
      chain.quantity
    FROM chain CROSS JOIN lines l ON l.ledger = ${ledger} AND l.line = chain.line
    WHERE chain.occurred_at >= ${from} AND chain.occurred_at < ${to}
    ORDER BY chain.occurred_at, chain.line`;
}

/** The last line of the hour that an instant is in, at a location. */
export function hourOf(
  sql: SqlClient,
  ledger: LedgerId,
  locationNo: number,
  instant: number,
): Statement<{ readonly last_line: number }> {
  return sql`SELECT rp.last_line FROM rollup_places rp
    WHERE rp.ledger = ${ledger} AND rp.location = ${locationNo} AND rp.grain = ${GRAIN_CODES.hour}
    AND rp.start = ${Math.floor(instant / HOUR_MS)}`;
}

export interface DetailRecord extends CardRecord {
  readonly item: number;
}

/** Lines by their numbers, with what their entries say. */
export function detailLines(
  sql: SqlClient,
  ledger: LedgerId,
  lines: readonly number[],
): Statement<DetailRecord> {
  return sql`SELECT l.line, l.sequence, l.occurred_at, l.item, l.from_location, l.from_bucket,
      l.to_location, l.to_bucket, l.quantity, l.value, e.recorded_at, e.kind, e.reverses, e.body
    FROM json_each(${JSON.stringify(lines)}) k
    CROSS JOIN lines l ON l.ledger = ${ledger} AND l.line = k.value
    CROSS JOIN entries e ON e.ledger = l.ledger AND e.sequence = l.sequence
    ORDER BY k.key`;
}

// ── roll-ups ─────────────────────────────────────────────────────────────────────────────

export interface PlaceRollupRecord {
  readonly location: number;
  readonly start: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly transfers_in: number;
  readonly transfers_out: number;
  readonly adjusts: number;
}

/** A page of roll-ups of locations, by location and start. */
export function placeRollups(
  sql: SqlClient,
  ledger: LedgerId,
  grain: PlaceGrain,
  { after, limit }: Keyset<PlaceRollupAfter>,
): Statement<PlaceRollupRecord> {
  const [location, start] = after ?? [0, Number.MIN_SAFE_INTEGER];
  // The plus sign keeps SQLite from sorting rows that the key has in order.
  return sql`SELECT * FROM rollup_places
    WHERE ledger = ${ledger} AND +grain = ${GRAIN_CODES[grain]}
      AND (location, grain, start) > (${location}, ${GRAIN_CODES[grain]}, ${start})
    ORDER BY location, grain, start LIMIT ${limit}`;
}
