/** Questions about what there is now. */

import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import { VIRTUAL_LOCATIONS } from "@stockbook/core";
import type {
  BalanceAfter,
  BalanceQuery,
  ItemQuery,
  ItemScope,
  Keyset,
  KindGrain,
  KindRollupAfter,
  LedgerId,
  Money,
  Numbered,
  RollupAfter,
  RollupSums,
  ThresholdQuery,
} from "@stockbook/engine";
import { GRAIN_CODES, KIND_CODES } from "./Codes.js";
import type {
  BalanceRecord,
  CommitmentRecord,
  HeadRecord,
  ItemRecord,
  ThresholdRecord,
} from "./Rows.js";
import type { CommitmentTable } from "./Tables.js";

export function heads(sql: SqlClient, ledger: LedgerId): Statement<HeadRecord> {
  return sql`SELECT head, recorded_at, item_count, location_count, line_count,
      locations_sequence, settings
    FROM ledgers WHERE ledger = ${ledger}`;
}

// ── balances ─────────────────────────────────────────────────────────────────────────────

/** Of a balance, under the names of the item's columns. */
export interface BalanceOfItemRecord extends BalanceRecord, Omit<ItemRecord, "no" | "updated_at"> {}

// Up to so many locations are gone through one by one; above, all balances are.
const FEW_LOCATIONS = 64;

/** A page of balances with their items, by item, location and lot. */
export function balancesOf(
  sql: SqlClient,
  ledger: LedgerId,
  query: BalanceQuery,
): Statement<BalanceOfItemRecord> {
  const { itemNo, locationNos, nonZero, limit } = query;
  const few = itemNo === null && isList(locationNos) && locationNos.length <= FEW_LOCATIONS;
  return few
    ? balancesAtPlaces(sql, ledger, locationNos, query)
    : sql`${balanceColumns(sql, query)} FROM balances b ${itemOfBalance(sql)}
      WHERE b.ledger = ${ledger} AND ${afterPosition(sql, query)}
      AND ${isAt(sql, locationNos)}
      ${nonZero ? sql`AND ${isSomething(sql)}` : sql``}
      ${inOrder(sql, query)} LIMIT ${limit}`;
}

/** What is read of an item `i` beside other things. */
export function itemColumns(sql: SqlClient): Fragment {
  return sql.literal(ITEM_COLUMNS);
}

const ITEM_COLUMNS = `i.id, i.sku, i.name, i.unit, i.precision, i.currency, i.unit_cost,
  i.negative_policy, i.category, i.manufacturer, i.attributes, i.archived`;

function balanceColumns(sql: SqlClient, { lots }: BalanceQuery): Fragment {
  const balance =
    lots === "apart"
      ? sql`b.*`
      : sql`b.item, b.location, '' AS lot, sum(b.available) AS available,
        sum(b.reserved) AS reserved, sum(b.unavailable) AS unavailable, sum(b.value) AS value,
        min(b.first_occurred_at) AS first_occurred_at,
        max(b.last_occurred_at) AS last_occurred_at`;
  return sql`SELECT ${balance}, ${itemColumns(sql)}`;
}

function inOrder(sql: SqlClient, { lots }: BalanceQuery): Fragment {
  return lots === "apart"
    ? sql`ORDER BY b.item, b.location, b.lot`
    : sql`GROUP BY b.item, b.location ORDER BY b.item, b.location`;
}

function itemOfBalance(sql: SqlClient): Fragment {
  return sql`CROSS JOIN items i ON i.ledger = b.ledger AND i.no = b.item`;
}

/** Comes after the page before, in a way that leads into the primary key. */
function afterPosition(sql: SqlClient, { itemNo, after, lots }: BalanceQuery): Fragment {
  const [item, location, lot]: BalanceAfter = after ?? [0, 0, ""];
  if (lots === "together") {
    if (itemNo === null) return sql`(b.item, b.location) > (${item}, ${location})`;
    if (item < itemNo) return sql`b.item = ${itemNo}`;
    return sql`b.item = ${itemNo} AND ${item} = ${itemNo} AND b.location > ${location}`;
  }
  if (itemNo === null) return sql`(b.item, b.location, b.lot) > (${item}, ${location}, ${lot})`;
  if (item < itemNo) return sql`b.item = ${itemNo}`;
  return sql`b.item = ${itemNo} AND ${item} = ${itemNo}
      AND (b.location, b.lot) > (${location}, ${lot})`;
}

export function isList(locationNos: BalanceQuery["locationNos"]): locationNos is readonly number[] {
  return locationNos !== null && locationNos !== "real";
}

function isAt(sql: SqlClient, locationNos: BalanceQuery["locationNos"]): Fragment {
  if (locationNos === null) return sql`true`;
  if (locationNos === "real") return sql`+b.location > ${VIRTUAL_LOCATIONS.length}`;
  // The plus sign keeps SQLite from going through the locations instead of the items.
  return sql`+b.location IN (SELECT value FROM json_each(${JSON.stringify(locationNos)}))`;
}

