/** The API, served: the contract, its handlers and its dialect put together. */
import { HttpServerRequest } from "@effect/platform";
import { Access, Stockbook } from "@stockbook/engine";
import {
  type App,
  type AppOptions,
  appOf,
  type Dialect,
  documentEndpoints,
  type HandlersOf,
  type LedgerOf,
  makeLedgers,
} from "@stockbook/http/kit";
import { Effect } from "effect";
import { makeReading } from "./Books.js";
import { categoryHandlers, itemHandlers, itemWith, locatorHandlers } from "./CatalogueHandlers.js";
import { makeCompanies } from "./Companies.js";
import { KartuStokApi } from "./contract/Api.js";
import { openApi } from "./contract/OpenApi.js";
import { postmanCollection } from "./contract/Postman.js";
import { makeDialect, type RequestQuota } from "./Dialect.js";
import { type HostOptions, makeCompanyOf } from "./Hosts.js";
import { metaHandlers } from "./MetaHandlers.js";
import { stockHandlers } from "./StockHandlers.js";

export interface KartuStokOptions extends AppOptions, HostOptions {
  /** What each token may ask from each client address; 120 in any 60 seconds, if left out. */
  readonly quota?: RequestQuota | undefined;
}

/**
 * The API over the engine that is provided, as an app that answers whatever it is asked.
 *
 * @throws RangeError (as a defect) where an option cannot be.
 */
export function kartuStokApp(
  options: KartuStokOptions = {},
): Effect.Effect<App, never, Access | Stockbook> {
  return Effect.gen(function* () {
    const companies = makeCompanies(yield* Access, makeCompanyOf(options));
    const ledgerOf = makeLedgers(yield* Stockbook);
    const reading = makeReading(ledgerOf);
    const handlers: HandlersOf<typeof KartuStokApi> = {
      meta: metaHandlers(reading),
      items: itemHandlers(reading),
      categories: categoryHandlers(reading),
      locators: locatorHandlers(reading),
      stock: stockHandlers(reading),
    };
    const app = yield* appOf({
      api: KartuStokApi,
      dialect: makeDialect(companies, itemFault(ledgerOf), options.quota),
      handlers,
      options,
      besides: documentEndpoints({
        "/public/v1/openapi.json": openApi,
        "/public/v1/postman.json": postmanCollection,
      }),
    });
    return Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
      Effect.zipRight(companies.recognise(request), app),
    );
  });
}

/** Items are the only things that have addresses of their own. */
function itemFault(ledgerOf: LedgerOf): NonNullable<Dialect["thingFault"]> {
  return ({ path: { id } }, caller) =>
    id === undefined
      ? Effect.void
      : Effect.asVoid(Effect.flatMap(ledgerOf({ caller }), (ledger) => itemWith(ledger, id)));
}
