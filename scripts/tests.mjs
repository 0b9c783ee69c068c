// Runs tests with settings in the environment, on every system alike.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const vitest = fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json")));

export function runTests(path, settings, options = []) {
  const { status } = spawnSync(process.execPath, [vitest, "run", path, ...options], {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}

/** Runs tests with a proxy before each server that refuses answers outside the contract. */
export function runWithPrism(path) {
  // In one process, for the proxy takes longer to load than the tests take; and without the
  // fuzzer, which looks at the answers itself.
  const options = ["--no-isolate", "--maxWorkers=1", "--exclude=**/Fuzz.test.ts"];
  runTests(path, { STOCKBOOK_PRISM: "1" }, options);
}

/** Runs a fuzzer with what the command line says: `[--requests 20000] [--seed 1] [--only 17]`. */
export function runFuzz(path) {
  const { values } = parseArgs({
    options: {
      requests: { type: "string", default: "20000" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      only: { type: "string" },
    },
  });
  console.log(`${values.requests} requests, --seed ${values.seed}`);
  const settings = {
    STOCKBOOK_FUZZ_REQUESTS: values.requests,
    STOCKBOOK_FUZZ_SEED: values.seed,
    ...(values.only && { STOCKBOOK_FUZZ_ONLY: values.only }),
  };
  runTests(path, settings, ["--testTimeout=0"]);
}
