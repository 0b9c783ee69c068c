/** The writer of a ledger: takes commands in, one unit after another, and gives verdicts back. */
import { type Command, rejection, shown } from "@stockbook/core";
import { Effect, type Scope } from "effect";
import { CommitLoop, type ReachPoint } from "./CommitLoop.js";
import { Rejected, type StoreError } from "./Errors.js";
import { makeInbox } from "./Inbox.js";
import type { LedgerId, LedgerStoreService } from "./Store.js";
import type { Mode, UnitAnswer } from "./Units.js";
import type { Receipt, Verdict } from "./Views.js";

export interface WriterOptions {
  /** Commands that may wait; beyond, callers are told that the ledger is busy. */
  readonly maxQueued: number;
  /** Commands in one transaction at most. */
  readonly maxBatch: number;
  /** How often a batch is decided again because another process was faster. */
  readonly maxAttempts: number;
}

export const DEFAULT_WRITER_OPTIONS: WriterOptions = {
  maxQueued: 65_536,
  maxBatch: 1_000,
  maxAttempts: 100,
};

export interface Writer {
  readonly submit: (command: Command) => Effect.Effect<Receipt, Rejected | StoreError>;
  readonly submitAll: (
    commands: readonly Command[],
    mode: "all" | "preview",
  ) => Effect.Effect<readonly Receipt[], Rejected | StoreError>;
  readonly submitEach: (
    commands: readonly Command[],
  ) => Effect.Effect<readonly Verdict[], StoreError>;
}

/** Starts the writer of a ledger; it ends with the scope. */
export const makeWriter = (
  store: LedgerStoreService,
  ledger: LedgerId,
  options: WriterOptions,
  reach: ReachPoint,
): Effect.Effect<Writer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const { maxQueued, maxBatch, maxAttempts } = options;
    const clock = yield* Effect.clock;
    const loop = new CommitLoop(store, ledger, maxBatch, maxAttempts, reach, clock);
    const inbox = yield* makeInbox({ maxQueued, maxTaken: maxBatch }, (requests) =>
      loop.commit(requests),
    );

    const receipts = (mode: Mode, commands: readonly Command[]) =>
      checkShapes(commands).pipe(
        Effect.zipRight(inbox.ask(mode, commands)),
        Effect.flatMap(([answer]) => receiptsOf(answer as UnitAnswer)),
      );

    return {
      submit: (command) => Effect.map(receipts("each", [command]), ([first]) => first as Receipt),
      submitAll: (commands, mode) =>
        commands.length === 0 ? Effect.succeed([]) : receipts(mode, commands),
      submitEach: (commands) =>
        Effect.gen(function* () {
          const verdicts: Verdict[] = [];
          for (let i = 0; i < commands.length; i += maxBatch) {
            const window = commands.slice(i, i + maxBatch);
            const wellFormed = window.filter((command) => shapeFault(command) === undefined);
            const answers = wellFormed.length === 0 ? [] : yield* inbox.ask("each", wellFormed);
            collectVerdicts(window, answers, verdicts);
          }
          return verdicts;
        }),
    };
  });

function receiptsOf(answer: UnitAnswer): Effect.Effect<readonly Receipt[], Rejected> {
  return answer.type === "done" ? Effect.succeed(answer.receipts) : answer.rejection;
}

/** Puts the answers of the well-formed commands and the faults of the others in order. */
function collectVerdicts(
  commands: readonly Command[],
  answers: readonly UnitAnswer[],
  verdicts: Verdict[],
): void {
  let next = 0;
  for (const command of commands) {
    const fault = shapeFault(command);
    verdicts.push(
      fault === undefined
        ? verdictOf(answers[next++] as UnitAnswer)
        : { type: "rejected", rejection: fault.rejection },
    );
  }
}

/** What is no command at all is refused before it comes near the others. */
function shapeFault(command: unknown, index = 0): Rejected | undefined {
  if (typeof command === "object" && command !== null) return undefined;
  const details = { field: "command", expected: "an object with a type", given: shown(command) };
  return new Rejected({ rejection: rejection("invalid-field", details), command: index });
}

function checkShapes(commands: readonly Command[]): Effect.Effect<void, Rejected> {
  const fault = commands.map(shapeFault).find((found) => found !== undefined);
  return fault ?? Effect.void;
}

function verdictOf(answer: UnitAnswer): Verdict {
  if (answer.type === "done") return answer.receipts[0] as Receipt;
  return { type: "rejected", rejection: answer.rejection.rejection };
}
