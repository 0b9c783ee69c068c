import { CLOCK_TOLERANCE_MS, type Entry } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import { historyLaw, must, mustEqual } from "../Law.js";
import { runHistory } from "../Runner.js";

/** One gapless sequence, recorded in the order of time, command by command. */
export const oneOrder = historyLaw(
  "one order",
  "entries are numbered without a gap, the clock never goes back, a command's entries lie together",
  historyArbitrary(),
  (history) => {
    const { book, results } = runHistory(history);
    const { entries } = book;
    entries.forEach(checkPosition);
    must(book.state.sequence === entries.length, () => "the state is at the last entry");
    for (const { command, verdict, before } of results) {
      if (verdict.type !== "accepted") continue;
      mustEqual(entries.slice(before, before + verdict.entries.length), verdict.entries, "entries");
      const [first, ...others] = verdict.entries;
      mustEqual(first?.span, verdict.entries.length, "the span of a command's first entry");
      mustEqual(first?.key, command.idempotencyKey ?? null, "the key of a command's first entry");
      for (const other of others) checkFollower(other, first);
    }
  },
);

function checkPosition(entry: Entry, index: number, entries: readonly Entry[]): void {
  const { sequence, occurredAt, recordedAt } = entry;
  const before = entries[index - 1];
  mustEqual(sequence, index + 1, "the sequence of an entry");
  must(before === undefined || recordedAt >= before.recordedAt, () => {
    return `entry ${sequence} was recorded before entry ${before?.sequence}`;
  });
  must(occurredAt <= recordedAt + CLOCK_TOLERANCE_MS, () => `entry ${sequence} lies ahead`);
}

function checkFollower(entry: Entry, first: Entry | undefined): void {
  const { sequence, key, span, fingerprint, body } = entry;
  mustEqual([key, span, fingerprint], [null, 0, 0], `key, span, fingerprint of entry ${sequence}`);
  const cause = "cause" in body ? body.cause : undefined;
  mustEqual(cause, first?.sequence, `the cause of entry ${sequence}`);
  mustEqual(
    [entry.occurredAt, entry.recordedAt],
    [first?.occurredAt, first?.recordedAt],
    `when entry ${sequence} happened`,
  );
}
