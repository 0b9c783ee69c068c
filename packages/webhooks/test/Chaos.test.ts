import { Effect, Fiber } from "effect";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type Behaviour,
  type ChaosReceiver,
  chaosReceiver,
  FLOOD,
  HANG,
  OK,
  RESET,
  RESET_MID_ANSWER,
} from "./ChaosReceiver.js";
import { LOCAL } from "./support/Sending.js";
import { taken } from "./support/Taken.js";
import { inWorld, OWNER, untilQuiet, type Worker, type World } from "./support/World.js";

/** Hanging receivers cost as much real time. */
const TIMEOUT_MS = 60;
const RUNS = Math.min(12, Number(process.env.STOCKBOOK_RUNS ?? 12));

const answer = (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour => ({
  type: "answer",
  status,
  headers,
});

const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(OK) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      answer(500),
      answer(302, { location: "http://127.0.0.1:1/" }),
      answer(429, { "retry-after": "120" }),
      answer(503, { "retry-after": "soon" }),
      RESET,
      RESET_MID_ANSWER,
      { type: "raw", text: "nonsense\r\n\r\n", end: "close" } as const,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(HANG, FLOOD, answer(410)) },
  {
    weight: 1,
    arbitrary: fc.constant<Behaviour>({
      type: "trickle",
      text: "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n",
      everyMs: 10,
    }),
  },
);

type Step =
  | { readonly type: "move"; readonly times: number }
  | { readonly type: "run" }
  /** The worker dies while it works, and another takes its place once the lease is over. */
  | { readonly type: "die"; readonly afterTurns: number }
  | { readonly type: "wait"; readonly minutes: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constant("move" as const), times: fc.integer({ min: 1, max: 8 }) }),
  fc.constant<Step>({ type: "run" }),
  fc.record({ type: fc.constant("die" as const), afterTurns: fc.nat(30) }),
  fc.record({ type: fc.constant("wait" as const), minutes: fc.nat(600) }),
);

const turns = (count: number) =>
  Effect.repeatN(
    Effect.async<void>((resume) => void setImmediate(() => resume(Effect.void))),
    count,
  );

interface Receiving {
  readonly receiver: ChaosReceiver;
  readonly behaviours: readonly Behaviour[];
  readonly id: string;
  readonly ordered: boolean;
}

function received(world: World, behaviours: readonly Behaviour[], ordered: boolean) {
  return Effect.gen(function* () {
    const receiver = yield* chaosReceiver();
    receiver.next(...behaviours);
    const { endpoint } = yield* world.endpoint({
      url: receiver.url,
      events: ["stock.moved"],
      ordered,
    });
    return { receiver, behaviours, id: endpoint.id, ordered } satisfies Receiving;
  });
}

function enableAgain(world: World, { id }: Receiving) {
  return Effect.gen(function* () {
    const { disabled } = yield* world.webhooks.endpoint(OWNER, id);
    if (disabled !== null) yield* world.webhooks.changeEndpoint(OWNER, id, { enabled: true });
    return disabled !== null;
  });
}

it("whatever receivers and workers do, every event arrives once all is well", async () => {
  const chaos = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 8 }),
    plain: fc.array(behaviour, { maxLength: 30 }),
    ordered: fc.array(behaviour, { maxLength: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(chaos, ({ steps, plain, ordered }) =>
      inWorld((world) =>
        Effect.gen(function* () {
          const options = { sender: { ...LOCAL, timeoutMs: TIMEOUT_MS } };
          const endpoints = [
            yield* received(world, plain, false),
            yield* received(world, ordered, true),
          ];
          const before = yield* world.ledger.head;
          let worker: Worker = yield* world.worker(options);
          for (const one of steps) worker = yield* follow(world, worker, one, options);

          // All is well from now on: time passes, and whoever was disabled is enabled again.
          yield* world.move(1);
          let again = true;
          while (again) {
            yield* untilQuiet(world, worker);
            const enabled = yield* Effect.forEach(endpoints, (one) => enableAgain(world, one));
            again = enabled.includes(true);
            world.clock.now += 60_000;
          }
          const head = yield* world.ledger.head;
          const all = Array.from({ length: head - before }, (_, i) => before + 1 + i);
          for (const one of endpoints) {
            const failed = yield* Effect.map(world.deliveries(one.id), (rows) =>
              rows.filter(({ status }) => status === "failed"),
            );
            // A schedule of eight attempts can be used up; those are told, and nothing else is missing.
            const told = failed.map(({ sequence }) => sequence as number);
            const arrived = taken(one.receiver, one.behaviours);
            expect([...new Set([...arrived, ...told])].sort((a, b) => a - b)).toEqual(all);
            if (!one.ordered) continue;
            const first = [...new Set(arrived)];
            expect(first).toEqual([...first].sort((a, b) => a - b));
          }
        }),
      ),
    ),
    { numRuns: RUNS },
  );
}, 120_000);

function follow(
  world: World,
  worker: Worker,
  step: Step,
  options: Parameters<World["worker"]>[0],
): Effect.Effect<Worker, unknown> {
  switch (step.type) {
    case "move":
      return Effect.as(world.move(step.times), worker);
    case "run":
      return Effect.as(worker.runDue, worker);
    case "wait":
      world.clock.now += step.minutes * 60_000;
      return Effect.succeed(worker);
    case "die":
      return Effect.gen(function* () {
        const fiber = yield* Effect.fork(worker.runDue);
        yield* turns(step.afterTurns);
        yield* Fiber.interrupt(fiber);
        world.clock.now += 30_000;
        return yield* world.worker(options);
      });
  }
}
