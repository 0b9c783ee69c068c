/** A book as version 4 of the tables has it, written by the program of that version. */
import { readFileSync } from "node:fs";
import type Database from "better-sqlite3";

type Row = Readonly<Record<string, unknown>>;

/**
 * Ledger 1 in the time zone of Kolkata, half an hour beside the hours: movements of two currencies
 * in one, without lines, before 1970, and at the ends of hours and days.
 */
export function writeVersion4(db: Database.Database): void {
  for (const [table, rows] of Object.entries(book())) {
    for (const row of rows) insert(db, table, row);
  }
}

/** The rows of each table. */
function book(): Readonly<Record<string, readonly Row[]>> {
  return JSON.parse(readFileSync(new URL("./version-4.json", import.meta.url), "utf8"));
}

function insert(db: Database.Database, table: string, row: Row): void {
  const columns = Object.keys(row);
  const values = columns.map(() => "?").join(", ");
  db.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(", ")}) VALUES (${values})`).run(
    Object.values(row),
  );
}
