/** What things are known by outside, where their own ids must not be told. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import type { LedgerId, PublicId } from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import type { Outcome, Transactions, WriteFailure } from "./Transaction.js";

/** Those of a kind whose own or public ids are among these. */
export function publicIdsOf(
  sql: SqlClient,
  ledger: LedgerId,
  kind: string,
  by: keyof PublicId,
  wanted: readonly string[],
): Statement<PublicId> {
  const column = by === "id" ? sql`p.id` : sql`p.public_id`;
  return sql`SELECT p.id, p.public_id AS "publicId" FROM json_each(${JSON.stringify(wanted)}) k
    CROSS JOIN public_ids p ON p.ledger = ${ledger} AND p.kind = ${kind} AND ${column} = k.value`;
}

/** Adds public ids; a thing that has one keeps it. */
export function makeAddPublicIds(
  db: Database,
  { write }: Transactions,
): (ledger: LedgerId, kind: string, made: readonly PublicId[]) => Outcome<void, WriteFailure> {
  const insert = db.prepare<[LedgerId, string, string]>(
    `INSERT INTO public_ids (ledger, kind, id, public_id)
    SELECT ?, ?, value ->> 'id', value ->> 'publicId' FROM json_each(?)
    WHERE true ON CONFLICT (ledger, kind, id) DO NOTHING`,
  );
  return (ledger, kind, made) =>
    write(() => {
      insert.run(ledger, kind, JSON.stringify(made));
    });
}
