// Writes openapi.json from the contract; a test keeps it true.
import { writeFileSync } from "node:fs";
import { openApi } from "../dist/contract/index.js";

const file = new URL("../openapi.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(openApi(), null, 2)}\n`);
