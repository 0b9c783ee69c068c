/** Handlers of stores and of the nodes below them. */
import type { LedgerService, StockItemView } from "@stockbook/engine";
import type {
  Answer,
  HandlerFailure,
  HandlersOfGroup,
  LedgerOf,
  RequestContext,
} from "@stockbook/http/kit";
import { Effect, Stream } from "effect";
import type { Stores } from "../contract/StoreApi.js";
import type { StockItem } from "../contract/Views.js";
import { pageOf, rangeOfPage } from "../mapping/Pages.js";
import { replenishmentRow, stockItemRow } from "../mapping/StockItems.js";
import { sizeOfSubtree, storeOf, storesAmong, summaryOf } from "../mapping/Stores.js";
import { fileOf } from "./Files.js";
import { streamOf } from "./Reading.js";
import { callerOf, settingsFor } from "./Requests.js";
import { changeStockItem, createStockItem } from "./StockItems.js";
import { REPLENISHMENT_COLUMNS, replenishmentLine } from "./Tables.js";
import { makeTurns } from "./Turns.js";

export function storeHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Stores> {
  const available = (
    { path }: { readonly path: { readonly id: string } },
    context: RequestContext,
  ) => Effect.flatMap(ledgerOf(context), (ledger) => availableIn(ledger, path.id));
  const { inTurn } = makeTurns();
  return {
    list: ({ urlParams: { scope } }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const locations = yield* ledger.locations;
        return { body: storesAmong(locations, scope).map(storeOf) };
      }),
    summaries: ({ urlParams }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const summaries = yield* ledger.summaries(urlParams["ids[]"]);
        return { body: summaries.map(summaryOf) };
      }),
    summary: ({ path }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const [summary] = yield* ledger.summaries([path.id]);
        return { body: summaryOf(summary as NonNullable<typeof summary>) };
      }),
    children: ({ path, urlParams }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const range = rangeOfPage(urlParams);
        const { offset, limit } = range;
        const { rows, total } = yield* ledger.children({ location: path.id, offset, limit });
        return { body: pageOf(rows.map(storeOf), total, range) };
      }),
    availableProducts: available,
    products: available,
    replenish: ({ path: { id, format } }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const rows = stockItemsIn(ledger, id, { belowMinimum: true });
        if (format === "json") {
          const found = yield* Stream.runCollect(rows);
          return { body: [...found].map(replenishmentRow) };
        }
        const lines = Stream.map(rows, replenishmentLine);
        const settings = settingsFor(context);
        return fileOf({
          name: "replenish",
          format,
          settings,
          columns: REPLENISHMENT_COLUMNS,
          lines,
        });
      }),
    createItem: ({ path: { id }, payload }, context) =>
      Effect.flatMap(ledgerOf(context), (ledger) => {
        const { key, organisation } = callerOf(context);
        // A rule that is set has nothing that would tell a second one from a change of the first.
        const thing = JSON.stringify([organisation.id, key.mode, id, payload.productId]);
        return inTurn(thing, createStockItem(ledger, id, payload, context));
      }),
    changeItem: ({ path, payload }, context) =>
      Effect.flatMap(ledgerOf(context), (ledger) =>
        changeStockItem(ledger, path.id, payload, context),
      ),
    recalculate: ({ path }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        // Whether there is such a node.
        yield* ledger.summaries([path.id]);
        const recalculated = sizeOfSubtree(yield* ledger.locations, path.id);
        const { differences } = yield* ledger.verify();
        return { body: { recalculated, differences } };
      }),
  };
}

function availableIn(
  ledger: LedgerService,
  location: string,
): Effect.Effect<Answer<readonly StockItem[]>, HandlerFailure> {
  return Effect.map(Stream.runCollect(stockItemsIn(ledger, location)), (found) => ({
    body: [...found].map(stockItemRow),
  }));
}

/** The stock items of a node's subtree, those of products that were removed left out. */
export function stockItemsIn(
  ledger: LedgerService,
  location: string,
  filter: { readonly belowMinimum?: boolean } = {},
): Stream.Stream<StockItemView, HandlerFailure> {
  const rows = streamOf((page) => ledger.stockItems({ location, ...filter, ...page }));
  return Stream.filter(rows, ({ item }) => !item.archived);
}
