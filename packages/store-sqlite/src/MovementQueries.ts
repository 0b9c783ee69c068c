/**
 * Questions about movements: which of them there are in a range of time, by the index on time or
 * on references, or by the roll-ups of the places they touched.
 */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import { type MovementKind, VIRTUAL_LOCATIONS } from "@stockbook/core";
import type { LedgerId, Place, TransactionAfter, TransactionScope } from "@stockbook/engine";
import { KIND_CODES, MOVEMENT_CODES } from "./Codes.js";
import { chains, type MonthRecord, type Span, spanDays, spanOfMonth } from "./HistoryQueries.js";

/** Positions in the order of (occurredAt, sequence) between two that are left out. */
export interface Range {
  readonly after: TransactionAfter;
  readonly before: TransactionAfter;
}

export type Order = "ascending" | "descending";

type Kinds = TransactionScope["kinds"];

/** What a line of a movement must touch. */
export type Touched = Pick<TransactionScope, "itemNo" | "locationNos">;

export interface PositionRecord {
  readonly occurred_at: number;
  readonly sequence: number;
}

// ── by time ──────────────────────────────────────────────────────────────────────────────

/** The movements of a range, page by page. */
export function movementsByTime(
  sql: SqlClient,
  ledger: LedgerId,
  kinds: Kinds,
  range: Range,
  order: Order,
  limit: number,
): Statement<PositionRecord> {
  // The index has the kinds one after another; SQLite merges them as it reads.
  const ofKinds = codesOf(kinds).map(
    (code) => sql`SELECT e.occurred_at, e.sequence FROM entries e INDEXED BY entries_by_time
      WHERE e.ledger = ${ledger} AND e.kind = ${code} AND ${isMovement(sql)}
      AND ${within(sql, range)}`,
  );
  return sql`${unionAll(sql, ofKinds)} ORDER BY ${byTime(sql, order)} LIMIT ${limit}`;
}

export interface EndsRecord {
  readonly earliest: number | null;
  readonly latest: number | null;
}

/** When the first and the last movement of a range happened; `null` where there is none. */
export function endsOf(
  sql: SqlClient,
  ledger: LedgerId,
  kinds: Kinds,
  range: Range,
): Statement<EndsRecord> {
  const end = (direction: Fragment) => sql`(
      SELECT e.occurred_at FROM entries e INDEXED BY entries_by_time
      WHERE e.ledger = ${ledger} AND e.kind = k.value AND ${isMovement(sql)} AND ${within(sql, range)}
      ORDER BY e.occurred_at ${direction}, e.sequence ${direction} LIMIT 1
    )`;
  return sql`SELECT min(${end(sql`ASC`)}) AS earliest, max(${end(sql`DESC`)}) AS latest
    FROM json_each(${JSON.stringify(codesOf(kinds))}) k`;
}

/** Those of these movements with a line that touches what is wanted. */
export function touchingAmong(
  sql: SqlClient,
  ledger: LedgerId,
  sequences: readonly number[],
  touched: Touched,
): Statement<{ readonly sequence: number }> {
  return sql`SELECT e.sequence FROM json_each(${JSON.stringify(sequences)}) k
    CROSS JOIN entries e ON e.ledger = ${ledger} AND e.sequence = k.value
    WHERE ${hasLine(sql, ledger, touched)}`;
}

// ── by reference ─────────────────────────────────────────────────────────────────────────

export interface ReferenceScope extends Touched {
  readonly reference: string;
  readonly kinds: Kinds;
}

/** The movements of a range with a reference, page by page. */
export function movementsByReference(
  sql: SqlClient,
  ledger: LedgerId,
  scope: ReferenceScope,
  range: Range,
  order: Order,
  limit: number,
): Statement<PositionRecord> {
  return sql`SELECT e.occurred_at, e.sequence ${withReference(sql, ledger, scope, range)}
    ORDER BY ${byTime(sql, order)} LIMIT ${limit}`;
}

