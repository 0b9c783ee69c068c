/** What reports on places are read from; filled from the lines that are there. */

/** A line at one of its ends; `other` is the location at the other one. */
const ENDS = `(
  SELECT ledger, line, 0 AS side, occurred_at, item, lot, from_location AS location,
    to_location AS other FROM lines
  UNION ALL
  SELECT ledger, line, 1, occurred_at, item, lot, to_location, from_location FROM lines
)`;

// Division goes towards 0, and some instants are before 1970.
const HOUR = "(occurred_at - (occurred_at % 3600000 + 3600000) % 3600000) / 3600000";

/** Whether a line leaves what is on hand as it is: at one place, or of value alone. */
const STILL = "(l.from_location = l.to_location OR 6 IN (l.from_location, l.to_location))";
const PREVIOUS =
  "CASE WHEN l.from_location = h.location THEN l.from_previous ELSE l.to_previous END";

export const REPORT_SCHEMA: readonly string[] = [
  "ALTER TABLE balances ADD COLUMN first_occurred_at INTEGER NOT NULL DEFAULT 0",

  `UPDATE balances SET first_occurred_at = f.first_occurred_at FROM (
    SELECT ledger, item, location, lot, min(occurred_at) AS first_occurred_at FROM ${ENDS}
    GROUP BY ledger, item, location, lot
  ) f WHERE f.ledger = balances.ledger AND f.item = balances.item
    AND f.location = balances.location AND f.lot = balances.lot`,

  // Line before in the chain of the location it leaves, and of the one it reaches.
  "ALTER TABLE lines ADD COLUMN from_place_previous INTEGER",
  "ALTER TABLE lines ADD COLUMN to_place_previous INTEGER",

  // By location first: a report is on one of them.
  `CREATE TABLE rollup_places (
    ledger INTEGER NOT NULL,
    location INTEGER NOT NULL,
    grain INTEGER NOT NULL,         -- 0 hours, 1 days of 24 of them
    start INTEGER NOT NULL,         -- hours or days since 1970-01-01T00:00Z
    inputs INTEGER NOT NULL,        -- lines that change what is on hand, by their flow here
    outputs INTEGER NOT NULL,
    transfers_in INTEGER NOT NULL,
    transfers_out INTEGER NOT NULL,
    adjusts INTEGER NOT NULL,
    last_line INTEGER NOT NULL,     -- the chain of the hour's lines begins here
    PRIMARY KEY (ledger, location, grain, start)
  ) STRICT, WITHOUT ROWID`,

  // Locations 1 to 6 are virtual: supplier, customer, adjustment, transit, renter, revaluation.
  `CREATE TABLE place_ends AS
    SELECT ledger, line, side, location, hour,
      CASE WHEN other = 3 THEN 4 WHEN other IN (1, 2, 5) THEN 1 - side ELSE 3 - side END AS flow,
      lag(line) OVER (PARTITION BY ledger, location, hour ORDER BY line) AS previous
    FROM (SELECT *, ${HOUR} AS hour FROM ${ENDS})
    WHERE location > 6 AND other <> location AND other <> 6`,

  "CREATE INDEX place_ends_by_line ON place_ends (ledger, line, side)",

  `UPDATE lines SET
    from_place_previous = (SELECT e.previous FROM place_ends e
      WHERE e.ledger = lines.ledger AND e.line = lines.line AND e.side = 0),
    to_place_previous = (SELECT e.previous FROM place_ends e
      WHERE e.ledger = lines.ledger AND e.line = lines.line AND e.side = 1)`,

  `INSERT INTO rollup_places
    SELECT ledger, location, 0, hour, sum(flow = 0), sum(flow = 1), sum(flow = 2), sum(flow = 3),
      sum(flow = 4), max(line)
    FROM place_ends GROUP BY ledger, location, hour`,

  `INSERT INTO rollup_places
    SELECT ledger, location, 1, day, sum(inputs), sum(outputs), sum(transfers_in),
      sum(transfers_out), sum(adjusts), max(last_line)
    FROM (SELECT *, (start - (start % 24 + 24) % 24) / 24 AS day FROM rollup_places)
    GROUP BY ledger, location, day`,

  "DROP TABLE place_ends",

  // Roll-ups count the lines that change what is on hand; up to here they counted all of them.
  `CREATE TABLE still_lines AS
    WITH RECURSIVE chain (ledger, day, item, location, hour, still, previous) AS (
      SELECT h.ledger, h.day, h.item, h.location, h.hour, ${STILL}, ${PREVIOUS}
      FROM rollup_hours h CROSS JOIN lines l ON l.ledger = h.ledger AND l.line = h.last_line
      UNION ALL
      SELECT h.ledger, h.day, h.item, h.location, h.hour, ${STILL}, ${PREVIOUS}
      FROM chain h CROSS JOIN lines l ON l.ledger = h.ledger AND l.line = h.previous
    )
    SELECT ledger, day, item, location, hour, sum(still) AS count,
      (strftime('%Y', day * 86400, 'unixepoch') - 1970) * 12
        + strftime('%m', day * 86400, 'unixepoch') - 1 AS month
    FROM chain GROUP BY ledger, day, item, location, hour HAVING sum(still) > 0`,

  `UPDATE rollup_hours SET lines = lines - s.count FROM still_lines s
    WHERE s.ledger = rollup_hours.ledger AND s.day = rollup_hours.day
      AND s.item = rollup_hours.item AND s.location = rollup_hours.location
      AND s.hour = rollup_hours.hour`,

  `UPDATE rollup_months SET lines = lines - s.count FROM (
      SELECT ledger, month, item, location, sum(count) AS count FROM still_lines
      GROUP BY ledger, month, item, location
    ) s
    WHERE s.ledger = rollup_months.ledger AND s.month = rollup_months.month
      AND s.item = rollup_months.item AND s.location = rollup_months.location`,

  "DROP TABLE still_lines",
];
