/** Handlers that tell how the server is. */
import { type AccessService, Busy } from "@stockbook/engine";
import { Effect } from "effect";
import type { System } from "../contract/SystemApi.js";
import type { HandlersOfGroup } from "../kit/Endpoint.js";

/** Whether the server is still taking requests. */
export type IsStopping = () => boolean;

export function systemHandlers(
  access: AccessService,
  isStopping: IsStopping,
): HandlersOfGroup<typeof System> {
  const ok = { body: { status: "ok" } } as const;
  return {
    live: () => Effect.succeed(ok),
    ready: () =>
      isStopping()
        ? new Busy({ message: "the server is stopping" })
        : Effect.as(access.organisations, ok),
  };
}
