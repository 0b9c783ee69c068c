/** Serving: from a request to its answer, through one chain of steps for every endpoint. */
import { HttpServerRequest, HttpServerResponse } from "@effect/platform";
import { Cause, Clock, Effect, Option, type ParseResult } from "effect";
import { type Paging, ROWS_MEDIA_TYPE } from "../contract/Annotations.js";
import { clientAddress } from "./Addresses.js";
import { type Admitted, admit, checkScope, type Gate } from "./Admission.js";
import { readJson } from "./Bodies.js";
import { type Deadlines, makeDeadlines } from "./Deadlines.js";
import type { Answer, Decode, Encode, ServedEndpoint } from "./Endpoint.js";
import { names } from "./Etags.js";
import {
  Defect,
  type Failure,
  InvalidInput,
  type Issue,
  NotAcceptable,
  type Part,
  PreconditionRequired,
  TimedOut,
} from "./Failure.js";
import { accepts, givenRequestId, queryOf } from "./Headers.js";
import { issuesOf } from "./Issues.js";
import { linkHeader, nextOf } from "./Pages.js";
import { makeRoutes, type Route } from "./Routes.js";
import { withoutSecrets } from "./Secrets.js";
import { rowsResponse } from "./Streaming.js";

type ServerRequest = HttpServerRequest.HttpServerRequest;
type ServerResponse = HttpServerResponse.HttpServerResponse;

const MEDIA_TYPE = "application/json";
/** For the log alone; nobody is there to be answered. */
const CALLER_HAS_GONE = 499;

export interface Server extends Gate {
  readonly endpoints: readonly ServedEndpoint[];
  /** Makes the id of a request that brings none of its own. */
  readonly newRequestId: () => string;
}

interface Serving extends Server {
  readonly deadlines: Deadlines;
}

/** What a request is known by while it is served. */
interface Exchange {
  readonly request: ServerRequest;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly startedAt: number;
  endpoint: ServedEndpoint | undefined;
  admitted: Admitted | undefined;
  /** Whether the handler has begun with what changes something. */
  mayHaveHappened: boolean;
}

/** An app that answers every request, whatever it is. */
export function serve(server: Server): Effect.Effect<ServerResponse, never, ServerRequest> {
  const route = makeRoutes(server.endpoints);
  const serving = { ...server, deadlines: makeDeadlines(server.config.timeoutMs) };
  return Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const exchange = begin(server, request, now);
      return inTime(
        serving,
        exchange,
        Effect.suspend(() => answered(serving, route, exchange)),
      ).pipe(
        Effect.catchAllCause((cause) => Effect.sync(() => failed(server, exchange, cause))),
        Effect.tap((response) => logged(server, exchange, response)),
        // What was interrupted for taking too long is answered all the same.
        Effect.uninterruptible,
      );
    }),
  );
}

function begin({ config, newRequestId }: Server, request: ServerRequest, now: number): Exchange {
  const peer = Option.getOrUndefined(request.remoteAddress);
  const forwardedFor = request.headers["x-forwarded-for"];
  return {
    request,
    requestId: givenRequestId(request.headers["x-request-id"]) ?? newRequestId(),
    address: clientAddress(peer, forwardedFor, config.trustedProxies),
    startedAt: now,
    endpoint: undefined,
    admitted: undefined,
    mayHaveHappened: false,
  };
}

// Every request goes this way, so it is chained by hand: a generator costs as much as a step of it.
function answered(
  server: Serving,
  route: Route,
  exchange: Exchange,
): Effect.Effect<ServerResponse, Failure> {
  const { request } = exchange;
  const [path, search] = splitUrl(request.url);
  const match = route(request.method, path);
  if ("_tag" in match) return match;
  const { endpoint } = match;
  exchange.endpoint = endpoint;
  const offered = endpoint.streams ? [MEDIA_TYPE, ROWS_MEDIA_TYPE] : [MEDIA_TYPE];
  if (!accepts(request.headers.accept, offered)) return new NotAcceptable({ offered });
  return Effect.flatMap(admitted(server, exchange, endpoint), () =>
    Effect.flatMap(decoded(server, exchange, endpoint, match.path, search), (input) =>
      answeredWith(server, exchange, endpoint, input),
    ),
  );
}

function admitted(
  server: Server,
  exchange: Exchange,
  { admission }: ServedEndpoint,
): Effect.Effect<void, Failure> {
  if (admission === "public") return Effect.void;
  const { request, address, startedAt } = exchange;
  return Effect.flatMap(admit(server, request, address, startedAt), (one) => {
    exchange.admitted = one;
    return checkScope(one, admission);
  });
}

