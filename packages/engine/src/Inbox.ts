/**
 * The inbox of a writer: requests wait here and are taken together.
 *
 * A list and a fiber that runs while there is something in it. Handing a request through a
 * `Queue` and a `Deferred` costs four times as much, which a caller with one command at a time
 * would feel as a sixth of the disk's own time.
 */

import type { Command } from "@stockbook/core";
import { Effect, Fiber, Runtime, type Scope } from "effect";
import { Busy, type StoreError } from "./Errors.js";
import { type Mode, Request, type UnitAnswer } from "./Units.js";

export interface Inbox {
  /** Waits for the answers; `Busy` at once where too much is waiting already. */
  readonly ask: (
    mode: Mode,
    commands: readonly Command[],
  ) => Effect.Effect<readonly UnitAnswer[], StoreError>;
}

export interface InboxOptions {
  /** Commands that may wait. */
  readonly maxQueued: number;
  /** Requests that are taken at once. */
  readonly maxTaken: number;
}

/** An inbox whose requests are given to `commit`; when the scope closes it finishes its work. */
export const makeInbox = (
  options: InboxOptions,
  commit: (requests: readonly Request[]) => Effect.Effect<void>,
): Effect.Effect<Inbox, never, Scope.Scope> =>
  Effect.gen(function* () {
    const fork = Runtime.runFork(yield* Effect.runtime<never>());
    const inbox = new WaitingRequests(options, commit, fork);
    yield* Effect.addFinalizer(() => inbox.close);
    return {
      ask: (mode, commands) =>
        Effect.async((resume) => {
          const refusal = inbox.add(new Request(mode, commands, resume));
          if (refusal !== undefined) resume(refusal);
        }),
    };
  });

type Fork = (effect: Effect.Effect<void>) => Fiber.RuntimeFiber<void>;

class WaitingRequests {
  private requests: Request[] = [];
  private commandCount = 0;
  private worker: Fiber.RuntimeFiber<void> | undefined;
  private closed = false;

  constructor(
    private readonly options: InboxOptions,
    private readonly commit: (requests: readonly Request[]) => Effect.Effect<void>,
    private readonly fork: Fork,
  ) {}

  add(request: Request): Busy | undefined {
    if (this.closed) return closedNow();
    const { maxQueued } = this.options;
    if (this.commandCount >= maxQueued) return new Busy({ message: tooManyWaiting(maxQueued) });
    this.requests.push(request);
    this.commandCount += request.units.length;
    if (this.worker === undefined) this.worker = this.fork(this.work);
    return undefined;
  }

  /** Lets callers join before each batch, and ends when nothing is left. */
  private readonly work: Effect.Effect<void> = Effect.flatMap(nextTurn, () => {
    if (this.requests.length > 0) return Effect.zipRight(this.commit(this.take()), this.work);
    this.worker = undefined;
    return Effect.void;
  });

  private take(): readonly Request[] {
    const taken = this.requests.splice(0, this.options.maxTaken);
    for (const { units } of taken) this.commandCount -= units.length;
    return taken;
  }

  readonly close: Effect.Effect<void> = Effect.suspend(() => {
    this.closed = true;
    return this.worker === undefined ? Effect.void : Effect.asVoid(Fiber.await(this.worker));
  });
}

/**
 * A turn of the event loop. Requests of different connections come in one after another within
 * one turn; after a mere microtask the first of them would be committed alone.
 */
const nextTurn: Effect.Effect<void> = Effect.async((resume) => {
  // Where there are no immediates, such as in browsers, there are no connections either.
  if (typeof setImmediate === "function") setImmediate(() => resume(Effect.void));
  else resume(Effect.yieldNow());
});

const closedNow = () => new Busy({ message: "the ledger is closed; nothing happened" });

function tooManyWaiting(maxQueued: number): string {
  return `${maxQueued} commands are waiting already; nothing happened, try again`;
}
