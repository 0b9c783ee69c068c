/** Turns: what is done to one thing is done one after another, within this process. */
import { Effect } from "effect";

export interface Turns {
  readonly inTurn: <A, E>(thing: string, effect: Effect.Effect<A, E>) => Effect.Effect<A, E>;
}

interface Turn {
  readonly semaphore: Effect.Semaphore;
  /** Those who wait, and the one whose turn it is. */
  users: number;
}

export function makeTurns(): Turns {
  const turns = new Map<string, Turn>();
  const join = (thing: string): Turn => {
    const turn = turns.get(thing) ?? { semaphore: Effect.unsafeMakeSemaphore(1), users: 0 };
    turns.set(thing, turn);
    turn.users++;
    return turn;
  };
  const leave = (thing: string, turn: Turn): void => {
    turn.users--;
    if (turn.users === 0) turns.delete(thing);
  };
  return {
    inTurn: (thing, effect) =>
      Effect.acquireUseRelease(
        Effect.sync(() => join(thing)),
        ({ semaphore }) => semaphore.withPermits(1)(effect),
        (turn) => Effect.sync(() => leave(thing, turn)),
      ),
  };
}
