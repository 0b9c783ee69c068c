/** Real files in a folder of their own, and stores over them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DEFAULT_PLAN,
  DEFAULT_SETTINGS,
  type OrganisationDraft,
  type StoreService,
} from "@stockbook/engine";
import { makeSqliteStore, type SqliteOptions } from "@stockbook/store-sqlite";
import Database from "better-sqlite3";
import { Cause, Effect, Exit, type Scope } from "effect";

/** Runs with the path of a file that is not there yet, in a folder that goes afterwards. */
export async function withFile<A>(use: (file: string) => A | Promise<A>): Promise<A> {
  const folder = mkdtempSync(join(tmpdir(), "stockbook-sqlite-"));
  try {
    return await use(join(folder, "stock.db"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs with a store over a file, and closes it. */
export function withStore<A, E>(
  file: string,
  use: (store: StoreService) => Effect.Effect<A, E, Scope.Scope>,
  options: SqliteOptions = {},
): Promise<A> {
  const program = Effect.flatMap(makeSqliteStore(file, options), use);
  return Effect.runPromise(Effect.scoped(program));
}

/** Opens a store and closes it again; gives what that failed with, if it failed. */
export async function openingFault(file: string, options: SqliteOptions = {}): Promise<unknown> {
  const exit = await Effect.runPromiseExit(Effect.scoped(makeSqliteStore(file, options)));
  return Exit.isSuccess(exit) ? undefined : Cause.squash(exit.cause);
}

/** Makes a file with an organisation, whose ledgers are 1 and 2. */
export function makeFile(file: string): Promise<void> {
  return withStore(file, (store) => Effect.asVoid(store.putOrganisation(ORGANISATION)));
}

export const ORGANISATION: OrganisationDraft = {
  id: "acme",
  name: "Acme",
  createdAt: 0,
  plan: DEFAULT_PLAN,
  settings: DEFAULT_SETTINGS,
  options: {},
};

/** Runs with a connection of one's own to a file. */
export function withDatabase<A>(file: string, use: (db: Database.Database) => A): A {
  const db = new Database(file);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

/** All rows of all tables. */
export function contentsOf(db: Database.Database): Readonly<Record<string, readonly unknown[]>> {
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  return Object.fromEntries(
    tables.map((name) => [name, db.prepare(`SELECT * FROM ${name}`).all()]),
  );
}
