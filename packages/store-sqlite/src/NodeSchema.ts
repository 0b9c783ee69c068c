/** The tables of locations as nodes; filled from the stock and the rules that are there. */

/** Every location with those it lies in, itself among them. */
const UP = `WITH RECURSIVE up (ledger, location, node) AS (
    SELECT ledger, no, no FROM locations
    UNION ALL
    SELECT up.ledger, up.location, p.no FROM up
    CROSS JOIN locations l ON l.ledger = up.ledger AND l.no = up.node
    CROSS JOIN locations p ON p.ledger = l.ledger AND p.id = l.parent
  )`;

export const NODE_SCHEMA: readonly string[] = [
  `CREATE TABLE node_sums (
    ledger INTEGER NOT NULL,
    location INTEGER NOT NULL,      -- with everything below it
    currency TEXT NOT NULL,         -- of the items that are added up …
    precision INTEGER NOT NULL,     -- … and their precision
    quantity INTEGER NOT NULL,      -- on hand, in steps of the precision
    value INTEGER NOT NULL,         -- in minor units of the currency
    PRIMARY KEY (ledger, location, currency, precision)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE node_counts (
    ledger INTEGER NOT NULL,
    location INTEGER NOT NULL,      -- with everything below it
    items INTEGER NOT NULL,         -- different ones that have moved or have a rule there
    depleted INTEGER NOT NULL,      -- rules below their minimum
    PRIMARY KEY (ledger, location)
  ) STRICT, WITHOUT ROWID`,

  // Beside the one by item, for a part of the locations.
  `CREATE INDEX thresholds_depleted_at ON thresholds (ledger, location, item)
    WHERE quantity < minimum`,

  `INSERT INTO node_sums ${UP}
    SELECT s.ledger, up.node, s.currency, s.precision, sum(s.quantity), sum(s.value) FROM (
      SELECT b.ledger, b.location, i.currency, i.precision,
        sum(b.available + b.reserved + b.unavailable) AS quantity, sum(b.value) AS value
      FROM balances b CROSS JOIN items i ON i.ledger = b.ledger AND i.no = b.item
      GROUP BY b.ledger, b.location, i.currency, i.precision
    ) s JOIN up ON up.ledger = s.ledger AND up.location = s.location
    GROUP BY s.ledger, up.node, s.currency, s.precision`,

  `INSERT INTO node_counts ${UP}
    SELECT s.ledger, up.node, count(DISTINCT s.item), sum(s.depleted) FROM (
      SELECT ledger, location, item, 0 AS depleted FROM balances
      UNION ALL
      SELECT ledger, location, item, quantity < minimum FROM thresholds
    ) s JOIN up ON up.ledger = s.ledger AND up.location = s.location
    GROUP BY s.ledger, up.node`,
];
