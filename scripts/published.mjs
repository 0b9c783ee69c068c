// Publishing, rehearsed against a registry of this run: all packages first, then a patch of one
// adapter. Exactly that one may come out anew, and it must work beside the others as they were.
import { appendFileSync, cpSync, symlinkSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { basename, join } from "node:path";
import {
  isPublic,
  makeConsumer,
  packagesOf,
  readJson,
  root,
  rootReadme,
  runner,
  temporaryFolder,
} from "./consumer.mjs";
import { startRegistry } from "./registry.mjs";

const ADAPTER = "@stockbook/store-sqlite";
/** What a user of the adapter asks for; the core comes along. */
const WANTED = ["@stockbook/engine", ADAPTER, "stockbook"];

const started = Date.now();
const step = (text) => {
  const seconds = Math.round((Date.now() - started) / 1_000);
  console.log(`\n-- ${seconds} s: ${text}`);
};

/** The environment, without what could lead git, npm or changesets to another place. */
function environment(registry, cache) {
  const stray = /^GIT_|^npm_config_(registry|cache|.*:registry)$/i;
  const kept = Object.entries(process.env).filter(([name]) => !stray.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Stockbook",
    GIT_AUTHOR_EMAIL: "release@stockbook.invalid",
    GIT_COMMITTER_NAME: "Stockbook",
    GIT_COMMITTER_EMAIL: "release@stockbook.invalid",
    // changesets asks this variable, and no file, where to publish.
    npm_config_registry: registry,
    npm_config_cache: cache,
  };
}

/** A copy of the tree with a history of its own, so that a release leaves the checkout alone. */
function copyTree(folder, env, registry) {
  const left = new Set(["node_modules", ".git", ".turbo"]);
  cpSync(root, folder, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const credential = `//${new URL(registry.url).host}/:_authToken=${registry.token}`;
  appendFileSync(join(folder, ".npmrc"), `\n${credential}\n`);

  const run = runner(folder, env);
  run("git", ["init", "--quiet"]);
  const release = (subject) => {
    run("npm", ["run", "--silent", "version-packages"]);
    run("git", ["add", "--all"]);
    run("git", ["commit", "--quiet", "--message", subject]);
    run("npx", ["--no", "changeset", "publish"]);
  };
  return { folder, release };
}

async function versionsIn(registry, packages) {
  const versions = {};
  for (const { manifest } of packages) {
    const found = await registry.packument(manifest.name);
    versions[manifest.name] = Object.keys(found?.versions ?? {}).join(", ") || "none";
  }
  return versions;
}

/** Whatever has other versions than expected. */
const differences = (versions, expected) =>
  Object.keys(expected)
    .filter((name) => versions[name] !== expected[name])
    .map((name) => `${name}: the registry has ${versions[name]}, expected ${expected[name]}`);

const patchOf = (version) => version.replace(/\d+$/, (patch) => String(Number(patch) + 1));

/** Whatever was installed other than once, or in another form than the registry's latest. */
async function strays(registry, folder, names) {
  const { packages } = readJson(join(folder, "node_modules/.package-lock.json"));
  const found = [];
  for (const name of names) {
    const { "dist-tags": tags, versions } = await registry.packument(name);
    const copies = Object.keys(packages).filter((at) => at.endsWith(`node_modules/${name}`));
    const [first] = copies;
    if (copies.length !== 1) {
      found.push(`${name} is installed ${copies.length} times: ${copies.join(", ")}`);
    } else if (packages[first].integrity !== versions[tags.latest].dist.integrity) {
      found.push(`${name} ${packages[first].version} is installed, expected ${tags.latest}`);
    }
  }
  return found;
}

function insist(failures) {
  if (failures.length > 0) throw new Error(failures.join("\nFAILED "));
}

async function rehearse(registry) {
  const scratch = temporaryFolder("release");
  const env = environment(registry.url, join(scratch, "cache"));
  const tree = copyTree(join(scratch, "tree"), env, registry);

  step("releasing what the changesets hold");
  tree.release("Release");
  const packages = packagesOf(tree.folder);
  const first = Object.fromEntries(
    packages.map((found) => [
      found.manifest.name,
      isPublic(found) ? found.manifest.version : "none",
    ]),
  );
  insist(differences(await versionsIn(registry, packages), first));

  step(`releasing a patch of ${ADAPTER}`);
  const changeset = `---\n"${ADAPTER}": patch\n---\n\nA rehearsal.\n`;
  writeFileSync(join(tree.folder, ".changeset/rehearsal.md"), changeset);
  tree.release(`Release a patch of ${ADAPTER}`);
  const versions = await versionsIn(registry, packages);
  console.table(versions);
  const both = `${first[ADAPTER]}, ${patchOf(first[ADAPTER])}`;
  insist(differences(versions, { ...first, [ADAPTER]: both }));

  step("installing the patch beside the others, in an empty project");
  const consumer = makeConsumer(env);
  // That the native module compiles elsewhere is what check:packed shows.
  consumer.install(WANTED, { compile: false });
  insist(await strays(registry, consumer.folder, ["@stockbook/core", ...WANTED]));
  const used = packages.filter(({ manifest }) => WANTED.includes(manifest.name));
  insist(consumer.runExamples([rootReadme, ...used]).failures);
}

let registry;
try {
  step("starting a registry");
  registry = await startRegistry(["@stockbook/*", "stockbook"]);
  await rehearse(registry);
  step(`the patch of ${ADAPTER} came out by itself and works beside the others`);
} catch (error) {
  console.error(`\nFAILED ${error.message}`);
  process.exitCode = 1;
} finally {
  await registry?.stop();
}
