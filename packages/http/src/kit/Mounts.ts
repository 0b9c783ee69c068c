/** Mounts: several APIs in one server, told apart by host and path. */
import { HttpServerRequest } from "@effect/platform";
import { Effect } from "effect";
import type { App } from "./App.js";
import { splitUrl } from "./Query.js";

/** Where an API is mounted. */
export interface Place {
  readonly name: string;
  /** The API's own, such as `/api/stock`; every address of it begins so. */
  readonly basePath: `/${string}`;
  /** Before its base path, such as `/erp`; none, if left out. */
  readonly prefix?: `/${string}` | undefined;
  /** `stock.example.com`, or `*.example.com` for all below it; any, if left out. */
  readonly host?: string | undefined;
}

export interface Mount extends Place {
  readonly app: App;
}

/**
 * Gives each request to the API it is for, and what is for none of them to `otherwise`. An API with
 * a host of its own is given all that is asked there, one with a prefix all below the prefix: what
 * is wrong there is told in its way.
 */
export function mounted(mounts: readonly Mount[], otherwise: App): App {
  if (mounts.length === 0) return otherwise;
  // Those with a host first, for any host is one of the others' as well.
  const all = mounts.toSorted((a, b) => precision(b) - precision(a));
  return Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
    const host = hostOf(request.headers.host);
    const [path] = splitUrl(request.url);
    const mount = all.find((one) => isFor(one, host, path));
    if (mount === undefined) return otherwise;
    const { prefix = "", app } = mount;
    if (!isBelow(path, prefix) || prefix === "") return app;
    const rest = request.url.slice(prefix.length);
    const url = rest.startsWith("/") ? rest : `/${rest}`;
    return Effect.provideService(app, HttpServerRequest.HttpServerRequest, request.modify({ url }));
  });
}

function precision({ host }: Place): number {
  if (host === undefined) return 0;
  return host.startsWith("*.") ? host.length : 1_000 + host.length;
}

function isFor(place: Place, host: string, path: string): boolean {
  if (place.host !== undefined) return isAt(host, place.host);
  return isBelow(path, place.prefix ?? place.basePath);
}

function isAt(host: string, place: string): boolean {
  return place.startsWith("*.") ? host.endsWith(place.slice(1)) : host === place;
}

function isBelow(path: string, base: string): boolean {
  return path.startsWith(base) && /^(?:\/|$)/.test(path.slice(base.length));
}

/** The host of a header, without its port and in lower case. */
export function hostOf(header: string | undefined): string {
  return (header ?? "").toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
}

/** A host as a place may have it: a name, or `*.` and a name. */
export function isHost(text: string): boolean {
  return /^(?:\*\.)?(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/.test(text);
}

/** Two places that both have a claim to some request; nothing where each has its own. */
export function meeting(places: readonly Place[]): readonly [Place, Place] | undefined {
  for (const [i, one] of places.entries()) {
    const other = places.slice(i + 1).find((next) => meet(one, next));
    if (other !== undefined) return [one, other];
  }
  return undefined;
}

function meet(one: Place, other: Place): boolean {
  if (one.host !== other.host) return false;
  // Each has all of its host.
  if (one.host !== undefined) return true;
  const a = one.prefix ?? one.basePath;
  const b = other.prefix ?? other.basePath;
  return isBelow(a, b) || isBelow(b, a);
}
