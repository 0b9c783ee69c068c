/** Two engines over one store: a seeded scheduler decides whose turn it is at every point. */
import type { Command } from "@stockbook/core";
import { FaultPoints, type LedgerStore, type StoreError } from "@stockbook/engine";
import { Effect, Layer } from "effect";
import type fc from "fast-check";
import { type Engine, makeEngine } from "./Harness.js";

/** Engines whose every load and append waits until the scheduler lets it go on. */
export async function racingEngines(
  store: Layer.Layer<LedgerStore, StoreError>,
  names: readonly string[],
): Promise<RacingEngines> {
  const gate: Gate = { scheduler: undefined };
  const engines: Engine[] = [];
  for (const name of names) {
    engines.push(await makeEngine(store, { context: waitingAt(gate, name), prefix: name }));
  }
  return { engines, gate };
}

export interface RacingEngines {
  readonly engines: readonly Engine[];
  readonly gate: Gate;
}

/** Where the scheduler of the present run is; without one nothing waits. */
export interface Gate {
  scheduler: fc.Scheduler | undefined;
}

function waitingAt(gate: Gate, name: string): Layer.Layer<never> {
  const wait = (point: string): Effect.Effect<void> =>
    Effect.suspend(() => {
      const { scheduler } = gate;
      if (scheduler === undefined) return Effect.void;
      const turn = scheduler.schedule(Promise.resolve(), `${name}: ${point}`);
      return Effect.promise(() => turn);
    });
  return Layer.succeed(FaultPoints, wait);
}

/** What a race of issues came to. */
export interface RaceResult {
  readonly accepted: number;
  readonly entries: number;
  readonly sound: boolean;
  readonly onHand: number;
}

/** Each engine takes one piece at a time out of the same stock, as often as it is told. */
export async function raceForStock(
  { engines, gate }: RacingEngines,
  organisation: string,
  stock: number,
  wanted: readonly number[],
  scheduler: fc.Scheduler,
): Promise<RaceResult> {
  gate.scheduler = undefined;
  const [first] = engines as [Engine];
  const opened = await first.ledger(organisation);
  await first.run(opened.submitEach(stocked(stock)));
  const ledgers = await Promise.all(engines.map((engine) => engine.ledger(organisation)));
  gate.scheduler = scheduler;
  const racing = engines.flatMap((engine, i) =>
    Array.from({ length: wanted[i] ?? 0 }, () =>
      engine.exit((ledgers[i] as (typeof ledgers)[number]).submit(ONE_PIECE)),
    ),
  );
  const settled = Promise.all(racing);
  await scheduler.waitFor(settled);
  gate.scheduler = undefined;
  const exits = await settled;
  const { sound, entries } = await first.run(opened.verify());
  const now = await first.run(opened.stock({ item: "bolt" }));
  return {
    accepted: exits.filter(({ _tag }) => _tag === "Success").length,
    entries,
    sound,
    onHand: now.rows[0]?.onHand ?? 0,
  };
}

function stocked(quantity: number): readonly Command[] {
  return [
    { type: "put-location", id: "shop" },
    { type: "put-item", sku: "bolt" },
    { type: "receive", location: "shop", lines: [{ item: "bolt", quantity }] },
  ];
}

const ONE_PIECE: Command = {
  type: "issue",
  location: "shop",
  lines: [{ item: "bolt", quantity: 1 }],
};

/** Entries a ledger has before the race: opening, location, item, receipt. */
export const ENTRIES_BEFORE_RACE = 4;
