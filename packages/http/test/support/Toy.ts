/** A small API of its own manners, made with the kit and served on a socket. */
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import {
  Access,
  makeMemoryStore,
  NotFound,
  RefusedKey,
  SCOPES,
  storeContext,
} from "@stockbook/engine";
import { type Clock, Effect, Layer, ManagedRuntime, Schema, Stream } from "effect";
import {
  admits,
  documentOf,
  givesFiles,
  maxBody,
  tagsContent,
  takesForm,
  timeLimit,
} from "../../src/contract/index.js";
import {
  type AppOptions,
  appOf,
  bearerKey,
  bucketOf,
  type Dialect,
  documentEndpoints,
  type HandlersOf,
  queryKey,
  rawKey,
  UnknownHost,
} from "../../src/kit/index.js";
import { listen } from "../../src/node/index.js";

export const CSV = "text/csv; charset=utf-8";
export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const Format = Schema.Literal("json", "csv", "xlsx");
const Row = Schema.Struct({ id: Schema.String, count: Schema.Int });
const Rows = Schema.Array(Row).annotations({ identifier: "Rows" });
const Hook = Schema.Struct({
  url: Schema.String,
  headers: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.String }), {
    exact: true,
  }),
  tags: Schema.optionalWith(Schema.Array(Schema.String), { exact: true }),
}).annotations({ identifier: "Hook" });
const Ids = Schema.Struct({ "ids[]": Schema.Array(Schema.String) });
const ToyError = Schema.Struct({ oops: Schema.String }).annotations({ identifier: "ToyError" });

const Things = HttpApiGroup.make("things")
  .add(
    HttpApiEndpoint.get("list", "/toy/things")
      .setUrlParams(Ids)
      .addSuccess(Rows)
      .pipe(admits("item.read"), tagsContent),
  )
  .add(
    HttpApiEndpoint.get("export", "/toy/things/:id/report.:format")
      .setPath(Schema.Struct({ id: Schema.String, format: Format }))
      .addSuccess(Rows)
      .pipe(
        admits("stock.read"),
        timeLimit(120_000),
        givesFiles({
          status: 200,
          chosenBy: "path",
          types: [{ mediaType: CSV, example: "id,count\n" }, { mediaType: XLSX }],
        }),
      ),
  )
  .add(
    HttpApiEndpoint.get("card", "/toy/card.csv")
      .addSuccess(HttpApiSchema.Empty(200))
      .pipe(
        admits("any-key"),
        givesFiles({
          status: 200,
          chosenBy: "accept",
          types: [{ mediaType: CSV, example: "a\n" }],
        }),
      ),
  )
  .add(
    HttpApiEndpoint.post("hook", "/toy/hooks")
      .setPayload(Hook)
      .addSuccess(HttpApiSchema.Empty(201))
      .pipe(admits("webhooks:write"), takesForm, maxBody(200)),
  )
  .add(
    HttpApiEndpoint.del("remove", "/toy/things/:id")
      .setPath(Schema.Struct({ id: Schema.String }))
      .addSuccess(HttpApiSchema.NoContent)
      .pipe(admits("stock:write")),
  )
  .annotate(OpenApi.Description, "Things.");

class ToyApi extends HttpApi.make("toy")
  .add(Things)
  .annotate(HttpApi.AdditionalSchemas, [ToyError])
  .annotate(OpenApi.Title, "Toy") {}

const QUOTA = { name: "toy", requests: 3, windowMs: 10_000, window: "rolling" } as const;

const toyDialect: Dialect = {
  name: "toy",
  order: "key-first",
  precheck: ({ headers }) => (headers["x-host"] === "nobody" ? new UnknownHost() : undefined),
  keyOf: (request) =>
    bearerKey(request) ?? rawKey(request, "accesstoken") ?? queryKey(request, "accessToken"),
  keyParameters: ["accessToken"],
  judge: (_, { headers }) =>
    headers["x-host"] === "other" ? new RefusedKey({ reason: "unknown" }) : undefined,
  thingFault: ({ path }) =>
    path.id === "gone" ? new NotFound({ what: "item", id: "gone" }) : Effect.void,
  quotaOf: ({ key }, address) => ({ bucket: `${key.id} ${bucketOf(address)}`, quota: QUOTA }),
  quotaHeaders: ({ requests }, { remaining }) => ({
    "x-limit": String(requests),
    "x-remaining": String(remaining),
  }),
  answerTo: (failure) => {
    const status = STATUSES[failure._tag] ?? 500;
    const retry = failure._tag === "RateLimited" ? failure.standing.resetMs : undefined;
    const oops = failure._tag === "InvalidInput" ? JSON.stringify(failure.issues) : failure._tag;
    return {
      status,
      mediaType: "application/json",
      body: { oops },
      headers: retry === undefined ? {} : { "retry-after": String(Math.ceil(retry / 1000)) },
    };
  },
};

