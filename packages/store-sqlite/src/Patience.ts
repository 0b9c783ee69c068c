/** Waiting for another process to finish writing, without keeping the event loop. */
import { type Duration, Effect, Schedule } from "effect";

/** Asks again while the store is busy, until patience runs out. */
export function patiently(
  patience: Duration.Duration,
): <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R> {
  const pauses = Schedule.exponential("2 millis", 2).pipe(
    Schedule.either(Schedule.spaced("100 millis")),
    Schedule.jittered,
    Schedule.upTo(patience),
  );
  // Setting up a schedule costs as much as a read, so that waits for the first refusal.
  return (effect) =>
    Effect.catchIf(effect, isBusy, () => Effect.retry(effect, { schedule: pauses, while: isBusy }));
}

function isBusy(error: unknown): boolean {
  return (error as { readonly _tag?: unknown })._tag === "Busy";
}