/** From which entries a reference is read. */
export function withReference(
  sql: SqlClient,
  ledger: LedgerId,
  { reference, kinds, ...touched }: ReferenceScope,
  range: Range,
): Fragment {
  return sql`FROM entries e INDEXED BY entries_by_reference
    WHERE e.ledger = ${ledger} AND e.body ->> 'reference' = ${reference}
    AND ${isMovement(sql)} AND ${within(sql, range)}
    AND ${ofKind(sql, kinds)} AND ${hasLine(sql, ledger, touched)}`;
}

// ── by place ─────────────────────────────────────────────────────────────────────────────

/** Up to `limit` places where the stock that is touched is or was. */
export function placesOf(
  sql: SqlClient,
  ledger: LedgerId,
  { itemNo, locationNos }: Touched,
  limit: number,
): Statement<Place> {
  const columns = sql`SELECT DISTINCT b.item AS "itemNo", b.location AS "locationNo"`;
  if (itemNo === null) {
    return sql`${columns} FROM json_each(${JSON.stringify(locationNos)}) k
      CROSS JOIN balances b INDEXED BY balances_by_location
        ON b.ledger = ${ledger} AND b.location = k.value
      LIMIT ${limit}`;
  }
  return sql`${columns} FROM balances b
    WHERE b.ledger = ${ledger} AND b.item = ${itemNo}
    AND b.location > ${VIRTUAL_LOCATIONS.length} AND ${isAmong(sql, sql`b.location`, locationNos)}
    LIMIT ${limit}`;
}

