/**
 * Tries every law of the core many times, on all processors, and tells how long each took.
 *
 *   npm run laws:long -w @stockbook/testing -- [--runs 100000] [--seed 1] [--law "no oversell"]
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { lawRun, RUNS_VARIABLE } from "../dist/LawRun.js";
import { CORE_LAWS } from "../dist/Laws.js";

if (isMainThread) await main();
else parentPort?.postMessage(tryLaw(workerData));

async function main() {
  const { values } = parseArgs({
    options: {
      runs: { type: "string" },
      seed: { type: "string" },
      law: { type: "string", multiple: true },
      jobs: { type: "string" },
    },
  });
  const { runs, seed } = lawRun({
    STOCKBOOK_RUNS: values.runs ?? process.env[RUNS_VARIABLE] ?? "100000",
    STOCKBOOK_SEED: values.seed ?? process.env.STOCKBOOK_SEED,
  });
  const names = CORE_LAWS.map(({ law }) => law.name);
  const unknown = values.law?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`no such law: ${unknown.join(", ")}`);
  const waiting = names.filter((name) => values.law?.includes(name) ?? true);

  console.log(`${waiting.length} laws, ${runs} runs each, seed ${seed}`);
  const jobs = Math.min(Number(values.jobs ?? availableParallelism()), waiting.length);
  const lanes = Array.from({ length: jobs }, () => runLane(waiting, { runs, seed }));
  const broken = (await Promise.all(lanes)).reduce((sum, count) => sum + count, 0);
  console.log(broken === 0 ? "every law holds" : `${broken} broken`);
  if (broken > 0) process.exitCode = 1;
}

async function runLane(waiting, run) {
  let broken = 0;
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const { number, seconds, breach } = await inWorker({ name, ...run });
    const verdict = breach === undefined ? "holds " : "BROKEN";
    console.log(
      `${verdict}  ${String(number).padStart(2)}  ${name.padEnd(18)} ` +
        `${run.runs} runs  seed ${run.seed}  ${seconds.toFixed(1).padStart(7)} s`,
    );
    if (breach === undefined) continue;
    broken++;
    console.log(`\n${breach}\n`);
  }
  return broken;
}

function inWorker(task) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

function tryLaw({ name, runs, seed }) {
  const { number, law } = CORE_LAWS.find((one) => one.law.name === name);
  const start = performance.now();
  let breach;
  try {
    law.run({ runs, seed });
  } catch (error) {
    breach = error instanceof Error ? error.message : String(error);
  }
  return { number, seconds: (performance.now() - start) / 1000, breach };
}
