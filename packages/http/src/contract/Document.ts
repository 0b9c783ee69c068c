/** The OpenAPI 3.1 document of a contract, with every failure and an example of each answer. */
import { HttpApi, type HttpApiGroup, OpenApi } from "@effect/platform";
import { Context, Option, SchemaAST } from "effect";
import {
  Admits,
  type Files,
  FORM_MEDIA_TYPE,
  GivesEtag,
  GivesFiles,
  ROWS_MEDIA_TYPE,
  Streams,
  TakesForm,
} from "./Annotations.js";
import { failureStatusesOf, type HeaderParameter, headersOf } from "./Endpoints.js";

/** Examples by operation, status and name. */
export type Examples = Readonly<
  Record<string, Readonly<Record<number, Readonly<Record<string, unknown>>>>>
>;

/** What a contract's documents need besides its `HttpApi`. */
export interface DocumentOptions {
  readonly examples: Examples;
  /** How an API tells a failure. */
  readonly failure: {
    readonly mediaType: string;
    /** Under which the contract names its schema. */
    readonly schemaName: string;
    /** By status: what it means, and examples by name. */
    readonly answers: Readonly<Record<number, FailureAnswer>>;
    /** With which statuses an endpoint can fail, where the API has others than the kit would say. */
    readonly statusesOf?: ((usual: readonly number[]) => readonly number[]) | undefined;
  };
  /** What the API sends by itself. */
  readonly webhooks?: WebhooksSection | undefined;
  /** How a key is given: the security schemes by name. */
  readonly security: Readonly<Record<string, JsonObject>>;
}

/** Requests that an API makes, by the type of their message. */
export interface WebhooksSection {
  /** Parameters they refer to, by name. */
  readonly parameters: Readonly<Record<string, JsonObject>>;
  readonly webhooks: Readonly<Record<string, JsonObject>>;
}

export interface FailureAnswer {
  readonly description: string;
  readonly examples: Readonly<Record<string, unknown>>;
  /** Where this status has a schema of its own. */
  readonly schemaName?: string | undefined;
}

type JsonObject = Readonly<Record<string, unknown>>;

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, JsonObject>;
  readonly parameters: JsonObject[];
  readonly requestBody?: { readonly content: Record<string, { schema: unknown }> };
  security: readonly JsonObject[];
}

/**
 * Makes the document. Failures stand once, under `components/responses`.
 *
 * @throws if an answer has no example, for mocks and readers live on them.
 */
export function documentOf<Id extends string, Groups extends HttpApiGroup.HttpApiGroup.Any, E, R>(
  api: HttpApi.HttpApi<Id, Groups, E, R>,
  { examples, failure, webhooks, security }: DocumentOptions,
): JsonObject {
  // Through JSON, so that what is cached by the library stays as it is.
  const document = JSON.parse(JSON.stringify(OpenApi.fromApi(api)));
  const facts = factsOf(api);
  for (const operation of operationsOf(document)) {
    const fact = facts.get(operation.operationId) as Facts;
    const { isPublic, isTagged, isRead, streams, files, takesForm, bodyName, headers } = fact;
    const failing = failure.statusesOf?.(fact.failing) ?? fact.failing;
    for (const status of Object.keys(operation.responses)) {
      if (Number(status) >= 400) delete operation.responses[status];
      else addExamples(operation, status, examples[operation.operationId]?.[Number(status)]);
      if (streams && status === "200") addRows(operation);
    }
    if (files !== undefined) addFiles(operation, files);
    if (isTagged) tag(operation, isRead);
    for (const status of failing) {
      operation.responses[status] = refTo("responses", `Failure${status}`);
    }
    operation.security = isPublic ? [] : Object.keys(security).map((name) => ({ [name]: [] }));
    if (bodyName !== undefined) nameBody(operation, bodyName);
    if (takesForm) addForm(operation, document.components.schemas);
    operation.parameters.push(...headers.map(headerParameter));
  }
  // The API lies where the server has it: a path here would be one more place to keep true.
  document.servers = [{ url: "/", description: "The server the document comes from" }];
  const { components } = document;
  components.securitySchemes = security;
  for (const name of ["HttpApiDecodeError", "Issue", "PropertyKey"])
    delete components.schemas[name];
  components.responses = { ...failureResponses(failure), Unchanged: UNCHANGED };
  components.headers = { ...HEADERS };
  if (webhooks !== undefined) {
    components.parameters = webhooks.parameters;
    document.webhooks = webhooks.webhooks;
  }
  dropUnused(document);
  return withoutNoise(document) as JsonObject;
}

