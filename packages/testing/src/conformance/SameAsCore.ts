/** A store changes nothing about what a history comes to: the core alone is the measure. */
import type { Entry } from "@stockbook/core";
import type { LedgerService, Verdict } from "@stockbook/engine";
import { Chunk, Stream } from "effect";
import type { Book, Verdict as CoreVerdict } from "../Book.js";
import type { History } from "../History.js";
import { type Run, runHistory } from "../Runner.js";
import { foundingCommands } from "../World.js";
import { type Engine, momentsOf } from "./Harness.js";

/** A history that was run twice: on the core, and through the engine on a store. */
export interface Comparison {
  readonly run: Run;
  readonly ledger: LedgerService;
  readonly verdicts: readonly Verdict[];
}

/** Runs a history on a fresh ledger, in the batches that its moments allow. */
export async function runOnStore(engine: Engine, history: History): Promise<Comparison> {
  const run = runHistory(history);
  engine.clock.now = run.book.entries[0]?.recordedAt ?? engine.clock.now;
  const ledger = await engine.freshLedger(history.world.settings);
  await engine.run(ledger.submitEach(foundingCommands(history.world)));
  const verdicts: Verdict[] = [];
  for (const { recordedAt, commands } of momentsOf(run.results)) {
    engine.clock.now = recordedAt;
    verdicts.push(...(await engine.run(ledger.submitEach(commands))));
  }
  return { run, ledger, verdicts };
}

export async function feedOf(engine: Engine, ledger: LedgerService): Promise<readonly Entry[]> {
  return Chunk.toReadonlyArray(await engine.run(Stream.runCollect(ledger.entries())));
}

/** What the core said, in the shape of the engine's answers. */
export function expectedVerdicts({ book, results }: Run): readonly unknown[] {
  return results.map(({ verdict }) => expectedVerdict(book, verdict));
}

function expectedVerdict(book: Book, verdict: CoreVerdict): unknown {
  switch (verdict.type) {
    case "accepted":
      return { type: "accepted", entries: verdict.entries };
    case "repeated": {
      const { sequence, span } = verdict;
      const entries = book.entries.slice(sequence - 1, sequence - 1 + span);
      return { type: "repeated", entries };
    }
    case "rejected":
      return { type: "rejected", rejection: verdict.rejection };
  }
}

export function shownVerdict(verdict: Verdict): unknown {
  if (verdict.type === "rejected") return verdict;
  const { type, entries } = verdict;
  return { type, entries };
}
