/** The second version of the tables: keys, and what organisations have besides their names. */

const ORGANISATIONS = [
  `ALTER TABLE organisations ADD COLUMN plan TEXT NOT NULL    -- JSON
    DEFAULT '{"name":"standard","requests":6000,"windowMs":60000}'`,

  `ALTER TABLE organisations ADD COLUMN settings TEXT NOT NULL  -- JSON; how its ledgers are opened
    DEFAULT '{"timeZone":"UTC","currency":"EUR","negativePolicy":"deny"}'`,

  // Ledgers that are open stay as they are; one that is not goes by the other.
  `UPDATE organisations SET settings = coalesce(
    (SELECT l.settings FROM ledgers l WHERE l.organisation = id AND l.mode = 'live'),
    (SELECT l.settings FROM ledgers l WHERE l.organisation = id AND l.mode = 'test'),
    settings)`,
];

const KEYS = [
  `CREATE TABLE api_keys (
    key INTEGER PRIMARY KEY,        -- the order in which they were made
    organisation TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    mode TEXT NOT NULL,             -- live or test
    name TEXT NOT NULL,
    hash TEXT NOT NULL,             -- SHA-256 of the secret, in hex
    hint TEXT NOT NULL,             -- how the secret begins and ends
    scopes TEXT NOT NULL,           -- JSON
    allowed_ips TEXT NOT NULL,      -- JSON
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    idempotency_key TEXT,
    fingerprint INTEGER NOT NULL
  ) STRICT`,

  "CREATE UNIQUE INDEX api_keys_by_hash ON api_keys (hash)",

  "CREATE UNIQUE INDEX api_keys_by_id ON api_keys (organisation, id)",

  `CREATE UNIQUE INDEX api_keys_by_idempotency_key ON api_keys (organisation, idempotency_key)
    WHERE idempotency_key IS NOT NULL`,
];

export const ACCESS_SCHEMA: readonly string[] = [...ORGANISATIONS, ...KEYS];
