// The long version of the test that kills senders: npm run crash -w packages/webhooks -- --kills 50
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const MOST_KILLS = 1_000;

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const kills = Math.min(Number(values.kills), MOST_KILLS);
console.log(`${kills} kills, seed ${values.seed}`);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const args = ["vitest", "run", "packages/webhooks/test/Kills.test.ts"];
const env = { ...process.env, STOCKBOOK_KILLS: String(kills), STOCKBOOK_SEED: values.seed };
process.exitCode = spawnSync("npx", args, { cwd: root, stdio: "inherit", env }).status ?? 1;
