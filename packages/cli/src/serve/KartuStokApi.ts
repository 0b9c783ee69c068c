/** The public API of KartuStok: read-only, so that nothing is told by webhooks. */
import { kartuStokApp } from "@stockbook/dialect-kartustok";
import type { LoadedApi } from "./Apis.js";

export const kartustok: LoadedApi = {
  app: (options, { host }) =>
    kartuStokApp(host === undefined ? options : { ...options, baseDomain: domainOf(host) }),
  shapes: [],
};

/** Companies are one label below their domain, whether all of them are served here or one. */
function domainOf(host: string): string {
  return host.slice(host.indexOf(".") + 1);
}
