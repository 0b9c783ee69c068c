/** Writing stock items: a product's quantity and its threshold in one node. */
import type { Command } from "@stockbook/core";
import { Conflict, type LedgerService, NotFound, type StockItemView } from "@stockbook/engine";
import type { Answer, HandlerFailure, InvalidInput, RequestContext } from "@stockbook/http/kit";
import { Effect } from "effect";
import type { NewStockItem, StockItemChanges } from "../contract/StoreApi.js";
import type { StockItem } from "../contract/Views.js";
import {
  countOf,
  firstCountOf,
  type Levels,
  pairOfId,
  stockItemRow,
  thresholdOf,
} from "../mapping/StockItems.js";
import { present } from "./ProductHandlers.js";
import { allOf } from "./Reading.js";
import { actorOf, invalid } from "./Requests.js";

type StockItemAnswer = Effect.Effect<Answer<StockItem>, HandlerFailure>;

/** Creates a stock item: first what there is, then the rule, which thus starts silently. */
export function createStockItem(
  ledger: LedgerService,
  node: string,
  { productId, ...given }: NewStockItem,
  context: RequestContext,
): StockItemAnswer {
  return Effect.gen(function* () {
    const levels = yield* levelsOf(given);
    const item = yield* Effect.catchTag(present(ledger, productId), "NotFound", () =>
      invalid("body", "productId", `must be a product that there is, not ${productId}`),
    );
    const pair = { product: productId, node };
    yield* checkAbsent(ledger, productId, node);
    const count = firstCountOf(item, node, levels.quantity, actorOf(context));
    const counts: readonly Command[] = levels.quantity === 0 ? [] : [count];
    yield* ledger
      .submitAll([...counts, thresholdOf(pair, levels)])
      .pipe(
        Effect.catchTag(
          "Rejected",
          (rejected): Effect.Effect<never, HandlerFailure> =>
            rejected.code === "expectation-failed" ? alreadyKept() : rejected,
        ),
      );
    return { body: stockItemRow(yield* ledger.stockItem(productId, node)) };
  });
}

function checkAbsent(
  ledger: LedgerService,
  item: string,
  node: string,
): Effect.Effect<void, HandlerFailure> {
  return ledger.stockItem(item, node).pipe(
    Effect.flatMap(alreadyKept),
    Effect.catchTag(
      "NotFound",
      (missing): Effect.Effect<void, NotFound> =>
        missing.what === "stock item" ? Effect.void : missing,
    ),
  );
}

const alreadyKept = () =>
  new Conflict({ field: "productId", message: "productId is kept in this node already" });

/** How often a change is made anew because what was read has changed meanwhile. */
const ATTEMPTS = 20;

/** Changes a stock item: the rule first, if it is another one, and then the quantity. */
export function changeStockItem(
  ledger: LedgerService,
  id: string,
  given: StockItemChanges,
  context: RequestContext,
): StockItemAnswer {
  const attempt = (left: number): StockItemAnswer =>
    Effect.gen(function* () {
      const levels = yield* levelsOf(given);
      const view = yield* stockItemById(ledger, id);
      const commands = yield* changesOf(ledger, view, levels, actorOf(context));
      if (commands.length > 0) yield* ledger.submitAll(commands);
      return { body: stockItemRow(yield* stockItemById(ledger, id)) };
    }).pipe(
      Effect.catchTag(
        "Rejected",
        (rejected): StockItemAnswer =>
          rejected.code === "expectation-failed" && left > 1 ? attempt(left - 1) : rejected,
      ),
    );
  return attempt(ATTEMPTS);
}

function stockItemById(
  ledger: LedgerService,
  id: string,
): Effect.Effect<StockItemView, HandlerFailure> {
  const pair = pairOfId(id);
  const missing = () => new NotFound({ what: "stock item", id });
  if (pair === undefined) return missing();
  return ledger.stockItem(pair.product, pair.node).pipe(
    Effect.catchTag("NotFound", missing),
    Effect.filterOrFail(({ item }) => !item.archived, missing),
  );
}

function changesOf(
  ledger: LedgerService,
  { item, location, onHand, minimum, maximum }: StockItemView,
  levels: Levels,
  actor: string,
): Effect.Effect<readonly Command[], HandlerFailure> {
  return Effect.gen(function* () {
    const commands: Command[] = [];
    if (levels.minimum !== minimum || levels.maximum !== maximum) {
      commands.push(thresholdOf({ product: item.id, node: location.id }, levels));
    }
    if (levels.quantity !== onHand) {
      const filter = { item: item.id, location: location.id };
      const rows = yield* allOf((page) => ledger.stock({ ...filter, ...page }));
      const here = rows.filter((row) => row.location === location.id);
      commands.push(countOf(item, location.id, levels.quantity, here, actor));
    }
    return commands;
  });
}

function levelsOf(given: StockItemChanges): Effect.Effect<Levels, InvalidInput> {
  const { quantity, minQuantity: minimum, maxQuantity: maximum } = given;
  if (maximum === 0 || maximum >= minimum) return Effect.succeed({ quantity, minimum, maximum });
  return invalid("body", "maxQuantity", `must be 0, for none, or at least minQuantity, ${minimum}`);
}