/** An API without ETags, say, has no use for the header. */
function dropUnused(document: { readonly components: Record<string, Record<string, unknown>> }) {
  const { components } = document;
  for (const kind of ["responses", "headers"]) {
    for (const name of Object.keys(components[kind] ?? {})) {
      const ref = `"#/components/${kind}/${name}"`;
      if (!JSON.stringify(document).includes(ref)) delete components[kind]?.[name];
    }
  }
}

/** What the contract says of an operation and the library does not write down. */
interface Facts {
  readonly failing: readonly number[];
  readonly isPublic: boolean;
  /** Whether answers carry an ETag. */
  readonly isTagged: boolean;
  readonly isRead: boolean;
  /** Whether all rows can be had in one stream. */
  readonly streams: boolean;
  readonly files: Files | undefined;
  readonly takesForm: boolean;
  /** The name of the body's schema, which the library takes apart where it is a union. */
  readonly bodyName: string | undefined;
  readonly headers: readonly HeaderParameter[];
}

function factsOf<Id extends string, Groups extends HttpApiGroup.HttpApiGroup.Any, E, R>(
  api: HttpApi.HttpApi<Id, Groups, E, R>,
): ReadonlyMap<string, Facts> {
  const facts = new Map<string, Facts>();
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ group, endpoint }) => {
      const failing = failureStatusesOf(endpoint);
      const bodyName = Option.flatMap(endpoint.payloadSchema, ({ ast }) =>
        SchemaAST.getIdentifierAnnotation(ast),
      );
      facts.set(`${group.identifier}.${endpoint.name}`, {
        failing,
        isPublic: Option.contains(Context.getOption(endpoint.annotations, Admits), "public"),
        isTagged: Context.get(endpoint.annotations, GivesEtag),
        isRead: endpoint.method === "GET",
        streams: Context.get(endpoint.annotations, Streams),
        files: Option.getOrUndefined(Context.getOption(endpoint.annotations, GivesFiles)),
        takesForm: Context.get(endpoint.annotations, TakesForm),
        bodyName: Option.getOrUndefined(bodyName),
        headers: headersOf(endpoint),
      });
    },
  });
  return facts;
}

const UNCHANGED = {
  description: "It still is what `If-None-Match` names",
  headers: { ETag: refTo("headers", "ETag") },
};

const HEADERS = {
  ETag: {
    description: "The state of the thing in a word, for `If-Match` and `If-None-Match`.",
    schema: { type: "string" },
  },
  "Retry-After": {
    description: "After so many seconds it is worth another try.",
    schema: { type: "string" },
  },
  Allow: { description: "The methods there are.", schema: { type: "string" } },
} as const;

/** Headers of failures by status. */
const FAILURE_HEADERS: Readonly<Record<string, keyof typeof HEADERS>> = {
  405: "Allow",
  429: "Retry-After",
  503: "Retry-After",
};

/** Answers carry an ETag, and a reader who has the present one is given no body. */
function tag({ responses }: Operation, isRead: boolean): void {
  const headers = { ETag: refTo("headers", "ETag") };
  for (const status of Object.keys(responses))
    responses[status] = { ...responses[status], headers };
  if (isRead) responses[304] = refTo("responses", "Unchanged");
}

function nameBody({ requestBody }: Operation, name: string): void {
  for (const media of Object.values(requestBody?.content ?? {})) {
    media.schema = refTo("schemas", name);
  }
}

function headerParameter({ name, required, description }: HeaderParameter): JsonObject {
  return { name, in: "header", required, description, schema: { type: "string" } };
}

