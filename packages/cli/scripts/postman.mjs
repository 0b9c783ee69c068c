// Makes the Postman collections that `stockbook postman` prints, from the contracts.
import { mkdirSync } from "node:fs";
import { postmanCollection as kartustok } from "@stockbook/dialect-kartustok/contract";
import { openApi as tictap } from "@stockbook/dialect-tictap/contract";
import { openApi as native } from "@stockbook/http/contract";
import { writeDocument } from "../../../scripts/golden.mjs";
import { collectionOf } from "../../../scripts/postman.mjs";
import * as nativeRequests from "./native-requests.mjs";
import * as tictapRequests from "./tictap-requests.mjs";

const text = { type: "string" };
const variables = [
  { key: "baseUrl", value: "http://127.0.0.1:4280", ...text },
  { key: "key", value: "", ...text, description: "A key such as sb_test_…" },
];

function examplesOf({ BODIES, PATHS, QUERY, HEADERS = {} }) {
  return { bodies: BODIES, paths: PATHS, query: QUERY, headers: HEADERS };
}

/** Transactions are asked for by one of two stores; the document cannot say so. */
function withStore(document) {
  const { parameters } = document.paths["/api/stock/transactions.{format}"].get;
  parameters.find(({ name }) => name === "origin_store").required = true;
  return document;
}

const collections = {
  native: await collectionOf(native(), {
    examples: examplesOf(nativeRequests),
    auth: { type: "bearer", bearer: [{ key: "token", value: "{{key}}", ...text }] },
    variables,
  }),
  tictap: await collectionOf(withStore(tictap()), {
    examples: { ...examplesOf(tictapRequests), resource: (path) => path.split("/")[3] },
    auth: {
      type: "apikey",
      apikey: [
        { key: "in", value: "header", ...text },
        { key: "key", value: "Authorization", ...text },
        { key: "value", value: "{{key}}", ...text },
      ],
    },
    variables: [...variables, { key: "format", value: "csv", ...text }],
  }),
  kartustok: kartustok(),
};

const folder = new URL("../dist/postman/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, collection] of Object.entries(collections)) {
  writeDocument(new URL(`${name}.json`, folder), collection);
}
