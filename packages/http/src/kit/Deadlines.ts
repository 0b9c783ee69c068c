/**
 * Deadlines: what takes too long is given up. One fiber looks after all that is being done, for
 * a timer and a race of its own would cost each request more than the rest of its way through
 * the kit.
 */
import { Clock, Effect, Exit, type Fiber, FiberId } from "effect";

interface Running {
  readonly fiber: Fiber.RuntimeFiber<unknown, unknown>;
  readonly endsAt: number;
  overdue: boolean;
}

/** So long the fiber stays after the last request, and a process that has ended its work with it. */
const MOST_BETWEEN_MS = 1_000;

export interface Deadlines {
  /**
   * Fails with what `onOverdue` gives when an effect takes longer than is allowed. The fiber it
   * runs in is then interrupted, so whoever calls must be uninterruptible to go on.
   */
  readonly within: <A, E, F>(
    effect: Effect.Effect<A, E>,
    onOverdue: () => F,
  ) => Effect.Effect<A, E | F>;
}

/** Deadlines of so many milliseconds from when an effect begins. */
export function makeDeadlines(timeoutMs: number): Deadlines {
  const running = new Set<Running>();
  const mostBetweenMs = Math.min(MOST_BETWEEN_MS, timeoutMs);
  let watched = false;

  // All are given the same time, so whoever began first ends first.
  const watch: Effect.Effect<void> = Effect.flatMap(Clock.currentTimeMillis, (now) => {
    for (const one of running) if (now >= one.endsAt) giveUp(one);
    const [first] = running;
    if (first === undefined) {
      watched = false;
      return Effect.void;
    }
    const left = first.overdue ? mostBetweenMs : first.endsAt - now;
    return Effect.zipRight(Effect.sleep(Math.min(left, mostBetweenMs)), watch);
  });

  const watching = Effect.suspend(() => {
    if (watched) return Effect.void;
    watched = true;
    return Effect.forkDaemon(watch);
  });

  return {
    within: <A, E, F>(effect: Effect.Effect<A, E>, onOverdue: () => F) =>
      Effect.withFiberRuntime<A, E | F>((fiber) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const one: Running = { fiber, endsAt: now + timeoutMs, overdue: false };
          running.add(one);
          const ended = Effect.exit(Effect.zipRight(watching, Effect.interruptible(effect)));
          return Effect.uninterruptible(
            Effect.flatMap(ended, (exit): Effect.Effect<A, E | F> => {
              running.delete(one);
              const givenUp = one.overdue && Exit.isInterrupted(exit);
              return givenUp ? Effect.fail(onOverdue()) : exit;
            }),
          );
        }),
      ),
  };
}

function giveUp(one: Running): void {
  if (one.overdue) return;
  one.overdue = true;
  one.fiber.unsafeInterruptAsFork(FiberId.none);
}
