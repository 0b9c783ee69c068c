import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rejectionsFile, rejectionsPage } from "../scripts/rejections.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

describe("the docs", () => {
  it("list the rejections that the core has", () => {
    expect(readFileSync(rejectionsFile, "utf8")).toBe(rejectionsPage());
  });

  it.each(markdownFiles(root).map((file) => relative(root, file)))(
    "%s has no dead link",
    (file) => {
      const dead = localLinks(join(root, file)).filter((target) => !existsSync(target));
      expect(dead).toEqual([]);
    },
  );
});

function markdownFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((found) => {
    const at = join(folder, found.name);
    if (found.isDirectory()) return skipped(found.name) ? [] : markdownFiles(at);
    return found.name.endsWith(".md") ? [at] : [];
  });
}

function skipped(folder: string): boolean {
  return folder.startsWith(".") || folder === "node_modules" || folder === "dist";
}

function localLinks(file: string): readonly string[] {
  const links = readFileSync(file, "utf8").matchAll(/\]\(([^)#\s]+)[^)]*\)/g);
  return [...links]
    .map(([, target]) => target ?? "")
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => resolve(dirname(file), target));
}
