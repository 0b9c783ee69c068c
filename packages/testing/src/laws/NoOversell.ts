import { BUCKETS } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import type { Book } from "../Book.js";
import { historyLaw, must } from "../Law.js";
import { Model } from "../Model.js";
import { changesOf, isMovementCommand, isShort } from "../ModelChanges.js";
import { runHistory, type StepResult } from "../Runner.js";

/** Nothing is below zero at any moment of the history, save available stock that may be. */
export const noOversell = historyLaw(
  "no oversell",
  "at no moment of the history is a bucket below zero, but for available stock under `allow`",
  historyArbitrary(),
  (history) => {
    const model = new Model(runHistory(history).book.entries);
    for (const place of model.places) {
      if (place.location.startsWith("@")) continue;
      const mayBeNegative = model.policiesOf(place.item).includes("allow");
      for (const bucket of BUCKETS) {
        if (bucket === "available" && mayBeNegative) continue;
        const levels = model.levelsFrom(place, bucket, Number.NEGATIVE_INFINITY);
        must(
          levels.every((level) => level >= 0),
          () => `${bucket} of ${JSON.stringify(place)} went through ${levels}`,
        );
      }
    }
  },
);

/** The core calls stock insufficient when the model, looking at every moment, does. */
export const shortage = historyLaw(
  "shortage",
  "a movement is refused for lack of stock just when it would leave some moment short",
  historyArbitrary({ keys: false }),
  (history) => {
    runHistory(history, { after: checkVerdict });
  },
);

function checkVerdict(book: Book, result: StepResult): void {
  const { command, verdict, before, recordedAt } = result;
  if (!isMovementCommand(command) || verdict.type === "repeated") return;
  const code = verdict.type === "rejected" ? verdict.rejection.code : "accepted";
  if (!["accepted", "insufficient-stock", "balance-too-large"].includes(code)) return;
  const model = new Model(book.entries.slice(0, before));
  const occurredAt = command.occurredAt ?? recordedAt;
  const short = isShort(changesOf(command, occurredAt, model), occurredAt, model);
  must(short === (code === "insufficient-stock"), () => {
    return `the core says ${code}, the model says ${short ? "insufficient-stock" : "enough"}`;
  });
}
