/**
 * Inserts of any number of rows by one statement.
 *
 * A few rows are bound as parameters. Many are read by SQLite from a table-valued function,
 * which costs half as much as handing them over as JSON. The INSERT itself is the same.
 */
import type { Database, Statement } from "better-sqlite3";

export type Value = number | string | null;

export interface BulkSpec<Row> {
  readonly name: string;
  /** What a row brings, after its ledger. */
  readonly columns: readonly string[];
  /** Takes its rows from `r`, which has `ledger` and the columns. */
  readonly insert: string;
  /** The ledger and the columns of a row. */
  readonly values: (ledger: number, row: Row) => readonly Value[];
}

/** Writes rows of one ledger; no statement at all for none. */
export type Bulk<Row> = (ledger: number, rows: readonly Row[]) => void;

// Each number of rows up to this has a prepared statement of its own.
const FEW = 8;

/** Prepares an insert on a connection. The tables must be there. */
export function makeBulk<Row>(db: Database, spec: BulkSpec<Row>): Bulk<Row> {
  const insertFew = bindingInsert(db, spec);
  const insertMany = readingInsert(db, spec);
  return (ledger, rows) => {
    if (rows.length > FEW) insertMany(ledger, rows);
    else if (rows.length > 0) insertFew(ledger, rows);
  };
}

function bindingInsert<Row>(db: Database, spec: BulkSpec<Row>): Bulk<Row> {
  const row = `(${["ledger", ...spec.columns].map(() => "?").join(", ")})`;
  const prepared: (Statement<[values: readonly Value[]]> | undefined)[] = [];
  const prepare = (count: number) => {
    const source = `VALUES ${Array.from({ length: count }, () => row).join(", ")}`;
    const statement = db.prepare<[values: readonly Value[]]>(withRows(spec, source));
    prepared[count] = statement;
    return statement;
  };
  return (ledger, rows) => {
    const values: Value[] = [];
    for (const row of rows) for (const value of spec.values(ledger, row)) values.push(value);
    (prepared[rows.length] ?? prepare(rows.length)).run(values);
  };
}

function readingInsert<Row>(db: Database, spec: BulkSpec<Row>): Bulk<Row> {
  const source = `rows_of_${spec.name}`;
  let waiting: { readonly ledger: number; readonly rows: readonly Row[] } = { ledger: 0, rows: [] };
  db.table(source, {
    columns: ["ledger", ...spec.columns],
    *rows() {
      const { ledger, rows } = waiting;
      for (const row of rows) yield spec.values(ledger, row);
    },
  });
  const statement = db.prepare<[]>(withRows(spec, `SELECT * FROM ${source}`));
  return (ledger, rows) => {
    waiting = { ledger, rows };
    statement.run();
    waiting = { ledger: 0, rows: [] };
  };
}

function withRows<Row>(spec: BulkSpec<Row>, source: string): string {
  return `WITH r (${["ledger", ...spec.columns].join(", ")}) AS (${source}) ${spec.insert}`;
}
