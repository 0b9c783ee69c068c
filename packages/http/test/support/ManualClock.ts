/** A clock that stands still until a test moves it. */
import { Clock, Duration, Effect } from "effect";

export interface ManualClock extends Clock.Clock {
  /** Lets time pass, and wakes whoever sleeps until then. */
  readonly advance: (ms: number) => void;
  /** How many are asleep. */
  readonly sleepers: () => number;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function manualClock(start = Date.parse("2026-03-01T12:00:00Z")): ManualClock {
  const sleeping = new Set<Sleeper>();
  let now = start;
  const millis = () => now;
  const nanos = () => BigInt(now) * 1_000_000n;
  return {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: millis,
    unsafeCurrentTimeNanos: nanos,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanos: Effect.sync(nanos),
    sleep: (duration) =>
      Effect.async((resume) => {
        const sleeper = {
          at: now + Duration.toMillis(duration),
          wake: () => resume(Effect.void),
        };
        sleeping.add(sleeper);
        return Effect.sync(() => sleeping.delete(sleeper));
      }),
    advance: (ms) => {
      now += ms;
      for (const sleeper of sleeping) {
        if (sleeper.at > now) continue;
        sleeping.delete(sleeper);
        sleeper.wake();
      }
    },
    sleepers: () => sleeping.size,
  };
}
