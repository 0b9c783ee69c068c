/** Where APIs are mounted, as `--api` says it. */
import { isHost, meeting, type Place } from "@stockbook/http/kit";
import { Either } from "effect";
import { Failure } from "../Failure.js";
import { NATIVE, type ServableApi } from "./Apis.js";
import type { Told } from "./Environment.js";

/** An API and where it is mounted. */
export interface ApiPlace extends Place {
  readonly api: ServableApi;
}

/** The native API has these as well. */
const NATIVE_PATHS = [NATIVE.basePath, "/health", "/docs", "/openapi.json"] as const;

/**
 * The places of APIs other than the native one: `tictap`, `tictap=/erp` for a prefix,
 * `kartustok=stock.example.com` or `kartustok=*.example.com` for a host.
 */
export function placesOf(
  told: readonly Told[],
  apis: readonly ServableApi[],
): Either.Either<readonly ApiPlace[], Failure> {
  return Either.gen(function* () {
    const places: ApiPlace[] = [];
    for (const one of told) {
      const place = yield* placeOf(one, apis);
      if (place !== undefined) places.push(place);
    }
    const native = NATIVE_PATHS.map((basePath) => ({ name: NATIVE.name, basePath }));
    const both = meeting([...places, ...native]);
    return both === undefined ? places : yield* failed(metText(both));
  });
}

function placeOf(
  { name, text }: Told,
  apis: readonly ServableApi[],
): Either.Either<ApiPlace | undefined, Failure> {
  const at = text.indexOf("=");
  const word = at === -1 ? text : text.slice(0, at);
  const where = at === -1 ? undefined : text.slice(at + 1);
  if (word === NATIVE.name) {
    if (where === undefined) return Either.right(undefined);
    return failed(`${name} ${text}: native is always at ${NATIVE.basePath}; name it alone`);
  }
  const api = apis.find((one) => one.name === word);
  if (api === undefined) {
    const known = [NATIVE, ...apis].map((one) => one.name).join(", ");
    return failed(`${name}: there is no API ${JSON.stringify(word)}; there are ${known}`);
  }
  const place = { api, name: word, basePath: api.basePath };
  if (where === undefined) return Either.right(place);
  if (isPrefix(where)) return Either.right({ ...place, prefix: where });
  const host = where.toLowerCase();
  if (isHost(host)) return Either.right({ ...place, host });
  const right = `a path such as ${word}=/erp, or a host such as ${word}=stock.example.com`;
  return failed(`${name} ${text}: after = stands ${right}, or *.example.com`);
}

function isPrefix(text: string): text is `/${string}` {
  return /^(?:\/[\w.~-]+)+$/.test(text) && !/\/\.\.?(?:\/|$)/.test(text);
}

function metText([one, other]: readonly [Place, Place]): string {
  const next = `mount one elsewhere, such as ${one.name}=/${one.name}`;
  return `--api: ${shown(one)} and ${shown(other)} meet; ${next}`;
}

function shown(place: Place): string {
  return `${place.name} at ${baseUrl(place, "")}`;
}

/** Where an API begins, on a server that listens there. */
export function baseUrl(place: Place, url: string): string {
  const { basePath, prefix, host } = place;
  if (host === undefined) return `${url}${prefix ?? ""}${basePath}`;
  const port = /:\d+$/.exec(url)?.[0] ?? "";
  return `http://${host}${port}${basePath}`;
}

function failed(message: string): Either.Either<never, Failure> {
  return Either.left(new Failure({ message }));
}
