import { CLOCK_TOLERANCE_MS, fork } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import { Book } from "../Book.js";
import { historyLaw, must, mustEqual } from "../Law.js";
import { Model } from "../Model.js";
import { runHistory } from "../Runner.js";
import { holdingsOf } from "../Snapshot.js";

/** A movement and its reversal, one after the other, leave everything as it was. */
export const reversal = historyLaw(
  "reversal",
  "reversing a movement restores every quantity, value, reservation, shipment and rule",
  historyArbitrary(),
  (history) => {
    let held = "";
    runHistory(history, {
      before: ({ state }) => {
        held = holdingsOf(state);
      },
      after: (book, { verdict }) => {
        const [entry] = verdict.type === "accepted" ? verdict.entries : [];
        if (entry?.body.type !== "movement") return;
        checkReversal(book, entry.sequence, held);
      },
    });
  },
);

function checkReversal({ state, entries }: Book, sequence: number, held: string): void {
  const trial = new Book(fork(state), entries);
  const recordedAt = state.recordedAt + 2 * CLOCK_TOLERANCE_MS;
  const verdict = trial.submit({ type: "reverse", sequence }, recordedAt);
  if (isRefusedForGoodReason(verdict, new Model(entries), sequence)) return;
  must(verdict.type === "accepted", () => {
    return `entry ${sequence} cannot be reversed at once: ${JSON.stringify(verdict)}`;
  });
  mustEqual(holdingsOf(trial.state), held, `what is held once entry ${sequence} is reversed`);
  const again = trial.decide({ type: "reverse", sequence }, recordedAt);
  mustEqual(
    again.type === "rejected" && again.rejection.code,
    "already-reversed",
    "reversing it again",
  );
}

// Stock that fell below zero while it might may not be taken from once it may not.
function isRefusedForGoodReason(
  verdict: ReturnType<Book["submit"]>,
  model: Model,
  sequence: number,
): boolean {
  if (verdict.type !== "rejected" || verdict.rejection.code !== "insufficient-stock") return false;
  const { item = "" } = verdict.rejection;
  return new Set(model.upTo(sequence).policiesOf(item)).size > 1;
}

const MOVEMENTS_AND_RULES = [
  "receive",
  "issue",
  "transfer",
  "dispatch",
  "arrive",
  "adjust",
  "count",
  "reserve",
  "release",
  "fulfil",
  "hold",
  "unhold",
  "reverse",
  "set-threshold",
] as const;

/** Undone from the last to the first, a whole history leaves nothing. */
export const unwinding = historyLaw(
  "unwinding",
  "reversing every movement from the last to the first leaves nothing anywhere",
  historyArbitrary({ commands: MOVEMENTS_AND_RULES, keys: false }),
  (history) => {
    const { book } = runHistory(history);
    const recordedAt = book.state.recordedAt + 2 * CLOCK_TOLERANCE_MS;
    const redone = new Map<number, number>();
    const movements = book.entries.filter(({ body }) => body.type === "movement");
    for (const { sequence, body } of movements.toReversed()) {
      const target = redone.get(sequence) ?? sequence;
      const undoing = book.state.sequence + 1;
      const verdict = book.submit({ type: "reverse", sequence: target }, recordedAt);
      must(verdict.type === "accepted", () => `${target}: ${JSON.stringify(verdict)}`);
      if (body.type === "movement" && body.reverses !== null) redone.set(body.reverses, undoing);
    }
    const { balances, reservations, shipments } = JSON.parse(holdingsOf(book.state));
    mustEqual({ balances, reservations, shipments }, NOTHING, "what is left");
  },
);

const NOTHING = { balances: [], reservations: [], shipments: [] };
