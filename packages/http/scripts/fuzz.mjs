/**
 * Sends wrong requests to a real server until something gives way.
 *
 *   npm run fuzz -w packages/http -- [--requests 20000] [--seed 1] [--only 17]
 */
import { parseArgs } from "node:util";
import { runTests } from "./tests.mjs";

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
runTests("packages/http/test/Fuzz.test.ts", settings, ["--testTimeout=0"]);
