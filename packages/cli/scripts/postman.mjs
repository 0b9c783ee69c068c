// Makes the Postman collection that `stockbook postman` prints, from the contract.
import { openApi } from "@stockbook/http/contract";
import { writeDocument } from "../../../scripts/golden.mjs";
import { collectionOf } from "../../../scripts/postman.mjs";
import { BODIES, HEADERS, PATHS, QUERY } from "./postman-examples.mjs";

const collection = await collectionOf(openApi(), {
  examples: { bodies: BODIES, paths: PATHS, query: QUERY, headers: HEADERS },
  auth: { type: "bearer", bearer: [{ key: "token", value: "{{key}}", type: "string" }] },
  variables: [
    { key: "baseUrl", value: "http://127.0.0.1:4280", type: "string" },
    { key: "key", value: "", type: "string", description: "A key such as sb_test_…" },
  ],
});
writeDocument(new URL("../dist/postman.json", import.meta.url), collection);
