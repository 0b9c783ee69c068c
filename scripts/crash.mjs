// The long version of a test that kills processes:
// node scripts/crash.mjs packages/webhooks/test/Kills.test.ts [--only name] [--kills n] [--seed n]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const MOST_KILLS = 1_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const kills = Math.min(Number(values.kills), MOST_KILLS);
console.log(`${kills} kills, seed ${values.seed}`);
const only = values.only === undefined ? [] : ["-t", values.only];
const env = { ...process.env, STOCKBOOK_KILLS: String(kills), STOCKBOOK_SEED: values.seed };
const cwd = fileURLToPath(new URL("..", import.meta.url));
const args = ["vitest", "run", ...positionals, ...only];
process.exitCode = spawnSync("npx", args, { cwd, stdio: "inherit", env }).status ?? 1;
