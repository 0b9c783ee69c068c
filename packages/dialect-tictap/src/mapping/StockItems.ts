/** Stock items: products in nodes. Their ids say which, so that none need be kept. */
import type { Count, CountLineInput, Item, SetThreshold } from "@stockbook/core";
import type { StockItemView, StockView } from "@stockbook/engine";
import type { Replenishment, StockItem } from "../contract/Views.js";
import { shownOf } from "./Products.js";

/** A product in a node. */
export interface Pair {
  readonly product: string;
  readonly node: string;
}

/** Stands in no id. */
const BETWEEN = "\n";

export function idOfPair({ product, node }: Pair): string {
  return Buffer.from(`${product}${BETWEEN}${node}`, "utf8").toString("base64url");
}

/** The pair that an id stands for; nothing where it is none of ours. */
export function pairOfId(id: string): Pair | undefined {
  const [product, node, ...rest] = Buffer.from(id, "base64url").toString("utf8").split(BETWEEN);
  if (product === undefined || node === undefined || rest.length > 0) return undefined;
  const pair = { product, node };
  return idOfPair(pair) === id ? pair : undefined;
}

/** What a stock item is kept at. */
export interface Levels {
  readonly quantity: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** An item at a node with its levels. */
export function stockItemOf(item: Item, node: string, levels: Levels): StockItem {
  const shown = shownOf(item);
  return {
    id: idOfPair({ product: item.id, node }),
    name: item.name,
    description: shown.description,
    quantity: levels.quantity,
    min_quantity: levels.minimum,
    max_quantity: levels.maximum,
    qr_codes: shown.qr_codes,
    image_url: shown.image_url,
    image: shown.image,
    node_id: node,
    unit_cost: shown.unit_cost,
    part_number: shown.part_number,
  };
}

export function stockItemRow(view: StockItemView): StockItem {
  const { item, location, onHand, minimum, maximum } = view;
  return stockItemOf(item, location.id, { quantity: onHand, minimum, maximum });
}

/** What a rule counts, and what is missing. */
export function replenishmentRow(view: StockItemView): Replenishment {
  const { item, location, counted, minimum, maximum, replenishment } = view;
  const levels = { quantity: counted, minimum, maximum };
  return {
    ...stockItemOf(item, location.id, levels),
    replenishment_quantity: replenishment,
  };
}

// ── what is asked for, as commands ───────────────────────────────────────────────────────

export function thresholdOf({ product, node }: Pair, levels: Levels): SetThreshold {
  const { minimum, maximum } = levels;
  return { type: "set-threshold", item: product, location: node, minimum, maximum };
}

/** The first quantity of a stock item; refused where there is something already. */
export function firstCountOf(item: Item, node: string, quantity: number, actor: string): Count {
  const line = { item: item.id, quantity, expected: 0 };
  return { type: "count", location: node, actor, lines: [line] };
}

/**
 * Sets the quantity, whatever it was when the ledger comes to it. What is kept by lot stays as it
 * was read, or the command is refused; the difference is one of what is kept without.
 *
 * @param rows what there is of the item at the node, lot by lot.
 */
export function countOf(
  item: Item,
  node: string,
  quantity: number,
  rows: readonly StockView[],
  actor: string,
): Count {
  const lots = rows.flatMap(({ lot, onHand }): readonly CountLineInput[] =>
    lot === null ? [] : [{ item: item.id, lot, quantity: onHand, expected: onHand }],
  );
  const inLots = lots.reduce((sum, line) => sum + Number(line.quantity), 0);
  const rest = decimal(quantity - inLots);
  const line = { item: item.id, quantity: rest };
  return { type: "count", location: node, actor, lines: [line, ...lots] };
}

/** A sum of quantities without what floats add to it: no item has more decimal places. */
function decimal(sum: number): number {
  return Number(sum.toFixed(6));
}
