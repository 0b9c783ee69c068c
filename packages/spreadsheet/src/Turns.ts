/** Long work in pieces, so that a server answers others meanwhile. */
import { Effect } from "effect";

/**
 * Lets everything that waits have its turn. Effect's own yielding goes through microtasks, which
 * neither timers nor sockets get in between.
 */
export const letOthersRun: Effect.Effect<void> = Effect.async((resume) => {
  const turn = setImmediate(() => resume(Effect.void));
  return Effect.sync(() => clearImmediate(turn));
});
