/** The fourth version of the tables: webhooks. What waits is found without what has finished. */

const ENDPOINTS = [
  `CREATE TABLE webhook_endpoints (
    ledger INTEGER NOT NULL,
    endpoint INTEGER NOT NULL,      -- in the order in which they were made
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    organisation TEXT NOT NULL,
    mode TEXT NOT NULL,             -- live or test
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    api TEXT NOT NULL,
    events TEXT NOT NULL,           -- JSON
    format TEXT NOT NULL,
    headers TEXT NOT NULL,          -- JSON
    ordered INTEGER NOT NULL,
    max_concurrent INTEGER NOT NULL,
    max_per_second REAL,
    retry_delays_ms TEXT NOT NULL,  -- JSON
    created_at INTEGER NOT NULL,
    disabled_reason TEXT,
    disabled_at INTEGER,
    secrets TEXT NOT NULL,          -- JSON; sealed
    idempotency_key TEXT,
    fingerprint INTEGER NOT NULL,
    cursor INTEGER NOT NULL,        -- this and what follows is the worker's
    last_delivery INTEGER NOT NULL,
    failing_since INTEGER,
    anchor_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    PRIMARY KEY (ledger, endpoint)
  ) STRICT, WITHOUT ROWID`,

  "CREATE UNIQUE INDEX webhook_endpoints_by_id ON webhook_endpoints (ledger, id)",

  `CREATE UNIQUE INDEX webhook_endpoints_by_idempotency_key
    ON webhook_endpoints (ledger, idempotency_key) WHERE idempotency_key IS NOT NULL`,

  `CREATE INDEX webhook_endpoints_enabled ON webhook_endpoints (ledger, endpoint)
    WHERE disabled_at IS NULL`,

  `CREATE INDEX webhook_endpoints_by_lease_owner
    ON webhook_endpoints (lease_owner, ledger, endpoint) WHERE lease_owner IS NOT NULL`,
];

const DELIVERIES = [
  `CREATE TABLE webhook_messages (
    ledger INTEGER NOT NULL,
    message INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    sequence INTEGER,               -- of the entry; null for a test
    body TEXT NOT NULL,             -- JSON
    PRIMARY KEY (ledger, message)
  ) STRICT, WITHOUT ROWID`,

  "CREATE UNIQUE INDEX webhook_messages_by_id ON webhook_messages (ledger, id)",

  `CREATE TABLE webhook_deliveries (
    ledger INTEGER NOT NULL,
    endpoint INTEGER NOT NULL,
    delivery INTEGER NOT NULL,      -- 1, 2, 3 … of its endpoint
    message INTEGER NOT NULL,
    sequence INTEGER,               -- as in the message
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER,                 -- null unless it waits
    finished_at INTEGER,            -- null while it waits
    attempts INTEGER NOT NULL,
    attempts_before INTEGER NOT NULL,
    delays_used INTEGER NOT NULL,
    PRIMARY KEY (ledger, endpoint, delivery)
  ) STRICT, WITHOUT ROWID`,

  `CREATE UNIQUE INDEX webhook_deliveries_by_message
    ON webhook_deliveries (ledger, message, endpoint)`,

  `CREATE INDEX webhook_deliveries_waiting
    ON webhook_deliveries (ledger, endpoint, due_at, sequence, delivery)
    WHERE status = 'waiting'`,

  `CREATE INDEX webhook_deliveries_waiting_in_order
    ON webhook_deliveries (ledger, endpoint, sequence, delivery)
    WHERE status = 'waiting'`,

  `CREATE INDEX webhook_deliveries_given_up
    ON webhook_deliveries (ledger, endpoint, created_at, delivery)
    WHERE status IN ('failed', 'aborted')`,

  `CREATE INDEX webhook_deliveries_by_finish
    ON webhook_deliveries (finished_at, ledger, endpoint, delivery)
    WHERE finished_at IS NOT NULL`,

  `CREATE TABLE webhook_attempts (
    ledger INTEGER NOT NULL,
    endpoint INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    attempt INTEGER NOT NULL,       -- 1, 2, 3 … of its delivery
    at INTEGER NOT NULL,
    duration_ms REAL NOT NULL,
    request TEXT NOT NULL,          -- JSON
    outcome TEXT NOT NULL,          -- JSON
    PRIMARY KEY (ledger, endpoint, delivery, attempt)
  ) STRICT, WITHOUT ROWID`,
];

export const WEBHOOK_SCHEMA: readonly string[] = [...ENDPOINTS, ...DELIVERIES];
