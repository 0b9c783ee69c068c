/** Where traces and metrics go, by the standard settings of OpenTelemetry; nowhere without one. */
import { Either } from "effect";
import { Failure } from "../Failure.js";
import { type Environment, toldBy, wholeNumber } from "./Environment.js";

export interface TelemetrySettings {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly protocol: "http/json" | "http/protobuf";
  readonly traceIntervalMs: number;
  readonly metricIntervalMs: number;
}

const MAX_INTERVAL_MS = 3_600_000;

/** The settings, or nothing where no endpoint is set. */
export function telemetryOf(
  environment: Environment,
): Either.Either<TelemetrySettings | undefined, Failure> {
  return Either.gen(function* () {
    const said = (name: string) => toldBy(environment, name);
    const endpoint = said("OTEL_EXPORTER_OTLP_ENDPOINT");
    if (endpoint === undefined || said("OTEL_SDK_DISABLED")?.text === "true") return undefined;
    const milliseconds = (name: string, otherwise: number) => {
      const told = said(name);
      return told === undefined ? Either.right(otherwise) : wholeNumber(told, 1, MAX_INTERVAL_MS);
    };
    return {
      endpoint: yield* endpointIn(endpoint.text),
      headers: yield* headersIn(said("OTEL_EXPORTER_OTLP_HEADERS")?.text ?? ""),
      serviceName: said("OTEL_SERVICE_NAME")?.text ?? "stockbook",
      protocol: yield* protocolIn(said("OTEL_EXPORTER_OTLP_PROTOCOL")?.text ?? "http/protobuf"),
      traceIntervalMs: yield* milliseconds("OTEL_BSP_SCHEDULE_DELAY", 5_000),
      metricIntervalMs: yield* milliseconds("OTEL_METRIC_EXPORT_INTERVAL", 60_000),
    };
  });
}

function endpointIn(text: string): Either.Either<string, Failure> {
  if (/^https?:\/\//.test(text) && URL.canParse(text))
    return Either.right(text.replace(/\/+$/, ""));
  const right = "an address such as http://127.0.0.1:4318";
  return failed(`OTEL_EXPORTER_OTLP_ENDPOINT must be ${right}, not ${JSON.stringify(text)}`);
}

function protocolIn(text: string): Either.Either<TelemetrySettings["protocol"], Failure> {
  if (text === "http/json" || text === "http/protobuf") return Either.right(text);
  const right = "http/protobuf or http/json";
  return failed(`OTEL_EXPORTER_OTLP_PROTOCOL must be ${right}, not ${JSON.stringify(text)}`);
}

/** `name=value,name=value`, percent-encoded; a fault is told without the values, which are secret. */
function headersIn(list: string): Either.Either<Readonly<Record<string, string>>, Failure> {
  const headers: Record<string, string> = {};
  for (const pair of list.split(",")) {
    if (pair.trim() === "") continue;
    const [, name, text = ""] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    const value = decoded(text);
    if (name === undefined || value === undefined) {
      const right = "pairs such as name=value, with commas between";
      return failed(`OTEL_EXPORTER_OTLP_HEADERS must be ${right}`);
    }
    headers[name] = value;
  }
  return Either.right(headers);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function failed<A>(message: string): Either.Either<A, Failure> {
  return Either.left(new Failure({ message }));
}
