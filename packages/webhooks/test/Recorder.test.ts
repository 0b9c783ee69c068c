import { makeMemoryStore, type Settlement } from "@stockbook/engine";
import { Deferred, Effect, Fiber } from "effect";
import { expect, it } from "vitest";
import { makeRecorder } from "../src/delivery/Recorder.js";

const settlement = (message: string): Settlement => ({
  ledger: 1,
  endpoint: "whe_1",
  message,
  attempts: 0,
  attemptsBefore: 0,
  attempt: {
    number: 1,
    at: 0,
    durationMs: 1,
    request: { url: "https://example.com/", headers: {} },
    outcome: { type: "answered", status: 204, headers: {}, body: "", truncated: false },
  },
  status: "delivered",
  dueAt: null,
  delaysUsed: 0,
});

it("is done for nobody before what another has begun to write is durable", () =>
  Effect.gen(function* () {
    const durable = yield* Deferred.make<void>();
    const written: string[] = [];
    const recorder = makeRecorder({
      ...makeMemoryStore().webhooks,
      settle: (settlements) =>
        Effect.map(Deferred.await(durable), () => {
          written.push(...settlements.map(({ message }) => message));
        }),
    });
    recorder.add(settlement("first"), undefined);
    const one = yield* Effect.fork(recorder.flush);
    yield* Effect.yieldNow();
    // Nothing is left to be taken, but the first is not written yet.
    const other = yield* Effect.fork(Effect.map(recorder.flush, () => [...written]));
    yield* Effect.yieldNow();
    yield* Deferred.succeed(durable, undefined);
    yield* Fiber.join(one);
    expect(yield* Fiber.join(other)).toEqual(["first"]);
  }).pipe(Effect.runPromise));
