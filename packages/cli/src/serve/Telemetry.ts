/** Traces and metrics of a server, for a collector of the operator's own. */

import * as OtlpMetrics from "@effect/opentelemetry/OtlpMetrics";
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization";
import * as OtlpTracer from "@effect/opentelemetry/OtlpTracer";
import { FetchHttpClient, HttpServerRequest, HttpTraceContext } from "@effect/platform";
import type { App } from "@stockbook/http";
import { openApi } from "@stockbook/http/contract";
import type { AccessLine } from "@stockbook/http/kit";
import {
  Effect,
  Layer,
  Metric,
  MetricBoundaries,
  MetricLabel,
  Option,
  type Scope,
  type Tracer,
} from "effect";
import type { TelemetrySettings } from "./TelemetrySettings.js";

/** Sends metrics until the scope closes, and what the tracer it gives is told. */
export const startExport = (
  settings: TelemetrySettings,
): Effect.Effect<Tracer.Tracer, never, Scope.Scope> => {
  const { endpoint, headers, serviceName, protocol } = settings;
  const { traceIntervalMs, metricIntervalMs } = settings;
  const shared = { headers, resource: { serviceName } };
  const serialization =
    protocol === "http/json" ? OtlpSerialization.layerJson : OtlpSerialization.layerProtobuf;
  return Effect.gen(function* () {
    yield* OtlpMetrics.make({
      ...shared,
      url: `${endpoint}/v1/metrics`,
      exportInterval: metricIntervalMs,
    });
    return yield* OtlpTracer.make({
      ...shared,
      url: `${endpoint}/v1/traces`,
      exportInterval: traceIntervalMs,
    });
  }).pipe(Effect.provide(Layer.merge(FetchHttpClient.layer, serialization)));
};

/**
 * An app whose every request is a span. It says which route was asked for and what became of it;
 * never the query, the headers or the body, where there may be secrets.
 */
export function traced(app: App): App {
  const routeOf = makeRoutes();
  return Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
    const { method, headers } = request;
    const route = routeOf(request.url);
    const named = route === undefined ? {} : { "http.route": route };
    return app.pipe(
      Effect.tap((response) =>
        Effect.annotateCurrentSpan({
          "http.response.status_code": response.status,
          "stockbook.request_id": response.headers["x-request-id"],
        }),
      ),
      Effect.withSpan(route === undefined ? method : `${method} ${route}`, {
        kind: "server",
        parent: Option.getOrUndefined(HttpTraceContext.fromHeaders(headers)),
        attributes: { "http.request.method": method, ...named },
        captureStackTrace: false,
      }),
    );
  });
}

/** Which route of the contract a URL is for. */
function makeRoutes(): (url: string) => string | undefined {
  const documents = ["/openapi.json", "/docs"];
  const paths = [...Object.keys(openApi().paths as object), ...documents];
  // The exact ones first: `/v1/stock/card` is no `/v1/stock/{id}`.
  const routes = paths
    .map((path) => ({ path, parts: path.split("/") }))
    .sort((a, b) => a.path.split("{").length - b.path.split("{").length);
  return (url) => {
    const asked = (url.split("?")[0] ?? "").split("/");
    return routes.find(
      ({ parts }) =>
        parts.length === asked.length &&
        parts.every((part, i) => part.startsWith("{") || part === asked[i]),
    )?.path;
  };
}

/** As the conventions of OpenTelemetry have it. */
const duration = Metric.histogram(
  "http.server.request.duration",
  MetricBoundaries.fromIterable([
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
  ]),
  "How long requests took, in seconds",
).pipe(Metric.tagged("unit", "s"));

/** Counts and times an answer. */
export function measure({ method, route, status, durationMs }: AccessLine): void {
  const labels = [
    MetricLabel.make("http.request.method", method),
    MetricLabel.make("http.response.status_code", String(status)),
    ...(route === null ? [] : [MetricLabel.make("http.route", route)]),
  ];
  duration.unsafeUpdate(durationMs / 1_000, labels);
}
