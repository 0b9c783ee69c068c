/** The connections that read, and what readers see of one moment. */
import * as Reactivity from "@effect/experimental/Reactivity";
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement as Question } from "@effect/sql/Statement";
import * as SqliteClient from "@effect/sql-sqlite-node/SqliteClient";
import type { StoreFault } from "@stockbook/engine";
import Database, { type Statement } from "better-sqlite3";
import { Cause, Effect, Exit, type Scope } from "effect";
import { teachFunctions } from "./Functions.js";
import { makeTransactions, type Outcome, type ReadFailure } from "./Transaction.js";

/** Asks a question of the moment that is being read. What goes wrong is a defect of the read. */
export type Ask = <Row>(question: Question<Row>) => Effect.Effect<readonly Row[]>;

/** The same of a connection that answers at once. */
export type AskNow = <Row>(question: Question<Row>) => readonly Row[];

/** Reads one moment, in one go: whatever is written meanwhile is not seen. */
export type Snapshot = <A>(
  read: (ask: Ask) => Effect.Effect<A, StoreFault>,
) => Outcome<A, ReadFailure>;

/** Opens the client that questions are written with, and tables are made. The file must be there. */
export function openClient(filename: string): Effect.Effect<SqlClient, unknown, Scope.Scope> {
  return SqliteClient.make({ filename, disableWAL: true }).pipe(
    Effect.provide(Reactivity.layer),
    // The driver throws where it cannot open.
    Effect.catchAllDefect(Effect.fail),
  );
}

/** Opens the connection that reads. The file and its tables must be there. */
export function openReader(
  filename: string,
): Effect.Effect<Database.Database, unknown, Scope.Scope> {
  const open = () => {
    const db = new Database(filename, { readonly: true, fileMustExist: true });
    teachFunctions(db);
    return db;
  };
  return Effect.acquireRelease(Effect.try(open), (db) => Effect.sync(() => db.close()));
}

/**
 * Snapshots through a connection. The driver answers at once, so a read goes through without a
 * pause: as effects of a client, its statements would cost five times what SQLite takes for them.
 */
export function makeSnapshot(db: Database.Database, path: string): Snapshot {
  const transactions = makeTransactions(db, path);
  const askNow = makeAskNow(db);
  const ask: Ask = (question) => Effect.sync(() => askNow(question));
  return (read) =>
    transactions.read(() => {
      const exit = Effect.runSyncExit(read(ask));
      if (Exit.isSuccess(exit)) return exit.value;
      throw Cause.squash(exit.cause);
    });
}

/** Questions whose statements are kept; there are fewer, but for what callers may combine. */
const MOST_PREPARED = 500;

/** Answers questions through a connection, within its transaction. */
export function makeAskNow(db: Database.Database): AskNow {
  const prepared = new Map<string, Statement<unknown[]>>();
  const prepare = (text: string) => {
    const statement = db.prepare<unknown[]>(text);
    const [oldest] = prepared.keys();
    if (prepared.size >= MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
    prepared.set(text, statement);
    return statement;
  };
  return <Row>(question: Question<Row>) => {
    const [text, params] = question.compile();
    const statement = prepared.get(text) ?? prepare(text);
    // The question knows the columns it asks for.
    return statement.all(...params) as readonly Row[];
  };
}
