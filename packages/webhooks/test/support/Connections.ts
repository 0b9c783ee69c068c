/** Counts how often this process tries to connect over TCP, wherever to. */
import { createHook } from "node:async_hooks";
import { Effect, type Scope } from "effect";

/** Attempts since it was made, until the scope closes. */
export const countConnections: Effect.Effect<() => number, never, Scope.Scope> = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => {
      const counted = { attempts: 0 };
      const hook = createHook({
        init: (_, type) => {
          if (type === "TCPCONNECTWRAP") counted.attempts += 1;
        },
      });
      return { counted, hook: hook.enable() };
    }),
    ({ hook }) => Effect.sync(() => hook.disable()),
  ),
  ({ counted }) =>
    () =>
      counted.attempts,
);
