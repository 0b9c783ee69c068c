/** Questions about locations as nodes, and about stock items. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import { VIRTUAL_LOCATIONS } from "@stockbook/core";
import type { LedgerId, Place, StockItemQuery } from "@stockbook/engine";
import type { ItemRecord } from "./Rows.js";
import { itemColumns } from "./StockQueries.js";

// ── nodes ────────────────────────────────────────────────────────────────────────────────

export interface NodeSumRecord {
  readonly location: number;
  readonly currency: string;
  readonly precision: number;
  readonly quantity: number;
  readonly value: number;
}

export interface NodeCountRecord {
  readonly location: number;
  readonly items: number;
  readonly depleted: number;
}

type NodeTable = "node_sums" | "node_counts";

/** What is kept of some locations. */
export function nodesAt<Table extends NodeTable>(
  sql: SqlClient,
  ledger: LedgerId,
  table: Table,
  locationNos: readonly number[],
): Statement<Table extends "node_sums" ? NodeSumRecord : NodeCountRecord> {
  return sql`SELECT n.* FROM json_each(${JSON.stringify(locationNos)}) k
    CROSS JOIN ${sql(table)} n ON n.ledger = ${ledger} AND n.location = k.value`;
}

/** What is kept of all locations. */
export function allNodes<Table extends NodeTable>(
  sql: SqlClient,
  ledger: LedgerId,
  table: Table,
): Statement<Table extends "node_sums" ? NodeSumRecord : NodeCountRecord> {
  return sql`SELECT n.* FROM ${sql(table)} n WHERE n.ledger = ${ledger}`;
}

// ── stock items: which ones ──────────────────────────────────────────────────────────────

export interface StockItemKey {
  readonly item: number;
  readonly location: number;
}

type Page = Pick<StockItemQuery, "after" | "limit">;
type Kind = Pick<StockItemQuery, "depleted">;

/** The next stock items of a ledger, at whatever real locations. */
export function stockItemKeys(
  sql: SqlClient,
  ledger: LedgerId,
  { after, limit, depleted }: Page & Kind,
): Statement<StockItemKey> {
  const [item, location] = after ?? [0, 0];
  const page = (alias: Fragment) => sql`(${alias}.item, ${alias}.location) > (${item}, ${location})
      ORDER BY ${alias}.item, ${alias}.location LIMIT ${limit}`;
  if (depleted) {
    return sql`SELECT t.item, t.location FROM thresholds t INDEXED BY thresholds_depleted
      WHERE t.ledger = ${ledger} AND ${isDepleted(sql)} AND ${page(sql`t`)}`;
  }
  // Those of each table come in the order of its key, so that no more than a page is read.
  return sql`SELECT item, location FROM (
      SELECT DISTINCT b.item, b.location FROM balances b
      WHERE b.ledger = ${ledger} AND ${isReal(sql)} AND ${page(sql`b`)}
    ) UNION SELECT item, location FROM (
      SELECT t.item, t.location FROM thresholds t WHERE t.ledger = ${ledger} AND ${page(sql`t`)}
    ) ORDER BY item, location LIMIT ${limit}`;
}

/**
 * The next stock items at some locations. Each location gives its own next ones by an index, at
 * most a page of them, so that a few places in a large ledger are read as fast as in a small one.
 */
