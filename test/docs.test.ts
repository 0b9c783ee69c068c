import { spawnSync } from "node:child_process";
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

describe("the program of a guide", () => {
  it.each(["docs/webhooks.md"])("%s runs, and prints what the guide says", (file) => {
    const program = programOf(readFileSync(join(root, file), "utf8"));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", program],
      { cwd: root, encoding: "utf8", timeout: 60_000 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trimEnd().split("\n")).toEqual(printedBy(program));
  });
});

/** The `js` blocks of a guide, one after another. */
function programOf(guide: string): string {
  return [...guide.matchAll(/^```js\n(.*?)^```$/gms)].map(([, block]) => block).join("\n");
}

/** What stands behind each `console.log(…);`. */
function printedBy(program: string): readonly string[] {
  return [...program.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text = ""]) => text);
}

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
