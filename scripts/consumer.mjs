// An empty project that uses the packages as their users do: it installs them, and type-checks and
// runs the first example of their READMEs.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** A folder that goes when this process ends, by itself or at a signal. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `stockbook-${name}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  return folder;
}

/** Runs commands to their end, shows what they print, and throws if one fails or never ends. */
export const runner = (folder, env) => {
  const stdio = ["ignore", "inherit", "inherit"];
  return (command, args, cwd = folder) =>
    execFileSync(command, args, { cwd, env, stdio, timeout: 600_000 });
};

/** All packages of a tree, the private ones included. */
export const packagesOf = (tree) =>
  readdirSync(join(tree, "packages"))
    .map((folder) => ({ folder, at: join(tree, "packages", folder) }))
    .map((found) => ({ ...found, manifest: readJson(join(found.at, "package.json")) }));

export const isPublic = ({ manifest }) => !manifest.private;

/** What the workspace has compiled of the native modules. */
const NATIVE = "node_modules/better-sqlite3/build/Release/better_sqlite3.node";

/** The README of the whole, beside those of the packages. */
export const rootReadme = { folder: "stockbook-readme", at: root, manifest: { name: "README.md" } };

/** The first block of a language, or nothing. */
const firstBlock = (markdown, language) =>
  new RegExp(`^\`\`\`${language}\\b[^\\n]*\\n([\\s\\S]*?)^\`\`\``, "m").exec(markdown)?.[1];

/** How the example of one README is run in a project, or nothing if it has none. */
function exampleOf(project, { folder, at, manifest }) {
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

/** What went wrong in one step, or nothing. */
function problem(step) {
  try {
    step();
    return undefined;
  } catch (error) {
    return error.message;
  }
}

export function makeConsumer(env = process.env) {
  const folder = temporaryFolder("consumer");
  // The laws were tried in full before; here they show that the package works elsewhere.
  const run = runner(folder, { STOCKBOOK_RUNS: "50", ...env });

  function install(packages, { compile = true } = {}) {
    const { devDependencies, allowScripts } = readJson(join(root, "package.json"));
    const manifest = { private: true, type: "module", allowScripts };
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    // Native modules are compiled as they are in the workspace: no install script downloads anything.
    copyFileSync(join(root, ".npmrc"), join(folder, ".npmrc"));
    const types = `@types/node@${devDependencies["@types/node"]}`;
    const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
    if (!compile) quiet.push("--ignore-scripts");
    run("npm", ["install", ...quiet, types, ...packages]);
    if (!compile) cpSync(join(root, NATIVE), join(folder, NATIVE));
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
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    run(join(root, "node_modules/.bin/tsc"), ["-p", "."]);
  }

  /** Runs the example of each README; tells which were run and what failed. */
  function runExamples(readmes) {
    const examples = readmes.map((found) => ({ ...found, example: exampleOf(folder, found) }));
    const runnable = examples.filter(({ example }) => example !== undefined);
    const failures = examples
      .filter(({ example }) => example === undefined)
      .map(
        ({ manifest, folder: of }) =>
          `${manifest.name}: packages/${of}/README.md has no \`\`\`ts block to run`,
      );

    for (const { example } of runnable) writeFileSync(join(folder, example.file), example.text);
    const untyped =
      runnable.some(({ example }) => example.file.endsWith(".ts")) && problem(typecheck);
    if (untyped) failures.push(`the examples do not type-check: ${untyped}`);
    for (const { manifest, example } of untyped ? [] : runnable) {
      console.log(`\n-- ${manifest.name}: ${example.file}`);
      const failed = problem(() => run(example.command, example.args, example.cwd));
      if (failed) failures.push(`${manifest.name}: ${failed}`);
    }
    return { ran: runnable.map(({ manifest }) => manifest.name), failures };
  }

  return { folder, run, install, runExamples };
}
