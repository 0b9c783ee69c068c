/** The server: the native API, and others that are asked for, over an SQLite file, on a port, until it is told to stop. */
import { HttpServerResponse } from "@effect/platform";
import { Access, Stockbook, type TargetPolicy, type WebhookShape } from "@stockbook/engine";
import type { App } from "@stockbook/http";
import { type AccessLine, type Mount, mounted, type Place } from "@stockbook/http/kit";
import { listen } from "@stockbook/http/node";
import { sqlite } from "@stockbook/store-sqlite";
import { DEFAULT_SENDER_OPTIONS, delivering } from "@stockbook/webhooks/delivery";
import { Effect, Layer, Logger, type Scope } from "effect";
import { told } from "../Book.js";
import { Failure } from "../Failure.js";
import { openSecretsBox } from "../webhooks/Keys.js";
import { checkRanges, webhooksTo } from "../webhooks/Service.js";
import { type AccessLog, accessLog, logFormFor } from "./AccessLog.js";
import { type LoadedApi, NATIVE } from "./Apis.js";
import type { ApiPlace } from "./Places.js";
import type { ServeSettings } from "./Settings.js";

/** A server that has begun. */
export interface Begun {
  readonly url: string;
  /** The file of a key for webhooks that was made for it. */
  readonly madeKeyFile: string | undefined;
  /** Served besides the native API. */
  readonly apis: readonly Place[];
}

/**
 * Serves and delivers webhooks until the scope closes; then what was begun is finished, and the
 * file is closed.
 */
export const serveFile = (settings: ServeSettings): Effect.Effect<Begun, Failure, Scope.Scope> =>
  Effect.gen(function* () {
    const { db, host, port, webhooks } = settings;
    const { targets } = webhooks;
    yield* checkRanges(targets);
    const apis = yield* loaded(settings.apis);
    const shapes = [...new Set(apis.flatMap((api) => api.shapes))];
    const secrets = yield* openSecretsBox(db, webhooks.keys);
    const stores = Layer.merge(sqlite(db), Layer.succeedContext(secrets.context));
    const services = Layer.mergeAll(Stockbook.layer(), Access.layer(), webhooksTo(targets, shapes));
    const engine = yield* told(db, Layer.build(Layer.provideMerge(services, stores)));
    yield* told(db, Effect.provide(makeFirstOrganisation, engine));
    const log = accessLog(settings.log ?? logFormFor(process.stderr), process.stderr);
    const worker = Layer.provide(deliveringTo(targets, shapes), loggerTo(log));
    yield* Layer.build(Layer.provide(worker, Layer.succeedContext(engine)));
    const telemetry = yield* telemetryFor(settings);
    let stopping = false;
    const isStopping = () => stopping;
    const app = yield* appOf(settings, apis, log, telemetry, isStopping).pipe(
      Effect.provide(engine),
    );
    const { url } = yield* onPort(telemetry.traced(app), host, port).pipe(telemetry.provided);
    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        stopping = true;
      }),
    );
    return { url, madeKeyFile: secrets.madeFile, apis: settings.apis };
  });

interface PlacedApi extends LoadedApi {
  readonly place: Place;
}

/** The code of the APIs that are served; the native one comes first. */
function loaded(apis: readonly ApiPlace[]): Effect.Effect<readonly PlacedApi[]> {
  const all = [{ api: NATIVE, name: NATIVE.name, basePath: NATIVE.basePath }, ...apis];
  return Effect.promise(() =>
    Promise.all(all.map(async ({ api, ...place }) => ({ ...(await api.load()), place }))),
  );
}

function deliveringTo(policy: TargetPolicy, shapes: readonly WebhookShape[]) {
  return delivering({ shapes, sender: { ...DEFAULT_SENDER_OPTIONS, policy } });
}

/** What the worker has to say goes where the server says it. */
function loggerTo({ onWarning }: AccessLog) {
  const logger = Logger.make(({ message }) => onWarning([message].flat().join(" ")));
  return Logger.replace(Logger.defaultLogger, logger);
}

/** Fails where the port cannot be listened on. */
export const checkPort = ({ host, port }: ServeSettings): Effect.Effect<void, Failure> => {
  const nothing = Effect.succeed(HttpServerResponse.empty({ status: 503 }));
  return Effect.scoped(onPort(nothing, host, port).pipe(UNTOLD.provided));
};

const onPort = (app: App, host: string, port: number) =>
  listen(app, { host, port }).pipe(Effect.mapError(({ message }) => new Failure({ message })));

interface Telemetry {
  readonly traced: (app: App) => App;
  readonly measure: (line: AccessLine) => void;
  readonly provided: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>;
}

const UNTOLD: Telemetry = {
  traced: (app) => app,
  measure: () => undefined,
  provided: Effect.withTracerEnabled(false),
};

const telemetryFor = ({ telemetry }: ServeSettings): Effect.Effect<Telemetry, never, Scope.Scope> =>
  Effect.gen(function* () {
    if (telemetry === undefined) return UNTOLD;
    const { measure, startExport, traced } = yield* Effect.promise(() => import("./Telemetry.js"));
    const tracer = yield* startExport(telemetry);
    return { traced, measure, provided: Effect.withTracer(tracer) };
  });

const appOf = (
  settings: ServeSettings,
  apis: readonly PlacedApi[],
  log: AccessLog,
  { measure }: Telemetry,
  isStopping: () => boolean,
) =>
  Effect.suspend(() => {
    const { maxBodyBytes, timeoutMs, trustedProxies } = settings;
    const onAnswer = (line: AccessLine) => {
      log.onAnswer(line);
      measure(line);
    };
    const { onDefect } = log;
    const options = { maxBodyBytes, timeoutMs, trustedProxies, isStopping, onAnswer, onDefect };
    const made = apis.map(({ app, place }) =>
      Effect.map(app(options, place), (app) => ({ ...place, app })),
    );
    return Effect.map(Effect.all(made), ([native, ...mounts]) =>
      // The first of them is the native one.
      mounted(mounts, (native as Mount).app),
    );
  }).pipe(
    // Of the settings, only the ranges are not checked yet.
    Effect.catchAllDefect((defect) =>
      defect instanceof RangeError
        ? new Failure({ message: defect.message.replace("trustedProxies", PROXIES) })
        : Effect.die(defect),
    ),
  );

const PROXIES = "STOCKBOOK_TRUSTED_PROXIES";

/** A new file has one organisation, so that a key can be made at once. */
const makeFirstOrganisation = Effect.gen(function* () {
  const access = yield* Access;
  const organisations = yield* access.organisations;
  if (organisations.length === 0) yield* access.createOrganisation({ id: "default" });
});

/**
 * Waits until the program is interrupted. Being told to stop is how a server ends well, so its
 * exit status is then 0.
 */
export const untilStopped: Effect.Effect<never> = Effect.onInterrupt(Effect.never, () =>
  Effect.sync(() => {
    process.exitCode = 0;
  }),
);
