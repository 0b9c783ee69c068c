/** The native API, with its reference. */
import { nativeApp, nativeShape } from "@stockbook/http";
import { withDocs } from "@stockbook/http/docs";
import { Effect } from "effect";
import type { LoadedApi } from "./Apis.js";

export const native: LoadedApi = {
  app: (options) => Effect.map(nativeApp(options), (app) => withDocs(app, options)),
  shapes: [nativeShape],
};
