// The packages as a user gets them: packed, installed in an empty project, and the first example of
// every README type-checked and run there.
import { readdirSync } from "node:fs";
import { isPublic, makeConsumer, packagesOf, root, rootReadme } from "./consumer.mjs";

const packages = packagesOf(root).filter(isPublic);
const consumer = makeConsumer();

for (const { at } of packages) {
  consumer.run("npm", ["pack", "--silent", "--pack-destination", consumer.folder], at);
}
const tarballs = readdirSync(consumer.folder).filter((file) => file.endsWith(".tgz"));
consumer.install(tarballs.map((file) => `./${file}`));
const { ran, failures } = consumer.runExamples([rootReadme, ...packages]);

console.log(
  `\nInstalled from tarballs: ${packages.map(({ manifest }) => manifest.name).join(", ")}`,
);
console.log(`README examples run: ${ran.join(", ") || "none"}`);
for (const failure of failures) console.error(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
