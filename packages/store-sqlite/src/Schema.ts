/**
 * The tables. Every one is keyed by ledger first, and rows refer to each other by numbers; there
 * are no foreign keys, for the writer is the only one who makes rows and makes them consistent.
 */

const LEDGERS = [
  `CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE ledgers (
    ledger INTEGER PRIMARY KEY,
    organisation TEXT NOT NULL,
    mode TEXT NOT NULL,             -- live or test
    head INTEGER NOT NULL,          -- sequence of the latest entry
    recorded_at INTEGER NOT NULL,   -- all instants: milliseconds since 1970-01-01T00:00Z
    item_count INTEGER NOT NULL,
    location_count INTEGER NOT NULL,
    line_count INTEGER NOT NULL,
    settings TEXT                   -- JSON; null until the ledger is opened
  ) STRICT`,

  "CREATE UNIQUE INDEX ledgers_by_organisation ON ledgers (organisation, mode)",
];

const ENTRIES = [
  `CREATE TABLE entries (
    ledger INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    kind INTEGER NOT NULL,          -- see KIND_CODES
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    key TEXT,                       -- idempotency key
    fingerprint INTEGER NOT NULL,
    span INTEGER NOT NULL,
    reverses INTEGER,               -- sequence of the movement that is undone
    first_line INTEGER NOT NULL,
    line_count INTEGER NOT NULL,
    body TEXT,                      -- JSON; null for a movement that is all in its lines
    PRIMARY KEY (ledger, sequence)
  ) STRICT, WITHOUT ROWID`,

  // Not unique: refusals of several commands may be kept under one key.
  "CREATE INDEX entries_by_key ON entries (ledger, key) WHERE key IS NOT NULL",

  `CREATE UNIQUE INDEX entries_by_reverses ON entries (ledger, reverses)
    WHERE reverses IS NOT NULL`,

  `CREATE TABLE lines (
    ledger INTEGER NOT NULL,
    line INTEGER NOT NULL,          -- 1, 2, 3 … over the whole ledger
    sequence INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    item INTEGER NOT NULL,
    lot TEXT NOT NULL,              -- empty: kept without lots
    from_location INTEGER NOT NULL,
    from_bucket INTEGER NOT NULL,   -- 0 available, 1 reserved, 2 unavailable
    to_location INTEGER NOT NULL,
    to_bucket INTEGER NOT NULL,
    quantity INTEGER NOT NULL,      -- in steps of the item's precision
    value INTEGER NOT NULL,         -- in minor units of its currency
    from_previous INTEGER,          -- line before in the chain of the place it leaves
    to_previous INTEGER,            -- line before in the chain of the place it reaches
    PRIMARY KEY (ledger, line)
  ) STRICT, WITHOUT ROWID`,
];

const SUMS = `
    available INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    unavailable INTEGER NOT NULL,
    value INTEGER NOT NULL`;

const ROLLUP_SUMS = `${SUMS},
    inward INTEGER NOT NULL,
    outward INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL`;

const STOCK = [
  `CREATE TABLE balances (
    ledger INTEGER NOT NULL,
    item INTEGER NOT NULL,
    location INTEGER NOT NULL,
    lot TEXT NOT NULL,${SUMS},
    last_occurred_at INTEGER NOT NULL,
    PRIMARY KEY (ledger, item, location, lot)
  ) STRICT, WITHOUT ROWID`,

  "CREATE INDEX balances_by_location ON balances (ledger, location, item)",

  // By day and by month first, so that the rows of a time lie together: a batch that is spread
  // over many items would otherwise write a page for each.
  `CREATE TABLE rollup_hours (
    ledger INTEGER NOT NULL,
    day INTEGER NOT NULL,           -- local days since 1970-01-01
    item INTEGER NOT NULL,
    location INTEGER NOT NULL,
    hour INTEGER NOT NULL,          -- hours since 1970-01-01T00:00Z${ROLLUP_SUMS},
    last_line INTEGER NOT NULL,     -- the chain of the hour's lines begins here
    PRIMARY KEY (ledger, day, item, location, hour)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE rollup_months (
    ledger INTEGER NOT NULL,
    month INTEGER NOT NULL,         -- local months since January 1970
    item INTEGER NOT NULL,
    location INTEGER NOT NULL,${ROLLUP_SUMS},
    PRIMARY KEY (ledger, month, item, location)
  ) STRICT, WITHOUT ROWID`,
];

