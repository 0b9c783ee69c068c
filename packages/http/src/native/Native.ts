/** The native API, served: the contract, its handlers and its dialect put together. */
import { Access, Stockbook, Webhooks } from "@stockbook/engine";
import { Effect, Option } from "effect";
import { NativeApi } from "../contract/Api.js";
import { type App, type AppOptions, appOf } from "../kit/App.js";
import type { HandlersOf } from "../kit/Endpoint.js";
import { makeLedgers } from "../kit/Ledgers.js";
import { keyHandlers, organisationHandlers } from "./AccessHandlers.js";
import {
  categoryHandlers,
  itemHandlers,
  locationHandlers,
  manufacturerHandlers,
} from "./CatalogueHandlers.js";
import { nativeDialect } from "./Dialect.js";
import {
  eventHandlers,
  movementHandlers,
  reservationHandlers,
  shipmentHandlers,
  stockHandlers,
  thresholdHandlers,
  transactionHandlers,
} from "./StockHandlers.js";
import { systemHandlers } from "./SystemHandlers.js";
import { webhookHandlers } from "./WebhookHandlers.js";

export interface NativeOptions extends AppOptions {
  /** Makes `/health/ready` answer that the server takes no more requests. */
  readonly isStopping?: (() => boolean) | undefined;
}

/** The native API over the engine that is provided; with webhooks, where they are, too. */
export function nativeApp(
  options: NativeOptions = {},
): Effect.Effect<App, never, Access | Stockbook> {
  return Effect.gen(function* () {
    const access = yield* Access;
    const ledgerOf = makeLedgers(yield* Stockbook);
    const webhooks = yield* Effect.serviceOption(Webhooks);
    const { isStopping = () => false } = options;
    const handlers: HandlersOf<typeof NativeApi> = {
      items: itemHandlers(ledgerOf),
      categories: categoryHandlers(ledgerOf),
      manufacturers: manufacturerHandlers(ledgerOf),
      locations: locationHandlers(ledgerOf),
      movements: movementHandlers(ledgerOf),
      stock: stockHandlers(ledgerOf),
      reservations: reservationHandlers(ledgerOf),
      shipments: shipmentHandlers(ledgerOf),
      thresholds: thresholdHandlers(ledgerOf),
      transactions: transactionHandlers(ledgerOf),
      events: eventHandlers(ledgerOf),
      organisations: organisationHandlers(access),
      keys: keyHandlers(access),
      webhooks: webhookHandlers(Option.getOrUndefined(webhooks)),
      system: systemHandlers(access, isStopping),
    };
    return yield* appOf({ api: NativeApi, dialect: nativeDialect, handlers, options });
  });
}
