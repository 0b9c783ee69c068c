/** An engine over the store under test, with a clock that is set by hand. */

import type { Command, Instant, LedgerSettings } from "@stockbook/core";
import {
  type LedgerService,
  type LedgerStore,
  Stockbook,
  type StockbookService,
  type StoreError,
  type WriterOptions,
} from "@stockbook/engine";
import { Cause, Clock, Effect, Exit, Layer, ManagedRuntime } from "effect";
import type { StepResult } from "../Runner.js";
import { WORLD_BEGINS } from "../World.js";

/** A clock that stands still until it is set. */
export interface HandClock {
  now: Instant;
}

/** An engine of its own, closed by `close`. */
export interface Engine {
  readonly clock: HandClock;
  readonly run: <A, E>(effect: Effect.Effect<A, E>) => Promise<A>;
  readonly exit: <A, E>(effect: Effect.Effect<A, E>) => Promise<Exit.Exit<A, E | StoreError>>;
  /** A ledger nobody has used before. */
  readonly freshLedger: (settings?: Partial<LedgerSettings>) => Promise<LedgerService>;
  readonly ledger: (organisation: string) => Promise<LedgerService>;
  readonly close: () => Promise<void>;
}

export interface EngineOptions {
  readonly writer?: Partial<WriterOptions> | undefined;
  /** What the engine's fibers see besides, such as fault points. */
  readonly context?: Layer.Layer<never> | undefined;
  /** Begins the names of fresh ledgers' organisations; two engines on one store need two. */
  readonly prefix?: string | undefined;
}

export async function makeEngine(
  store: Layer.Layer<LedgerStore, StoreError>,
  { writer = {}, context = Layer.empty, prefix = "o" }: EngineOptions = {},
): Promise<Engine> {
  const clock: HandClock = { now: WORLD_BEGINS };
  const layer = Stockbook.layer(writer).pipe(
    Layer.provide(store),
    Layer.provide(Layer.merge(context, Layer.setClock(clockOf(clock)))),
  );
  const runtime = ManagedRuntime.make(layer);
  const exit = <A, E>(effect: Effect.Effect<A, E>) => runtime.runPromiseExit(effect);
  const run = async <A, E>(effect: Effect.Effect<A, E>): Promise<A> =>
    outcomeOf(await exit(effect));
  const service: StockbookService = await outcomeOf(await runtime.runPromiseExit(Stockbook));
  let made = 0;
  return {
    clock,
    run,
    exit,
    freshLedger: (settings = {}) =>
      run(service.ledger({ organisation: `${prefix}${++made}`, settings })),
    ledger: (organisation) => run(service.ledger({ organisation })),
    close: () => runtime.dispose(),
  };
}

/** The outcome, or the error itself rather than a wrapper around it. */
export function outcomeOf<A, E>(exit: Exit.Exit<A, E>): A {
  if (Exit.isSuccess(exit)) return exit.value;
  throw Cause.squash(exit.cause);
}

export function clockOf(hand: HandClock): Clock.Clock {
  const real = Clock.make();
  return Object.assign(Object.create(real) as Clock.Clock, {
    unsafeCurrentTimeMillis: () => hand.now,
    currentTimeMillis: Effect.sync(() => hand.now),
  });
}

/** Commands that are recorded at the same moment, and so may share a batch. */
export interface Moment {
  readonly recordedAt: Instant;
  readonly commands: readonly Command[];
}

export function momentsOf(results: readonly StepResult[]): readonly Moment[] {
  const moments: { recordedAt: Instant; commands: Command[] }[] = [];
  for (const { recordedAt, command } of results) {
    const last = moments.at(-1);
    if (last?.recordedAt === recordedAt) last.commands.push(command);
    else moments.push({ recordedAt, commands: [command] });
  }
  return moments;
}
