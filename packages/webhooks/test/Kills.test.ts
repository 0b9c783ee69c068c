/** A process that records and delivers is killed again and again, and nothing goes missing. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Effect } from "effect";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type Behaviour,
  chaosReceiver,
  FLOOD,
  HANG,
  OK,
  RESET,
  RESET_MID_ANSWER,
} from "./ChaosReceiver.js";
import { taken } from "./support/Taken.js";

const kills = Number(process.env.STOCKBOOK_KILLS ?? 3);
const seed = Number(process.env.STOCKBOOK_SEED ?? 1);
const isLong = process.env.STOCKBOOK_KILLS !== undefined;

const PROGRAM = fileURLToPath(new URL("./processes/deliverer.mjs", import.meta.url));
/** Between two lives so much time passes, so that whatever the dead one held is free. */
const BETWEEN_MS = 60_000;
const MIN_MS = 5;
const MAX_MS = 400;

type Told =
  | { readonly type: "ready" }
  | { readonly type: "recorded"; readonly sequence: number }
  | {
      readonly type: "finished";
      readonly moved: readonly number[];
      readonly failed: readonly (readonly number[])[];
    };

const answer = (status: number): Behaviour => ({ type: "answer", status });

const behaviours = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(OK) },
    {
      weight: 6,
      arbitrary: fc.constantFrom<Behaviour>(answer(500), answer(429), RESET, RESET_MID_ANSWER),
    },
    { weight: 1, arbitrary: fc.constantFrom<Behaviour>(HANG, FLOOD, answer(410)) },
  ),
  { minLength: 200, maxLength: 200 + 20 * kills, size: "max" },
);

class Process {
  readonly told: Told[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(args: readonly string[]) {
    this.child = fork(PROGRAM, args);
    this.ended = once(this.child, "exit");
    this.child.on("message", (told: Told) => this.told.push(told));
  }

  /** Until it has told this, or has ended. */
  async until(type: Told["type"]): Promise<void> {
    while (!this.told.some((one) => one.type === type)) {
      const ended = await Promise.race([once(this.child, "message"), this.ended.then(() => "end")]);
      if (ended === "end") throw new Error(`the process ended before it was ${type}`);
    }
  }

  kill(): Promise<unknown> {
    this.child.kill("SIGKILL");
    return this.ended;
  }
}

it(
  "every movement that was recorded arrives, however often the sender is killed",
  () =>
    Effect.gen(function* () {
      const directory = mkdtempSync(join(tmpdir(), "stockbook-"));
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => rmSync(directory, { recursive: true, force: true })),
      );
      const receivers = [yield* chaosReceiver(), yield* chaosReceiver()];
      const [first = [], second = [], times = []] = fc.sample(
        fc.tuple(
          behaviours,
          behaviours,
          fc.array(fc.integer({ min: MIN_MS, max: MAX_MS }), {
            minLength: kills,
            maxLength: kills,
            size: "max",
          }),
        ),
        { seed, numRuns: 1 },
      )[0] as [Behaviour[], Behaviour[], number[]];
      const told = [first, second];
      receivers.forEach((receiver, i) => {
        receiver.next(...(told[i] as Behaviour[]));
      });
      const file = join(directory, "stock.db");
      const urls = receivers.map(({ url }) => url).join(",");
      const start = (life: string, number: number) =>
        new Process([file, String(number * BETWEEN_MS), life, urls]);

      const recorded: number[] = [];
      for (const [i, afterMs] of times.entries()) {
        const process = start(`life ${i}`, i);
        yield* Effect.promise(() => process.until("ready"));
        yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, afterMs)));
        yield* Effect.promise(() => process.kill());
        const some = process.told.flatMap((one) => (one.type === "recorded" ? [one.sequence] : []));
        recorded.push(...some);
        if (!isLong) continue;
        const arrived = receivers.map(({ received }) => received.length).join(" and ");
        console.log(`kill ${i + 1}: ${recorded.length} recorded, ${arrived} arrived`);
      }
      const last = start("last", kills);
      yield* Effect.promise(() => last.until("finished"));
      const end = last.told.find((one) => one.type === "finished");
      if (end?.type !== "finished") throw new Error("it was said to have finished");
      expect(end.moved).toEqual(expect.arrayContaining(recorded));
      receivers.forEach((receiver, i) => {
        const arrived = new Set([...taken(receiver, told[i] ?? []), ...(end.failed[i] ?? [])]);
        expect({ seed, arrived: [...arrived].sort((a, b) => a - b) }).toEqual({
          seed,
          arrived: end.moved,
        });
      });
      const [inOrder] = receivers.map((receiver) => [...new Set(taken(receiver, first))]);
      expect(inOrder).toEqual([...(inOrder ?? [])].sort((a, b) => a - b));
      expect(end.failed).toEqual([[], []]);
    }).pipe(Effect.scoped, Effect.runPromise),
  60_000 + kills * 10_000,
);
