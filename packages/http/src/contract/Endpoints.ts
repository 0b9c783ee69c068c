/** What endpoints share: whom they admit, with which status they answer, how they can fail. */
import type { HttpApiEndpoint } from "@effect/platform";
import { HttpApiSchema } from "@effect/platform";
import { Context, Option, type Schema, SchemaAST } from "effect";
import {
  type Admission,
  Admits,
  type Files,
  GivesEtag,
  GivesFiles,
  HeedsMatch,
  MaxBody,
  MostFaults,
  NeedsMatch,
  NeedsSetup,
  OnceByKey,
  PagedBy,
  type Paging,
  Streams,
  TagsContent,
  TakesForm,
  TimeLimit,
} from "./Annotations.js";

type Any = HttpApiEndpoint.HttpApiEndpoint.Any;
type WithProps = HttpApiEndpoint.HttpApiEndpoint.AnyWithProps;

/** Says whom an endpoint admits; without it nobody is served. */
export const admits =
  (admission: Admission) =>
  <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
    // An annotation changes nothing of the endpoint's type.
    propsOf(endpoint).annotate(Admits, admission) as unknown as Endpoint;

/** Refuses the endpoint without `If-Match`. */
export const needsMatch = <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
  propsOf(endpoint).annotate(NeedsMatch, true) as unknown as Endpoint;

/** Says that answers carry an `ETag`. */
export const givesEtag = <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
  propsOf(endpoint).annotate(GivesEtag, true) as unknown as Endpoint;

/** Says that the endpoint heeds `If-Match` and `If-None-Match`. */
export const heedsMatch = <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
  propsOf(endpoint).annotate(HeedsMatch, true) as unknown as Endpoint;

/** Says that the endpoint does once what is asked under one `Idempotency-Key`. */
export const onceByKey = <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
  propsOf(endpoint).annotate(OnceByKey, true) as unknown as Endpoint;

/** Says that a server need not be set up for the endpoint. */
export const needsSetup = <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
  propsOf(endpoint).annotate(NeedsSetup, true) as unknown as Endpoint;

/** Says that the endpoint answers in pages. */
export const paged =
  (paging: Paging) =>
  <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
    propsOf(endpoint).annotate(PagedBy, paging) as unknown as Endpoint;

/** Says that the endpoint answers in pages, and all of them in a stream where that is asked for. */
export const streamed =
  (paging: Paging) =>
  <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
    propsOf(paged(paging)(endpoint)).annotate(Streams, true) as unknown as Endpoint;

/** Says that answers carry an `ETag` by their content, which the server makes. */
export const tagsContent = <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
  propsOf(givesEtag(endpoint)).annotate(TagsContent, true) as unknown as Endpoint;

/** Says that the body may be a form, too. */
export const takesForm = <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
  propsOf(endpoint).annotate(TakesForm, true) as unknown as Endpoint;

/** Lets a body have so many bytes, where that is more than the server's own limit. */
export const maxBody =
  (bytes: number) =>
  <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
    propsOf(endpoint).annotate(MaxBody, bytes) as unknown as Endpoint;

/** Lets an answer take so many milliseconds, where that is more than the server's own limit. */
export const timeLimit =
  (ms: number) =>
  <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
    propsOf(endpoint).annotate(TimeLimit, ms) as unknown as Endpoint;

/** Tells so many faults of a body, where that is more than usual. */
export const mostFaults =
  (faults: number) =>
  <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
    propsOf(endpoint).annotate(MostFaults, faults) as unknown as Endpoint;

/** Says which files the endpoint may answer with. */
export const givesFiles =
  (files: Files) =>
  <Endpoint extends Any>(endpoint: Endpoint): Endpoint =>
    propsOf(endpoint).annotate(GivesFiles, files) as unknown as Endpoint;

// Every endpoint has them; the library's types only say so where all are known.
function propsOf(endpoint: Any): WithProps {
  return endpoint as WithProps;
}

/** The same schema, under the same name, as the answer with another status. */
export function answeredWith<A, I>(status: number, schema: Schema.Schema<A, I>) {
  const identifier = Option.getOrUndefined(SchemaAST.getIdentifierAnnotation(schema.ast));
  const annotations = HttpApiSchema.annotations({ status });
  // Annotations of the library and a name, whose types do not know of `A`.
  const all = identifier === undefined ? annotations : { ...annotations, identifier };
  return schema.annotations(all as Schema.Annotations.GenericSchema<A>);
}

/** The statuses with which an endpoint can fail, in order. */
export function failureStatusesOf(any: Any): readonly number[] {
  const endpoint = propsOf(any);
  const admission = Option.getOrUndefined(Context.getOption(endpoint.annotations, Admits));
  const isPublic = admission === "public";
  const writes = endpoint.method !== "GET";
  const hasBody = writes && Option.isSome(endpoint.payloadSchema);
  const needsMatch = Context.get(endpoint.annotations, NeedsMatch);
  // A body can name what is not there, and so can a cursor or a filter.
  const names = [endpoint.pathSchema, endpoint.urlParamsSchema, endpoint.payloadSchema];
  const statuses: readonly (readonly [status: number, applies: boolean])[] = [
    [400, true],
    [401, !isPublic],
    [403, !isPublic],
    [404, names.some(Option.isSome)],
    [405, true],
    [406, true],
    [409, writes],
    [412, endpoint.method === "PUT" || needsMatch],
    [413, hasBody],
    [415, hasBody],
    [422, writes],
    [428, needsMatch],
    [429, true],
    [500, true],
    [501, Context.get(endpoint.annotations, NeedsSetup)],
    [503, true],
  ];
  return statuses.filter(([, applies]) => applies).map(([status]) => status);
}

/** A header that an endpoint heeds. */
export interface HeaderParameter {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
}

/** The headers that an endpoint heeds besides those of every request. */
export function headersOf(any: Any): readonly HeaderParameter[] {
  const { annotations } = propsOf(any);
  const needsMatch = Context.get(annotations, NeedsMatch);
  const heedsMatch = Context.get(annotations, HeedsMatch);
  const headers: readonly (readonly [header: HeaderParameter, applies: boolean])[] = [
    [{ ...IDEMPOTENCY_KEY, required: false }, Context.get(annotations, OnceByKey)],
    [{ ...IF_MATCH, required: needsMatch }, needsMatch || heedsMatch],
    [{ ...IF_NONE_MATCH, required: false }, heedsMatch],
  ];
  return headers.filter(([, applies]) => applies).map(([header]) => header);
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  description:
    "The same request under the same key is done once and gives the first answer again, for ever.",
};
const IF_MATCH = {
  name: "If-Match",
  description: "An ETag: changes only what is still as it was read.",
};
const IF_NONE_MATCH = { name: "If-None-Match", description: "`*` only creates." };
