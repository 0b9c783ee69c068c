/** What has moved. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { admits, givesFiles } from "@stockbook/http/contract";
import { Schema } from "effect";
import {
  CSV_MEDIA_TYPE,
  FILE_FORMATS,
  Id,
  LocalTime,
  optional,
  PAGE_PARAMS,
  QuantityParam,
  text,
  XLSX_MEDIA_TYPE,
} from "./Fields.js";
import * as Views from "./Views.js";

const SUBTREE = "With all nodes below it.";

const Filter = Schema.Struct({
  from_date: optional(LocalTime),
  to_date: optional(LocalTime),
  product_id: optional(Id),
  origin_store: optional(Id.annotations({ description: SUBTREE })),
  destination_store: optional(Id.annotations({ description: SUBTREE })),
  origin_node: optional(Id.annotations({ description: "This node alone." })),
  destination_node: optional(Id.annotations({ description: "This node alone." })),
  quantity: optional(QuantityParam),
  order_number: optional(text(255).annotations({ description: "Part of it." })),
  reason: optional(text(255).annotations({ description: "Part of it." })),
  user_id: optional(text(255)),
  movement_type: optional(Views.MovementType),
  ...PAGE_PARAMS,
});
export type TransactionParams = typeof Filter.Type;

const MAX_STORES = 50;

const TRANSACTIONS_CSV =
  "id,date_time,type,origin,destination,product_id,product_name,quantity,line_cost\r\n";

export const Transactions = HttpApiGroup.make("transactions")
  .add(
    HttpApiEndpoint.get("list", "/api/stock/transactions.:format")
      .setPath(Schema.Struct({ format: Schema.Literal("json", ...FILE_FORMATS) }))
      .setUrlParams(Filter)
      .addSuccess(Views.TransactionPage)
      .annotate(OpenApi.Summary, "The transactions that match, the latest first")
      .annotate(
        OpenApi.Description,
        "One of `origin_store` and `destination_store` is needed; both together mean both. A file holds all that match, one line of a transaction a row.",
      )
      .pipe(
        admits("stock:read"),
        givesFiles({
          status: 200,
          chosenBy: "path",
          types: [
            { mediaType: CSV_MEDIA_TYPE, example: TRANSACTIONS_CSV },
            { mediaType: XLSX_MEDIA_TYPE },
          ],
        }),
      ),
  )
  .add(
    HttpApiEndpoint.get("summary", "/api/stock/transactions/summary")
      .setUrlParams(Schema.Struct({ store: Id, from: LocalTime, to: LocalTime }))
      .addSuccess(Views.TransactionSummary)
      .annotate(OpenApi.Summary, "What the transactions of a store came to")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.get("dailyStats", "/api/stock/transactions/daily-stats")
      .setUrlParams(
        Schema.Struct({
          "stores[]": Schema.Array(Id).pipe(Schema.minItems(1), Schema.maxItems(MAX_STORES)),
          from: LocalTime,
          to: LocalTime,
        }),
      )
      .addSuccess(Views.DailyStats)
      .annotate(OpenApi.Summary, "What the transactions of stores came to, day by day")
      .pipe(admits("stock:read")),
  )
  .annotate(OpenApi.Title, "Transactions")
  .annotate(OpenApi.Description, "What came in, went out, was moved and was adjusted.");
