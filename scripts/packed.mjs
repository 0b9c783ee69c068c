// The packages as a user gets them: packed, installed in an empty project, and the first example of
// every README type-checked and run there.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

const project = mkdtempSync(join(tmpdir(), "stockbook-packed-"));
const run = (command, args, cwd = project) => {
  // The laws were tried in full before; here they show that the package works elsewhere.
  const env = { STOCKBOOK_RUNS: "50", ...process.env };
  execFileSync(command, args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] });
};
const tool = (name) => join(root, "node_modules", ".bin", name);

const packages = readdirSync(join(root, "packages"))
  .map((folder) => ({ folder, at: join(root, "packages", folder) }))
  .map((found) => ({ ...found, manifest: readJson(join(found.at, "package.json")) }))
  .filter(({ manifest }) => !manifest.private);

/** The first block of a language, or nothing. */
const firstBlock = (markdown, language) =>
  new RegExp(`^\`\`\`${language}\\b[^\\n]*\\n([\\s\\S]*?)^\`\`\``, "m").exec(markdown)?.[1];

/** How the example of one README is run, or nothing if it has none. */
function exampleOf({ folder, at, manifest }) {
  const readme = readFileSync(join(at, "README.md"), "utf8");
  const ts = firstBlock(readme, "ts");
  if (ts !== undefined && manifest.peerDependencies?.vitest) {
    const file = `${folder}.test.ts`;
    return {
      file,
      text: ts,
      command: join(project, "node_modules/.bin/vitest"),
      args: ["run", file],
    };
  }
  if (ts !== undefined) {
    return {
      file: `${folder}.ts`,
      text: ts,
      command: process.execPath,
      args: [join(project, `out/${folder}.js`)],
      // Examples open a file of the same name; each gets a folder of its own.
      cwd: mkdtempSync(join(project, "run-")),
    };
  }
  // A package that is first of all a command shows how it is called.
  const sh = manifest.bin && firstBlock(readme, "sh");
  return sh
    ? { file: `${folder}.sh`, text: sh, command: "bash", args: ["-eu", `${folder}.sh`] }
    : undefined;
}

function install() {
  const { devDependencies, allowScripts } = readJson(join(root, "package.json"));
  for (const { at } of packages)
    run("npm", ["pack", "--silent", "--pack-destination", project], at);
  const tarballs = readdirSync(project).filter((file) => file.endsWith(".tgz"));
  const manifest = { private: true, type: "module", allowScripts };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  // Native modules are compiled as they are in the workspace: no install script downloads anything.
  copyFileSync(join(root, ".npmrc"), join(project, ".npmrc"));
  const types = `@types/node@${devDependencies["@types/node"]}`;
  const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["install", ...quiet, types, ...tarballs.map((file) => `./${file}`)]);
}

function typecheck() {
  const compilerOptions = {
    target: "ES2022",
    module: "NodeNext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    types: ["node"],
    rootDir: ".",
    outDir: "out",
  };
  const config = { compilerOptions, include: ["*.ts"] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  run(tool("tsc"), ["-p", "."]);
}

/** What went wrong in one step, or nothing. */
function problem(step) {
  try {
    step();
    return undefined;
  } catch (error) {
    return error.message;
  }
}

const readmes = [
  { folder: "stockbook-readme", at: root, manifest: { name: "README.md" } },
  ...packages,
];
const examples = readmes.map((found) => ({
  name: found.manifest.name,
  folder: found.folder,
  example: exampleOf(found),
}));
const failures = examples
  .filter(({ example }) => example === undefined)
  .map(({ name, folder }) => `${name}: packages/${folder}/README.md has no \`\`\`ts block to run`);
const runnable = examples.filter(({ example }) => example !== undefined);

try {
  install();
  for (const { example } of runnable) writeFileSync(join(project, example.file), example.text);
  const untyped =
    runnable.some(({ example }) => example.file.endsWith(".ts")) && problem(typecheck);
  if (untyped) failures.push(`the examples do not type-check: ${untyped}`);
  for (const { name, example } of untyped ? [] : runnable) {
    console.log(`\n-- ${name}: ${example.file}`);
    const failed = problem(() => run(example.command, example.args, example.cwd));
    if (failed) failures.push(`${name}: ${failed}`);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}

console.log(
  `\nInstalled from tarballs: ${packages.map(({ manifest }) => manifest.name).join(", ")}`,
);
console.log(`README examples run: ${runnable.map(({ name }) => name).join(", ") || "none"}`);
for (const failure of failures) console.error(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
