/** Companies: the organisation that each request's host names, looked up before all else. */
import type { HttpServerRequest } from "@effect/platform";
import type { AccessService, StoreError } from "@stockbook/engine";
import { type Failure, UnknownHost } from "@stockbook/http/kit";
import { Effect } from "effect";
import type { CompanyOf } from "./Hosts.js";

type ServerRequest = HttpServerRequest.HttpServerRequest;

export interface Companies {
  /** Finds out which company a request is for; always done before the two below are asked. */
  readonly recognise: (request: ServerRequest) => Effect.Effect<void>;
  /** What stands against a request by its host. */
  readonly faultOf: (request: ServerRequest) => Failure | undefined;
  /** The id of the organisation that the host names. */
  readonly organisationOf: (request: ServerRequest) => string | undefined;
}

/** Names of companies that are remembered; the oldest goes for a new one. */
const MOST_KNOWN = 10_000;

export function makeCompanies(access: AccessService, companyOf: CompanyOf): Companies {
  // An organisation that is there stays there, so it need not be looked up again.
  const known = new Set<string>();
  const found = new WeakMap<ServerRequest, string | Failure>();

  const lookUp = (company: string): Effect.Effect<string, StoreError | UnknownHost> => {
    if (known.has(company)) return Effect.succeed(company);
    return access.organisation(company).pipe(
      Effect.catchTag("NotFound", () => new UnknownHost()),
      Effect.map(({ id }) => {
        remember(known, id);
        return id;
      }),
    );
  };

  return {
    recognise: (request) => {
      const company = companyOf(hostOf(request));
      const looked = company === undefined ? new UnknownHost() : lookUp(company);
      return Effect.merge(looked).pipe(
        Effect.tap((outcome) => Effect.sync(() => found.set(request, outcome))),
        Effect.asVoid,
      );
    },
    faultOf: (request) => {
      const outcome = found.get(request);
      return typeof outcome === "string" ? undefined : (outcome ?? new UnknownHost());
    },
    organisationOf: (request) => {
      const outcome = found.get(request);
      return typeof outcome === "string" ? outcome : undefined;
    },
  };
}

function remember(known: Set<string>, id: string): void {
  const [oldest] = known;
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.add(id);
}

/** The host that was asked; a web request that was made in this process has it in its URL alone. */
function hostOf({ headers, source }: ServerRequest): string | undefined {
  if (headers.host !== undefined) return headers.host;
  return source instanceof Request ? new URL(source.url).host : undefined;
}
