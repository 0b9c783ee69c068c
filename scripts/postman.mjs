// Postman collections from contracts. Made when a package is built, so that who installs it needs
// no converter.
import converter from "openapi-to-postmanv2";

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

/**
 * The collection of a document, which it changes. `examples` are what requests say: `bodies` by
 * operation, `paths` by resource and parameter, `query` and `headers` by parameter, with `resource`,
 * which gives the resource of a path, its second part if left out. What is missing there is an
 * error, for a request without it could not be sent. `auth` is the collection's own, `variables`
 * are for what is each user's own.
 */
export async function collectionOf(document, { examples, auth, variables }) {
  const collection = await converted(withExamples(document, examples));
  return finished(collection, { auth, variables });
}

/** The document with what requests say, where the contract only says of which form it is. */
function withExamples(document, examples) {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations)) {
      const { operationId, requestBody, parameters = [] } = operation;
      if (requestBody !== undefined) {
        firstOf(requestBody.content).example = known(examples.bodies, operationId);
      }
      for (const parameter of parameters) {
        parameter.example = known(examplesOf(examples, parameter, path), parameter.name);
      }
      const isThere = parameters.some(({ name }) => name === IF_MATCH.name);
      if ("428" in operation.responses && !isThere) {
        operation.parameters = [...parameters, IF_MATCH];
      }
    }
  }
  return document;
}

/** A body is sent as JSON, where it may be. */
function firstOf(content) {
  return content["application/json"] ?? Object.values(content)[0];
}

function examplesOf({ query, headers, paths, resource = secondPart }, { in: part }, path) {
  if (part === "query") return query;
  if (part === "header") return headers;
  return known(paths, resource(path));
}

function secondPart(path) {
  return path.split("/")[2];
}

function known(examples, name) {
  if (name in examples) return examples[name];
  throw new Error(`the examples of the Postman collection have nothing for ${name}`);
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
function finished(collection, { auth, variables }) {
  const { info, item } = withoutIds(collection);
  return {
    info,
    item: item.map(withAnswers),
    auth,
    variable: variables,
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
