// What is generated of the client from the contract: types, the table of operations, the groups.
import { readFileSync } from "node:fs";
import { openApi } from "@stockbook/http/contract";
import openapiTS, { astToString } from "openapi-typescript";

const HEADER = "// Generated from the contract by `npm run generate -w packages/client`.\n\n";

const folder = new URL("../src/generated/", import.meta.url);
export const fileOf = (name) => new URL(name, folder);
export const present = (name) => readFileSync(fileOf(name), "utf8");

/** The files by name. */
export async function generated() {
  const document = openApi();
  const operations = operationsOf(document);
  return {
    "schema.ts": HEADER + (await schemaFile(document)),
    "operations.ts": HEADER + operationsFile(operations),
    "groups.ts": HEADER + groupsFile(operations),
  };
}

async function schemaFile(document) {
  const options = { immutable: true, rootTypes: true, rootTypesNoSchemaPrefix: true };
  return astToString(await openapiTS(document, options));
}

// ── operations ───────────────────────────────────────────────────────────────────────────

function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      operationOf(document, path, method.toUpperCase(), operation),
    ),
  );
}

function operationOf(document, path, method, operation) {
  const { operationId, summary, description, parameters, requestBody } = operation;
  const [group, name] = operationId.split(".");
  const named = (place) => parameters.filter((parameter) => parameter.in === place);
  const query = named("query");
  const headers = named("header");
  const body = requestBody && refName(requestBody.content["application/json"].schema);
  if (body !== undefined && query.length > 0) {
    throw new Error(`${operationId} has a body and a query; a call has room for one`);
  }
  const answer = answerOf(operationId, operation.responses);
  const once = headers.some((header) => header.name === "Idempotency-Key");
  return {
    id: operationId,
    group,
    name,
    method,
    path,
    docs: [summary, description].filter((text) => text !== undefined),
    placed: placesOf(path).map((place) => ({
      name: place,
      type: typeOfParameter(
        document,
        named("path").find((found) => found.name === place),
      ),
    })),
    query,
    headers,
    body,
    answer,
    once,
    // What RFC 9110 calls idempotent, and what the server does once under one key.
    repeatable: once || ["GET", "PUT", "DELETE"].includes(method),
    pages: pagesOf(document.components.schemas[answer], query),
  };
}

const refName = ({ $ref }) => $ref.slice("#/components/schemas/".length);

const placesOf = (path) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

function typeOfParameter(document, { schema }) {
  const { type } = schema.$ref ? document.components.schemas[refName(schema)] : schema;
  return type === "integer" ? "number" : "string";
}

/** The one schema with which an operation succeeds, whatever its status. */
function answerOf(operationId, responses) {
  const answers = Object.entries(responses)
    .filter(([status]) => Number(status) < 300)
    .map(([, { content }]) => refName(content["application/json"].schema));
  const [answer, ...others] = new Set(answers);
  if (others.length > 0) throw new Error(`${operationId} succeeds with several schemas`);
  return answer;
}

/** How the next page is asked for: by the cursor of the last one, or by the last sequence. */
function pagesOf({ properties }, query) {
  const takes = (name) => query.some((parameter) => parameter.name === name);
  if (!properties.rows) return undefined;
  if (properties.next && takes("cursor")) return "cursor";
  return properties.more && takes("after") ? "after" : undefined;
}

// ── files ────────────────────────────────────────────────────────────────────────────────

function operationsFile(operations) {
  const rows = operations.map(
    ({ group, name, method, path, query, body, once, repeatable, pages }) => {
      const takes = body ? "body" : query.length > 0 ? "query" : undefined;
      const row = { group, name, method, path, takes, once, repeatable, pages };
      const fields = Object.entries(row).filter(([, value]) => value !== undefined);
      return `  { ${fields.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")} },\n`;
    },
  );
  return `import type { Operation } from "../Operation.js";

/** Every operation of the API. */
export const OPERATIONS: readonly Operation[] = [
${rows.join("")}];
`;
}

function groupsFile(operations) {
  const groups = [...new Set(operations.map(({ group }) => group))];
  const queries = operations.filter(({ query }) => query.length > 0).map(queryType);
  const interfaces = groups.map((group) =>
    groupInterface(
      group,
      operations.filter((operation) => operation.group === group),
    ),
  );
  return `import type { Answer, PagedAnswer } from "../Answer.js";
import type { CallOptions, Conditional, Keyed, Matching, QueryOf } from "../Options.js";
import type * as schema from "./schema.js";

${queries.join("\n")}
${interfaces.join("\n")}
/** The operations of the API, by group and name. */
export interface Groups {
${groups.map((group) => `  readonly ${group}: ${groupName(group)};\n`).join("")}}

/** A client's groups as its own properties. */
export abstract class GroupedClient implements Groups {
${groups.map((group) => `  readonly ${group}: ${groupName(group)};\n`).join("")}
  protected constructor(groups: Groups) {
${groups.map((group) => `    this.${group} = groups.${group};\n`).join("")}  }
}
`;
}

const pascal = (text) => text[0].toUpperCase() + text.slice(1);

const groupName = (group) => `${pascal(group)}Operations`;

const queryName = ({ group, name }) => `${pascal(group)}${pascal(name)}Query`;

const queryType = (operation) =>
  `/** What \`${operation.id}\` can be asked for. */\n` +
  `export type ${queryName(operation)} = QueryOf<\n` +
  `  NonNullable<schema.operations["${operation.id}"]["parameters"]["query"]>\n>;\n`;

const groupInterface = (group, operations) =>
  `/** \`stockbook.${group}\` */\nexport interface ${groupName(group)} {\n${operations.map(method).join("\n")}}\n`;

function method(operation) {
  const { name, docs, placed, body, query, answer, pages } = operation;
  const needsQuery = query.some(({ required }) => required);
  const parameters = [
    ...placed.map((place) => `${place.name}: ${place.type}`),
    body && `body: schema.${body}`,
    query.length > 0 && `query${needsQuery ? "" : "?"}: ${queryName(operation)}`,
    optionsOf(operation),
  ].filter(Boolean);
  const answered = pages ? `PagedAnswer<schema.${answer}>` : `Answer<schema.${answer}>`;
  return `${comment(docs)}  ${name}(${parameters.join(", ")}): ${answered};\n`;
}

function comment(docs) {
  const [first, ...others] = docs.map((line) => line.replace(/([^.…])$/, "$1."));
  if (others.length === 0) return `  /** ${first} */\n`;
  const lines = [first, ...others.flatMap((line) => ["", line])];
  return `  /**\n${lines.map((line) => `   * ${line}`.trimEnd()).join("\n")}\n   */\n`;
}

function optionsOf({ headers }) {
  const match = headers.find((header) => header.name === "If-Match");
  const types = ["CallOptions"];
  if (headers.some((header) => header.name === "Idempotency-Key")) types.push("Keyed");
  if (match) types.push(match.required ? "Matching" : "Conditional");
  return `options${match?.required ? "" : "?"}: ${types.join(" & ")}`;
}