const STATUSES: Readonly<Record<string, number>> = {
  UnknownHost: 404,
  RefusedKey: 401,
  AddressRefused: 403,
  MissingScope: 403,
  RateLimited: 429,
  UnknownRoute: 404,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  BodyTooLarge: 413,
  UnsupportedMediaType: 415,
  MalformedBody: 422,
  InvalidInput: 422,
  TimedOut: 503,
};

export function toyDocument() {
  const answer = (oops: string) => ({ description: oops, examples: { default: { oops } } });
  const statuses = [401, 403, 404, 405, 406, 413, 415, 422, 429, 500, 503];
  return documentOf(ToyApi, {
    examples: {
      "things.list": { 200: { default: [{ id: "a", count: 1 }] } },
      "things.export": { 200: { default: [{ id: "a", count: 1 }] } },
    },
    failure: {
      mediaType: "application/json",
      schemaName: "ToyError",
      answers: Object.fromEntries(statuses.map((status) => [status, answer(String(status))])),
      statusesOf: (usual) => [...usual.filter((status) => statuses.includes(status)), 422],
    },
    security: {
      bearer: { type: "http", scheme: "bearer" },
      header: { type: "apiKey", in: "header", name: "accessToken" },
      query: { type: "apiKey", in: "query", name: "accessToken" },
    },
  });
}

export interface Toy extends AsyncDisposable {
  readonly url: string;
  readonly key: string;
  readonly keyWith: (options: {
    readonly scopes?: typeof SCOPES;
    readonly allowedIps?: readonly string[];
  }) => Promise<string>;
  /** What the handlers were given. */
  readonly seen: unknown[];
  readonly lines: string[];
}

export interface ToyOptions extends AppOptions {
  readonly clock?: Clock.Clock | undefined;
  /** What a report consists of. */
  readonly bytes?: Stream.Stream<Uint8Array, NotFound> | undefined;
}

const csv = new TextEncoder().encode("id,count\na,1\n");

export async function startToy({ clock, bytes, ...options }: ToyOptions = {}): Promise<Toy> {
  const seen: unknown[] = [];
  const lines: string[] = [];
  const file = (mediaType: string, name: string) => ({
    file: { mediaType, name, bytes: bytes ?? Stream.make(csv) },
  });
  const handlers: HandlersOf<typeof ToyApi> = {
    things: {
      list: ({ urlParams }) => {
        seen.push(urlParams);
        return Effect.succeed({ body: urlParams["ids[]"].map((id) => ({ id, count: 1 })) });
      },
      export: ({ path: { format, id } }) =>
        Effect.succeed(
          format === "json"
            ? { body: [{ id, count: 1 }] }
            : file(format === "csv" ? CSV : XLSX, `${id}.${format}`),
        ),
      card: () => Effect.succeed(file(CSV, "card.csv")),
      hook: ({ payload }) => {
        seen.push(payload);
        return Effect.succeed({ body: undefined });
      },
      remove: () => Effect.succeed({ body: undefined }),
    },
  };
  const services = Layer.provideMerge(
    Access.layer(),
    Layer.succeedContext(storeContext(makeMemoryStore())),
  );
  let url = "";
  const served = Layer.scopedDiscard(
    Effect.gen(function* () {
      const app = yield* appOf({
        api: ToyApi,
        dialect: toyDialect,
        handlers,
        options: { ...options, onAnswer: (line) => lines.push(JSON.stringify(line)) },
        besides: documentEndpoints({ "/toy/openapi.json": toyDocument }),
      });
      ({ url } = yield* listen(app));
    }),
  );
  const time = clock === undefined ? Layer.empty : Layer.setClock(clock);
  const runtime = ManagedRuntime.make(
    Layer.provideMerge(served, Layer.provideMerge(services, time)),
  );
  const access = await runtime.runPromise(Access);
  await runtime.runPromise(access.createOrganisation({ id: "acme" }));
  const keyWith: Toy["keyWith"] = async (rights) => {
    const made = await runtime.runPromise(
      access.createKey({
        organisation: "acme",
        mode: "test",
        name: "toy",
        scopes: SCOPES,
        ...rights,
      }),
    );
    return made.secret as string;
  };
  return {
    url,
    key: await keyWith({}),
    keyWith,
    seen,
    lines,
    [Symbol.asyncDispose]: () => runtime.dispose(),
  };
}
