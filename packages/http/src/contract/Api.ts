/** The native API, as a contract: server, documents and clients are derived from it. */
import { HttpApi, OpenApi } from "@effect/platform";
import { Keys, Organisations } from "./AccessApi.js";
import { Categories, Items, Locations, Manufacturers } from "./CatalogueApi.js";
import { MovementCommand } from "./Commands.js";
import { Problem } from "./Problem.js";
import {
  Events,
  Movements,
  Reservations,
  Shipments,
  Stock,
  Thresholds,
  Transactions,
} from "./StockApi.js";
import { System } from "./SystemApi.js";
import { Webhooks } from "./WebhookApi.js";
import { WEBHOOK_SCHEMAS } from "./WebhookBodies.js";

export class NativeApi extends HttpApi.make("stockbook")
  .add(Items)
  .add(Categories)
  .add(Manufacturers)
  .add(Locations)
  .add(Movements)
  .add(Stock)
  .add(Reservations)
  .add(Shipments)
  .add(Thresholds)
  .add(Transactions)
  .add(Events)
  .add(Organisations)
  .add(Keys)
  .add(Webhooks)
  .add(System)
  // Named, although no endpoint refers to them under their names.
  .annotate(HttpApi.AdditionalSchemas, [MovementCommand, Problem, ...WEBHOOK_SCHEMAS])
  .annotate(OpenApi.Title, "Stockbook")
  .annotate(OpenApi.Version, "1")
  .annotate(OpenApi.License, {
    name: "Apache 2.0",
    url: "https://www.apache.org/licenses/LICENSE-2.0",
  })
  .annotate(
    OpenApi.Description,
    "Stock as a double-entry ledger. Quantities are exact decimals in the item's unit, amounts whole minor units of a currency, moments ISO 8601.",
  ) {}
