/** Reading what the stock on hand is worth. */
import { toUnits } from "@stockbook/core";
import { Effect } from "effect";
import type { ReadError } from "../Errors.js";
import type { ValuationFilter, ValuationPage } from "../Ledger.js";
import { limitOf, pageOf, positionOf } from "../Paging.js";
import type { BalanceOfItem } from "../Store.js";
import type { ValuationRow } from "../Views.js";
import { itemNoOf, locationNosOf, type Source } from "./Source.js";
import type { LocationTree } from "./Tree.js";

/** Places with something on hand, lots together, and what all of them are worth. */
export function readValuation(
  source: Source,
  filter: ValuationFilter,
): Effect.Effect<ValuationPage, ReadError> {
  return source.trees.reading((tree) => valuationWithin(source, filter, tree));
}

function valuationWithin(
  source: Source,
  filter: ValuationFilter,
  tree: LocationTree,
): Effect.Effect<ValuationPage, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(filter);
    const position = yield* positionOf(filter, [0, 0] as readonly [number, number]);
    const after = position === null ? null : ([...position, ""] as const);
    const itemNo = yield* itemNoOf(source, filter);
    const locationNos = yield* locationNosOf(tree, filter);
    const query = { after, limit: limit + 1, itemNo, locationNos };
    const { rows, totals } = yield* source.store.valuation(source.ledger, query);
    const page = pageOf(
      rows,
      limit,
      (row) => [row.itemNo, row.locationNo],
      (row) => valuationRow(row, tree),
    );
    return { ...page, totals };
  });
}

function valuationRow(row: BalanceOfItem, tree: LocationTree): ValuationRow {
  const { item, value } = row;
  const onHand = row.available + row.reserved + row.unavailable;
  return {
    item: item.id,
    sku: item.sku,
    name: item.name,
    unit: item.unit,
    location: tree.byNo.get(row.locationNo)?.location.id ?? "",
    onHand: toUnits(onHand, item.precision),
    value,
    currency: item.currency,
  };
}