function isSomething(sql: SqlClient): Fragment {
  return sql`(b.available <> 0 OR b.reserved <> 0 OR b.unavailable <> 0)`;
}

/**
 * `page` are the next items that have a balance at one of the places. Each is found by one look
 * into the index for each place, so that a small place in a large ledger is read as fast as in a
 * small one.
 */
function balancesAtPlaces(
  sql: SqlClient,
  ledger: LedgerId,
  locationNos: readonly number[],
  query: BalanceQuery,
): Statement<BalanceOfItemRecord> {
  const { nonZero, limit } = query;
  const wanted = nonZero ? sql`AND ${isSomething(sql)}` : sql``;
  const nextItem = (bound: Fragment) => sql`SELECT min((
        SELECT b.item FROM balances b INDEXED BY balances_by_location
        WHERE b.ledger = ${ledger} AND b.location = places.no AND b.item ${bound} ${wanted}
        ORDER BY b.item LIMIT 1
      )) FROM places`;
  // One item more than the limit: of the first one there may be nothing left.
  return sql`WITH RECURSIVE places (no) AS MATERIALIZED (
      SELECT value FROM json_each(${JSON.stringify(locationNos)})
    ),
    page (item, count) AS (
      SELECT (${nextItem(sql`>= ${query.after?.[0] ?? 0}`)}), 0
      UNION ALL
      SELECT (${nextItem(sql`> page.item`)}), count + 1 FROM page
      WHERE item IS NOT NULL AND count < ${limit}
    )
    ${balanceColumns(sql, query)} FROM page CROSS JOIN places
    CROSS JOIN balances b ON b.ledger = ${ledger} AND b.item = page.item
      AND b.location = places.no
    ${itemOfBalance(sql)}
    WHERE ${afterPosition(sql, query)} ${wanted}
    ${inOrder(sql, query)} LIMIT ${limit}`;
}

// ── what stock is worth ──────────────────────────────────────────────────────────────────

export type WorthScope = Pick<BalanceQuery, "itemNo" | "locationNos">;

/** What all balances with something on hand are worth, by currency. Goes through all of them. */
export function worthOf(
  sql: SqlClient,
  ledger: LedgerId,
  { itemNo, locationNos }: WorthScope,
): Statement<Money> {
  const balances = sql`FROM balances b WHERE b.ledger = ${ledger}
      ${itemNo === null ? sql`` : sql`AND b.item = ${itemNo}`}
      AND ${isAt(sql, locationNos)}`;
  return worthByCurrency(sql, ledger, balances);
}

/** The same for a small part of the locations, by their index. */
export function worthAtPlaces(
  sql: SqlClient,
  ledger: LedgerId,
  locationNos: readonly number[],
): Statement<Money> {
  const balances = sql`FROM json_each(${JSON.stringify(locationNos)}) k
      CROSS JOIN balances b INDEXED BY balances_by_location
      WHERE b.ledger = ${ledger} AND b.location = k.value`;
  return worthByCurrency(sql, ledger, balances);
}

function worthByCurrency(sql: SqlClient, ledger: LedgerId, balances: Fragment): Statement<Money> {
  // By item first, which is the order they are in, so that only items are looked up and sorted.
  return sql`SELECT sum(w.value) AS amount, i.currency FROM (
      SELECT b.item, sum(b.value) AS value ${balances} AND ${isSomething(sql)} GROUP BY b.item
    ) w CROSS JOIN items i ON i.ledger = ${ledger} AND i.no = w.item
    GROUP BY i.currency ORDER BY i.currency`;
}

// ── items ────────────────────────────────────────────────────────────────────────────────

/** A page of items, by number. */
export function itemsOf(
  sql: SqlClient,
  ledger: LedgerId,
  { after, limit, ...scope }: ItemQuery,
): Statement<ItemRecord> {
  return sql`SELECT i.* ${itemsFrom(sql, ledger, scope, after ?? 0)} ORDER BY i.no LIMIT ${limit}`;
}

/** The same by numbers. */
export function numberedItems(
  sql: SqlClient,
  ledger: LedgerId,
  { offset, limit, ...scope }: ItemScope & Numbered,
): Statement<ItemRecord> {
  return sql`SELECT i.* ${itemsFrom(sql, ledger, scope, 0)}
    ORDER BY i.no LIMIT ${limit} OFFSET ${offset}`;
}

export function countItems(
  sql: SqlClient,
  ledger: LedgerId,
  scope: ItemScope,
): Statement<{ readonly total: number }> {
  return sql`SELECT count(*) AS total ${itemsFrom(sql, ledger, scope, 0)}`;
}

