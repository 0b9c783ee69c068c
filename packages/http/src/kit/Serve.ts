/** Serving: from a request to its answer, through one chain of steps for every endpoint. */
import { HttpServerRequest, HttpServerResponse } from "@effect/platform";
import { Cause, Clock, Effect, Option, type ParseResult } from "effect";
import { type Paging, ROWS_MEDIA_TYPE } from "../contract/Annotations.js";
import { clientAddress } from "./Addresses.js";
import {
  type Admitted,
  type Arrival,
  admit,
  admitKeyFirst,
  checkScope,
  type Gate,
} from "./Admission.js";
import { readBody } from "./Bodies.js";
import { type Deadlines, makeDeadlines } from "./Deadlines.js";
import type { Dialect } from "./Dialect.js";
import type { Answer, Decode, Encode, FileAnswer, Reply, ServedEndpoint } from "./Endpoint.js";
import { etagOf, names } from "./Etags.js";
import {
  Defect,
  type Failure,
  InvalidInput,
  type Issue,
  MalformedBody,
  NotAcceptable,
  type Part,
  PreconditionRequired,
  TimedOut,
  type UnknownRoute,
} from "./Failure.js";
import { fileResponse, type Within } from "./Files.js";
import { accepts, givenRequestId } from "./Headers.js";
import { issuesOf } from "./Issues.js";
import { linkHeader, nextOf } from "./Pages.js";
import { type Query, queryOf, splitUrl, withoutParameters } from "./Query.js";
import { type Match, makeRoutes, type OtherMethod, type Route } from "./Routes.js";
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
  readonly route: Route;
  readonly limitFor: (endpoint: ServedEndpoint | undefined) => TimeLimit;
}

type Found = Match | OtherMethod | UnknownRoute;

interface TimeLimit {
  readonly timeoutMs: number;
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
  const serving = { ...server, route, limitFor: timeLimits(server) };
  return Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const exchange = begin(server, request, now);
      return Effect.suspend(() => answered(serving, exchange)).pipe(
        Effect.catchAllCause((cause) => Effect.sync(() => failed(server, exchange, cause))),
        Effect.tap((response) => logged(server, exchange, response)),
        // What was interrupted for taking too long is answered all the same.
        Effect.uninterruptible,
      );
    }),
  );
}

