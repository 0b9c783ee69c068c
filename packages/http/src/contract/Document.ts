/** The OpenAPI 3.1 document of a contract, with every failure and an example of each answer. */
import { HttpApi, type HttpApiGroup, OpenApi } from "@effect/platform";
import { Option, SchemaAST } from "effect";
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
    /** By status: what it means, and an example. */
    readonly answers: Readonly<Record<number, FailureAnswer>>;
  };
  /** How a key is given: the security schemes by name. */
  readonly security: Readonly<Record<string, JsonObject>>;
}

export interface FailureAnswer {
  readonly description: string;
  readonly example: unknown;
}

type JsonObject = Readonly<Record<string, unknown>>;

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, unknown>;
  readonly parameters: JsonObject[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: unknown }>> };
  security: readonly JsonObject[];
}

/**
 * Makes the document. Failures stand once, under `components/responses`.
 *
 * @throws if an answer has no example, for mocks and readers live on them.
 */
export function documentOf<Id extends string, Groups extends HttpApiGroup.HttpApiGroup.Any, E, R>(
  api: HttpApi.HttpApi<Id, Groups, E, R>,
  { examples, failure, security }: DocumentOptions,
): JsonObject {
  // Through JSON, so that what is cached by the library stays as it is.
  const document = JSON.parse(JSON.stringify(OpenApi.fromApi(api)));
  const facts = factsOf(api);
  for (const operation of operationsOf(document)) {
    const { failing, isPublic, bodyName, headers } = facts.get(operation.operationId) as Facts;
    for (const status of Object.keys(operation.responses)) {
      if (Number(status) >= 400) delete operation.responses[status];
      else addExamples(operation, status, examples[operation.operationId]?.[Number(status)]);
    }
    for (const status of failing) {
      operation.responses[status] = refTo("responses", `Failure${status}`);
    }
    operation.security = isPublic ? [] : Object.keys(security).map((name) => ({ [name]: [] }));
    if (bodyName !== undefined) nameBody(operation, bodyName);
    operation.parameters.push(...headers.map(headerParameter));
  }
  const { components } = document;
  components.securitySchemes = security;
  components.responses = failureResponses(failure);
  // The library's own failures are not answered with. One shares its name with a schema of ours.
  for (const name of ["HttpApiDecodeError", "Issue", "PropertyKey"]) {
    const { $ref } = refTo("schemas", name);
    if (!JSON.stringify(document).includes(`"${$ref}"`)) delete components.schemas[name];
  }
  return withoutNoise(document) as JsonObject;
}

/** What the contract says of an operation and the library does not write down. */
interface Facts {
  readonly failing: readonly number[];
  readonly isPublic: boolean;
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
        isPublic: !failing.includes(401),
        bodyName: Option.getOrUndefined(bodyName),
        headers: headersOf(endpoint),
      });
    },
  });
  return facts;
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
  const named = Object.entries(examples).map(([name, value]) => [name, { value }]);
  for (const media of Object.values(content)) {
    Object.assign(media, { examples: Object.fromEntries(named) });
  }
}

function failureResponses({ mediaType, schemaName, answers }: DocumentOptions["failure"]) {
  const responses = Object.entries(answers).map(([status, { description, example }]) => {
    const schema = refTo("schemas", schemaName);
    const content = { [mediaType]: { schema, examples: { default: { value: example } } } };
    return [`Failure${status}`, { description, content }];
  });
  return Object.fromEntries(responses);
}

function refTo(kind: "schemas" | "responses", name: string): JsonObject {
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
