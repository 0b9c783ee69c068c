/** The TicTAP stock API. */
import { tictapApp, tictapShape } from "@stockbook/dialect-tictap";
import type { LoadedApi } from "./Apis.js";

export const tictap: LoadedApi = {
  app: (options) => tictapApp(options),
  shapes: [tictapShape],
};
