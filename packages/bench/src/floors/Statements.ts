/** The statements of the hand-written floor, for the tables that the store makes. */
import type { Database, Statement } from "better-sqlite3";

/** What the store sets on its own connection. */
const PRAGMAS = [
  "synchronous = FULL",
  "cache_size = -65536",
  "temp_store = memory",
  "wal_autocheckpoint = 4000",
  "journal_size_limit = 67108864",
];

const SQL = {
  begin: "BEGIN IMMEDIATE",
  entry: `INSERT INTO entries (ledger, sequence, kind, occurred_at, recorded_at, key,
      fingerprint, span, reverses, first_line, line_count, body)
    VALUES (?, ?, ?, ?, ?, NULL, 0, 1, NULL, ?, 1, NULL)`,
  line: `INSERT INTO lines (ledger, line, sequence, occurred_at, item, lot, from_location,
      from_bucket, to_location, to_bucket, quantity, value, from_previous, to_previous,
      from_place_previous, to_place_previous)
    VALUES (?, ?, ?, ?, ?, '', ?, 0, ?, 0, ?, ?, ?, ?, ?, ?)`,
  lastLine: `SELECT last_line FROM rollup_hours
    WHERE ledger = ? AND day = ? AND item = ? AND location = ? AND hour = ?`,
  lastPlaceLine: `SELECT last_line FROM rollup_places
    WHERE ledger = ? AND location = ? AND grain = 0 AND start = ?`,
  balance: `INSERT INTO balances (ledger, item, location, lot, available, reserved,
      unavailable, value, first_occurred_at, last_occurred_at)
    VALUES (?, ?, ?, '', ?, 0, 0, ?, ?, ?)
    ON CONFLICT DO UPDATE SET available = excluded.available, value = excluded.value,
      last_occurred_at = excluded.last_occurred_at`,
  hour: `INSERT INTO rollup_hours (ledger, day, item, location, hour, available, reserved,
      unavailable, value, inward, outward, lines, last_sequence, last_line)
    VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET available = available + excluded.available,
      value = value + excluded.value, inward = inward + excluded.inward,
      outward = outward + excluded.outward, lines = lines + excluded.lines,
      last_sequence = excluded.last_sequence, last_line = excluded.last_line`,
  month: `INSERT INTO rollup_months (ledger, item, location, month, available, reserved,
      unavailable, value, inward, outward, lines, last_sequence)
    VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET available = available + excluded.available,
      value = value + excluded.value, inward = inward + excluded.inward,
      outward = outward + excluded.outward, lines = lines + excluded.lines,
      last_sequence = excluded.last_sequence`,
  kind: `INSERT INTO rollup_kinds (ledger, grain, start, kind, currency, transactions, lines, value)
    VALUES (?, ?, ?, ?, 'EUR', ?, ?, ?)
    ON CONFLICT DO UPDATE SET transactions = transactions + excluded.transactions,
      lines = lines + excluded.lines, value = value + excluded.value`,
  node: `INSERT INTO node_sums (ledger, location, currency, precision, quantity, value)
    VALUES (?, ?, 'EUR', 0, ?, ?)
    ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity,
      value = value + excluded.value`,
  place: `INSERT INTO rollup_places (ledger, location, grain, start, inputs, outputs, transfers_in,
      transfers_out, adjusts, last_line)
    VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, ?)
    ON CONFLICT DO UPDATE SET inputs = inputs + excluded.inputs,
      outputs = outputs + excluded.outputs, last_line = excluded.last_line`,
  head: "UPDATE ledgers SET head = ?, recorded_at = ?, line_count = ? WHERE ledger = ?",
  commit: "COMMIT",
} as const;

export type Statements = { readonly [name in keyof typeof SQL]: Statement<unknown[]> };

/** Sets up a connection to a file of the store, and prepares what is run on it. */
export function prepareStatements(database: Database): Statements {
  for (const pragma of PRAGMAS) database.pragma(pragma);
  const statements = Object.entries(SQL).map(([name, sql]) => [name, database.prepare(sql)]);
  const all = Object.fromEntries(statements) as Statements;
  all.lastLine.pluck();
  all.lastPlaceLine.pluck();
  return all;
}