function answeredWith(
  server: Serving,
  exchange: Exchange,
  endpoint: ServedEndpoint,
  input: Readonly<Record<string, unknown>>,
): Effect.Effect<ServerResponse, Failure> {
  const { headers } = exchange.request;
  if (endpoint.needsMatch && headers["if-match"] === undefined) return new PreconditionRequired();
  if (wantsRows(exchange, endpoint)) return streamed(server, exchange, endpoint, input);
  return Effect.flatMap(handled(exchange, endpoint, input), (answer) =>
    encoded(server, exchange, endpoint, answer),
  );
}

function splitUrl(url: string): readonly [path: string, search: string] {
  const at = url.indexOf("?");
  return at === -1 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)];
}

/** The parts of a request as the endpoint wants them, the cheap ones first. */
function decoded(
  { config }: Server,
  { request }: Exchange,
  { decodePath, decodeQuery, decodeBody }: ServedEndpoint,
  params: Readonly<Record<string, string | undefined>>,
  search: string,
): Effect.Effect<Readonly<Record<string, unknown>>, Failure> {
  const given = queryOf(search);
  if ("_tag" in given) return given as Failure;
  const inPath = decodePath === undefined ? NOTHING : part("path", decodePath(params));
  const inQuery = decodeQuery === undefined ? noneOf(given) : part("query", decodeQuery(given));
  const parts = Effect.flatMap(inPath, (path) =>
    Effect.map(inQuery, (urlParams) => ({ path, urlParams })),
  );
  if (decodeBody === undefined) return parts;
  return Effect.flatMap(parts, (known) =>
    Effect.flatMap(readJson(request, config.maxBodyBytes), (body) =>
      Effect.map(part("body", decodeBody(body)), (payload) => ({ ...known, payload })),
    ),
  );
}

const NOTHING = Effect.succeed(undefined);

function noneOf(query: Readonly<Record<string, string>>): Effect.Effect<undefined, InvalidInput> {
  const issues = Object.keys(query).map(
    (name): Issue => ({ in: "query", path: [name], message: "is not known here" }),
  );
  return issues.length === 0 ? NOTHING : new InvalidInput({ issues });
}

function part<A>(
  name: Part,
  decoding: Effect.Effect<A, ParseResult.ParseError>,
): Effect.Effect<A, InvalidInput> {
  return Effect.mapError(decoding, (error) => new InvalidInput({ issues: issuesOf(name, error) }));
}

function handled(
  exchange: Exchange,
  { handler, method }: ServedEndpoint,
  input: Readonly<Record<string, unknown>>,
): Effect.Effect<Answer<unknown>, Failure> {
  const { request, requestId, admitted } = exchange;
  exchange.mayHaveHappened = method !== "GET";
  return handler(input, { requestId, caller: admitted?.caller, headers: request.headers });
}

/** Gives up what takes too long, and says whether something may have happened all the same. */
function inTime<A>(
  { config: { timeoutMs }, deadlines }: Serving,
  exchange: Exchange,
  effect: Effect.Effect<A, Failure>,
): Effect.Effect<A, Failure> {
  return deadlines.within(
    effect,
    () => new TimedOut({ timeoutMs, mayHaveHappened: exchange.mayHaveHappened }),
  );
}

function encoded(
  server: Server,
  exchange: Exchange,
  { encoders, method, paging }: ServedEndpoint,
  { status, body, headers = {} }: Answer<unknown>,
): Effect.Effect<ServerResponse, Failure> {
  const [own] = encoders.keys();
  const wanted = status ?? (own as number);
  const shared = { ...sharedHeaders(server, exchange, exchange.admitted), ...headers };
  if (method === "GET" && isKnown(exchange, headers.etag)) {
    return Effect.succeed(HttpServerResponse.empty({ status: 304, headers: shared }));
  }
  const encode = encoders.get(wanted);
  if (encode === undefined) return new Defect({ cause: `status ${wanted} is not in the contract` });
  return encode(body).pipe(
    Effect.mapError((cause) => new Defect({ cause })),
    Effect.map((json) => {
      const link = paging && linkToNext(exchange, paging, json);
      const all = link === undefined ? shared : { ...shared, link };
      return textResponse(wanted, MEDIA_TYPE, JSON.stringify(json), all);
    }),
  );
}

function linkToNext({ request }: Exchange, paging: Paging, body: unknown): string | undefined {
  const next = nextOf(paging, body);
  if (next === undefined) return undefined;
  const [, search] = splitUrl(request.url);
  return withoutSecrets(linkHeader(search, { next: { [paging]: next } }));
}

