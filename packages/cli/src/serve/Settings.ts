/** What a server is told: by options, or else by the environment. */
import { Either, Option } from "effect";
import type { Failure } from "../Failure.js";
import {
  type WebhookOptions,
  type WebhookSettings,
  webhookSettingsOf,
  wordsOf,
} from "../webhooks/Settings.js";
import { APIS } from "./Apis.js";
import { type Environment, type Told, toldBy, wholeNumber } from "./Environment.js";
import type { LogForm } from "./LogForms.js";
import { type ApiPlace, placesOf } from "./Places.js";
import { type TelemetrySettings, telemetryOf } from "./TelemetrySettings.js";

/** What the command line says; whatever it leaves out, the environment may say. */
export interface ServeOptions extends WebhookOptions {
  readonly db: Option.Option<string>;
  readonly port: Option.Option<string>;
  readonly host: Option.Option<string>;
  readonly log: Option.Option<LogForm>;
  /** As `--api` was given, each time. */
  readonly api: readonly string[];
}

export interface ServeSettings {
  readonly db: string;
  readonly port: number;
  readonly host: string;
  /** `undefined`: whatever suits the error stream. */
  readonly log: LogForm | undefined;
  readonly trustedProxies: readonly string[];
  readonly maxBodyBytes: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly telemetry: TelemetrySettings | undefined;
  readonly webhooks: WebhookSettings;
  /** Served besides the native API. */
  readonly apis: readonly ApiPlace[];
}

const DEFAULT_DB = "stock.db";
const DEFAULT_PORT = 4280;
const DEFAULT_HOST = "127.0.0.1";
const MAX_PORT = 65_535;
/** The longest that a timer of Node can wait. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** The settings; an option wins over its variable. */
export function settingsOf(
  options: ServeOptions,
  environment: Environment,
): Either.Either<ServeSettings, Failure> {
  return Either.gen(function* () {
    const variable = (name: string) => toldBy(environment, name);
    const told = (option: Option.Option<string>, name: string, variableName: string) =>
      Option.match(option, {
        onNone: () => variable(variableName),
        onSome: (text): Told => ({ name, text }),
      });
    const port = told(options.port, "--port", "STOCKBOOK_PORT");
    const maxBodyBytes = variable("STOCKBOOK_MAX_BODY_BYTES");
    const timeoutMs = variable("STOCKBOOK_TIMEOUT_MS");
    return {
      db: told(options.db, "--db", "STOCKBOOK_DB")?.text ?? DEFAULT_DB,
      port: port === undefined ? DEFAULT_PORT : yield* wholeNumber(port, 0, MAX_PORT),
      host: told(options.host, "--host", "STOCKBOOK_HOST")?.text ?? DEFAULT_HOST,
      log: Option.getOrUndefined(options.log),
      trustedProxies: wordsOf(variable("STOCKBOOK_TRUSTED_PROXIES")?.text ?? ""),
      maxBodyBytes: maxBodyBytes && (yield* wholeNumber(maxBodyBytes, 1, Number.MAX_SAFE_INTEGER)),
      timeoutMs: timeoutMs && (yield* wholeNumber(timeoutMs, 1, MAX_TIMEOUT_MS)),
      telemetry: yield* telemetryOf(environment),
      apis: yield* placesOf(apisTold(options.api, variable("STOCKBOOK_APIS")), APIS),
      webhooks: yield* webhookSettingsOf(options, environment),
    };
  });
}

function apisTold(given: readonly string[], variable: Told | undefined): readonly Told[] {
  if (given.length > 0) return given.map((text) => ({ name: "--api", text }));
  if (variable === undefined) return [];
  return wordsOf(variable.text).map((text) => ({ name: variable.name, text }));
}
