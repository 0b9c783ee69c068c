/** Owners of ledgers. */

import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import { emptyState } from "@stockbook/core";
import type { Organisation } from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import type { Outcome, Transactions, WriteFailure } from "./Transaction.js";

interface OrganisationRecord {
  readonly id: string;
  readonly name: string;
  readonly created_at: number;
  readonly live: number;
  readonly test: number;
}

/** All of them, by id. */
export function allOrganisations(sql: SqlClient): Statement<OrganisationRecord> {
  return sql`${sql.literal(SELECT)} ORDER BY o.id`;
}

export function organisationOf(row: OrganisationRecord): Organisation {
  const { id, name, created_at: createdAt, live, test } = row;
  return { id, name, createdAt, ledgers: { live, test } };
}

const SELECT = `SELECT o.id, o.name, o.created_at, live.ledger AS live, test.ledger AS test
  FROM organisations o
  CROSS JOIN ledgers live ON live.organisation = o.id AND live.mode = 'live'
  CROSS JOIN ledgers test ON test.organisation = o.id AND test.mode = 'test'`;

type NewOrganisation = Omit<Organisation, "ledgers">;

/** The organisation as the store has it, made with both its ledgers if it is not there. */
export function makePutOrganisation(
  db: Database,
  { read, write }: Transactions,
): (organisation: NewOrganisation) => Outcome<Organisation, WriteFailure> {
  const find = makeFindOrganisation(db);
  const insert = db.prepare<[string, string, number]>(
    "INSERT INTO organisations (id, name, created_at) VALUES (?, ?, ?)",
  );
  const insertLedger = db.prepare<[string, string, number, number, number, number]>(
    `INSERT INTO ledgers
      (organisation, mode, head, recorded_at, item_count, location_count, line_count)
    VALUES (?, ?, ?, ?, ?, ?, 0)`,
  );
  const { sequence, recordedAt, itemCount, locationCount } = emptyState();
  const make = ({ id, name, createdAt }: NewOrganisation): Organisation => {
    insert.run(id, name, createdAt);
    const open = (mode: string) =>
      Number(
        insertLedger.run(id, mode, sequence, recordedAt, itemCount, locationCount).lastInsertRowid,
      );
    return { id, name, createdAt, ledgers: { live: open("live"), test: open("test") } };
  };
  return (organisation) => {
    // The usual case takes no lock.
    const found = read(() => find(organisation.id));
    if (found.type === "failed") return found;
    if (found.value !== undefined) return { type: "done", value: found.value };
    return write(() => find(organisation.id) ?? make(organisation));
  };
}

function makeFindOrganisation(db: Database): (id: string) => Organisation | undefined {
  const select = db.prepare<[string], OrganisationRecord>(`${SELECT} WHERE o.id = ?`);
  return (id) => {
    const row = select.get(id);
    return row && organisationOf(row);
  };
}
