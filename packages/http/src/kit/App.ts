/** Apps: an API put together from its contract, its handlers and its dialect. */
import type {
  HttpApi,
  HttpApiGroup,
  HttpServerRequest,
  HttpServerResponse,
} from "@effect/platform";
import { Access } from "@stockbook/engine";
import { Effect, Option } from "effect";
import type { Dialect } from "./Dialect.js";
import { type AnyHandler, endpointsOf, type HandlersOf, type ServedEndpoint } from "./Endpoint.js";
import { configOf, type ServerOptions } from "./Options.js";
import { memoryRateLimits, RateLimits } from "./RateLimits.js";
import { serve } from "./Serve.js";

/** An app that answers whatever it is asked; it never fails. */
export type App = Effect.Effect<
  HttpServerResponse.HttpServerResponse,
  never,
  HttpServerRequest.HttpServerRequest
>;

export interface AppOptions extends ServerOptions {
  /** Makes the ids of requests that bring none; random ones, if left out. */
  readonly newRequestId?: (() => string) | undefined;
}

/** What an app is made from. */
export interface AppParts<Api> {
  readonly api: Api;
  readonly dialect: Dialect;
  /** One for every endpoint; one that is left out is a type error. */
  readonly handlers: HandlersOf<Api>;
  readonly options?: AppOptions | undefined;
  /** Served besides, such as `documentEndpoints(…)`. */
  readonly besides?: readonly ServedEndpoint[] | undefined;
}

/** Makes the app of an API over the keys that are provided. */
export function appOf<Id extends string, Groups extends HttpApiGroup.HttpApiGroup.Any, E, R>({
  api,
  dialect,
  handlers,
  options = {},
  besides = [],
}: AppParts<HttpApi.HttpApi<Id, Groups, E, R>>): Effect.Effect<App, never, Access> {
  return Effect.gen(function* () {
    const access = yield* Access;
    const shared = yield* Effect.serviceOption(RateLimits);
    const { newRequestId = () => crypto.randomUUID() } = options;
    // Their types were checked above, endpoint by endpoint.
    const known = handlers as unknown as Record<string, Record<string, AnyHandler>>;
    return serve({
      access,
      limits: Option.getOrElse(shared, memoryRateLimits),
      dialect,
      config: configOf(options),
      endpoints: [...endpointsOf(api, known), ...besides],
      newRequestId,
    });
  });
}