/** The items after a number that match. */
function itemsFrom(
  sql: SqlClient,
  ledger: LedgerId,
  { ids, query, name, category, categories, manufacturer, archived }: ItemScope,
  after: number,
): Fragment {
  const from =
    ids === null
      ? sql`items i`
      : sql`json_each(${JSON.stringify(ids)}) k
        CROSS JOIN items i ON i.ledger = ${ledger} AND i.id = k.value`;
  // The plus sign keeps the order of the numbers: of several categories, none is in order.
  return sql`FROM ${from} WHERE i.ledger = ${ledger} AND i.no > ${after}
    ${name === null ? sql`` : sql`AND instr(lower_case(i.name), ${name.toLowerCase()}) > 0`}
    ${categories === null ? sql`` : sql`AND +i.category IN (SELECT value FROM json_each(${JSON.stringify(categories)}))`}
    ${query === null ? sql`` : sql`AND instr(i.search, ${query.toLowerCase()}) > 0`}
    ${category === null ? sql`` : sql`AND i.category = ${category}`}
    ${manufacturer === null ? sql`` : sql`AND i.manufacturer = ${manufacturer}`}
    ${archived === null ? sql`` : sql`AND i.archived = ${Number(archived)}`}`;
}

// ── thresholds and commitments ───────────────────────────────────────────────────────────

export interface ThresholdOfItemRecord
  extends ThresholdRecord,
    Omit<ItemRecord, "no" | "updated_at"> {}

/** A page of thresholds with their items, by item and location. */
export function thresholdsOf(
  sql: SqlClient,
  ledger: LedgerId,
  query: ThresholdQuery,
): Statement<ThresholdOfItemRecord> {
  const [item, location] = query.after ?? [0, 0];
  return sql`SELECT t.*, i.id AS item_id, l.id AS location_id, ${itemColumns(sql)}
    FROM thresholds t ${query.depleted ? sql`INDEXED BY thresholds_depleted` : sql``}
    CROSS JOIN items i ON i.ledger = t.ledger AND i.no = t.item
    CROSS JOIN locations l ON l.ledger = t.ledger AND l.no = t.location
    WHERE t.ledger = ${ledger} AND (t.item, t.location) > (${item}, ${location})
    ${query.depleted ? sql`AND t.quantity < t.minimum` : sql``}
    ORDER BY t.item, t.location LIMIT ${query.limit}`;
}

/** A page of open reservations or shipments, by sequence. */
export function commitmentsOf(
  sql: SqlClient,
  table: CommitmentTable,
  ledger: LedgerId,
  { after, limit }: Keyset<number>,
): Statement<CommitmentRecord> {
  return sql`SELECT sequence, lines FROM ${sql(table)}
    WHERE ledger = ${ledger} AND sequence > ${after ?? 0}
    ORDER BY sequence LIMIT ${limit}`;
}

// ── roll-ups ─────────────────────────────────────────────────────────────────────────────

export interface RollupRecord extends RollupSums {
  readonly item: number;
  readonly location: number;
  readonly last_sequence: number;
}

export interface HourRollupRecord extends RollupRecord {
  readonly day: number;
  readonly hour: number;
}

export interface MonthRollupRecord extends RollupRecord {
  readonly month: number;
}

/** A page of hours, by day, item, location and hour. */
export function hourRollups(
  sql: SqlClient,
  ledger: LedgerId,
  { after, limit }: Keyset<RollupAfter>,
): Statement<HourRollupRecord> {
  const [day, item, location, hour] = after ?? BEGINNING;
  return sql`SELECT * FROM rollup_hours
    WHERE ledger = ${ledger}
      AND (day, item, location, hour) > (${day}, ${item}, ${location}, ${hour})
    ORDER BY day, item, location, hour LIMIT ${limit}`;
}

/** A page of months, by month, item and location. */
export function monthRollups(
  sql: SqlClient,
  ledger: LedgerId,
  { after, limit }: Keyset<RollupAfter>,
): Statement<MonthRollupRecord> {
  const [month, item, location] = after ?? BEGINNING;
  return sql`SELECT * FROM rollup_months
    WHERE ledger = ${ledger} AND (month, item, location) > (${month}, ${item}, ${location})
    ORDER BY month, item, location LIMIT ${limit}`;
}

// Days and months before 1970 are negative.
const BEGINNING: RollupAfter = [Number.MIN_SAFE_INTEGER, 0, 0, 0];

export interface KindRollupRecord {
  readonly start: number;
  readonly kind: number;
  readonly currency: string;
  readonly transactions: number;
  readonly lines: number;
  readonly value: number;
}

/** A page of roll-ups of kinds, by start, code of the kind, and currency. */
export function kindRollups(
  sql: SqlClient,
  ledger: LedgerId,
  grain: KindGrain,
  { after, limit }: Keyset<KindRollupAfter>,
): Statement<KindRollupRecord> {
  const [start, kind, currency] =
    after === null ? [BEGINNING[0], 0, ""] : [after[0], KIND_CODES[after[1]], after[2]];
  return sql`SELECT * FROM rollup_kinds
    WHERE ledger = ${ledger} AND grain = ${GRAIN_CODES[grain]}
      AND (start, kind, currency) > (${start}, ${kind}, ${currency})
    ORDER BY start, kind, currency LIMIT ${limit}`;
}
