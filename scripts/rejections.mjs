// Writes docs/rejections.md from the core's table of rejections; a test keeps it true.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { REJECTIONS } from "@stockbook/core";

export const rejectionsFile = fileURLToPath(new URL("../docs/rejections.md", import.meta.url));

export function rejectionsPage() {
  const rows = REJECTIONS.map(({ code, meaning }) => `| \`${code}\` | ${meaning} |`);
  return `# Rejections

Why a command is refused. Where a command has several faults, the one that stands first in this
table is reported. A rejection also names what it is about: the line, the field, the item, the
location, what was wanted and what there was. A refused command changes nothing and leaves its
idempotency key free.

Made from \`packages/core/src/Rejection.ts\` by \`npm run docs\`.

| code | meaning |
|---|---|
${rows.join("\n")}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(rejectionsFile, rejectionsPage());
}
