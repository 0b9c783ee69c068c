import { dirname, join } from "node:path/posix";

/** The rings, inside out: a package may use the rings before its own, never its own or a later one. */
const rings: ReadonlyArray<ReadonlyArray<string>> = [
  ["core"],
  ["engine"],
  ["store-*", "webhooks", "spreadsheet", "http", "testing"],
  ["dialect-*", "client"],
  ["mock", "sandbox"],
  ["msw"],
  ["cli"],
  ["bench"],
];

/** Packages that go wherever JavaScript runs, and bring nothing along. */
const alone = ["core", "client"];
/** Packages of which all but one folder goes wherever JavaScript runs, and brings nothing along. */
const aloneBut: Readonly<Record<string, string>> = { webhooks: "src/delivery" };
/** Where a program starts, and so where a store may be chosen. */
const choosesStore = ["cli", "sandbox", "bench"];
/** Packages that are not part of a running program, and so may use test tools. */
const notRuntime = ["testing", "bench"];
const testTools = ["vitest", "fast-check", "@stockbook/testing"];

export interface Package {
  /** The folder under packages/. */
  readonly folder: string;
  /** Names in dependencies, peerDependencies and optionalDependencies. */
  readonly dependencies: ReadonlyArray<string>;
  readonly imports: ReadonlyArray<{ readonly file: string; readonly specifier: string }>;
}

const matches = (pattern: string, folder: string) =>
  pattern.endsWith("*") ? folder.startsWith(pattern.slice(0, -1)) : pattern === folder;

const ringOf = (folder: string) =>
  rings.findIndex((ring) => ring.some((pattern) => matches(pattern, folder)));

const isRelative = (specifier: string) => /^\.\.?\//.test(specifier);

/** `@effect/sql/SqlClient` → `@effect/sql` */
const packageName = (specifier: string) =>
  specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

/** The folder of one of our own packages, or nothing for everyone else's. */
const folderOf = (name: string): string | undefined => {
  if (name === "stockbook") return "cli";
  return name.startsWith("@stockbook/") ? name.slice("@stockbook/".length) : undefined;
};

function whyNot(from: string, name: string): string | undefined {
  if (alone.includes(from)) return `${from} depends on nothing`;
  if (testTools.includes(name) && !notRuntime.includes(from)) return "a test tool at runtime";
  const to = folderOf(name);
  if (to === undefined || to === from) return undefined;
  if (ringOf(to) === -1) return "a package of no ring";
  if (ringOf(to) === ringOf(from)) return "a package of the same ring";
  if (ringOf(to) > ringOf(from)) return "a package of an outer ring";
  if (to.startsWith("store-") && !choosesStore.includes(from)) return "a store, chosen too early";
  return undefined;
}

/** Whether a file is among those of its package that stand alone. */
function standsAlone(folder: string, file: string): boolean {
  const open = aloneBut[folder];
  return open !== undefined && !file.startsWith(`${open}/`);
}

/** What such a file imports all the same: anything but its own kind. */
function companions({ folder, imports }: Package): ReadonlyArray<string> {
  return imports
    .filter(({ file }) => standsAlone(folder, file))
    .filter(({ file, specifier }) => {
      return !isRelative(specifier) || !standsAlone(folder, join(dirname(file), specifier));
    })
    .map(({ file, specifier }) => {
      return `${folder}/${file} → ${specifier}: ${folder} stands alone outside ${aloneBut[folder]}`;
    });
}

/** Every arrow that points where it must not, one sentence each. */
export function violations(packages: ReadonlyArray<Package>): ReadonlyArray<string> {
  return packages.flatMap((found) => {
    const { folder, dependencies, imports } = found;
    if (ringOf(folder) === -1) return [`${folder} stands in no ring`];
    const arrows = [
      ...dependencies.map((name) => ({ at: `${folder}/package.json`, name })),
      ...imports
        .filter(({ specifier }) => !isRelative(specifier))
        .map(({ file, specifier }) => ({ at: `${folder}/${file}`, name: packageName(specifier) })),
    ];
    const wrong = arrows.flatMap(({ at, name }) => {
      const reason = whyNot(folder, name);
      return reason === undefined ? [] : [`${at} → ${name}: ${reason}`];
    });
    return [...wrong, ...companions(found)];
  });
}

// Anchored to the start of a line, so that the examples in doc comments do not count.
const importPatterns = [
  /^\s*(?:import|export)\b[^"';=]*?\bfrom\s*["']([^"']+)["']/gm,
  /^\s*import\s*["']([^"']+)["']/gm,
  /^(?!\s*(?:\*|\/\/)).*?\b(?:import|require)\(\s*["']([^"']+)["']/gm,
];

/** The specifiers a source file imports, re-exports, loads or takes types from. */
export const importsOf = (source: string): ReadonlyArray<string> =>
  importPatterns.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ""));
