/** The TicTAP stock API, served: the contract, its handlers and its dialect put together. */
import { type Access, Stockbook, Webhooks } from "@stockbook/engine";
import {
  type App,
  type AppOptions,
  appOf,
  documentEndpoints,
  makeLedgers,
} from "@stockbook/http/kit";
import { Effect, Option } from "effect";
import { TictapApi } from "./contract/Api.js";
import { openApi } from "./contract/OpenApi.js";
import { tictapDialect } from "./Dialect.js";
import { productHandlers } from "./handlers/ProductHandlers.js";
import { reportHandlers } from "./handlers/ReportHandlers.js";
import { storeHandlers } from "./handlers/StoreHandlers.js";
import { transactionHandlers } from "./handlers/TransactionHandlers.js";
import { webhookHandlers } from "./handlers/WebhookHandlers.js";

export interface TictapOptions extends AppOptions {
  /** Makes the ids of products that name none; random UUIDs, if left out. */
  readonly newId?: (() => string) | undefined;
}

/** The API over the engine that is provided; with webhooks, where they are, too. */
export function tictapApp(
  options: TictapOptions = {},
): Effect.Effect<App, never, Access | Stockbook> {
  return Effect.gen(function* () {
    const ledgerOf = makeLedgers(yield* Stockbook);
    const webhooks = yield* Effect.serviceOption(Webhooks);
    const { newId = () => crypto.randomUUID() } = options;
    return yield* appOf({
      api: TictapApi,
      dialect: tictapDialect,
      handlers: {
        products: productHandlers(ledgerOf, newId),
        stores: storeHandlers(ledgerOf),
        transactions: transactionHandlers(ledgerOf),
        reports: reportHandlers(ledgerOf),
        webhooks: webhookHandlers(Option.getOrUndefined(webhooks)),
      },
      options,
      besides: documentEndpoints({ "/api/stock/openapi.json": openApi }),
    });
  });
}
