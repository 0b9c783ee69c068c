// Writes openapi.json from the contract; a test keeps it true.
import { writeDocument } from "../../../scripts/golden.mjs";
import { openApi } from "../dist/contract/index.js";

writeDocument(new URL("../openapi.json", import.meta.url), openApi());
