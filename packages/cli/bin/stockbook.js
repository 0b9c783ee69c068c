#!/usr/bin/env node
import { existsSync } from "node:fs";
import module from "node:module";

const main = new URL("../dist/main.js", import.meta.url);
if (!existsSync(main)) {
  console.error("stockbook is not built yet: run `npm run build` at the root of the repository.");
  process.exit(1);
}
// From Node 22 on the next start is quicker.
module.enableCompileCache?.();
await import(main.href);
