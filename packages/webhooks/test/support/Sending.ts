/** Senders for tests, with limits that are short, and what they send. */
import { LOCAL_TARGETS } from "@stockbook/engine";
import {
  DEFAULT_SENDER_OPTIONS,
  makeSender,
  type Outgoing,
  type SenderOptions,
} from "@stockbook/webhooks/delivery";
import { Effect, type Scope } from "effect";

/** To receivers on this machine; patient enough for a machine that is busy. */
export const LOCAL: SenderOptions = { ...DEFAULT_SENDER_OPTIONS, policy: LOCAL_TARGETS };

export const senderWith = (options: Partial<SenderOptions>) => makeSender({ ...LOCAL, ...options });

export function message(url: string, headers: Outgoing["headers"] = {}): Outgoing {
  return { url, headers, body: new TextEncoder().encode('{"type":"item.changed"}') };
}

export function run<A>(effect: Effect.Effect<A, never, Scope.Scope>): Promise<A> {
  return Effect.runPromise(Effect.scoped(effect));
}
