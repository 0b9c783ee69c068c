/** Routes: which endpoint a request is for. */
import * as FindMyWay from "find-my-way-ts";
import type { ServedEndpoint } from "./Endpoint.js";
import { MethodNotAllowed, UnknownRoute } from "./Failure.js";

export interface Match {
  readonly endpoint: ServedEndpoint;
  readonly path: Readonly<Record<string, string | undefined>>;
}

/** There is such a path, but nothing is to be had there with this method. */
export interface OtherMethod extends Match {
  /** `endpoint` is the first one of the path. */
  readonly refused: MethodNotAllowed;
}

export type Route = (method: string, path: string) => Match | OtherMethod | UnknownRoute;

/** A path means one thing alone; ids tell upper from lower case and may be long when decoded. */
const STRICT = { caseSensitive: true, ignoreDuplicateSlashes: false, maxParamLength: 10_000 };

/** Finds the endpoint of a request; `HEAD` is answered as `GET` is, without a body. */
export function makeRoutes(endpoints: readonly ServedEndpoint[]): Route {
  const router = FindMyWay.make<ServedEndpoint>(STRICT);
  const paths = FindMyWay.make<AtPath>(STRICT);
  for (const endpoint of endpoints) router.on(endpoint.method, endpoint.route, endpoint);
  for (const [route, atPath] of endpointsByRoute(endpoints)) paths.all(route, atPath);
  return (method, given) => {
    // The router would end the path there, and an id with them would name another thing.
    const path = given.replaceAll(";", "%3B").replaceAll("#", "%23");
    const found = router.find(method === "HEAD" ? "GET" : method, path);
    if (found !== undefined) return { endpoint: found.handler, path: found.params };
    const others = paths.find("GET", path);
    if (others === undefined) return new UnknownRoute();
    const { first, methods } = others.handler;
    const refused = new MethodNotAllowed({ allowed: methods });
    return { endpoint: first, path: others.params, refused };
  };
}

interface AtPath {
  readonly first: ServedEndpoint;
  readonly methods: string[];
}

function endpointsByRoute(
  endpoints: readonly ServedEndpoint[],
): ReadonlyMap<ServedEndpoint["route"], AtPath> {
  const byRoute = new Map<ServedEndpoint["route"], AtPath>();
  for (const endpoint of endpoints) {
    const { route, method } = endpoint;
    const known = byRoute.get(route) ?? { first: endpoint, methods: [] };
    byRoute.set(route, known);
    known.methods.push(method, ...(method === "GET" ? ["HEAD"] : []));
  }
  return byRoute;
}
