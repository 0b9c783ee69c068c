import { historyArbitrary } from "../Arbitraries.js";
import { historyLaw, must, mustEqual } from "../Law.js";
import { runHistory } from "../Runner.js";
import { holdingsOf, snapshotOf } from "../Snapshot.js";

/** A refused command changes nothing; deciding changes nothing, and comes to the same twice. */
export const allOrNothing = historyLaw(
  "all or nothing",
  "deciding changes no byte of the state, nor does a refusal that is not to be recorded",
  historyArbitrary(),
  (history) => {
    let held = "";
    let whole = "";
    runHistory(history, {
      before: (book, command, recordedAt) => {
        whole = snapshotOf(book.state);
        held = holdingsOf(book.state);
        const asked = JSON.stringify(command);
        const first = book.decide(command, recordedAt);
        mustEqual(snapshotOf(book.state), whole, "the state after deciding");
        mustEqual(book.decide(command, recordedAt), first, "the second decision");
        mustEqual(JSON.stringify(command), asked, "the command after deciding");
      },
      after: ({ state }, { verdict }) => {
        if (verdict.type === "accepted") return;
        mustEqual(holdingsOf(state), held, "what is held after a refusal");
        const recorded = verdict.type === "rejected" && verdict.entries.length > 0;
        if (!recorded) mustEqual(snapshotOf(state), whole, "the state after a refusal");
        must(!recorded || verdict.entries.length === 1, () => "a refusal is one entry");
      },
    });
  },
);
