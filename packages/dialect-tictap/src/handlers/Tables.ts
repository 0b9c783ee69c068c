/** The tables of files: their columns, and rows as lines of them. */
import type { StockItemView } from "@stockbook/engine";
import { defineColumns, type RowOf } from "@stockbook/spreadsheet";
import type { Transaction } from "../contract/Views.js";
import { partNumberOf } from "../mapping/Products.js";
import { replenishmentRow } from "../mapping/StockItems.js";

// ── replenishment ────────────────────────────────────────────────────────────────────────

export const REPLENISHMENT_COLUMNS = defineColumns([
  { name: "id", type: "text" },
  { name: "name", type: "text" },
  { name: "part_number", type: "text" },
  { name: "node_id", type: "text" },
  { name: "node", type: "text" },
  { name: "quantity", type: "number" },
  { name: "min_quantity", type: "number" },
  { name: "max_quantity", type: "number" },
  { name: "replenishment_quantity", type: "number" },
  { name: "unit_cost", type: "decimal" },
  { name: "currency", type: "text" },
]);

export function replenishmentLine(view: StockItemView): RowOf<typeof REPLENISHMENT_COLUMNS> {
  const row = replenishmentRow(view);
  return {
    id: row.id,
    name: row.name,
    part_number: row.part_number,
    node_id: row.node_id,
    node: view.location.name,
    quantity: row.quantity,
    min_quantity: row.min_quantity,
    max_quantity: row.max_quantity,
    replenishment_quantity: row.replenishment_quantity,
    unit_cost: row.unit_cost?.amount ?? null,
    currency: view.item.currency,
  };
}

// ── transactions ─────────────────────────────────────────────────────────────────────────

export const TRANSACTION_COLUMNS = defineColumns([
  { name: "id", type: "text" },
  { name: "date_time", type: "text" },
  { name: "applied", type: "text" },
  { name: "type", type: "text" },
  { name: "origin_id", type: "text" },
  { name: "origin", type: "text" },
  { name: "destination_id", type: "text" },
  { name: "destination", type: "text" },
  { name: "order_number", type: "text" },
  { name: "reason", type: "text" },
  { name: "comments", type: "text" },
  { name: "user_id", type: "text" },
  { name: "product_id", type: "text" },
  { name: "product_name", type: "text" },
  { name: "quantity", type: "number" },
  { name: "product_unit_cost", type: "decimal" },
  { name: "line_cost", type: "decimal" },
  { name: "currency", type: "text" },
]);

/** One line of the file for each line of the transaction. */
export function transactionLines(
  transaction: Transaction,
): readonly RowOf<typeof TRANSACTION_COLUMNS>[] {
  const { lines, movement, ...all } = transaction;
  return lines.map(({ product_unit_cost, line_cost, ...line }) => ({
    ...all,
    ...movement,
    ...line,
    product_unit_cost: product_unit_cost.amount,
    line_cost: line_cost.amount,
    currency: line_cost.currency,
  }));
}

// ── reports ──────────────────────────────────────────────────────────────────────────────

const HOLDING = [
  { name: "product_id", type: "text" },
  { name: "part_number", type: "text" },
  { name: "name", type: "text" },
  { name: "unit", type: "text" },
  { name: "quantity", type: "number" },
  { name: "unit_cost", type: "decimal" },
  { name: "value", type: "decimal" },
  { name: "currency", type: "text" },
] as const;

export const STORE_REPORT_COLUMNS = defineColumns(HOLDING);

export const TEAM_REPORT_COLUMNS = defineColumns([
  { name: "store_id", type: "text" },
  { name: "store", type: "text" },
  ...HOLDING,
]);

/** What a store holds of a product, over its subtree. */
export interface Holding {
  readonly item: StockItemView["item"];
  readonly quantity: number;
  /** In minor units of the item's currency. */
  readonly value: number;
}

/** @param currency the one whose amounts are shown. */
export function holdingLine(
  { item, quantity, value }: Holding,
  currency: string,
): RowOf<typeof STORE_REPORT_COLUMNS> {
  const isShown = item.currency === currency;
  return {
    product_id: item.id,
    part_number: partNumberOf(item),
    name: item.name,
    unit: item.unit,
    quantity,
    unit_cost: isShown && item.unitCost !== null ? String(item.unitCost) : null,
    value: isShown ? String(value) : null,
    currency: isShown ? currency : null,
  };
}