function* operationsOf(document: { readonly paths: object }): Iterable<Operation> {
  for (const path of Object.values(document.paths)) yield* Object.values(path) as Operation[];
}

function addExamples(
  { operationId, responses }: Operation,
  status: string,
  examples: Readonly<Record<string, unknown>> | undefined,
): void {
  const { content } = responses[status] as { content?: Record<string, object> };
  if (content === undefined) return;
  if (examples === undefined) throw new Error(`${operationId} ${status} has no example`);
  for (const media of Object.values(content)) Object.assign(media, { examples: named(examples) });
}

/** The same answer as a stream: the rows of this page and of all that follow, one a line. */
function addRows({ responses }: Operation): void {
  const { content } = responses["200"] as { readonly content: Record<string, Media> };
  const page = content["application/json"]?.examples?.default?.value;
  const lines = page?.rows.map((row) => `${JSON.stringify(row)}\n`).join("") ?? "";
  content[ROWS_MEDIA_TYPE] = {
    schema: { type: "string", description: "All rows from here on, each a line of JSON." },
    examples: named({ default: lines }),
  };
}

/** The files that may be answered instead, or, where there is nothing else, as the only answers. */
function addFiles({ responses }: Operation, { status, types }: Files): void {
  const response = responses[status] as JsonObject & { readonly content?: object };
  const content = types.map(({ mediaType, example }) => {
    const schema =
      example === undefined ? { type: "string", format: "binary" } : { type: "string" };
    const examples = example === undefined ? {} : { examples: named({ default: example }) };
    return [mediaType.replaceAll(" ", ""), { schema, ...examples }];
  });
  responses[status] = {
    ...response,
    content: { ...response.content, ...Object.fromEntries(content) },
  };
}

/** The same body as a form, with the names of what is in an object in brackets. */
function addForm(
  { requestBody }: Operation,
  schemas: Readonly<Record<string, ObjectSchema>>,
): void {
  const json = requestBody?.content["application/json"];
  if (requestBody === undefined || json === undefined) return;
  const schema = json.schema as ObjectSchema;
  const { properties = {} } = schemas[schema.$ref?.split("/").at(-1) ?? ""] ?? schema;
  const nested = Object.keys(properties).filter((name) => properties[name]?.type === "object");
  const encoding = Object.fromEntries(
    nested.map((name) => [name, { style: "deepObject", explode: true }]),
  );
  requestBody.content[FORM_MEDIA_TYPE] = {
    schema,
    ...(nested.length > 0 && { encoding }),
  };
}

interface ObjectSchema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
}

interface Media {
  readonly schema: unknown;
  readonly examples?: JsonObject & {
    readonly default?: { readonly value: { readonly rows: readonly unknown[] } };
  };
}

function failureResponses({ mediaType, schemaName, answers }: DocumentOptions["failure"]) {
  const responses = Object.entries(answers).map(([status, answer]) => {
    const { description, examples } = answer;
    const schema = refTo("schemas", answer.schemaName ?? schemaName);
    const header = FAILURE_HEADERS[status];
    const headers = header && { [header]: refTo("headers", header) };
    const content = { [mediaType]: { schema, examples: named(examples) } };
    return [`Failure${status}`, { description, ...(headers && { headers }), content }];
  });
  return Object.fromEntries(responses);
}

function named(examples: Readonly<Record<string, unknown>>): JsonObject {
  const values = Object.entries(examples).map(([name, value]) => [name, { value }]);
  return Object.fromEntries(values);
}

function refTo(kind: "schemas" | "responses" | "headers", name: string): JsonObject {
  return { $ref: `#/components/${kind}/${name}` };
}

/** Drops the titles and descriptions that the library makes up from a schema's own rules. */
function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNoise);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, text]) => !isNoise(key, text));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNoise(inner)]));
}

function isNoise(key: string, text: unknown): boolean {
  if (typeof text !== "string") return false;
  if (key === "title") return /^(int|minLength|maxLength|maxItems|minItems)/.test(text);
  return (
    key === "description" && /^an? (string|array|integer).*(long|item\(s\)|number)$/.test(text)
  );
}
