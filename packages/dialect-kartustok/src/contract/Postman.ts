/** The Postman collection of the API, made from its document. */
import { openApi } from "./OpenApi.js";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly description: string;
  readonly content?: Readonly<
    Record<string, { readonly examples: Readonly<Record<string, Example>> }>
  >;
}

interface Example {
  readonly value: unknown;
}

/** What of the document the collection is made from; all of it is reading, so all is `GET`. */
interface Document {
  readonly info: { readonly title: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
}

const SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/** The collection: a folder for each kind of thing, a request for each endpoint, its answers. */
export function postmanCollection(): Readonly<Record<string, unknown>> {
  // The document is made by `documentOf`, so it has this form.
  const { info, tags, paths } = openApi() as unknown as Document;
  const endpoints = Object.entries(paths);
  return {
    info: { name: info.title, description: info.description, schema: SCHEMA },
    item: tags.map(({ name, description }) => ({
      name,
      description,
      item: endpoints
        .filter(([, { get }]) => get.tags.includes(name))
        .map(([path, { get }]) => itemOf(path, get)),
    })),
    auth: { type: "bearer", bearer: [{ key: "token", value: "{{token}}", type: "string" }] },
    variable: [
      { key: "baseUrl", value: "https://your-company.kartustok.com", type: "string" },
      { key: "token", value: "", type: "string" },
    ],
  };
}

function itemOf(path: string, { summary, parameters, responses }: Operation) {
  const request = {
    method: "GET",
    header: [{ key: "Accept", value: "application/json" }],
    url: urlOf(path, parameters),
  };
  return { name: summary, request, response: answersOf(request, responses) };
}

function urlOf(path: string, parameters: readonly Parameter[]) {
  const segments = path.slice(1).split("/");
  const parts = segments.map((part) => part.replace(/^\{(\w+)\}$/, ":$1"));
  const inPart = (part: string) =>
    parameters
      .filter((parameter) => parameter.in === part)
      .map(({ name, description, required }) => ({
        key: name,
        value: "",
        ...(description !== undefined && { description }),
        // What is not needed stands there switched off.
        ...(part === "query" && { disabled: !required }),
      }));
  return {
    raw: `{{baseUrl}}/${parts.join("/")}`,
    host: ["{{baseUrl}}"],
    path: parts,
    query: inPart("query"),
    variable: inPart("path"),
  };
}

/** Of the answers those of success; the ways to fail are everywhere the same. */
function answersOf(originalRequest: object, responses: Operation["responses"]) {
  const examples = responses["200"]?.content?.["application/json"]?.examples ?? {};
  return Object.entries(examples).map(([name, { value }]) => ({
    name,
    originalRequest,
    status: "OK",
    code: 200,
    header: [{ key: "Content-Type", value: "application/json" }],
    body: JSON.stringify(value, null, 2),
  }));
}
