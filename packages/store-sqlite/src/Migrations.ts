/** The versions of the tables. Forward only: a file is brought up to this program, never back. */

import type { Connection } from "@effect/sql/SqlConnection";
import type { SqlError } from "@effect/sql/SqlError";
import { StoreFault } from "@stockbook/engine";
import { Effect } from "effect";
import { ACCESS_SCHEMA } from "./AccessSchema.js";
import { APPLICATION_ID } from "./Config.js";
import { NODE_SCHEMA } from "./NodeSchema.js";
import { REPORT_SCHEMA } from "./ReportSchema.js";
import {
  ATTRIBUTES,
  FIRST_SCHEMA,
  ITEM_CHANGES,
  KIND_ROLLUPS,
  LOCATIONS_SEQUENCE,
  READ_INDEXES,
} from "./Schema.js";
import { WEBHOOK_SCHEMA } from "./WebhookSchema.js";

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** In order, 1, 2, 3 … A released one is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: "ledgers, entries, stock and catalogue", statements: FIRST_SCHEMA },
  { version: 2, name: "keys, plans and settings of organisations", statements: ACCESS_SCHEMA },
  { version: 3, name: "movements by time and reference", statements: READ_INDEXES },
  { version: 4, name: "webhooks", statements: WEBHOOK_SCHEMA },
  { version: 5, name: "movements summed up by kind", statements: KIND_ROLLUPS },
  { version: 6, name: "last change of locations", statements: LOCATIONS_SEQUENCE },
  { version: 7, name: "attributes, options and public ids", statements: ATTRIBUTES },
  { version: 8, name: "locations as nodes", statements: NODE_SCHEMA },
  { version: 9, name: "reports on places", statements: REPORT_SCHEMA },
  { version: 10, name: "last change of items", statements: ITEM_CHANGES },
];

const CREATE_VERSIONS = `CREATE TABLE IF NOT EXISTS migrations (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT`;

/** Brings the file to the latest version, in one transaction; does nothing if it is there. */
export function migrate(
  connection: Connection,
  migrations: readonly Migration[] = MIGRATIONS,
): Effect.Effect<void, SqlError | StoreFault> {
  const latest = migrations.length;
  return Effect.gen(function* () {
    const version = yield* versionOf(connection);
    if (version > latest) return yield* newer(version, latest);
    if (version < latest) yield* migrateAll(connection, migrations);
  });
}

function migrateAll(
  connection: Connection,
  migrations: readonly Migration[],
): Effect.Effect<void, SqlError> {
  const run = (statement: string, ...params: readonly unknown[]) =>
    connection.executeUnprepared(statement, params, undefined);
  const steps = Effect.gen(function* () {
    yield* run(CREATE_VERSIONS);
    // Another process may have been here first.
    for (const { version, name, statements } of migrations.slice(yield* versionOf(connection))) {
      for (const statement of statements) yield* run(statement);
      yield* run("INSERT INTO migrations (version, name) VALUES (?, ?)", version, name);
    }
    yield* run(`PRAGMA application_id = ${APPLICATION_ID}`);
    yield* run("COMMIT");
  });
  return Effect.acquireUseRelease(
    run("BEGIN IMMEDIATE"),
    () => steps,
    // After COMMIT there is nothing left to roll back, and that is an error to SQLite.
    () => Effect.ignore(run("ROLLBACK")),
  );
}

/** The version of the file's tables; 0 for a new file. */
function versionOf(connection: Connection): Effect.Effect<number, SqlError> {
  const count = (statement: string) =>
    Effect.map(
      connection.executeUnprepared(statement, [], undefined),
      // Every one of these statements answers with one row and this column.
      (rows) => Number(rows[0]?.count ?? 0),
    );
  return Effect.flatMap(
    count("SELECT count(*) AS count FROM sqlite_schema WHERE name = 'migrations'"),
    (tables) =>
      tables === 0 ? Effect.succeed(0) : count("SELECT max(version) AS count FROM migrations"),
  );
}

function newer(version: number, latest: number): StoreFault {
  return new StoreFault({
    reason: "newer",
    message:
      `the file has version ${version} of the tables, this program knows up to version ${latest}; ` +
      "update @stockbook/store-sqlite",
  });
}
