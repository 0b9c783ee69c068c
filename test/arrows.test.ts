import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { importsOf, type Package, violations } from "./arrows.js";

const root = fileURLToPath(new URL("../packages", import.meta.url));

function read(folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const src = join(root, folder, "src");
  const files = existsSync(src) ? readdirSync(src, { recursive: true, encoding: "utf8" }) : [];
  return {
    folder,
    dependencies: Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    }),
    imports: files
      .filter((file) => /\.[cm]?tsx?$/.test(file))
      .flatMap((file) =>
        importsOf(readFileSync(join(src, file), "utf8")).map((specifier) => ({
          file: join("src", file),
          specifier,
        })),
      ),
  };
}

const packages = readdirSync(root)
  .filter((folder) => existsSync(join(root, folder, "package.json")))
  .map(read);

describe("the arrows between packages", () => {
  test("there are packages to look at", () => {
    expect(packages.map((found) => found.folder)).toEqual(expect.arrayContaining(["core", "cli"]));
  });

  test.each(packages)("$folder points inward only", (found) => {
    expect(violations([found])).toEqual([]);
  });
});

describe("the check itself", () => {
  const planted = (folder: string, specifier: string, file = "src/X.ts") =>
    violations([{ folder, dependencies: [], imports: [{ file, specifier }] }]);

  test.each([
    ["core", "effect", "core depends on nothing"],
    ["core", "node:fs", "core depends on nothing"],
    ["engine", "@stockbook/http", "a package of an outer ring"],
    ["store-sqlite", "@stockbook/store-postgres", "a package of the same ring"],
    ["http", "@stockbook/webhooks/sign", "a package of the same ring"],
    ["http", "@stockbook/nowhere", "a package of no ring"],
    ["client", "effect", "client depends on nothing"],
    ["dialect-tictap", "@stockbook/store-sqlite", "a store, chosen too early"],
    ["engine", "vitest", "a test tool at runtime"],
    ["cli", "fast-check", "a test tool at runtime"],
    ["sandbox", "@stockbook/testing", "a test tool at runtime"],
    ["msw", "stockbook", "a package of an outer ring"],
    ["webhooks", "effect", "webhooks stands alone outside src/delivery"],
    ["webhooks", "node:crypto", "webhooks stands alone outside src/delivery"],
    ["webhooks", "@stockbook/engine", "webhooks stands alone outside src/delivery"],
    ["webhooks", "./delivery/index.js", "webhooks stands alone outside src/delivery"],
  ])("reports %s → %s", (folder, specifier, reason) => {
    expect(planted(folder, specifier)).toEqual([expect.stringContaining(reason)]);
  });

  test.each([
    ["core", "./Ledger.js"],
    ["engine", "@stockbook/core"],
    ["testing", "fast-check"],
    ["cli", "@stockbook/store-sqlite"],
    ["bench", "@stockbook/testing"],
  ])("allows %s → %s", (folder, specifier) => {
    expect(planted(folder, specifier)).toEqual([]);
  });

  test.each([
    ["src/delivery/X.ts", "effect"],
    ["src/delivery/X.ts", "@stockbook/engine"],
    ["src/delivery/X.ts", "../index.js"],
    ["src/X.ts", "./Y.js"],
    ["src/deep/X.ts", "../Y.js"],
  ])("allows webhooks/%s → %s", (file, specifier) => {
    expect(planted("webhooks", specifier, file)).toEqual([]);
  });

  test.each([
    ["src/delivery/X.ts", "@stockbook/http"],
    ["src/deliveryX.ts", "effect"],
    ["src/deep/X.ts", "../delivery/Y.js"],
  ])("reports webhooks/%s → %s", (file, specifier) => {
    expect(planted("webhooks", specifier, file)).toHaveLength(1);
  });

  test("reports a dependency that no file imports, and a package of no ring", () => {
    expect(
      violations([
        { folder: "core", dependencies: ["effect"], imports: [] },
        { folder: "nowhere", dependencies: [], imports: [] },
      ]),
    ).toEqual(["core/package.json → effect: core depends on nothing", "nowhere stands in no ring"]);
  });

  test("finds every form of import, and none in a doc comment", () => {
    const source = `
      import a from "a";
      import { type B,
        c } from "b";
      import "c";
      export * from "d";
      export type { E } from "e";
      const f = await import("f");
      type G = import("g").G;
      /**
       * import { x } from "comment";
       * await import("comment");
       */
      // import("comment")
      export const from = "no import";
    `;
    expect([...importsOf(source)].sort()).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  });
});
