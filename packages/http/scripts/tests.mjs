// Runs tests of this package with settings in the environment, on every system alike.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const vitest = fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json")));

export function runTests(path, settings, options = []) {
  const { status } = spawnSync(process.execPath, [vitest, "run", path, ...options], {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
