/** Transactions of the connection that writes, each in one go: nothing else runs in between. */

import type { Busy, OutcomeUnknown, StoreFault } from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import { commitFaultOf, faultOf } from "./SqliteErrors.js";

/** How a transaction ended: with what it was for, or as a failure. */
export type Outcome<A, E> =
  | { readonly type: "done"; readonly value: A }
  | { readonly type: "failed"; readonly failure: E };

export type ReadFailure = Busy | StoreFault;
export type WriteFailure = Busy | StoreFault | OutcomeUnknown;

/** Whatever `body` throws ends the transaction; nothing has happened then. */
export interface Transactions {
  readonly write: <A>(body: () => A) => Outcome<A, WriteFailure>;
  /** Reads one moment. */
  readonly read: <A>(body: () => A) => Outcome<A, ReadFailure>;
}

export function makeTransactions(db: Database, path: string): Transactions {
  const beginWriting = db.prepare<[]>("BEGIN IMMEDIATE");
  const beginReading = db.prepare<[]>("BEGIN");
  const commit = db.prepare<[]>("COMMIT");
  const rollback = db.prepare<[]>("ROLLBACK");

  // After some errors SQLite has rolled back by itself.
  const endAfterError = () => {
    if (db.inTransaction) rollback.run();
  };

  const run =
    <E>(begin: typeof commit, endFaultOf: (error: unknown, path: string) => E) =>
    <A>(body: () => A): Outcome<A, E | ReadFailure> => {
      let value: A;
      try {
        begin.run();
        value = body();
      } catch (error) {
        endAfterError();
        return { type: "failed", failure: faultOf(error, path) };
      }
      try {
        commit.run();
      } catch (error) {
        endAfterError();
        return { type: "failed", failure: endFaultOf(error, path) };
      }
      return { type: "done", value };
    };

  return { write: run(beginWriting, commitFaultOf), read: run(beginReading, faultOf) };
}
