/** The TicTAP stock API, as a contract: server, documents and mocks are derived from it. */
import { HttpApi, OpenApi } from "@effect/platform";
import { Products } from "./ProductApi.js";
import { Reports } from "./ReportApi.js";
import { Stores } from "./StoreApi.js";
import { Transactions } from "./TransactionApi.js";
import { Failure } from "./Views.js";
import { Webhooks } from "./WebhookApi.js";
import { WEBHOOK_SCHEMAS } from "./WebhookBodies.js";

export class TictapApi extends HttpApi.make("tictap")
  .add(Products)
  .add(Stores)
  .add(Transactions)
  .add(Reports)
  .add(Webhooks)
  // Named, although no endpoint refers to them under their names.
  .annotate(HttpApi.AdditionalSchemas, [Failure, ...WEBHOOK_SCHEMAS])
  .annotate(OpenApi.Title, "TicTAP stock")
  .annotate(OpenApi.Version, "1")
  .annotate(OpenApi.License, {
    name: "Apache 2.0",
    url: "https://www.apache.org/licenses/LICENSE-2.0",
  })
  .annotate(
    OpenApi.Description,
    "Products, stores and what moves between them. Amounts are whole minor units of a currency, in digits; times in queries are those of the organisation's clock.",
  ) {}
