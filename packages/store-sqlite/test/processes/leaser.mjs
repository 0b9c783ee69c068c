// A process that leases endpoints again and again, and gives some of them back early.
// Its arguments: the file, its name as an owner, for how many milliseconds. It says when it held
// which endpoint: from when it was told so until its lease was over or it gave it back.
import { WebhookStore } from "@stockbook/engine";
import { Effect } from "effect";
import { sqlite } from "../../dist/index.js";

const [file, owner, ms] = process.argv.slice(2);
const LEASE_MS = 5;

const held = Effect.gen(function* () {
  const store = yield* WebhookStore;
  const end = Date.now() + Number(ms);
  const times = [];
  for (let turn = 0; Date.now() < end; turn++) {
    const until = Date.now() + LEASE_MS;
    const endpoints = yield* store.lease({ owner, now: Date.now(), until });
    const from = Date.now();
    yield* Effect.sleep(`${turn % 4} millis`);
    const to = Math.min(until, Date.now());
    for (const { id } of endpoints) if (from < to) times.push({ id, from, to });
    if (turn % 2 === 0) yield* store.release(owner);
    // The other one gets its turn.
    yield* Effect.sleep(`${(turn * 7) % (2 * LEASE_MS)} millis`);
  }
  return times;
});

console.log(JSON.stringify(await Effect.runPromise(Effect.provide(held, sqlite(file)))));