/** A stream is given to those alone who name it. */
function wantsRows({ request }: Exchange, { streams }: ServedEndpoint): boolean {
  const { accept = "" } = request.headers;
  return (
    streams && accept.toLowerCase().includes(ROWS_MEDIA_TYPE) && accepts(accept, [ROWS_MEDIA_TYPE])
  );
}

/** All pages from the one that is asked for on; that one is read first, so that it can fail. */
function streamed(
  server: Serving,
  exchange: Exchange,
  endpoint: ServedEndpoint,
  input: Readonly<Record<string, unknown>>,
): Effect.Effect<ServerResponse, Failure> {
  const { paging = "cursor", encoders, decodeQuery } = endpoint;
  const [encode] = encoders.values();
  const page = (asked: Readonly<Record<string, unknown>>) =>
    Effect.flatMap(handled(exchange, endpoint, asked), ({ body }) =>
      Effect.mapError((encode as Encode)(body), (cause) => new Defect({ cause })),
    );
  const following = (next: string) =>
    Effect.flatMap(part("query", (decodeQuery as Decode)({ [paging]: next })), (urlParams) =>
      inTime(
        server,
        exchange,
        page({ ...input, urlParams: { ...(input.urlParams as object), ...(urlParams as object) } }),
      ),
    );
  const headers = sharedHeaders(server, exchange, exchange.admitted);
  return Effect.map(page(input), (first) => rowsResponse(first, paging, following, headers));
}

function isKnown({ request }: Exchange, etag: string | undefined): boolean {
  const header = request.headers["if-none-match"];
  return etag !== undefined && header !== undefined && names(header, etag, "weak");
}

function sharedHeaders(
  { dialect }: Server,
  { requestId }: Exchange,
  counted: Pick<Admitted, "quota" | "standing"> | undefined,
): Record<string, string> {
  const quota = counted && dialect.quotaHeaders(counted.quota, counted.standing);
  return { "x-request-id": requestId, "cache-control": "private, no-cache", ...quota };
}

function textResponse(
  status: number,
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>>,
): ServerResponse {
  return HttpServerResponse.text(text, { status, contentType, headers });
}

/** The one place where a request that failed gets its answer. */
function failed(server: Server, exchange: Exchange, cause: Cause.Cause<Failure>): ServerResponse {
  if (Cause.isInterruptedOnly(cause)) return HttpServerResponse.empty({ status: CALLER_HAS_GONE });
  const failure = failureOf(cause);
  const { config, dialect } = server;
  if (failure._tag === "Defect") told(() => config.onDefect?.(failure.cause, exchange.requestId));
  const answer = dialect.answerTo(failure, exchange.requestId);
  const counted = failure._tag === "RateLimited" ? failure : exchange.admitted;
  const headers = {
    ...sharedHeaders(server, exchange, counted),
    ...answer.headers,
    ...(isCutShort(failure, exchange) && { connection: "close" }),
  };
  // A failure repeats what was sent; a key in the wrong place must not go on from here.
  const text = withoutSecrets(JSON.stringify(answer.body));
  return textResponse(answer.status, answer.mediaType, text, headers);
}

/** On a connection of its own, the rest of the body would come before the next request. */
function isCutShort({ _tag }: Failure, { request }: Exchange): boolean {
  return _tag === "BodyTooLarge" && !(request.source instanceof Request);
}

/** A log that is broken must not cost anybody an answer. */
function told(tell: () => void): void {
  try {
    tell();
  } catch {
    // There is nobody left to tell.
  }
}

function failureOf(cause: Cause.Cause<Failure>): Failure {
  const failure = Cause.failureOption(cause);
  return Option.isSome(failure) ? failure.value : new Defect({ cause: Cause.squash(cause) });
}

function logged(
  { config }: Server,
  { request, requestId, address, startedAt, endpoint, admitted }: Exchange,
  { status }: ServerResponse,
): Effect.Effect<void> {
  const { onAnswer } = config;
  if (onAnswer === undefined) return Effect.void;
  return Effect.map(Clock.currentTimeMillis, (now) =>
    told(() =>
      onAnswer({
        requestId,
        method: request.method,
        route: endpoint?.route ?? null,
        status,
        durationMs: now - startedAt,
        address: address ?? null,
        key: admitted?.caller.key.id ?? null,
        organisation: admitted?.caller.organisation.id ?? null,
      }),
    ),
  );
}
