/** Documents that an API serves beside its endpoints, to everybody: its contract, a collection. */
import { Effect } from "effect";
import type { ServedEndpoint } from "./Endpoint.js";
import { etagOf } from "./Etags.js";

/**
 * Endpoints that give a JSON document without a key; each is made when it is first asked for.
 * They are served as all others are: the dialect's `precheck`, its failures and the log are theirs.
 *
 * @example
 * documentEndpoints({ "/public/v1/openapi.json": openApi })
 */
export function documentEndpoints(
  documents: Readonly<Record<`/${string}`, () => unknown>>,
): readonly ServedEndpoint[] {
  return Object.entries(documents).map(([path, make]) => documentEndpoint(path, make));
}

function documentEndpoint(path: string, make: () => unknown): ServedEndpoint {
  let made: { readonly body: unknown; readonly headers: Record<string, string> } | undefined;
  return {
    method: "GET",
    // The parameter's type says so; the keys of a record are texts only.
    route: path as `/${string}`,
    admission: "public",
    needsMatch: false,
    paging: undefined,
    streams: false,
    tagsContent: false,
    files: undefined,
    takesForm: false,
    maxBodyBytes: undefined,
    timeoutMs: undefined,
    mostFaults: undefined,
    lists: new Map(),
    decodePath: undefined,
    decodeQuery: undefined,
    decodeBody: undefined,
    encoders: new Map([[200, Effect.succeed]]),
    handler: () =>
      Effect.sync(() => {
        if (made === undefined) {
          const body = make();
          made = { body, headers: { "cache-control": "public, no-cache", etag: etagOf(body) } };
        }
        return made;
      }),
  };
}
