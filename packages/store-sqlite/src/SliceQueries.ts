/** Questions that the writer asks before it decides. */

import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import type { Category, Manufacturer } from "@stockbook/core";
import type { LedgerId, SliceKeys } from "@stockbook/engine";
import type {
  BalanceRecord,
  CommitmentRecord,
  ItemRecord,
  LocationRecord,
  ThresholdRecord,
} from "./Rows.js";
import type { CommitmentTable } from "./Tables.js";

type ItemKeys = Pick<SliceKeys, "items" | "skus" | "itemsAt">;

/** Items by id, by SKU, or with a balance or a threshold at a location. */
export function itemsWanted(
  sql: SqlClient,
  ledger: LedgerId,
  { items, skus, itemsAt }: ItemKeys,
): Statement<ItemRecord> {
  const places = sql`FROM json_each(${JSON.stringify(itemsAt)}) k
      CROSS JOIN locations l ON l.ledger = ${ledger} AND l.id = k.value`;
  return sql`WITH wanted (no) AS (
      SELECT i.no FROM json_each(${JSON.stringify(items)}) k
      CROSS JOIN items i ON i.ledger = ${ledger} AND i.id = k.value
      UNION
      SELECT i.no FROM json_each(${JSON.stringify(skus)}) k
      CROSS JOIN items i ON i.ledger = ${ledger} AND i.sku = k.value
      UNION
      SELECT b.item ${places}
      CROSS JOIN balances b ON b.ledger = l.ledger AND b.location = l.no
      UNION
      SELECT t.item ${places}
      CROSS JOIN thresholds t ON t.ledger = l.ledger AND t.location = l.no
    )
    SELECT i.* FROM wanted CROSS JOIN items i ON i.ledger = ${ledger} AND i.no = wanted.no`;
}

export function balancesOfItems(
  sql: SqlClient,
  ledger: LedgerId,
  itemNos: readonly number[],
): Statement<BalanceRecord> {
  return sql`SELECT b.* FROM json_each(${JSON.stringify(itemNos)}) k
    CROSS JOIN balances b ON b.ledger = ${ledger} AND b.item = k.value`;
}

export function thresholdsOfItems(
  sql: SqlClient,
  ledger: LedgerId,
  itemNos: readonly number[],
): Statement<ThresholdRecord> {
  return sql`SELECT t.*, i.id AS item_id, l.id AS location_id
    FROM json_each(${JSON.stringify(itemNos)}) k
    CROSS JOIN thresholds t ON t.ledger = ${ledger} AND t.item = k.value
    CROSS JOIN items i ON i.ledger = t.ledger AND i.no = t.item
    CROSS JOIN locations l ON l.ledger = t.ledger AND l.no = t.location`;
}

export function commitmentsAt(
  sql: SqlClient,
  table: CommitmentTable,
  ledger: LedgerId,
  sequences: readonly number[],
): Statement<CommitmentRecord> {
  return sql`SELECT c.sequence, c.lines FROM json_each(${JSON.stringify(sequences)}) k
    CROSS JOIN ${sql(table)} c ON c.ledger = ${ledger} AND c.sequence = k.value`;
}

export function locationsOf(sql: SqlClient, ledger: LedgerId): Statement<LocationRecord> {
  return sql`SELECT no, id, name, code, kind, parent, attributes, archived FROM locations
    WHERE ledger = ${ledger} ORDER BY no`;
}

export function categoriesOf(sql: SqlClient, ledger: LedgerId): Statement<Category> {
  return sql`SELECT id, name, parent FROM categories WHERE ledger = ${ledger} ORDER BY id`;
}

export function manufacturersOf(sql: SqlClient, ledger: LedgerId): Statement<Manufacturer> {
  return sql`SELECT id, name FROM manufacturers WHERE ledger = ${ledger} ORDER BY id`;
}
