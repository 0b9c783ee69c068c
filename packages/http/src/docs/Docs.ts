/** The contract and its interactive reference, served beside an API, for everybody. */
import { HttpServerRequest, HttpServerResponse } from "@effect/platform";
import { Clock, Effect, Option } from "effect";
import { openApi } from "../contract/OpenApi.js";
import { clientAddress } from "../kit/Addresses.js";
import type { App } from "../kit/App.js";
import { givenRequestId } from "../kit/Headers.js";
import { configOf } from "../kit/Options.js";
import type { NativeOptions } from "../native/Native.js";
import { CONTENT_SECURITY_POLICY, PAGE, PATHS, START } from "./Page.js";
import { readScalar, type Script } from "./Scalar.js";

type ServerRequest = HttpServerRequest.HttpServerRequest;
type ServerResponse = HttpServerResponse.HttpServerResponse;

type Page = (request: ServerRequest) => Effect.Effect<ServerResponse>;

/** Files whose name says their version never change. */
const FOR_EVER = "public, max-age=31536000, immutable";
const ASK_AGAIN = "public, no-cache";

/**
 * Serves `/openapi.json` and `/docs` before an app, without a key. The page loads nothing from
 * elsewhere and sends nothing elsewhere; its policy has the browser see to it.
 */
export function withDocs(app: App, options: NativeOptions = {}): App {
  const pages = makePages();
  const { onAnswer, trustedProxies } = configOf(options);
  const { newRequestId = () => crypto.randomUUID() } = options;
  return Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
    const route = pathOf(request.url);
    const page = pages.get(route);
    if (page === undefined || !isRead(request)) return app;
    return Effect.gen(function* () {
      const startedAt = yield* Clock.currentTimeMillis;
      const requestId = givenRequestId(request.headers["x-request-id"]) ?? newRequestId();
      const response = yield* page(request);
      const peer = Option.getOrUndefined(request.remoteAddress);
      const forwardedFor = request.headers["x-forwarded-for"];
      onAnswer?.({
        requestId,
        method: request.method,
        route,
        status: response.status,
        durationMs: (yield* Clock.currentTimeMillis) - startedAt,
        address: clientAddress(peer, forwardedFor, trustedProxies) ?? null,
        key: null,
        organisation: null,
      });
      return HttpServerResponse.setHeaders(response, { ...SHARED, "x-request-id": requestId });
    });
  });
}

const SHARED = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

function makePages(): ReadonlyMap<string, Page> {
  let document: string | undefined;
  let script: Promise<Script> | undefined;
  const served = (text: () => string, contentType: string): Page => {
    const headers = { "cache-control": ASK_AGAIN };
    return () => Effect.sync(() => HttpServerResponse.text(text(), { contentType, headers }));
  };
  const documentText = () => {
    document ??= JSON.stringify(openApi());
    return document;
  };
  const scalar: Page = (request) => {
    script ??= readScalar();
    return scriptResponse(script, request.headers["accept-encoding"]);
  };
  return new Map<string, Page>([
    [PATHS.document, served(documentText, "application/json")],
    [PATHS.page, served(() => PAGE, "text/html; charset=utf-8")],
    [PATHS.start, served(() => START, "text/javascript; charset=utf-8")],
    [PATHS.scalar, scalar],
    // Below it, the addresses in the page would lead elsewhere.
    [`${PATHS.page}/`, () => Effect.succeed(HttpServerResponse.redirect("../docs"))],
  ]);
}

function scriptResponse(
  script: Promise<Script>,
  acceptEncoding: string | undefined,
): Effect.Effect<ServerResponse> {
  const zipped = acceptEncoding?.includes("gzip") === true;
  const encoding = zipped ? { "content-encoding": "gzip" } : {};
  return Effect.tryPromise(async () => {
    const { gzipped, plain } = await script;
    return HttpServerResponse.uint8Array(zipped ? gzipped : await plain(), {
      contentType: "text/javascript; charset=utf-8",
      headers: { "cache-control": FOR_EVER, vary: "accept-encoding", ...encoding },
    });
  }).pipe(
    Effect.catchAll(() =>
      Effect.succeed(
        HttpServerResponse.text("the reference was left out of this program", { status: 404 }),
      ),
    ),
  );
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

function isRead({ method }: ServerRequest): boolean {
  return method === "GET" || method === "HEAD";
}
