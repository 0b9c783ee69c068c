// Puts the script of the reference, and its licence, beside the code that serves it. The packages
// it is made of are needed here alone; who installs this package installs none of them.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { SCALAR_VERSION } from "../dist/docs/Page.js";

const from = (path) => new URL(path, import.meta.resolve("@scalar/fastify-api-reference"));
const to = (name) => fileURLToPath(new URL(`../dist/docs/${name}`, import.meta.url));

const script = readFileSync(from("./js/standalone.js"));
const [, version] = /@scalar\/api-reference (\S+)/.exec(script.subarray(0, 1_000)) ?? [];
if (version !== SCALAR_VERSION) {
  throw new Error(`src/docs/Page.ts names Scalar ${SCALAR_VERSION}, but ${version} is installed`);
}
writeFileSync(to("scalar.js.gz"), gzipSync(script, { level: 9 }));
copyFileSync(from("../LICENSE"), to("scalar.LICENSE"));
