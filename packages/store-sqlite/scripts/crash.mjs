// The long version of the crash test: npm run crash -w packages/store-sqlite -- --kills 200
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
console.log(`${values.kills} kills, seed ${values.seed}`);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const args = ["vitest", "run", "packages/store-sqlite/test/Processes.test.ts", "-t", "killed"];
const env = { ...process.env, STOCKBOOK_KILLS: values.kills, STOCKBOOK_SEED: values.seed };
process.exitCode = spawnSync("npx", args, { cwd: root, stdio: "inherit", env }).status ?? 1;
