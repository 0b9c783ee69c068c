import { BUCKETS, lowestFrom, quantityAt, timelineOf } from "@stockbook/core";
import fc from "fast-check";
import { historyArbitrary } from "../Arbitraries.js";
import { type Book, movesOf } from "../Book.js";
import type { History } from "../History.js";
import { historyLaw, law, must, mustEqual } from "../Law.js";
import { Model, type Place } from "../Model.js";
import { runHistory } from "../Runner.js";
import { storyOf } from "../Story.js";

/** What the book said at a sequence about a time, it says for ever. */
export const past = law({
  name: "past",
  says: "later commands change neither the entries before them nor any answer as of then",
  cases: fc.record({ history: historyArbitrary(), kept: fc.nat({ max: 40 }) }),
  check: ({ history, kept }) => {
    const early = runHistory(firstSteps(history, kept)).book.entries;
    const told = JSON.stringify(early);
    const late = runHistory(history).book.entries;
    mustEqual(JSON.stringify(late.slice(0, early.length)), told, "the first entries");
    const [then, now] = [new Model(early), new Model(late).upTo(early.length)];
    const instants = [...new Set(late.map(({ occurredAt }) => occurredAt))];
    for (const place of then.places) {
      for (const instant of instants) {
        mustEqual(now.balanceAt(place, instant), then.balanceAt(place, instant), "as of then");
      }
    }
  },
  tell: ({ history, kept }) => `after ${kept} steps:\n${storyOf(history)}`,
});

/** No entry is ever touched again. */
export const immutability = historyLaw(
  "immutability",
  "an entry, once made, is never changed",
  historyArbitrary(),
  (history) => {
    const made: string[] = [];
    const { book, founded } = runHistory(history, {
      after: (_book, { verdict }) => {
        if (verdict.type !== "repeated") made.push(...verdict.entries.map(asText));
      },
    });
    mustEqual(book.entries.slice(founded).map(asText), made, "the entries in the end");
  },
);

/** Timelines tell of every moment what the model tells. */
export const timelines = law({
  name: "timelines",
  says: "a timeline gives the quantity at every moment and the lowest from it on",
  cases: fc.record({ history: historyArbitrary(), nth: fc.nat({ max: 40 }) }),
  check: ({ history, nth }) => {
    const { book } = runHistory(history);
    const model = new Model(book.entries);
    const instants = [...new Set(model.moves.map(({ occurredAt }) => occurredAt))];
    const since = instants[nth % instants.length];
    if (since === undefined) return;
    for (const place of model.places) checkTimeline(book, model, place, since, instants);
  },
  tell: ({ history, nth }) => `since moment ${nth}:\n${storyOf(history)}`,
});

function checkTimeline(
  { entries }: Book,
  model: Model,
  place: Place,
  since: number,
  instants: readonly number[],
): void {
  const present = model.balanceAt(place, Number.POSITIVE_INFINITY);
  const timeline = timelineOf(since, present, movesOf(entries, { ...place, since }));
  for (const instant of instants.filter((one) => one >= since)) {
    const then = model.balanceAt(place, instant);
    for (const bucket of BUCKETS) {
      const at = `${bucket} of ${JSON.stringify(place)} at ${instant} since ${since}`;
      mustEqual(quantityAt(timeline, bucket, instant), then[bucket], at);
      const levels = model.levelsFrom(place, bucket, instant);
      const lowest = lowestFrom(timeline, bucket, instant);
      mustEqual(lowest.quantity, Math.min(...levels), `the lowest ${at}`);
      must(lowest.at >= instant, () => `the lowest ${at} lies before`);
    }
  }
}

/** The history with only its first steps. */
function firstSteps(history: History, count: number): History {
  return { ...history, steps: history.steps.slice(0, count) };
}

function asText(value: unknown): string {
  return JSON.stringify(value);
}
