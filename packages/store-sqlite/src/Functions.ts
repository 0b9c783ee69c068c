/** What SQLite is taught for questions. */
import type Database from "better-sqlite3";

/** `lower_case(text)`: as JavaScript has it, of every script; SQLite's own knows only ASCII. */
export function teachFunctions(db: Database.Database): void {
  db.function("lower_case", { deterministic: true, directOnly: true }, (text: unknown) =>
    typeof text === "string" ? text.toLowerCase() : null,
  );
}
