/** The API as a web handler, to mount where a server is already. */
import { HttpServerRequest, HttpServerResponse } from "@effect/platform";
import {
  Access,
  type AccessService,
  type InvalidSecretKey,
  Stockbook,
  type StoreError,
  type Stores,
  type Webhooks,
} from "@stockbook/engine";
import { Cause, Effect, Exit, Layer, ManagedRuntime } from "effect";
import { withDocs } from "./docs/Docs.js";
import { type NativeOptions, nativeApp } from "./native/Native.js";

export interface WebHandlerOptions extends NativeOptions {
  /** Where the ledgers are kept: `memory()`, `sqlite("stock.db")` … */
  readonly store: Layer.Layer<Stores, StoreError>;
  /**
   * What keeps endpoints of webhooks, such as `Webhooks.layer`, and, beside it, what delivers;
   * without it, their routes answer 501.
   */
  readonly webhooks?: Layer.Layer<Webhooks, OpenFault, Stores | Stockbook> | undefined;
  /** Where the API is mounted, such as `/api/stockbook`; at the root, if left out. */
  readonly prefix?: string | undefined;
  /** Whether `/docs` and `/openapi.json` are served, to everybody; they are, if left out. */
  readonly docs?: boolean | undefined;
}

type OpenFault = StoreError | InvalidSecretKey;

/** What a server knows of a request besides. */
export interface RequestInfo {
  /** The address of the connection; without it, keys that are bound to addresses are refused. */
  readonly address?: string | undefined;
}

/** The organisations and keys of the engine, as promises; they reject with its errors. */
export type PromisedAccess = {
  readonly [Name in keyof AccessService]: Promised<AccessService[Name]>;
};

type Promised<Member> =
  Member extends Effect.Effect<infer A, infer _E>
    ? () => Promise<A>
    : Member extends (...args: infer Args) => Effect.Effect<infer A, infer _E>
      ? (...args: Args) => Promise<A>
      : never;

export interface WebHandler extends AsyncDisposable {
  /** Makes and changes organisations and keys. */
  readonly access: PromisedAccess;
  /** Answers a request, whatever it is. */
  readonly handle: (request: Request, info?: RequestInfo) => Promise<Response>;
  /** Ends when what was begun is done. */
  readonly close: () => Promise<void>;
}

/**
 * Makes the handler; the store is opened now, so that a fault of it shows at once.
 *
 * @example
 * const api = await webHandler({ store: sqlite("stock.db") });
 * app.all("/v1/*", (context) => api.handle(context.req.raw));
 */
export async function webHandler(options: WebHandlerOptions): Promise<WebHandler> {
  const { prefix = "", docs = true, store, webhooks, ...native } = options;
  const services = Layer.merge(Stockbook.layer(), Access.layer());
  const base = Layer.provideMerge(services, store);
  const engine: Layer.Layer<Access | Stockbook, OpenFault> =
    webhooks === undefined ? base : Layer.provideMerge(webhooks, base);
  const runtime = ManagedRuntime.make(Layer.merge(engine, Layer.setTracerEnabled(false)));
  const run: Run = async (effect) => {
    const exit = await runtime.runPromiseExit(effect);
    if (Exit.isSuccess(exit)) return exit.value;
    // The class itself, not the wrapper that `runPromise` would reject with.
    throw Cause.squash(exit.cause);
  };
  const close = () => runtime.dispose();
  try {
    const api = await run(nativeApp(native));
    const app = docs ? withDocs(api, native) : api;
    const access = await run(Access);
    return {
      access: promised(access, run),
      handle: async (request, info = {}) => {
        const served = serverRequest(request, prefix, info);
        const { HttpServerRequest: tag } = HttpServerRequest;
        const options = { withoutBody: request.method === "HEAD" };
        const answer = Effect.map(app, (response) => HttpServerResponse.toWeb(response, options));
        return answered(runtime, Effect.provideService(answer, tag, served));
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The answer as soon as it is there: a request that took too long has an interrupted fiber. */
function answered<R>(
  runtime: ManagedRuntime.ManagedRuntime<R, OpenFault>,
  answer: Effect.Effect<Response, never, R>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const fiber = runtime.runFork(Effect.uninterruptible(Effect.map(answer, resolve)));
    fiber.addObserver((exit) => {
      if (Exit.isFailure(exit)) reject(Cause.squash(exit.cause));
    });
  });
}

type Run = <A, E>(effect: Effect.Effect<A, E, Access | Stockbook>) => Promise<A>;

type Member =
  | Effect.Effect<unknown, unknown>
  | ((...args: never[]) => Effect.Effect<unknown, unknown>);

function promised(access: AccessService, run: Run): PromisedAccess {
  const members: readonly (readonly [string, Member])[] = Object.entries(access);
  const asked = members.map(([name, member]) => [
    name,
    (...args: never[]) => run(typeof member === "function" ? member(...args) : member),
  ]);
  // Built from the service that the type is built from.
  return Object.fromEntries(asked) as PromisedAccess;
}

function serverRequest(request: Request, prefix: string, { address }: RequestInfo) {
  const served = HttpServerRequest.fromWeb(request);
  const mounted =
    served.url.startsWith(prefix) && /^(?:[/?]|$)/.test(served.url.slice(prefix.length));
  const url = mounted ? served.url.slice(prefix.length) : served.url;
  return served.modify({
    url: url.startsWith("/") ? url : `/${url}`,
    ...(address === undefined ? {} : { remoteAddress: address }),
  });
}
