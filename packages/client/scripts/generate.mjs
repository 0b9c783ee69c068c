// Writes what is generated of the client; a test compares it with the contract.
import { writeFileSync } from "node:fs";
import { fileOf, generated } from "./generated.mjs";

for (const [name, text] of Object.entries(await generated())) writeFileSync(fileOf(name), text);
