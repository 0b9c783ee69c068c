import type { Command, Rejection } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import type { Book, Verdict } from "../Book.js";
import { historyLaw, must, mustEqual } from "../Law.js";
import { runHistory } from "../Runner.js";

/** The first result under a key is the result for ever; a refusal leaves the key free. */
export const once = historyLaw(
  "once",
  "a key's command gives its first result again, other content is a conflict, a refusal frees it",
  historyArbitrary(),
  (history) => {
    const keys = new Keys();
    const { book, results } = runHistory(history, {
      after: (_book, { command, verdict, before }) => keys.check(command, verdict, before),
    });
    const { recordedAt } = book.state;
    for (const { command } of results) {
      const head = book.state.sequence;
      keys.check(command, book.submit(command, recordedAt), head);
    }
    checkConflicts(keys, book);
  },
);

interface Done {
  readonly content: string;
  readonly sequence: number;
  readonly span: number;
}

class Keys {
  readonly done = new Map<string, Done>();
  private readonly refused = new Map<string, { content: string; rejection: Rejection }>();

  /** Checks a verdict against what has become of its key, and remembers it. */
  check(command: Command, verdict: Verdict, before: number): void {
    const { idempotencyKey: key } = command;
    if (key === undefined) return must(verdict.type !== "repeated", () => "repeated without a key");
    const content = contentOf(command);
    const done = this.done.get(key);
    const refusal = this.refused.get(key);
    if (done !== undefined) return checkAgain(done, content, verdict);
    if (command.onRefusal === "record" && refusal?.content === content) {
      return checkRefusedAgain(refusal.rejection, verdict);
    }
    must(!isConflict(verdict) && verdict.type !== "repeated", () => `the key ${key} was free`);
    this.remember(key, content, verdict, before);
  }

  private remember(key: string, content: string, verdict: Verdict, before: number): void {
    if (verdict.type === "accepted") {
      this.done.set(key, { content, sequence: before + 1, span: verdict.entries.length });
    } else if (verdict.type === "rejected" && verdict.entries.length > 0) {
      this.refused.set(key, { content, rejection: verdict.rejection });
    }
  }
}

function checkAgain(done: Done, content: string, verdict: Verdict): void {
  if (content !== done.content) {
    return must(isConflict(verdict), () => "other content under a used key is a conflict");
  }
  const { sequence, span } = done;
  mustEqual(verdict, { type: "repeated", sequence, span }, "the same command again");
}

function checkRefusedAgain(rejection: Rejection, verdict: Verdict): void {
  mustEqual(verdict, { type: "rejected", rejection, entries: [] }, "the refused command again");
}

function checkConflicts({ done }: Keys, book: Book): void {
  for (const idempotencyKey of done.keys()) {
    const command: Command = { type: "put-category", id: "another", idempotencyKey };
    const verdict = book.decide(command, book.state.recordedAt);
    must(isConflict(verdict), () => `another command under ${idempotencyKey} is a conflict`);
  }
}

function isConflict(verdict: Verdict): boolean {
  return verdict.type === "rejected" && verdict.rejection.code === "idempotency-conflict";
}

/** The content with its fields in order; what is to become of a refusal is no part of it. */
function contentOf({ onRefusal: _, ...content }: Command): string {
  const fields = Object.entries(content).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
