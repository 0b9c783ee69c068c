/** Requests made from the document, and then made wrong. */
import type { Random } from "./Random.js";
import {
  type JsonSchema,
  ODD_TEXTS,
  type Schemas,
  spoiltJson,
  type ValueMeans,
  validValue,
} from "./Values.js";

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Sent in pieces, without its length. */
  readonly isChunked: boolean;
  /** The answers that the document knows of, where the request is for one of its operations. */
  readonly documented: Answers | undefined;
}

/** The media types of an operation's own answers by status; those of failures are elsewhere. */
export type Answers = ReadonlyMap<number, readonly string[]>;

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly answers: Answers;
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | undefined;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

/** What the requests are made with. */
export interface Means extends ValueMeans {
  readonly operations: readonly Operation[];
  /** Where the API begins, such as `/v1`. */
  readonly basePath: string;
  /** What may stand in a path for a parameter, where its name alone does not tell. */
  readonly idsIn: (path: string, name: string) => readonly string[] | undefined;
  /** A key that may do everything. */
  readonly key: string;
  /** Keys that may do less, or nothing at all. */
  readonly otherKeys: readonly string[];
  /** Longer bodies are refused. */
  readonly maxBodyBytes: number;
}

interface RawOperation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
}

export function operationsOf(given: object): Pick<Means, "operations" | "schemas"> {
  // What the requests are made from; the rest of the document is looked at elsewhere.
  const document = given as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
    readonly components: { readonly schemas: Schemas };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], responses, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      answers: new Map(
        Object.entries(responses).map(([status, { content = {} }]) => [
          Number(status),
          Object.keys(content),
        ]),
      ),
      parameters,
      body: requestBody?.content["application/json"]?.schema,
    })),
  );
  return { operations, schemas: document.components.schemas };
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];

export function requestOf(random: Random, means: Means): FuzzRequest {
  const operation = random.pick(means.operations);
  const method = random.chance(4) ? random.pick(METHODS) : operation.method;
  const plain = pathOf(random, means, operation) + queryOf(random, means, operation);
  const path = random.chance(6) ? trick(random, plain, means.basePath) : plain;
  const { body, ...more } = bodyOf(random, means, operation);
  const isChunked = body !== undefined && random.chance(10);
  const isAsDocumented = method === operation.method && path === plain;
  return {
    method,
    path,
    headers: { ...headersOf(random, means, operation), ...more.headers },
    body,
    isChunked,
    documented: isAsDocumented ? operation.answers : undefined,
  };
}

function pathOf(random: Random, means: Means, { path, parameters }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (random.chance(15)) return encoded(random.pick(ODD_TEXTS)) || "%20";
    const ids = means.idsIn(path, name);
    if (ids !== undefined) return encoded(random.pick(ids));
    const schema = parameters.find((one) => one.in === "path" && one.name === name)?.schema ?? {};
    return encoded(String(validValue(random, means, schema, name)));
  });
}

function queryOf(random: Random, means: Means, { parameters }: Operation): string {
  const given = parameters
    .filter((one) => one.in === "query" && (one.required === true || random.chance(30)))
    .flatMap(({ name, schema }) => {
      const value = random.chance(20)
        ? random.pick(ODD_TEXTS)
        : validValue(random, means, schema, name);
      const values = Array.isArray(value) ? value : [value];
      return values.map((one) => `${name}=${encoded(String(one))}`);
    });
  if (random.chance(4)) given.push(given[0] ?? "limit=1&limit=2");
  if (random.chance(4)) given.push(`${encoded(random.pick(ODD_TEXTS))}=1`);
  if (random.chance(2)) given.push("__proto__[x]=1&constructor[prototype][x]=1");
  return given.length === 0 ? "" : `?${given.join("&")}`;
}

// Half a surrogate cannot be written in an address.
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

