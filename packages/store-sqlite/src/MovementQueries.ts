/**
 * Questions about movements: which of them there are in a range of time, by the index on time or
 * on references, or by the roll-ups of the places they touched.
 */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import { type MovementKind, VIRTUAL_LOCATIONS } from "@stockbook/core";
import type {
  LedgerId,
  LineScope,
  Place,
  TimeOrder,
  TransactionAfter,
  TransactionScope,
} from "@stockbook/engine";
import { KIND_CODES, MOVEMENT_CODES } from "./Codes.js";
import { isOfFlow } from "./FlowQueries.js";
import { chains, type MonthRecord, type Span, spanDays, spanOfMonth } from "./HistoryQueries.js";

/** Positions in the order of (occurredAt, sequence) between two that are left out. */
export interface Range {
  readonly after: TransactionAfter;
  readonly before: TransactionAfter;
}

type Kinds = TransactionScope["kinds"];

/** Which stock a line must touch. */
export type Touched = Pick<TransactionScope, "itemNo" | "locationNos">;

/** What a movement must say in words. */
export type Said = Pick<TransactionScope, "referencePart" | "reasonPart" | "actor">;

/** What a movement is, says and moves, whenever it happened. */
export type Matching = Omit<TransactionScope, "from" | "to">;

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
  order: TimeOrder,
  limit: number,
  offset = 0,
): Statement<PositionRecord> {
  // The index has the kinds one after another; SQLite merges them as it reads.
  const ofKinds = codesOf(kinds).map(
    (code) => sql`SELECT e.occurred_at, e.sequence FROM entries e INDEXED BY entries_by_time
      WHERE e.ledger = ${ledger} AND e.kind = ${code} AND ${isMovement(sql)}
      AND ${within(sql, range)}`,
  );
  return sql`${unionAll(sql, ofKinds)} ORDER BY ${byTime(sql, order)}
    LIMIT ${limit} OFFSET ${offset}`;
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

/** Those of these movements that match. */
export function matchingAmong(
  sql: SqlClient,
  ledger: LedgerId,
  sequences: readonly number[],
  scope: Matching,
): Statement<{ readonly sequence: number }> {
  return sql`SELECT e.sequence FROM json_each(${JSON.stringify(sequences)}) k
    CROSS JOIN entries e ON e.ledger = ${ledger} AND e.sequence = k.value
    WHERE ${says(sql, scope)} AND ${hasLine(sql, ledger, scope)}`;
}

// ── by reference ─────────────────────────────────────────────────────────────────────────

export interface ReferenceScope extends Matching {
  readonly reference: string;
}

/** The movements of a range with a reference, page by page. */
export function movementsByReference(
  sql: SqlClient,
  ledger: LedgerId,
  scope: ReferenceScope,
  range: Range,
  order: TimeOrder,
  limit: number,
  offset = 0,
): Statement<PositionRecord> {
  return sql`SELECT e.occurred_at, e.sequence ${withReference(sql, ledger, scope, range)}
    ORDER BY ${byTime(sql, order)} LIMIT ${limit} OFFSET ${offset}`;
}

export function countByReference(
  sql: SqlClient,
  ledger: LedgerId,
  scope: ReferenceScope,
  range: Range,
): Statement<CountRecord> {
  return sql`SELECT count(*) AS total ${withReference(sql, ledger, scope, range)}`;
}

export interface CountRecord {
  readonly total: number;
}

/** From which entries a reference is read. */
export function withReference(
  sql: SqlClient,
  ledger: LedgerId,
  scope: ReferenceScope,
  range: Range,
): Fragment {
  return sql`FROM entries e INDEXED BY entries_by_reference
    WHERE e.ledger = ${ledger} AND e.body ->> 'reference' = ${scope.reference}
    AND ${isMovement(sql)} AND ${within(sql, range)}
    AND ${ofKind(sql, scope.kinds)} AND ${says(sql, scope)} AND ${hasLine(sql, ledger, scope)}`;
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

/** The movements of a slice and a range with lines at places that match, page by page. */
export function movementsInSlice(
  sql: SqlClient,
  ledger: LedgerId,
  scope: Matching,
  where: Where,
  slice: Slice,
  range: Range,
  order: TimeOrder,
  limit: number,
  offset = 0,
): Statement<PositionRecord> {
  return sql`WITH RECURSIVE ${chainsIn(sql, ledger, where, slice)}
    SELECT DISTINCT chain.occurred_at, chain.sequence
    FROM chain ${matchingEntry(sql, ledger, scope, sql`chain`)}
    WHERE ${within(sql, range, sql`chain`)} AND ${onChain(sql, ledger, scope)}
    ORDER BY chain.occurred_at ${direction(sql, order)}, chain.sequence ${direction(sql, order)}
    LIMIT ${limit} OFFSET ${offset}`;
}

export function countInSlice(
  sql: SqlClient,
  ledger: LedgerId,
  scope: Matching,
  where: Where,
  slice: Slice,
  range: Range,
): Statement<CountRecord> {
  return sql`WITH RECURSIVE ${chainsIn(sql, ledger, where, slice)}
    SELECT count(DISTINCT chain.sequence) AS total
    FROM chain ${matchingEntry(sql, ledger, scope, sql`chain`)}
    WHERE ${within(sql, range, sql`chain`)} AND ${onChain(sql, ledger, scope)}`;
}

/** The entry `e` of a line, where it decides about the line. */
function matchingEntry(sql: SqlClient, ledger: LedgerId, scope: Matching, line: Fragment) {
  if (scope.kinds === null && saysAnything(scope)) return sql``;
  return sql`CROSS JOIN entries e ON e.ledger = ${ledger} AND e.sequence = ${line}.sequence
      AND ${ofKind(sql, scope.kinds)} AND ${says(sql, scope)}`;
}

/** Whether a line of `chain`, whose place is wanted, matches. */
export function onChain(sql: SqlClient, ledger: LedgerId, scope: LineScope): Fragment {
  return onLine(sql, ledger, scope, sql`chain`, sql`chain.at`);
}

// ── one after another ────────────────────────────────────────────────────────────────────

/**
 * The movements of a range that match, page by page, found by going through all of them as they
 * were recorded.
 */
export function movementsScanned(
  sql: SqlClient,
  ledger: LedgerId,
  scope: Matching,
  range: Range,
  order: TimeOrder,
  limit: number,
  offset = 0,
): Statement<PositionRecord> {
  const { row, from } = scanned(sql, ledger, scope, range);
  const towards = direction(sql, order);
  return sql`SELECT DISTINCT ${row}.occurred_at, ${row}.sequence ${from}
    ORDER BY ${row}.occurred_at ${towards}, ${row}.sequence ${towards}
    LIMIT ${limit} OFFSET ${offset}`;
}

export function countScanned(
  sql: SqlClient,
  ledger: LedgerId,
  scope: Matching,
  range: Range,
): Statement<CountRecord> {
  const { row, from } = scanned(sql, ledger, scope, range);
  return sql`SELECT count(DISTINCT ${row}.sequence) AS total ${from}`;
}

/** All lines in a row or, where they do not matter, all entries. */
function scanned(sql: SqlClient, ledger: LedgerId, scope: Matching, range: Range) {
  if (isAnyLine(scope)) {
    const from = sql`FROM entries e WHERE e.ledger = ${ledger} AND e.sequence > 0
      AND ${isMovement(sql)} AND ${ofKind(sql, scope.kinds)} AND ${says(sql, scope)}
      AND ${within(sql, range)}`;
    return { row: sql`e`, from };
  }
  const from = sql`FROM ${scannedLines(sql, ledger, scope, range)}`;
  return { row: sql`l`, from };
}

/** The lines `l` of a range that match. */
export function scannedLines(
  sql: SqlClient,
  ledger: LedgerId,
  scope: Matching,
  range: Range,
): Fragment {
  return sql`lines l ${matchingEntry(sql, ledger, scope, sql`l`)}
    WHERE l.ledger = ${ledger} AND l.line > 0
    AND ${within(sql, range, sql`l`)} AND ${onLine(sql, ledger, scope)}`;
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

/** Whether nothing is said of lines. */
export function isAnyLine(scope: LineScope): boolean {
  const { itemNo, locationNos, fromNos, toNos, flows, quantities } = scope;
  return [itemNo, locationNos, fromNos, toNos, flows, quantities].every((part) => part === null);
}

/** Whether nothing is asked of what movements say. */
export function saysAnything({ referencePart, reasonPart, actor }: Said): boolean {
  return referencePart === null && reasonPart === null && actor === null;
}

/** What the entry `e` says. */
export function says(sql: SqlClient, { referencePart, reasonPart, actor }: Said): Fragment {
  const parts: readonly Fragment[] = [
    referencePart === null ? sql`true` : hasPart(sql, sql`'reference'`, referencePart),
    reasonPart === null ? sql`true` : hasPart(sql, sql`'reason'`, reasonPart),
    actor === null ? sql`true` : sql`e.body ->> 'actor' = ${actor}`,
  ];
  return sql.and([...parts]);
}

function hasPart(sql: SqlClient, name: Fragment, part: string): Fragment {
  return sql`instr(lower_case(e.body ->> ${name}), ${part}) > 0`;
}

function hasLine(sql: SqlClient, ledger: LedgerId, scope: LineScope): Fragment {
  if (isAnyLine(scope)) return sql`true`;
  return sql`EXISTS (
      SELECT 1 FROM lines l WHERE ${ofEntry(sql, ledger)} AND ${onLine(sql, ledger, scope)}
    )`;
}

/** The lines `l` of the entry `e`. */
export function ofEntry(sql: SqlClient, ledger: LedgerId): Fragment {
  return sql`l.ledger = ${ledger}
      AND l.line BETWEEN e.first_line AND e.first_line + e.line_count - 1`;
}

/** Whether a line matches. */
export function onLine(
  sql: SqlClient,
  ledger: LedgerId,
  scope: LineScope,
  line = sql`l`,
  item = sql`${line}.item`,
): Fragment {
  const { itemNo, locationNos, fromNos, toNos, flows, quantities } = scope;
  const from = sql`${line}.from_location`;
  const to = sql`${line}.to_location`;
  return sql.and([
    itemNo === null ? sql`true` : sql`${item} = ${itemNo}`,
    locationNos === null
      ? sql`true`
      : sql`(${isAmong(sql, from, locationNos)} OR ${isAmong(sql, to, locationNos)})`,
    isAmong(sql, from, fromNos),
    isAmong(sql, to, toNos),
    flows === null ? sql`true` : isOfFlow(sql, line, flows),
    quantities === null
      ? sql`true`
      : hasQuantity(sql, ledger, sql`${line}.quantity`, item, quantities),
  ]);
}

/** The item is looked at only where its quantity could be meant. */
function hasQuantity(
  sql: SqlClient,
  ledger: LedgerId,
  quantity: Fragment,
  item: Fragment,
  quantities: NonNullable<LineScope["quantities"]>,
): Fragment {
  const known = quantities.filter((steps) => steps !== null);
  return sql`${isAmong(sql, quantity, known)} AND ${quantity} = (
      SELECT ${JSON.stringify(quantities)} ->> i.precision FROM items i
      WHERE i.ledger = ${ledger} AND i.no = ${item}
    )`;
}

/** Whether a number is among these; `null` takes all. */
function isAmong(sql: SqlClient, number: Fragment, among: readonly number[] | null): Fragment {
  if (among === null) return sql`true`;
  // The plus sign keeps SQLite from going through the numbers instead.
  return sql`+${number} IN (SELECT value FROM json_each(${JSON.stringify(among)}))`;
}

function byTime(sql: SqlClient, order: TimeOrder): Fragment {
  return sql`occurred_at ${direction(sql, order)}, sequence ${direction(sql, order)}`;
}

function direction(sql: SqlClient, order: TimeOrder): Fragment {
  return order === "ascending" ? sql`ASC` : sql`DESC`;
}

export function unionAll(sql: SqlClient, parts: readonly Fragment[]): Fragment {
  return parts.reduce((all, part) => sql`${all} UNION ALL ${part}`);
}
