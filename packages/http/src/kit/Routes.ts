/** Routes: which endpoint a request is for. */
import * as FindMyWay from "find-my-way-ts";
import type { ServedEndpoint } from "./Endpoint.js";
import { MethodNotAllowed, UnknownRoute } from "./Failure.js";

export interface Match {
  readonly endpoint: ServedEndpoint;
  readonly path: Readonly<Record<string, string | undefined>>;
}

export type Unmatched = UnknownRoute | MethodNotAllowed;

export type Route = (method: string, path: string) => Match | Unmatched;

/** A path means one thing alone; ids tell upper from lower case and may be long when decoded. */
const STRICT = { caseSensitive: true, ignoreDuplicateSlashes: false, maxParamLength: 10_000 };

/** Finds the endpoint of a request; `HEAD` is answered as `GET` is, without a body. */
export function makeRoutes(endpoints: readonly ServedEndpoint[]): Route {
  const router = FindMyWay.make<ServedEndpoint>(STRICT);
  const methods = FindMyWay.make<readonly string[]>(STRICT);
  for (const endpoint of endpoints) router.on(endpoint.method, endpoint.route, endpoint);
  for (const [route, allowed] of methodsByRoute(endpoints)) methods.all(route, allowed);
  return (method, given) => {
    // The router would end the path there, and an id with them would name another thing.
    const path = given.replaceAll(";", "%3B").replaceAll("#", "%23");
    const found = router.find(method === "HEAD" ? "GET" : method, path);
    if (found !== undefined) return { endpoint: found.handler, path: found.params };
    const others = methods.find("GET", path);
    return others === undefined
      ? new UnknownRoute()
      : new MethodNotAllowed({ allowed: others.handler });
  };
}

function methodsByRoute(
  endpoints: readonly ServedEndpoint[],
): ReadonlyMap<ServedEndpoint["route"], readonly string[]> {
  const methods = new Map<ServedEndpoint["route"], string[]>();
  for (const { route, method } of endpoints) {
    const known = methods.get(route) ?? [];
    methods.set(route, known);
    known.push(method, ...(method === "GET" ? ["HEAD"] : []));
  }
  return methods;
}
