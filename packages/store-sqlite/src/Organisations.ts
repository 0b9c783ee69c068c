/** Owners of ledgers. */

import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import { emptyState, type LedgerSettings } from "@stockbook/core";
import {
  type ChangeableOrganisation,
  changedOptions,
  isAsExpected,
  type Organisation,
  type OrganisationChanges,
  type OrganisationDraft,
  OrganisationMoved,
  type OrganisationOptions,
  type Plan,
} from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import type { Outcome, Transactions, WriteFailure } from "./Transaction.js";

interface OrganisationRecord {
  readonly id: string;
  readonly name: string;
  readonly created_at: number;
  readonly plan: string;
  readonly settings: string;
  readonly options: string;
  readonly live: number;
  readonly test: number;
}

/** All of them, by id. */
export function allOrganisations(sql: SqlClient): Statement<OrganisationRecord> {
  return sql`${sql.literal(SELECT)} ORDER BY o.id`;
}

/** The one of this id, if it is there. */
export function organisationsWithId(sql: SqlClient, id: string): Statement<OrganisationRecord> {
  return sql`${sql.literal(SELECT)} WHERE o.id = ${id}`;
}

export function organisationOf(row: OrganisationRecord): Organisation {
  const { id, name, created_at: createdAt, live, test } = row;
  // What stands here was written by `putOrganisation` and `changeOrganisation`.
  const plan = JSON.parse(row.plan) as Plan;
  const settings = JSON.parse(row.settings) as LedgerSettings;
  const options = JSON.parse(row.options) as OrganisationOptions;
  return { id, name, createdAt, plan, settings, options, ledgers: { live, test } };
}

const SELECT = `SELECT o.id, o.name, o.created_at, o.plan, o.settings, o.options,
    live.ledger AS live, test.ledger AS test
  FROM organisations o
  CROSS JOIN ledgers live ON live.organisation = o.id AND live.mode = 'live'
  CROSS JOIN ledgers test ON test.organisation = o.id AND test.mode = 'test'`;

/** The organisation as the store has it, made with both its ledgers if it is not there. */
export function makePutOrganisation(
  db: Database,
  { read, write }: Transactions,
): (organisation: OrganisationDraft) => Outcome<Organisation, WriteFailure> {
  const find = makeFindOrganisation(db);
  const insert = db.prepare<[string, string, number, string, string, string]>(
    `INSERT INTO organisations (id, name, created_at, plan, settings, options)
    VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const insertLedger = db.prepare<[string, string, number, number, number, number]>(
    `INSERT INTO ledgers
      (organisation, mode, head, recorded_at, item_count, location_count, line_count)
    VALUES (?, ?, ?, ?, ?, ?, 0)`,
  );
  const { sequence, recordedAt, itemCount, locationCount } = emptyState();
  const make = (draft: OrganisationDraft): Organisation => {
    const { id, name, createdAt } = draft;
    const plan = JSON.stringify(draft.plan);
    const settings = JSON.stringify(draft.settings);
    insert.run(id, name, createdAt, plan, settings, JSON.stringify(draft.options));
    const open = (mode: string) =>
      Number(
        insertLedger.run(id, mode, sequence, recordedAt, itemCount, locationCount).lastInsertRowid,
      );
    return { ...draft, ledgers: { live: open("live"), test: open("test") } };
  };
  return (organisation) => {
    // The usual case takes no lock.
    const found = read(() => find(organisation.id));
    if (found.type === "failed") return found;
    if (found.value !== undefined) return { type: "done", value: found.value };
    return write(() => find(organisation.id) ?? make(organisation));
  };
}

/** Changes what is given of an organisation, and gives it as it is then. */
export function makeChangeOrganisation(
  db: Database,
  { write }: Transactions,
): (
  id: string,
  changes: OrganisationChanges,
  expected?: ChangeableOrganisation,
) => Outcome<Organisation | OrganisationMoved | undefined, WriteFailure> {
  const find = makeFindOrganisation(db);
  const update = db.prepare<[string, string, string, string]>(
    "UPDATE organisations SET name = ?, plan = ?, options = ? WHERE id = ?",
  );
  return (id, { name, plan, options }, expected) =>
    write(() => {
      const known = find(id);
      if (known === undefined) return undefined;
      if (expected !== undefined && !isAsExpected(known, expected)) return new OrganisationMoved();
      const changed = JSON.stringify(changedOptions(known.options, options));
      update.run(name ?? known.name, JSON.stringify(plan ?? known.plan), changed, id);
      return find(id);
    });
}

function makeFindOrganisation(db: Database): (id: string) => Organisation | undefined {
  const select = db.prepare<[string], OrganisationRecord>(`${SELECT} WHERE o.id = ?`);
  return (id) => {
    const row = select.get(id);
    return row && organisationOf(row);
  };
}
