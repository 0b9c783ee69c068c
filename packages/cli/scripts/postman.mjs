// Makes the Postman collection that `stockbook postman` prints, from the contract. Made when the
// package is built, so that who installs the command needs no converter.
import { writeFileSync } from "node:fs";
import { openApi } from "@stockbook/http/contract";
import converter from "openapi-to-postmanv2";
import { BODIES, HEADERS, PATHS, QUERY } from "./postman-examples.mjs";

const OPTIONS = {
  folderStrategy: "Tags",
  requestParametersResolution: "Example",
  parametersResolution: "Example",
  enableOptionalParameters: false,
  alwaysInheritAuthentication: true,
  includeAuthInfoInExample: false,
};

/** Whatever stands there now may be changed. */
const IF_MATCH = {
  in: "header",
  name: "If-Match",
  required: true,
  schema: { type: "string" },
  example: "*",
};

const document = withExamples(openApi());
const collection = finished(await converted(document));
const file = new URL("../dist/postman.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(collection, null, 2)}\n`);

/** The document with what requests say, where the contract only says of which form it is. */
function withExamples(document) {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations)) {
      const { operationId, requestBody, parameters = [] } = operation;
      if (requestBody !== undefined) {
        requestBody.content["application/json"].example = known(BODIES, operationId);
      }
      for (const parameter of parameters) {
        parameter.example = known(examplesOf(parameter, path), parameter.name);
      }
      const isThere = parameters.some(({ name }) => name === IF_MATCH.name);
      if ("428" in operation.responses && !isThere) {
        operation.parameters = [...parameters, IF_MATCH];
      }
    }
  }
  return document;
}

function examplesOf({ in: part }, path) {
  if (part === "query") return QUERY;
  if (part === "header") return HEADERS;
  return known(PATHS, path.split("/")[2]);
}

function known(examples, name) {
  if (name in examples) return examples[name];
  throw new Error(`scripts/postman-examples.mjs has nothing for ${name}`);
}

function converted(data) {
  return new Promise((resolve, reject) => {
    converter.convertV2({ type: "json", data }, OPTIONS, (error, conversion) => {
      if (error) return reject(error);
      if (!conversion.result) return reject(new Error(conversion.reason));
      resolve(conversion.output[0].data);
    });
  });
}

/** The collection with variables for what is each user's own, and the same at each build. */
function finished(collection) {
  const { info, item } = withoutIds(collection);
  return {
    info,
    item: item.map(withAnswers),
    auth: { type: "bearer", bearer: [{ key: "token", value: "{{key}}", type: "string" }] },
    variable: [
      { key: "baseUrl", value: "http://127.0.0.1:4280", type: "string" },
      { key: "key", value: "", type: "string", description: "A key such as sb_test_…" },
    ],
  };
}

/** Of the answers those of success; the ways to fail are everywhere the same. */
function withAnswers({ item, response, ...rest }) {
  if (item !== undefined) return { ...rest, item: item.map(withAnswers) };
  return { ...rest, response: response.filter(({ code }) => code < 300) };
}

/**
 * Ids are drawn anew at each conversion and nothing refers to them. An `auth` of nothing is left
 * out too: what says nothing takes the collection's.
 */
function withoutIds(value) {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== "object" || value === null) return value;
  const isItem = "request" in value || "originalRequest" in value || "item" in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => name !== "_postman_id" && !(name === "auth" && inner === null))
      .filter(([name]) => !(isItem && name === "id"))
      .map(([name, inner]) => [name, withoutIds(inner)]),
  );
}
