/** Questions about entries. */

import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import type { Entry } from "@stockbook/core";
import type { KeyRow, LedgerId } from "@stockbook/engine";
import { type EntryRecord, entryOf, type LineRecord } from "./EntryRows.js";

/** Entries after a sequence, in order. */
export function entriesAfter(
  sql: SqlClient,
  ledger: LedgerId,
  after: number,
  limit: number,
): Statement<EntryRecord> {
  return sql`SELECT * FROM entries e
    WHERE e.ledger = ${ledger} AND e.sequence > ${after}
    ORDER BY e.sequence LIMIT ${limit}`;
}

/** Entries by their sequences, in the order of these. */
export function entriesAt(
  sql: SqlClient,
  ledger: LedgerId,
  sequences: readonly number[],
): Statement<EntryRecord> {
  return sql`SELECT e.* FROM json_each(${JSON.stringify(sequences)}) k
    CROSS JOIN entries e ON e.ledger = ${ledger} AND e.sequence = k.value
    ORDER BY k.key`;
}

/** All lines of entries, with public ids. */
export function linesOf(
  sql: SqlClient,
  ledger: LedgerId,
  entries: readonly EntryRecord[],
): Statement<LineRecord> {
  return sql`SELECT l.line, i.id AS item, l.lot, l.from_location, source.id AS from_id,
      l.from_bucket, l.to_location, target.id AS to_id, l.to_bucket, l.quantity, l.value
    FROM json_each(${JSON.stringify(lineRanges(entries))}) k
    CROSS JOIN lines l ON l.ledger = ${ledger}
      AND l.line BETWEEN k.value ->> 0 AND k.value ->> 1
    CROSS JOIN items i ON i.ledger = l.ledger AND i.no = l.item
    LEFT JOIN locations source ON source.ledger = l.ledger AND source.no = l.from_location
    LEFT JOIN locations target ON target.ledger = l.ledger AND target.no = l.to_location`;
}

/** First and last numbers of the lines of entries, where ranges that meet are one. */
function lineRanges(entries: readonly EntryRecord[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const { first_line: first, line_count: count } of entries) {
    if (count === 0) continue;
    const latest = ranges.at(-1);
    if (latest !== undefined && latest[1] + 1 === first) latest[1] += count;
    else ranges.push([first, first + count - 1]);
  }
  return ranges;
}

/** Entries with their lines. */
export function assembled(
  entries: readonly EntryRecord[],
  lines: readonly LineRecord[],
): readonly Entry[] {
  const byNumber = new Map(lines.map((line) => [line.line, line]));
  return entries.map((entry) => entryOf(entry, byNumber));
}

/** The latest commands under idempotency keys. */
export function keyRows(
  sql: SqlClient,
  ledger: LedgerId,
  keys: readonly string[],
): Statement<KeyRow> {
  return sql`SELECT e.key, e.sequence, e.fingerprint, e.span
    FROM json_each(${JSON.stringify(keys)}) k
    CROSS JOIN entries e ON e.ledger = ${ledger} AND e.sequence = (
      SELECT max(of_key.sequence) FROM entries of_key
      WHERE of_key.ledger = ${ledger} AND of_key.key = k.value
    )`;
}

export interface ReversalRecord {
  readonly reverses: number;
  readonly sequence: number;
}

/** The movements that undo these. */
export function reversals(
  sql: SqlClient,
  ledger: LedgerId,
  sequences: readonly number[],
): Statement<ReversalRecord> {
  return sql`SELECT e.reverses, e.sequence FROM json_each(${JSON.stringify(sequences)}) k
    CROSS JOIN entries e ON e.ledger = ${ledger} AND e.reverses = k.value`;
}
