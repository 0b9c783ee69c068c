// Run inside a package: what npm would publish, judged by publint and by attw.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const run = (command, args) => execFileSync(command, args, { stdio: "inherit" });

const folder = mkdtempSync(join(tmpdir(), "stockbook-pack-"));
try {
  run("npm", ["pack", "--silent", "--pack-destination", folder]);
  const tarball = join(folder, readdirSync(folder)[0]);
  run(bin("publint"), ["run", tarball, "--strict"]);
  run(bin("attw"), [tarball, "--profile", "esm-only", "--no-emoji"]);
} catch {
  // The tool that failed has said why.
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