/** Whole hours, the last one included, and the local days that may have them. */
export interface Slice {
  readonly firstHour: number;
  readonly lastHour: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

const DAY_HOURS = 24;

export function sliceOf(firstHour: number, lastHour: number): Slice {
  // No zone is a whole day away from UTC.
  const firstDay = Math.floor(firstHour / DAY_HOURS) - 1;
  const lastDay = Math.floor(lastHour / DAY_HOURS) + 1;
  return { firstHour, lastHour, firstDay, lastDay };
}

/** The days of a slice in months in which something happened at places. */
export function spansIn(
  { firstDay, lastDay }: Slice,
  places: readonly Place[],
  months: readonly MonthRecord[],
): readonly Span[] {
  return months.flatMap(({ at, month }): readonly Span[] => {
    const [, item, location, first, last] = spanOfMonth(at, places[at] as Place, month);
    if (first > lastDay || last < firstDay) return [];
    return [[at, item, location, Math.max(first, firstDay), Math.min(last, lastDay)]];
  });
}

/** Where lines are looked for: in the days of places, or in all hours of locations. */
export type Where =
  | { readonly in: "spans"; readonly spans: readonly Span[] }
  | { readonly in: "locations"; readonly locationNos: readonly number[] };

/** The movements of a slice and a range that touched places, page by page. */
export function movementsInSlice(
  sql: SqlClient,
  ledger: LedgerId,
  kinds: Kinds,
  where: Where,
  slice: Slice,
  range: Range,
  order: Order,
  limit: number,
): Statement<PositionRecord> {
  return sql`WITH RECURSIVE ${chainsIn(sql, ledger, where, slice)}
    SELECT DISTINCT chain.occurred_at, chain.sequence FROM chain ${entryOfKind(sql, ledger, kinds)}
    WHERE ${within(sql, range, sql`chain`)}
    ORDER BY chain.occurred_at ${direction(sql, order)}, chain.sequence ${direction(sql, order)}
    LIMIT ${limit}`;
}

function entryOfKind(sql: SqlClient, ledger: LedgerId, kinds: Kinds): Fragment {
  if (kinds === null) return sql``;
  return sql`CROSS JOIN entries e ON e.ledger = ${ledger} AND e.sequence = chain.sequence
      AND ${ofKind(sql, kinds)}`;
}

/** `chain`: the lines of a slice; in the place of the index stands the item. */
export function chainsIn(
  sql: SqlClient,
  ledger: LedgerId,
  where: Where,
  { firstHour, lastHour, firstDay, lastDay }: Slice,
): Fragment {
  const hours = sql`h.hour BETWEEN ${firstHour} AND ${lastHour}`;
  if (where.in === "locations") {
    const begin = sql`SELECT h.item, h.location, h.last_line FROM rollup_hours h
      WHERE h.ledger = ${ledger} AND h.day BETWEEN ${firstDay} AND ${lastDay} AND ${hours}
      AND ${isAmong(sql, sql`h.location`, where.locationNos)}`;
    return chains(sql, ledger, begin);
  }
  const begin = sql`SELECT days.item, days.location, h.last_line FROM days
    CROSS JOIN rollup_hours h ON h.ledger = ${ledger} AND h.day = days.day
      AND h.item = days.item AND h.location = days.location AND ${hours}`;
  return sql`${spanDays(sql, where.spans)}, ${chains(sql, ledger, begin)}`;
}

// ── parts ────────────────────────────────────────────────────────────────────────────────

/** In the words of the indexes; with others SQLite would not see that they fit. */
export function isMovement(sql: SqlClient): Fragment {
  return sql`e.kind >= 32`;
}

export function codesOf(kinds: Kinds): readonly number[] {
  return kinds === null ? MOVEMENT_CODES : kinds.map((kind: MovementKind) => KIND_CODES[kind]);
}

export function ofKind(sql: SqlClient, kinds: Kinds): Fragment {
  return kinds === null ? sql`true` : sql`e.kind IN ${sql.in(codesOf(kinds))}`;
}

export function within(sql: SqlClient, { after, before }: Range, table = sql`e`): Fragment {
  const position = sql`(${table}.occurred_at, ${table}.sequence)`;
  return sql`${position} > (${after[0]}, ${after[1]}) AND ${position} < (${before[0]}, ${before[1]})`;
}

function hasLine(sql: SqlClient, ledger: LedgerId, touched: Touched): Fragment {
  if (touched.itemNo === null && touched.locationNos === null) return sql`true`;
  return sql`EXISTS (
      SELECT 1 FROM lines l WHERE ${ofEntry(sql, ledger)} AND ${touches(sql, touched)}
    )`;
}

/** The lines `l` of the entry `e`. */
export function ofEntry(sql: SqlClient, ledger: LedgerId): Fragment {
  return sql`l.ledger = ${ledger}
      AND l.line BETWEEN e.first_line AND e.first_line + e.line_count - 1`;
}

export function touches(sql: SqlClient, { itemNo, locationNos }: Touched): Fragment {
  const item = itemNo === null ? sql`true` : sql`l.item = ${itemNo}`;
  if (locationNos === null) return item;
  return sql`${item} AND (${isAmong(sql, sql`l.from_location`, locationNos)}
      OR ${isAmong(sql, sql`l.to_location`, locationNos)})`;
}

/** Whether a number is among these; `null` takes all. */
function isAmong(sql: SqlClient, number: Fragment, among: readonly number[] | null): Fragment {
  if (among === null) return sql`true`;
  // The plus sign keeps SQLite from going through the numbers instead.
  return sql`+${number} IN (SELECT value FROM json_each(${JSON.stringify(among)}))`;
}

function byTime(sql: SqlClient, order: Order): Fragment {
  return sql`occurred_at ${direction(sql, order)}, sequence ${direction(sql, order)}`;
}

function direction(sql: SqlClient, order: Order): Fragment {
  return order === "ascending" ? sql`ASC` : sql`DESC`;
}

export function unionAll(sql: SqlClient, parts: readonly Fragment[]): Fragment {
  return parts.reduce((all, part) => sql`${all} UNION ALL ${part}`);
}
