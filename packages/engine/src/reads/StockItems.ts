/** Reading stock items: items at locations where they have moved or have a threshold rule. */
import { isDepleted, replenishmentQuantity, toUnits } from "@stockbook/core";
import { Effect } from "effect";
import { NotFound, type ReadError } from "../Errors.js";
import type { Page, StockItemFilter } from "../Ledger.js";
import { limitOf, pageOf, positionOf } from "../Paging.js";
import type { StockItemRow } from "../Store.js";
import type { StockItemView } from "../Views.js";
import { itemNoOf, locationNosOf, placeOf, type Source } from "./Source.js";
import type { LocationTree } from "./Tree.js";

export function readStockItems(
  source: Source,
  filter: StockItemFilter,
): Effect.Effect<Page<StockItemView>, ReadError> {
  return source.trees.reading((tree) => stockItemsWithin(source, filter, tree));
}

function stockItemsWithin(
  source: Source,
  filter: StockItemFilter,
  tree: LocationTree,
): Effect.Effect<Page<StockItemView>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(filter);
    const after = yield* positionOf(filter, [0, 0] as readonly [number, number]);
    const itemNo = yield* itemNoOf(source, filter);
    const locationNos = yield* locationNosOf(tree, filter);
    const depleted = filter.belowMinimum ?? false;
    const query = { after, limit: limit + 1, itemNo, locationNos, depleted };
    const rows = yield* source.store.stockItems(source.ledger, query);
    const page = pageOf(
      rows,
      limit,
      (row) => [row.itemNo, row.locationNo],
      (row) => stockItemView(row, tree),
    );
    return { ...page, rows: page.rows.filter((view) => view !== undefined) };
  });
}

export function readStockItem(
  source: Source,
  itemId: string,
  locationId: string,
): Effect.Effect<StockItemView, ReadError> {
  return source.trees.reading((tree) =>
    Effect.gen(function* () {
      const { place } = yield* placeOf(source, tree, itemId, locationId);
      const [row] = yield* source.store.stockItems(source.ledger, {
        after: null,
        limit: 1,
        itemNo: place.itemNo,
        locationNos: [place.locationNo],
        depleted: false,
      });
      const view = row && stockItemView(row, tree);
      return (
        view ?? (yield* new NotFound({ what: "stock item", id: `${itemId} at ${locationId}` }))
      );
    }),
  );
}

/**
 * Without a rule there is no minimum, and what is on hand is what counts. A place that was made
 * after the tree was loaded is not shown; see `Trees`.
 */
function stockItemView(row: StockItemRow, tree: LocationTree): StockItemView | undefined {
  const { item, onHand, value } = row;
  const location = tree.byNo.get(row.locationNo)?.location;
  if (location === undefined) return undefined;
  const rule = row.rule ?? { minimum: 0, maximum: 0, quantity: onHand };
  const units = (steps: number) => toUnits(steps, item.precision);
  return {
    item,
    location,
    onHand: units(onHand),
    value,
    minimum: units(rule.minimum),
    maximum: units(rule.maximum),
    counted: units(rule.quantity),
    belowMinimum: row.rule !== null && isDepleted(rule, rule.quantity),
    replenishment: row.rule === null ? 0 : units(replenishmentQuantity(rule, rule.quantity)),
  };
}
