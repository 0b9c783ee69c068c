// Writes documents that are kept with the code; a test of each package keeps them true.
import { writeFileSync } from "node:fs";

export function writeDocument(file, document) {
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
}
