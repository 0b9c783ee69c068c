/** The APIs that can be served. A line here is all that one more takes. */
import type { Access, Stockbook, WebhookShape } from "@stockbook/engine";
import type { App, NativeOptions } from "@stockbook/http";
import type { Place } from "@stockbook/http/kit";
import type { Effect } from "effect";

/** What an API is served with. */
export interface LoadedApi {
  /** Makes the app; where it is mounted says who is asked for, such as a company by its host. */
  readonly app: (
    options: NativeOptions,
    place: Place,
  ) => Effect.Effect<App, never, Access | Stockbook>;
  /** In which words it tells its webhooks. */
  readonly shapes: readonly WebhookShape[];
}

export interface ServableApi {
  /** As `--api` has it. */
  readonly name: string;
  /** Every address of it begins so. */
  readonly basePath: `/${string}`;
  /** Loads its code; one that is not served costs nothing. */
  readonly load: () => Promise<LoadedApi>;
  /** Its contract, for the documents made from it. */
  readonly contract: () => Promise<{ readonly openApi: () => Readonly<Record<string, unknown>> }>;
}

/** Always served, at the root: it has more paths than its base path. */
export const NATIVE: ServableApi = {
  name: "native",
  basePath: "/v1",
  load: () => import("./NativeApi.js").then(({ native }) => native),
  contract: () => import("@stockbook/http/contract"),
};

/** Served where they are asked for. */
export const APIS: readonly ServableApi[] = [
  {
    name: "kartustok",
    basePath: "/public/v1",
    load: () => import("./KartuStokApi.js").then(({ kartustok }) => kartustok),
    contract: () => import("@stockbook/dialect-kartustok/contract"),
  },
  {
    name: "tictap",
    basePath: "/api/stock",
    load: () => import("./TictapApi.js").then(({ tictap }) => tictap),
    contract: () => import("@stockbook/dialect-tictap/contract"),
  },
];
