import { Effect, Exit, Fiber } from "effect";
import { describe, expect, it } from "vitest";
import { makeDeadlines } from "../src/kit/Deadlines.js";
import { manualClock } from "./support/ManualClock.js";

const TIMEOUT_MS = 5_000;

describe("a deadline", () => {
  it("ends what never ends, on its time and not before", async () => {
    const clock = manualClock();
    const { within } = makeDeadlines(TIMEOUT_MS);
    const ends: Exit.Exit<never, "too late">[] = [];
    const waiting = within(Effect.never, () => "too late" as const).pipe(
      Effect.exit,
      Effect.map((exit) => ends.push(exit)),
      Effect.uninterruptible,
    );
    Effect.runFork(Effect.withClock(waiting, clock));
    await turn();
    await advance(clock, TIMEOUT_MS - 1);
    expect(ends).toEqual([]);
    await advance(clock, 1);
    expect(ends).toEqual([Exit.fail("too late")]);
  });

  it("leaves nobody watching when what it was for has ended, or its caller has gone", async () => {
    const clock = manualClock();
    const { within } = makeDeadlines(TIMEOUT_MS);
    const run = <A>(effect: Effect.Effect<A>) =>
      Effect.runFork(
        Effect.withClock(
          within(effect, () => "too late" as const),
          clock,
        ),
      );
    const gone = run(Effect.never);
    await Effect.runPromise(Fiber.await(run(Effect.succeed(1))));
    await Effect.runPromise(Fiber.interrupt(gone));
    await advance(clock, 1_000);
    expect(clock.sleepers()).toBe(0);
  });
});

async function advance(clock: ReturnType<typeof manualClock>, ms: number): Promise<void> {
  clock.advance(ms);
  await turn();
}

/** Lets fibers that were woken run on. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