const CATALOGUE = [
  `CREATE TABLE items (
    ledger INTEGER NOT NULL,
    no INTEGER NOT NULL,
    id TEXT NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    precision INTEGER NOT NULL,
    currency TEXT NOT NULL,
    unit_cost INTEGER,
    negative_policy TEXT,
    category TEXT,
    manufacturer TEXT,
    archived INTEGER NOT NULL,
    search TEXT NOT NULL,           -- SKU and name in lower case
    PRIMARY KEY (ledger, no)
  ) STRICT, WITHOUT ROWID`,

  "CREATE UNIQUE INDEX items_by_id ON items (ledger, id)",

  // Not unique: within one batch two items may exchange their SKUs.
  "CREATE INDEX items_by_sku ON items (ledger, sku)",

  `CREATE TABLE locations (
    ledger INTEGER NOT NULL,
    no INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT,
    kind TEXT NOT NULL,
    parent TEXT,
    archived INTEGER NOT NULL,
    PRIMARY KEY (ledger, no)
  ) STRICT, WITHOUT ROWID`,

  "CREATE UNIQUE INDEX locations_by_id ON locations (ledger, id)",

  `CREATE TABLE categories (
    ledger INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    parent TEXT,
    PRIMARY KEY (ledger, id)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE manufacturers (
    ledger INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (ledger, id)
  ) STRICT, WITHOUT ROWID`,
];

const RULES = [
  `CREATE TABLE thresholds (
    ledger INTEGER NOT NULL,
    item INTEGER NOT NULL,
    location INTEGER NOT NULL,
    minimum INTEGER NOT NULL,
    maximum INTEGER NOT NULL,
    order_multiple INTEGER NOT NULL,
    minimum_order INTEGER NOT NULL,
    maximum_order INTEGER NOT NULL,
    quantity INTEGER NOT NULL,      -- on hand in the location and everything below it
    PRIMARY KEY (ledger, item, location)
  ) STRICT, WITHOUT ROWID`,

  "CREATE INDEX thresholds_by_location ON thresholds (ledger, location, item)",

  `CREATE INDEX thresholds_depleted ON thresholds (ledger, item, location)
    WHERE quantity < minimum`,

  `CREATE TABLE reservations (
    ledger INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    lines TEXT NOT NULL,            -- JSON
    PRIMARY KEY (ledger, sequence)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE shipments (
    ledger INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    lines TEXT NOT NULL,            -- JSON
    PRIMARY KEY (ledger, sequence)
  ) STRICT, WITHOUT ROWID`,
];

/** The tables of the first version. A released version is never changed; add a migration. */
export const FIRST_SCHEMA: readonly string[] = [
  ...LEDGERS,
  ...ENTRIES,
  ...STOCK,
  ...CATALOGUE,
  ...RULES,
];

