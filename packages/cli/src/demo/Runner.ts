/** The runner: gives the demo's commands to a book, and waits where one needs an answer. */
import type { Command, Rejection } from "@stockbook/core";
import type { LedgerService, StoreError, Verdict } from "@stockbook/engine";
import { Effect } from "effect";
import type { Act } from "./Acts.js";

export interface Run {
  readonly movements: number;
  readonly refused: readonly RefusedSale[];
}

export interface RefusedSale {
  readonly command: Command;
  readonly rejection: Rejection;
}

const CHUNK = 1_000;

/** Submits all acts in order, as many at once as can be told without an answer. */
export const runActs = (
  acts: readonly Act[],
  submitEach: LedgerService["submitEach"],
  onProgress: (done: number) => Effect.Effect<void>,
): Effect.Effect<Run, StoreError> =>
  Effect.gen(function* () {
    const sequences = new Map<string, number>();
    const refused: RefusedSale[] = [];
    let waiting: Command[] = [];
    let movements = 0;

    const flush = Effect.gen(function* () {
      const commands = waiting;
      waiting = [];
      const verdicts: readonly Verdict[] = yield* submitEach(commands);
      verdicts.forEach((verdict, i) => {
        const command = commands[i];
        if (command === undefined) return;
        if (verdict.type === "rejected") {
          refused.push({ command, rejection: verdict.rejection });
          return;
        }
        if (verdict.entries[0]?.body.type === "movement") movements++;
        if (command.idempotencyKey !== undefined) {
          sequences.set(command.idempotencyKey, verdict.sequence);
        }
      });
    });

    for (const [done, act] of acts.entries()) {
      const held = act.type === "follow-up" && !sequences.has(act.after);
      if (waiting.length >= CHUNK || held) {
        yield* flush;
        yield* onProgress(done);
      }
      const command = commandOf(act, sequences);
      if (command !== undefined) waiting.push(command);
    }
    yield* flush;
    return { movements, refused };
  });

/** Nothing where the act it follows was refused. */
function commandOf(act: Act, sequences: ReadonlyMap<string, number>): Command | undefined {
  if (act.type === "command") return act.command;
  const sequence = sequences.get(act.after);
  return sequence === undefined ? undefined : act.command(sequence);
}