export function stockItemKeysAt(
  sql: SqlClient,
  ledger: LedgerId,
  locationNos: readonly number[],
  { after, limit, depleted }: Page & Kind,
): Statement<StockItemKey> {
  const [item, location] = after ?? [0, 0];
  const isNext = (alias: Fragment) => sql`${alias}.ledger = ${ledger}
        AND ${alias}.location = places.no
        AND ${alias}.item > ${item} - (places.no > ${location})
        ORDER BY ${alias}.item LIMIT ${limit}`;
  const keys = (next: Fragment) => sql`SELECT k.value AS item, places.no AS location FROM places
      CROSS JOIN json_each((SELECT json_group_array(item) FROM (${next}))) k`;
  const rules = depleted
    ? sql`SELECT t.item FROM thresholds t INDEXED BY thresholds_depleted_at
        WHERE ${isDepleted(sql)} AND ${isNext(sql`t`)}`
    : sql`SELECT t.item FROM thresholds t INDEXED BY thresholds_by_location
        WHERE ${isNext(sql`t`)}`;
  const balances = sql`SELECT DISTINCT b.item FROM balances b INDEXED BY balances_by_location
        WHERE ${isNext(sql`b`)}`;
  return sql`WITH places (no) AS MATERIALIZED (
      SELECT value FROM json_each(${JSON.stringify(locationNos)})
    )
    ${depleted ? keys(rules) : sql`${keys(balances)} UNION ${keys(rules)}`}
    ORDER BY item, location LIMIT ${limit}`;
}

/** The next stock items of one item. */
export function stockItemKeysOf(
  sql: SqlClient,
  ledger: LedgerId,
  itemNo: number,
  { after, limit, depleted, locationNos }: Omit<StockItemQuery, "itemNo">,
): Statement<StockItemKey> {
  const [item, location] = after ?? [0, 0];
  // The plus signs keep SQLite on the primary keys.
  const isWanted = (alias: Fragment) => sql`${alias}.ledger = ${ledger}
      AND ${alias}.item = ${itemNo} AND ${alias}.item >= ${item}
      AND ${alias}.location > ${item === itemNo ? location : 0}
      ${locationNos === "real" ? sql`` : sql`AND +${alias}.location IN (SELECT value FROM json_each(${JSON.stringify(locationNos)}))`}`;
  const rules = sql`SELECT t.item, t.location FROM thresholds t WHERE ${isWanted(sql`t`)}
      ${depleted ? sql`AND ${isDepleted(sql)}` : sql``}`;
  const balances = sql`SELECT b.item, b.location FROM balances b
      WHERE ${isWanted(sql`b`)} AND ${isReal(sql)}`;
  return sql`${depleted ? rules : sql`${balances} UNION ${rules}`}
    ORDER BY item, location LIMIT ${limit}`;
}

function isDepleted(sql: SqlClient): Fragment {
  return sql`t.quantity < t.minimum`;
}

function isReal(sql: SqlClient): Fragment {
  return sql`+b.location > ${VIRTUAL_LOCATIONS.length}`;
}

// ── stock items: what there is of them ───────────────────────────────────────────────────

/** Amounts of a stock item, under the names of the item's columns; no minimum without a rule. */
export interface StockItemRecord extends Omit<ItemRecord, "no"> {
  readonly item: number;
  readonly location: number;
  readonly on_hand: number;
  readonly value: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly counted: number | null;
}

/** What there is of stock items, in the order they are given in. */
export function stockItemsAt(
  sql: SqlClient,
  ledger: LedgerId,
  places: readonly Place[],
): Statement<StockItemRecord> {
  const keys = JSON.stringify(places.map(({ itemNo, locationNo }) => [itemNo, locationNo]));
  const sumOf = (amount: Fragment) => sql`(SELECT coalesce(sum(${amount}), 0) FROM balances b
      WHERE b.ledger = ${ledger} AND b.item = p.item AND b.location = p.location)`;
  return sql`WITH places (place, item, location) AS MATERIALIZED (
      SELECT key, value ->> 0, value ->> 1 FROM json_each(${keys})
    )
    SELECT p.item, p.location, ${itemColumns(sql)},
      ${sumOf(sql`b.available + b.reserved + b.unavailable`)} AS on_hand,
      ${sumOf(sql`b.value`)} AS value, t.minimum, t.maximum, t.quantity AS counted
    FROM places p
    CROSS JOIN items i ON i.ledger = ${ledger} AND i.no = p.item
    LEFT JOIN thresholds t ON t.ledger = ${ledger} AND t.item = p.item AND t.location = p.location
    ORDER BY p.place`;
}