const TRICKS: readonly ((path: string, basePath: string) => string)[] = [
  (path) => `${path}/`,
  (path) => path.replaceAll("/", "//"),
  (path) => `/%2e%2e${path}`,
  (path) => `/..${path}`,
  (path) => `${path}%00`,
  (path) => `${path}%`,
  (path) => `${path}%ff`,
  (path) => `${path};a=b`,
  (path) => `${path}#x`,
  (path) => path.toUpperCase(),
  (path) => `${path}/${"x".repeat(8_000)}`,
  (path, basePath) => path.replace(basePath, ""),
  (path) => path.replaceAll("/", "%2F"),
  (path) => path.replaceAll("/", "\\"),
  () => "/",
  () => "*",
  (_, basePath) => `${basePath}/__proto__`,
  () => "/constructor",
  (path) => `http://elsewhere.example${path}`,
];

function trick(random: Random, path: string, basePath: string): string {
  return random.pick(TRICKS)(path, basePath);
}

function bodyOf(
  random: Random,
  means: Means,
  { body }: Operation,
): { readonly body: string | Uint8Array | undefined; readonly headers?: Record<string, string> } {
  if (body === undefined && !random.chance(5)) return { body: undefined };
  const times = random.pick([0, 0, 0, 1, 1, 2, 4]);
  const json = spoiltJson(random, validValue(random, means, body ?? {}), times);
  const headers = { "content-type": "application/json" };
  const kind = random.below(100);
  if (kind < 3) return { headers, body: json.slice(0, random.below(json.length + 1)) };
  if (kind < 5) return { headers, body: json.padEnd(means.maxBodyBytes + 1 + random.below(1_000)) };
  if (kind < 7) return { headers, body: brokenBytes(random, json) };
  if (kind < 8) return { headers, body: "" };
  if (kind < 9) return { headers, body: `${json}${json}` };
  if (kind < 12) return { headers: oddType(random), body: json };
  return { headers, body: json };
}

function brokenBytes(random: Random, json: string): Uint8Array {
  const bytes = new TextEncoder().encode(json);
  bytes[random.below(bytes.length)] = random.pick([0x00, 0x80, 0xc0, 0xff, 0x22, 0x7b]);
  return bytes;
}

function oddType(random: Random): Record<string, string> {
  return random.pick<Record<string, string>>([
    { "content-type": "text/plain" },
    { "content-type": "application/xml" },
    { "content-type": "application/json; charset=utf-16" },
    { "content-type": "multipart/form-data; boundary=x" },
    { "content-type": "" },
    { "content-type": "application/json", "content-encoding": "gzip" },
  ]);
}

const ODD_HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ["accept", ["text/html", "*/*", "application/*;q=0.1", ",,;;", "application/json;q=0"]],
  ["idempotency-key", ["key-1", '"key-2"', '"', "@x", "x".repeat(300), "é", "__proto__"]],
  ["if-match", ["*", '"abc"', 'W/"abc"', "abc", '"a", "b"', '"zzzzzzzzzzz"', ","]],
  ["if-none-match", ["*", '"abc"', 'W/"abc"', "abc"]],
  ["x-forwarded-for", ["1.2.3.4", "::1", "nonsense", "1.2.3.4, 5.6.7.8", ",".repeat(50)]],
  ["x-request-id", ["id-1", "x".repeat(500), "<b>"]],
  ["range", ["bytes=0-1"]],
  ["cookie", ["a=b; =; __proto__=1"]],
  ["x-http-method-override", ["DELETE"]],
];

function headersOf(
  random: Random,
  { key, otherKeys }: Means,
  { path, method }: Operation,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (!random.chance(2)) headers.authorization = `Bearer ${key}`;
  if (random.chance(3)) {
    headers.authorization = random.pick([
      ...otherKeys.map((other) => `Bearer ${other}`),
      `Digest ${key}`,
      `Bearer ${key} ${key}`,
      `Bearer ${key.slice(0, -1)}`,
      "Bearer",
      key,
    ]);
  }
  if (method === "PATCH" && path.includes("{id}") && random.chance(80)) headers["if-match"] = "*";
  for (const [name, values] of ODD_HEADERS) {
    if (random.chance(3)) headers[name] = random.pick(values);
  }
  return headers;
}
