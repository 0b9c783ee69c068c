/** The connection that readers share, and what they see of one moment through it. */
import * as Reactivity from "@effect/experimental/Reactivity";
import { SafeIntegers, type SqlClient } from "@effect/sql/SqlClient";
import type { Connection } from "@effect/sql/SqlConnection";
import type { SqlError } from "@effect/sql/SqlError";
import type { Statement } from "@effect/sql/Statement";
import * as SqliteClient from "@effect/sql-sqlite-node/SqliteClient";
import { Effect, type Scope } from "effect";

/** Asks a question of the moment that is being read. */
export type Ask = <Row>(question: Statement<Row>) => Effect.Effect<readonly Row[], SqlError>;

/** The same of a connection that answers at once. */
export type AskNow = <Row>(question: Statement<Row>) => readonly Row[];

/** Reads one moment: whatever is written meanwhile is not seen. */
export type Snapshot = <A, E>(
  read: (ask: Ask) => Effect.Effect<A, E>,
) => Effect.Effect<A, E | SqlError>;

/** Opens the connection that reads. The file must be there. */
export function openReader(filename: string): Effect.Effect<SqlClient, unknown, Scope.Scope> {
  return SqliteClient.make({ filename, disableWAL: true }).pipe(
    Effect.provide(Reactivity.layer),
    // The driver throws where it cannot open.
    Effect.catchAllDefect(Effect.fail),
  );
}

/**
 * Snapshots through a client. They hold its connection themselves instead of taking the one of
 * the context: that may be within a transaction of the caller's, on another database.
 */
export function makeSnapshot(client: SqlClient): Snapshot {
  return (read) =>
    Effect.scoped(
      Effect.flatMap(client.reserve, (connection) =>
        Effect.acquireUseRelease(
          execute(connection, "BEGIN", []),
          () => read(askOf(connection)),
          // Nothing was written, so both ways of ending it are the same.
          () => Effect.ignore(execute(connection, "ROLLBACK", [])),
        ),
      ),
    );
}

function askOf(connection: Connection): Ask {
  return (question) => {
    const [sql, params] = question.compile();
    return execute(connection, sql, params);
  };
}

function execute<Row>(
  connection: Connection,
  sql: string,
  params: readonly unknown[],
): Effect.Effect<readonly Row[], SqlError> {
  // A caller who wants BigInts must not change what a shared statement gives.
  return Effect.provideService(connection.execute(sql, params, undefined), SafeIntegers, false);
}
