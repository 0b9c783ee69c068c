/** Stores, the nodes below them, and what lies there. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { admits, answeredWith, givesFiles, timeLimit } from "@stockbook/http/contract";
import { Schema } from "effect";
import {
  Count,
  CSV_MEDIA_TYPE,
  FILE_FORMATS,
  Id,
  optional,
  PAGE_PARAMS,
  XLSX_MEDIA_TYPE,
} from "./Fields.js";
import * as Views from "./Views.js";

const byId = Schema.Struct({ id: Id });

const QUANTITIES = {
  quantity: Count,
  minQuantity: Count,
  maxQuantity: Count.annotations({
    jsonSchema: {
      type: "integer",
      minimum: 0,
      description: "0, for none, or at least minQuantity.",
    },
  }),
} as const;

export const NewStockItem = Schema.Struct({ productId: Id, ...QUANTITIES }).annotations({
  identifier: "NewStockItem",
});
export type NewStockItem = typeof NewStockItem.Type;

export const StockItemChanges = Schema.Struct(QUANTITIES).annotations({
  identifier: "StockItemChanges",
});
export type StockItemChanges = typeof StockItemChanges.Type;

const MAX_SUMMARIES = 100;
const RECALCULATION_TIME_MS = 300_000;

const REPLENISHMENT_CSV = "id,name,part_number,node_id,quantity,replenishment_quantity\r\n";

export const Stores = HttpApiGroup.make("stores")
  .add(
    HttpApiEndpoint.get("list", "/api/stock/stores")
      .setUrlParams(Schema.Struct({ scope: optional(Schema.Literal(...Views.STORE_SCOPES)) }))
      .addSuccess(Views.StoreList)
      .annotate(OpenApi.Summary, "The stores; not the nodes below them")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.get("summaries", "/api/stock/stores/summaries")
      .setUrlParams(
        Schema.Struct({
          "ids[]": Schema.Array(Id).pipe(Schema.minItems(1), Schema.maxItems(MAX_SUMMARIES)),
        }),
      )
      .addSuccess(Views.SummaryList)
      .annotate(OpenApi.Summary, "The summaries of several nodes, in the order they are asked for")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.get("summary", "/api/stock/stores/:id")
      .setPath(byId)
      .addSuccess(Views.StoreSummary)
      .annotate(OpenApi.Summary, "The summary of a node over its subtree")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.get("children", "/api/stock/stores/:id/children")
      .setPath(byId)
      .setUrlParams(Schema.Struct(PAGE_PARAMS))
      .addSuccess(Views.NodePage)
      .annotate(OpenApi.Summary, "The nodes directly below a node")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.get("availableProducts", "/api/stock/stores/:id/available-products")
      .setPath(byId)
      .addSuccess(Views.StockItemList)
      .annotate(OpenApi.Summary, "The stock items of a node and of those below it")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.get("products", "/api/stock/stores/:id/products")
      .setPath(byId)
      .addSuccess(Views.StockItemList)
      .annotate(OpenApi.Summary, "Another name for the available products")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.get("replenish", "/api/stock/stores/:id/replenish.:format")
      .setPath(Schema.Struct({ id: Id, format: Schema.Literal("json", ...FILE_FORMATS) }))
      .addSuccess(Views.ReplenishmentList)
      .annotate(OpenApi.Summary, "What is to be replenished in a node and in those below it")
      .pipe(
        admits("stock:read"),
        givesFiles({
          status: 200,
          chosenBy: "path",
          types: [
            { mediaType: CSV_MEDIA_TYPE, example: REPLENISHMENT_CSV },
            { mediaType: XLSX_MEDIA_TYPE },
          ],
        }),
      ),
  )
  .add(
    HttpApiEndpoint.post("createItem", "/api/stock/stores/:id/items")
      .setPath(byId)
      .setPayload(NewStockItem)
      .addSuccess(answeredWith(201, Views.StockItem))
      .annotate(OpenApi.Summary, "Keep a product in a node")
      .pipe(admits("stock:write")),
  )
  .add(
    HttpApiEndpoint.patch("changeItem", "/api/stock/items/:id")
      .setPath(byId)
      .setPayload(StockItemChanges)
      .addSuccess(Views.StockItem)
      .annotate(OpenApi.Summary, "Set the quantity, the minimum and the maximum of a stock item")
      .annotate(
        OpenApi.Description,
        "Another quantity is an adjustment by the difference; the same one is no movement.",
      )
      .pipe(admits("stock:write")),
  )
  .add(
    HttpApiEndpoint.post("recalculate", "/api/stock/stores/:id/recalculate-summaries")
      .setPath(byId)
      .addSuccess(Views.Recalculated)
      .annotate(OpenApi.Summary, "Recalculate the summaries of a node and of those below it")
      .annotate(
        OpenApi.Description,
        "Every figure is computed anew from the ledger, and what differs is told.",
      )
      .pipe(admits("stock:read"), timeLimit(RECALCULATION_TIME_MS)),
  )
  .annotate(OpenApi.Title, "Stores")
  .annotate(OpenApi.Description, "Where products are kept, and how much of them.");