/** What movements came to by kind; filled from the movements that are there. */
export const KIND_ROLLUPS: readonly string[] = [
  // By time first, so that a batch writes rows that lie together.
  `CREATE TABLE rollup_kinds (
    ledger INTEGER NOT NULL,
    grain INTEGER NOT NULL,         -- 0 hours, 1 days of 24 of them
    start INTEGER NOT NULL,         -- hours or days since 1970-01-01T00:00Z
    kind INTEGER NOT NULL,          -- see KIND_CODES
    currency TEXT NOT NULL,         -- of the lines; empty: of movements without any
    transactions INTEGER NOT NULL,  -- each in the currency of its first line
    lines INTEGER NOT NULL,
    value INTEGER NOT NULL,         -- in minor units of the currency
    PRIMARY KEY (ledger, grain, start, kind, currency)
  ) STRICT, WITHOUT ROWID`,

  // Division goes towards 0, and some instants are before 1970.
  `INSERT INTO rollup_kinds
    SELECT ledger, 0, hour, kind, currency, sum(is_first), sum(is_line), sum(value) FROM (
      SELECT e.ledger, e.kind,
        (e.occurred_at - (e.occurred_at % 3600000 + 3600000) % 3600000) / 3600000 AS hour,
        coalesce(i.currency, '') AS currency, coalesce(l.line = e.first_line, 1) AS is_first,
        l.line IS NOT NULL AS is_line, coalesce(l.value, 0) AS value
      FROM entries e
      LEFT JOIN lines l ON l.ledger = e.ledger
        AND l.line BETWEEN e.first_line AND e.first_line + e.line_count - 1
      LEFT JOIN items i ON i.ledger = l.ledger AND i.no = l.item
      WHERE e.kind >= 32
    ) GROUP BY ledger, hour, kind, currency`,

  `INSERT INTO rollup_kinds
    SELECT ledger, 1, day, kind, currency, sum(transactions), sum(lines), sum(value) FROM (
      SELECT *, (start - (start % 24 + 24) % 24) / 24 AS day FROM rollup_kinds
    ) GROUP BY ledger, day, kind, currency`,
];

/** When the locations last changed, found in the entries that are there. */
export const LOCATIONS_SEQUENCE: readonly string[] = [
  // Sequence of the latest entry that put a location.
  "ALTER TABLE ledgers ADD COLUMN locations_sequence INTEGER NOT NULL DEFAULT 0",

  `UPDATE ledgers SET locations_sequence = coalesce((
    SELECT max(e.sequence) FROM entries e WHERE e.ledger = ledgers.ledger AND e.kind = 5
  ), 0)`,
];

/** What owners say of items and locations, by name as JSON; and what APIs need besides. */
export const ATTRIBUTES: readonly string[] = [
  "ALTER TABLE items ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}'",
  "ALTER TABLE locations ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}'",

  // How APIs behave towards an organisation: JSON by name.
  "ALTER TABLE organisations ADD COLUMN options TEXT NOT NULL DEFAULT '{}'",

  // What things are known by outside, where their own ids must not be told.
  `CREATE TABLE public_ids (
    ledger INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- of what
    id TEXT NOT NULL,
    public_id TEXT NOT NULL,
    PRIMARY KEY (ledger, kind, id)
  ) STRICT, WITHOUT ROWID`,

  "CREATE UNIQUE INDEX public_ids_by_public_id ON public_ids (ledger, kind, public_id)",
];

/** When each item was last changed, found in the entries that are there. */
export const ITEM_CHANGES: readonly string[] = [
  // When the entry was recorded that made the item as it is.
  "ALTER TABLE items ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0",

  `UPDATE items SET updated_at = put.recorded_at FROM (
      SELECT e.ledger, e.body ->> '$.item.id' AS id, max(e.recorded_at) AS recorded_at
      FROM entries e WHERE e.kind = 2 GROUP BY e.ledger, id
    ) AS put WHERE put.ledger = items.ledger AND put.id = items.id`,
];

/** Ways to movements and items that the first version did not have. */
export const READ_INDEXES: readonly string[] = [
  // By kind first: a kind that is rare is then found as fast as one that is not.
  `CREATE INDEX entries_by_time ON entries (ledger, kind, occurred_at, sequence)
    WHERE kind >= 32`,

  // Few movements have a reference, so few are in here.
  `CREATE INDEX entries_by_reference
    ON entries (ledger, body ->> 'reference', occurred_at, sequence)
    WHERE kind >= 32 AND body ->> 'reference' IS NOT NULL`,

  `CREATE INDEX items_by_category ON items (ledger, category, no)
    WHERE category IS NOT NULL`,

  `CREATE INDEX items_by_manufacturer ON items (ledger, manufacturer, no)
    WHERE manufacturer IS NOT NULL`,
];
