/** Keys: their rows, how they are found, and how they are written over what is there. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import {
  type KeyQuery,
  KeysMoved,
  type LedgerMode,
  type Scope,
  type StoredKey,
} from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import type { Outcome, Transactions, WriteFailure } from "./Transaction.js";

interface KeyRecord {
  readonly organisation: string;
  readonly id: string;
  readonly version: number;
  readonly mode: string;
  readonly name: string;
  readonly hash: string;
  readonly hint: string;
  readonly scopes: string;
  readonly allowed_ips: string;
  readonly active: number;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
  readonly idempotency_key: string | null;
  readonly fingerprint: number;
}

// ── reading ──────────────────────────────────────────────────────────────────────────────

export function keysWhere(sql: SqlClient, query: KeyQuery): Statement<KeyRecord> {
  switch (query.by) {
    case "hash":
      return sql`SELECT * FROM api_keys WHERE hash = ${query.hash}`;
    case "id":
      return sql`SELECT * FROM api_keys WHERE organisation = ${query.organisation}
        AND id = ${query.id}`;
    case "idempotency-key":
      return sql`SELECT * FROM api_keys WHERE organisation = ${query.organisation}
        AND idempotency_key = ${query.idempotencyKey}`;
  }
}

/** In the order in which they were made. */
export function keysOfOrganisation(sql: SqlClient, organisation: string): Statement<KeyRecord> {
  return sql`SELECT * FROM api_keys WHERE organisation = ${organisation} ORDER BY key`;
}

export function storedKeyOf(row: KeyRecord): StoredKey {
  const { organisation, id, version, name, hash, hint, fingerprint } = row;
  return {
    organisation,
    id,
    version,
    // What stands here was written by `recordOf`.
    mode: row.mode as LedgerMode,
    name,
    hash,
    hint,
    scopes: JSON.parse(row.scopes) as readonly Scope[],
    allowedIps: JSON.parse(row.allowed_ips) as readonly string[],
    active: row.active === 1,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    idempotencyKey: row.idempotency_key,
    fingerprint,
  };
}

function recordOf(key: StoredKey): KeyRecord {
  const { organisation, id, version, mode, name, hash, hint, fingerprint } = key;
  return {
    organisation,
    id,
    version,
    mode,
    name,
    hash,
    hint,
    scopes: JSON.stringify(key.scopes),
    allowed_ips: JSON.stringify(key.allowedIps),
    active: key.active ? 1 : 0,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    revoked_at: key.revokedAt,
    idempotency_key: key.idempotencyKey,
    fingerprint,
  };
}

// ── writing ──────────────────────────────────────────────────────────────────────────────

const COLUMNS = [
  "organisation",
  "id",
  "version",
  "mode",
  "name",
  "hash",
  "hint",
  "scopes",
  "allowed_ips",
  "active",
  "created_at",
  "expires_at",
  "revoked_at",
  "idempotency_key",
  "fingerprint",
] as const satisfies readonly (keyof KeyRecord)[];

/** Writes keys, unless one of them is not as it was expected to be. */
export function makeWriteKeys(
  db: Database,
  { write }: Transactions,
): (keys: readonly StoredKey[]) => Outcome<KeysMoved | undefined, WriteFailure> {
  const fits = makeFits(db);
  const writeOne = makeWriteOne(db);
  return (keys) => {
    const records = keys.map(recordOf);
    return write(() => {
      if (!records.every(fits)) return new KeysMoved();
      records.forEach(writeOne);
      return undefined;
    });
  };
}

/** Whether a key may be written over what is there. */
function makeFits(db: Database): (key: KeyRecord) => boolean {
  const alike = db
    .prepare<[KeyRecord], number>(
      `SELECT count(*) FROM api_keys WHERE hash = @hash
        OR (organisation = @organisation AND id = @id)
        OR (organisation = @organisation AND idempotency_key = @idempotency_key)`,
    )
    .pluck();
  const versionOf = db
    .prepare<[KeyRecord], number>(
      "SELECT version FROM api_keys WHERE organisation = @organisation AND id = @id",
    )
    .pluck();
  return (key) =>
    key.version === 1 ? alike.get(key) === 0 : versionOf.get(key) === key.version - 1;
}

function makeWriteOne(db: Database): (key: KeyRecord) => void {
  const values = COLUMNS.map((column) => `@${column}`).join(", ");
  const insert = db.prepare<[KeyRecord]>(
    `INSERT INTO api_keys (${COLUMNS.join(", ")}) VALUES (${values})`,
  );
  const update = db.prepare<[KeyRecord]>(
    `UPDATE api_keys SET version = @version, name = @name, scopes = @scopes,
      allowed_ips = @allowed_ips, active = @active, expires_at = @expires_at,
      revoked_at = @revoked_at
    WHERE organisation = @organisation AND id = @id`,
  );
  return (key) => void (key.version === 1 ? insert : update).run(key);
}