/** Deadlines by how long they are, for all that share one are looked after together. */
function timeLimits({ config, endpoints }: Server): Serving["limitFor"] {
  const usual = { timeoutMs: config.timeoutMs, deadlines: makeDeadlines(config.timeoutMs) };
  const longer = endpoints.flatMap(({ timeoutMs = 0 }) =>
    timeoutMs > config.timeoutMs ? [timeoutMs] : [],
  );
  const limits = new Map(
    longer.map((timeoutMs) => [timeoutMs, { timeoutMs, deadlines: makeDeadlines(timeoutMs) }]),
  );
  return (endpoint) => limits.get(endpoint?.timeoutMs ?? 0) ?? usual;
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
function answered(server: Serving, exchange: Exchange): Effect.Effect<ServerResponse, Failure> {
  const { request } = exchange;
  const against = server.dialect.precheck?.(request);
  if (against !== undefined) return Effect.fail(against);
  const [path, search] = splitUrl(request.url);
  const match = server.route(request.method, path);
  const endpoint = "_tag" in match || "refused" in match ? undefined : match.endpoint;
  exchange.endpoint = endpoint;
  const limit = server.limitFor(endpoint);
  const served =
    server.dialect.order === "key-first"
      ? keyFirst(server, exchange, limit, match, search)
      : routeFirst(server, exchange, limit, match, search);
  return inTime(limit, exchange, served);
}

function routeFirst(
  server: Serving,
  exchange: Exchange,
  limit: TimeLimit,
  match: Found,
  search: string,
): Effect.Effect<ServerResponse, Failure> {
  if ("_tag" in match) return match;
  if ("refused" in match) return match.refused;
  const { endpoint } = match;
  const unacceptable = acceptFault(exchange, endpoint);
  if (unacceptable !== undefined) return unacceptable;
  return Effect.flatMap(admitted(server, exchange, endpoint), () =>
    respond(server, exchange, limit, match, search),
  );
}

function keyFirst(
  server: Serving,
  exchange: Exchange,
  limit: TimeLimit,
  match: Found,
  search: string,
): Effect.Effect<ServerResponse, Failure> {
  const admission = "_tag" in match ? undefined : match.endpoint.admission;
  const isPublic = admission === "public" && !("refused" in match);
  const known = isPublic
    ? Effect.void
    : admitKeyFirst(server, arrivalOf(exchange), admission, (one) => {
        exchange.admitted = one;
      });
  return Effect.flatMap(known, (): Effect.Effect<ServerResponse, Failure> => {
    if ("_tag" in match) return match;
    return Effect.flatMap(thingIsThere(server, exchange, match), () => {
      if ("refused" in match) return match.refused;
      const unacceptable = acceptFault(exchange, match.endpoint);
      return unacceptable ?? respond(server, exchange, limit, match, search);
    });
  });
}

/** Whether the thing that the address names is there, for who may know. */
function thingIsThere(
  { dialect }: Server,
  { admitted }: Exchange,
  { endpoint, path }: Match,
): Effect.Effect<void, Failure> {
  const { thingFault } = dialect;
  if (thingFault === undefined || admitted === undefined) return Effect.void;
  return thingFault({ route: endpoint.route, path }, admitted.caller);
}

function acceptFault(
  { request }: Exchange,
  { files, streams, encoders }: ServedEndpoint,
): NotAcceptable | undefined {
  if (files?.chosenBy === "path") return undefined;
  const isJson = files === undefined || encoders.get(files.status) !== undefined;
  const offered = [
    ...(isJson ? [MEDIA_TYPE] : []),
    ...(streams ? [ROWS_MEDIA_TYPE] : []),
    ...(files?.types.map(({ mediaType }) => bareType(mediaType)) ?? []),
  ];
  if (accepts(request.headers.accept, offered)) return undefined;
  return new NotAcceptable({ offered });
}

/** A media type without its parameters. */
function bareType(mediaType: string): string {
  return mediaType.split(";", 1)[0] as string;
}

function admitted(
  server: Server,
  exchange: Exchange,
  { admission }: ServedEndpoint,
): Effect.Effect<void, Failure> {
  if (admission === "public") return Effect.void;
  return Effect.flatMap(admit(server, arrivalOf(exchange)), (one) => {
    exchange.admitted = one;
    return checkScope(one, admission);
  });
}

function arrivalOf({ request, address, startedAt }: Exchange): Arrival {
  return { request, address, now: startedAt };
}

function respond(
  server: Server,
  exchange: Exchange,
  limit: TimeLimit,
  { endpoint, path }: Match,
  search: string,
): Effect.Effect<ServerResponse, Failure> {
  return Effect.flatMap(decoded(server, exchange, endpoint, path, search), (input) =>
    answeredWith(server, exchange, limit, endpoint, input),
  );
}

function answeredWith(
  server: Server,
  exchange: Exchange,
  limit: TimeLimit,
  endpoint: ServedEndpoint,
  input: Readonly<Record<string, unknown>>,
): Effect.Effect<ServerResponse, Failure> {
  const { headers } = exchange.request;
  if (endpoint.needsMatch && headers["if-match"] === undefined) return new PreconditionRequired();
  if (wantsRows(exchange, endpoint)) return streamed(server, exchange, limit, endpoint, input);
  return Effect.flatMap(handled(exchange, endpoint, input), (reply) =>
    "file" in reply
      ? filed(server, exchange, limit, endpoint, reply)
      : encoded(server, exchange, endpoint, reply),
  );
}

/** The parts of a request as the endpoint wants them, the cheap ones first. */
function decoded(
  { config, dialect }: Server,
  { request }: Exchange,
  { decodePath, decodeQuery, decodeBody, lists, takesForm, ...endpoint }: ServedEndpoint,
  params: Readonly<Record<string, string | undefined>>,
  search: string,
): Effect.Effect<Readonly<Record<string, unknown>>, Failure> {
  const given = queryOf(search, { lists, unread: unreadBy(dialect, request) });
  if (given instanceof MalformedBody) return given;
  const inPath = decodePath === undefined ? NOTHING : part("path", decodePath(params));
  const inQuery = decodeQuery === undefined ? noneOf(given) : part("query", decodeQuery(given));
  const parts = Effect.flatMap(inPath, (path) =>
    Effect.map(inQuery, (urlParams) => ({ path, urlParams })),
  );
  if (decodeBody === undefined) return parts;
  const maxBytes = Math.max(config.maxBodyBytes, endpoint.maxBodyBytes ?? 0);
  return Effect.flatMap(parts, (known) =>
    Effect.flatMap(readBody(request, { maxBytes, takesForm }), (body) =>
      Effect.map(part("body", decodeBody(body), endpoint.mostFaults), (payload) => ({
        ...known,
        payload,
      })),
    ),
  );
}

/** Where a key may stand in the query, it is no input. */
function unreadBy({ keyParameters }: Dialect, { method }: ServerRequest): readonly string[] {
  return keyParameters !== undefined && (method === "GET" || method === "HEAD")
    ? keyParameters
    : NO_PARAMETERS;
}

const NO_PARAMETERS: readonly string[] = [];
const NOTHING = Effect.succeed(undefined);

function noneOf(query: Query): Effect.Effect<undefined, InvalidInput> {
  const issues = Object.keys(query).map(
    (name): Issue => ({ in: "query", path: [name], message: "is not known here" }),
  );
  return issues.length === 0 ? NOTHING : new InvalidInput({ issues });
}

function part<A>(
  name: Part,
  decoding: Effect.Effect<A, ParseResult.ParseError>,
  most?: number,
): Effect.Effect<A, InvalidInput> {
  return Effect.mapError(
    decoding,
    (error) => new InvalidInput({ issues: issuesOf(name, error, most) }),
  );
}

function handled(
  exchange: Exchange,
  { handler, method }: ServedEndpoint,
  input: Readonly<Record<string, unknown>>,
): Effect.Effect<Reply<unknown>, Failure> {
  const { request, requestId, admitted } = exchange;
  exchange.mayHaveHappened = method !== "GET";
  return handler(input, { requestId, caller: admitted?.caller, headers: request.headers });
}

/** Gives up what takes too long, and says whether something may have happened all the same. */
function inTime<A>(
  { timeoutMs, deadlines }: TimeLimit,
  exchange: Exchange,
  effect: Effect.Effect<A, Failure>,
): Effect.Effect<A, Failure> {
  return deadlines.within(
    effect,
    () => new TimedOut({ timeoutMs, mayHaveHappened: exchange.mayHaveHappened }),
  );
}

/** A file, where the contract has one of that kind. */
function filed(
  server: Server,
  exchange: Exchange,
  limit: TimeLimit,
  { files }: ServedEndpoint,
  reply: FileAnswer,
): Effect.Effect<ServerResponse, Failure> {
  const { mediaType } = reply.file;
  if (files?.types.every((type) => type.mediaType !== mediaType) ?? true) {
    return new Defect({ cause: `a file of ${mediaType} is not in the contract` });
  }
  const headers = { ...sharedHeaders(server, exchange, exchange.admitted), ...reply.headers };
  const within: Within = (part) => inTime(limit, exchange, part);
  return fileResponse(reply, exchange.request, within, headers);
}

function encoded(
  server: Server,
  exchange: Exchange,
  { encoders, method, paging, tagsContent }: ServedEndpoint,
  { status, body, headers = {} }: Answer<unknown>,
): Effect.Effect<ServerResponse, Failure> {
  const [own] = encoders.keys();
  const wanted = status ?? (own as number);
  const shared = { ...sharedHeaders(server, exchange, exchange.admitted), ...headers };
  if (method === "GET" && isKnown(exchange, headers.etag)) {
    return Effect.succeed(HttpServerResponse.empty({ status: 304, headers: shared }));
  }
  if (!encoders.has(wanted)) {
    return new Defect({ cause: `status ${wanted} is not in the contract` });
  }
  const encode = encoders.get(wanted);
  if (encode === undefined) {
    return Effect.succeed(HttpServerResponse.empty({ status: wanted, headers: shared }));
  }
  return encode(body).pipe(
    Effect.mapError((cause) => new Defect({ cause })),
    Effect.map((json) => {
      const etag = tagsContent ? (headers.etag ?? etagOf(json)) : undefined;
      const tagged = etag === undefined ? shared : { ...shared, etag };
      if (etag !== undefined && method === "GET" && isKnown(exchange, etag)) {
        return HttpServerResponse.empty({ status: 304, headers: tagged });
      }
      const link = paging && linkToNext(server, exchange, paging, json);
      const all = link === undefined ? tagged : { ...tagged, link };
      return textResponse(wanted, MEDIA_TYPE, JSON.stringify(json), all);
    }),
  );
}

function linkToNext(
  { dialect }: Server,
  { request }: Exchange,
  paging: Paging,
  body: unknown,
): string | undefined {
  const next = nextOf(paging, body);
  if (next === undefined) return undefined;
  const [, search] = splitUrl(request.url);
  const shown = withoutParameters(search, dialect.keyParameters ?? NO_PARAMETERS);
  return withoutSecrets(linkHeader(shown, { next: { [paging]: next } }));
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
  server: Server,
  exchange: Exchange,
  limit: TimeLimit,
  endpoint: ServedEndpoint,
  input: Readonly<Record<string, unknown>>,
): Effect.Effect<ServerResponse, Failure> {
  const { paging = "cursor", encoders, decodeQuery } = endpoint;
  const [encode] = encoders.values();
  const page = (asked: Readonly<Record<string, unknown>>) =>
    Effect.flatMap(handled(exchange, endpoint, asked), (reply) =>
      "file" in reply
        ? new Defect({ cause: "a list that streams its rows gives no files" })
        : Effect.mapError((encode as Encode)(reply.body), (cause) => new Defect({ cause })),
    );
  const following = (next: string) =>
    Effect.flatMap(part("query", (decodeQuery as Decode)({ [paging]: next })), (urlParams) =>
      inTime(
        limit,
        exchange,
        page({ ...input, urlParams: { ...(input.urlParams as object), ...(urlParams as object) } }),
      ),
    );
  const headers = sharedHeaders(server, exchange, exchange.admitted);
  return Effect.map(page(input), (first) =>
    rowsResponse(first, paging, following, exchange.request, headers),
  );
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
