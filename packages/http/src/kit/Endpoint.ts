/** Endpoints of a contract, ready to be served: what is decoded, how it is answered. */
import { HttpApi, type HttpApiEndpoint, type HttpApiGroup } from "@effect/platform";
import type { Caller } from "@stockbook/engine";
import { Context, type Effect, Option, Schema, type Stream } from "effect";
import {
  type Admission,
  Admits,
  type Files,
  GivesFiles,
  MaxBody,
  MostFaults,
  NeedsMatch,
  PagedBy,
  type Paging,
  Streams,
  TagsContent,
  TakesForm,
  TimeLimit,
} from "../contract/Annotations.js";
import type { HandlerFailure } from "./Failure.js";
import { listsOf } from "./Query.js";

/** What a handler knows of a request besides its decoded parts. */
export interface RequestContext {
  readonly requestId: string;
  /** Nobody, where the endpoint is public. */
  readonly caller: Caller | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** What a handler answers. */
export interface Answer<A> {
  /** The endpoint's own status, if left out. */
  readonly status?: number | undefined;
  readonly body: A;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A file as the answer; its endpoint says with `givesFiles` which kinds it gives. */
export interface FileAnswer {
  /** One of the endpoint's own. */
  readonly file: {
    readonly mediaType: string;
    /** Under which a browser keeps it, such as `report.csv`. */
    readonly name: string;
    /**
     * What fails before the first byte is answered as any failure; later, the answer breaks off,
     * and so nobody takes it for the whole.
     */
    readonly bytes: Stream.Stream<Uint8Array, HandlerFailure>;
  };
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Whatever a handler may answer. */
export type Reply<A> = Answer<A> | FileAnswer;

type EndpointOf<Group> = HttpApiGroup.HttpApiGroup.Endpoints<Group>;

export type HandlerOf<Endpoint extends HttpApiEndpoint.HttpApiEndpoint.Any> = (
  input: Omit<HttpApiEndpoint.HttpApiEndpoint.Request<Endpoint>, "request">,
  context: RequestContext,
) => Effect.Effect<Reply<HttpApiEndpoint.HttpApiEndpoint.Success<Endpoint>>, HandlerFailure>;

/** A handler for every endpoint of a group, by name; one that is left out is a type error. */
export type HandlersOfGroup<Group> = {
  readonly [Name in EndpointOf<Group>["name"]]: HandlerOf<
    HttpApiEndpoint.HttpApiEndpoint.WithName<EndpointOf<Group>, Name>
  >;
};

/** Handlers for every group of an API, by name. */
export type HandlersOf<Api> =
  Api extends HttpApi.HttpApi<string, infer Groups, infer _E, infer _R>
    ? {
        readonly [Name in HttpApiGroup.HttpApiGroup.Name<Groups>]: HandlersOfGroup<
          HttpApiGroup.HttpApiGroup.WithName<Groups, Name>
        >;
      }
    : never;

export type Decode = (
  input: unknown,
) => Effect.Effect<unknown, import("effect").ParseResult.ParseError>;
export type Encode = (
  body: unknown,
) => Effect.Effect<unknown, import("effect").ParseResult.ParseError>;

/** A handler whose types were checked where it was written. */
export type AnyHandler = (
  input: Readonly<Record<string, unknown>>,
  context: RequestContext,
) => Effect.Effect<Reply<unknown>, HandlerFailure>;

export interface ServedEndpoint {
  readonly method: string;
  readonly route: `/${string}`;
  readonly admission: Admission;
  readonly needsMatch: boolean;
  /** How its pages go on, where it answers in pages. */
  readonly paging: Paging | undefined;
  /** Whether all of its pages can be had in one stream. */
  readonly streams: boolean;
  /** Whether the server makes an `ETag` by the content of an answer. */
  readonly tagsContent: boolean;
  readonly files: Files | undefined;
  readonly takesForm: boolean;
  /** More than the server's own limits. */
  readonly maxBodyBytes: number | undefined;
  readonly timeoutMs: number | undefined;
  /** Faults of a body that are told, where they are more than usual. */
  readonly mostFaults: number | undefined;
  /** The lists in its query, by their names without brackets. */
  readonly lists: ReadonlyMap<string, string>;
  readonly decodePath: Decode | undefined;
  /** Without it, no parameter is taken. */
  readonly decodeQuery: Decode | undefined;
  readonly decodeBody: Decode | undefined;
  /** By status, nothing for an answer without a body; the first one is the endpoint's own. */
  readonly encoders: ReadonlyMap<number, Encode | undefined>;
  readonly handler: AnyHandler;
}

const STRICT = { onExcessProperty: "error", errors: "all" } as const;

/**
 * The endpoints of an API with their handlers.
 *
 * @throws if an endpoint does not say whom it admits.
 */
export function endpointsOf<Id extends string, Groups extends HttpApiGroup.HttpApiGroup.Any, E, R>(
  api: HttpApi.HttpApi<Id, Groups, E, R>,
  handlers: Readonly<Record<string, Readonly<Record<string, AnyHandler>>>>,
): readonly ServedEndpoint[] {
  const endpoints: ServedEndpoint[] = [];
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ group, endpoint, successes }) => {
      const admission = Context.getOption(endpoint.annotations, Admits);
      const handler = handlers[group.identifier]?.[endpoint.name];
      if (Option.isNone(admission) || handler === undefined) {
        throw new Error(`${group.identifier}.${endpoint.name} admits nobody or has no handler`);
      }
      const { method, path, pathSchema, urlParamsSchema, payloadSchema } = endpoint;
      endpoints.push({
        method,
        route: path,
        admission: admission.value,
        needsMatch: Context.get(endpoint.annotations, NeedsMatch),
        paging: Option.getOrUndefined(Context.getOption(endpoint.annotations, PagedBy)),
        streams: Context.get(endpoint.annotations, Streams),
        tagsContent: Context.get(endpoint.annotations, TagsContent),
        files: Option.getOrUndefined(Context.getOption(endpoint.annotations, GivesFiles)),
        takesForm: Context.get(endpoint.annotations, TakesForm),
        maxBodyBytes: Option.getOrUndefined(Context.getOption(endpoint.annotations, MaxBody)),
        timeoutMs: Option.getOrUndefined(Context.getOption(endpoint.annotations, TimeLimit)),
        mostFaults: Option.getOrUndefined(Context.getOption(endpoint.annotations, MostFaults)),
        lists: listsOf(urlParamsSchema),
        decodePath: Option.getOrUndefined(Option.map(pathSchema, decoderOf)),
        decodeQuery: Option.getOrUndefined(Option.map(urlParamsSchema, decoderOf)),
        decodeBody:
          method === "GET"
            ? undefined
            : Option.getOrUndefined(Option.map(payloadSchema, decoderOf)),
        encoders: new Map(
          [...successes].map(([status, { ast }]) => [
            status,
            Option.getOrUndefined(
              Option.map(ast, (known) => Schema.encodeUnknown(Schema.make(known))),
            ),
          ]),
        ),
        handler,
      });
    },
  });
  return endpoints;
}

// No schema of a contract needs a service to be decoded with.
function decoderOf(schema: Schema.Schema.All): Decode {
  return Schema.decodeUnknown(schema as Schema.Schema<unknown>, STRICT);
}
