import { allItems, type Balance, emptyState, evolve, fork } from "@stockbook/core";
import fc from "fast-check";
import { historyArbitrary } from "../Arbitraries.js";
import { Book } from "../Book.js";
import { historyLaw, law, mustEqual } from "../Law.js";
import { foundedBook, runHistory } from "../Runner.js";
import { snapshotOf } from "../Snapshot.js";
import { storyOf } from "../Story.js";

/** The entries alone, replayed, give the same state byte for byte. */
export const replay = historyLaw(
  "replay",
  "replaying the entries into an empty ledger gives the same state, byte for byte",
  historyArbitrary(),
  (history) => {
    const { state, entries } = runHistory(history).book;
    const written: typeof entries = JSON.parse(JSON.stringify(entries));
    const again = written.reduce(evolve, emptyState());
    mustEqual(snapshotOf(again), snapshotOf(state), "the state replayed");
  },
);

/** A fork does not reach its origin, and comes to what the origin would have come to. */
export const forking = law({
  name: "forking",
  says: "what happens in a fork leaves its origin as it was and comes to the same as there",
  cases: fc.record({ history: historyArbitrary(), at: fc.nat({ max: 40 }) }),
  check: ({ history, at }) => {
    let trial: Book | undefined;
    let step = 0;
    const { book } = runHistory(history, {
      before: (origin, command, recordedAt) => {
        if (step++ === at) trial = new Book(fork(fork(origin.state)), origin.entries);
        if (trial === undefined) return;
        const untouched = snapshotOf(origin.state);
        const verdict = trial.submit(command, recordedAt);
        mustEqual(snapshotOf(origin.state), untouched, "the origin of the fork");
        mustEqual(verdict, origin.decide(command, recordedAt), "the fork's verdict");
      },
      after: (origin) => {
        if (trial === undefined) return;
        mustEqual(snapshotOf(trial.state), snapshotOf(origin.state), "the fork's state");
        trial = new Book(fork(origin.state), origin.entries);
      },
    });
    mustEqual(book.state.sequence, book.entries.length, "the origin's sequence");
  },
  tell: ({ history, at }) => `forked at ${at}:\n${storyOf(history)}`,
});

/** Which parts of the past are at hand makes no difference. */
export const memory = historyLaw(
  "memory",
  "a command comes to the same whether or not timelines are at hand",
  historyArbitrary(),
  (history) => {
    const forgetful = foundedBook(history.world);
    const informed = foundedBook(history.world);
    runHistory(history, {
      before: (_book, command, recordedAt) => {
        for (const balance of balancesOf(forgetful)) balance.timeline = undefined;
        const verdict = forgetful.submit(command, recordedAt);
        bringEverything(informed);
        mustEqual(informed.submit(command, recordedAt), verdict, "the verdict, all at hand,");
      },
      after: (book) => {
        const { entries } = forgetful;
        mustEqual(book.entries.slice(-2), entries.slice(-2), "the entries, some at hand,");
      },
    });
  },
);

function balancesOf({ state }: Book): readonly Balance[] {
  return [...allItems(state)].flatMap(({ balances }) => [...balances.values()]);
}

function bringEverything(book: Book): void {
  for (const { item, location, lot, timeline } of balancesOf(book)) {
    if (timeline !== undefined) continue;
    const place = { item: item.item.id, location: location.location.id, lot };
    book.bringTimeline({ ...place, since: Number.MIN_SAFE_INTEGER });
  }
}
