/** Appending: a batch of decided entries in one transaction. */
import { type Batch, type EntryRow, HeadMoved, type LedgerId, StoreFault } from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import { makeBulk } from "./Bulk.js";
import {
  BALANCES,
  CATEGORIES,
  type CommitmentTable,
  closedCommitments,
  ENTRIES,
  ITEMS,
  LINES,
  LOCATIONS,
  MANUFACTURERS,
  NODE_COUNTS,
  NODE_SUMS,
  openCommitments,
  REMOVED_THRESHOLDS,
  ROLLUP_HOURS,
  ROLLUP_KINDS,
  ROLLUP_MONTHS,
  ROLLUP_PLACES,
  THRESHOLDS,
} from "./Tables.js";
import type { Outcome, Transactions, WriteFailure } from "./Transaction.js";

/** Writes the rows of a batch; runs within a transaction. */
type WriteBatch = (ledger: LedgerId, batch: Batch) => void;

/** Appends batches. Another writer's head makes a batch fail before anything is written. */
export function makeAppend(
  db: Database,
  transactions: Transactions,
): (ledger: LedgerId, batch: Batch) => Outcome<HeadMoved | undefined, WriteFailure> {
  const moveHead = makeMoveHead(db);
  const writeRows = makeWriteRows(db);
  return (ledger, batch) =>
    transactions.write(() => {
      const moved = moveHead(ledger, batch);
      if (moved === undefined) writeRows(ledger, batch);
      return moved;
    });
}

/** Moves the head from where the batch expects it, or tells where it is. */
function makeMoveHead(db: Database): (ledger: LedgerId, batch: Batch) => HeadMoved | undefined {
  const compareAndSet = db.prepare<(number | string | null)[]>(
    `UPDATE ledgers SET head = ?, recorded_at = ?, item_count = ?, location_count = ?,
      line_count = ?, locations_sequence = ?, settings = coalesce(settings, ?)
    WHERE ledger = ? AND head = ?`,
  );
  const readHead = db
    .prepare<[number], number>("SELECT head FROM ledgers WHERE ledger = ?")
    .pluck();
  return (ledger, { head, expectedHead, entries }) => {
    const { changes } = compareAndSet.run(
      head.sequence,
      head.recordedAt,
      head.itemCount,
      head.locationCount,
      head.lineCount,
      head.locationsSequence,
      settingsText(entries),
      ledger,
      expectedHead,
    );
    if (changes === 1) return undefined;
    const found = readHead.get(ledger);
    if (found === undefined) throw noSuchLedger(ledger);
    return new HeadMoved({ expected: expectedHead, found });
  };
}

export function noSuchLedger(ledger: LedgerId): StoreFault {
  return new StoreFault({ reason: "missing", message: `the store has no ledger ${ledger}` });
}

function settingsText(entries: readonly EntryRow[]): string | null {
  const opened = entries.find((entry) => entry.type === "opened");
  return opened === undefined ? null : JSON.stringify(opened.body.settings);
}

function makeWriteRows(db: Database): WriteBatch {
  const entries = makeBulk(db, ENTRIES);
  const lines = makeBulk(db, LINES);
  const balances = makeBulk(db, BALANCES);
  const hours = makeBulk(db, ROLLUP_HOURS);
  const months = makeBulk(db, ROLLUP_MONTHS);
  const kinds = makeBulk(db, ROLLUP_KINDS);
  const nodeSums = makeBulk(db, NODE_SUMS);
  const nodeCounts = makeBulk(db, NODE_COUNTS);
  const places = makeBulk(db, ROLLUP_PLACES);
  const items = makeBulk(db, ITEMS);
  const locations = makeBulk(db, LOCATIONS);
  const categories = makeBulk(db, CATEGORIES);
  const manufacturers = makeBulk(db, MANUFACTURERS);
  const removedThresholds = makeBulk(db, REMOVED_THRESHOLDS);
  const thresholds = makeBulk(db, THRESHOLDS);
  const reservations = makeCommitments(db, "reservations");
  const shipments = makeCommitments(db, "shipments");
  return (ledger, batch) => {
    entries(ledger, batch.entries);
    lines(ledger, batch.lines);
    balances(ledger, batch.balances);
    hours(ledger, batch.rollups);
    months(ledger, batch.rollups);
    kinds(ledger, batch.kindRollups);
    nodeSums(ledger, batch.nodeSums);
    nodeCounts(ledger, batch.nodeCounts);
    places(ledger, batch.placeRollups);
    items(ledger, batch.items);
    locations(ledger, batch.locations);
    categories(ledger, batch.categories);
    manufacturers(ledger, batch.manufacturers);
    removedThresholds(ledger, batch.removedThresholds);
    thresholds(ledger, batch.thresholds);
    reservations(ledger, batch.reservations);
    shipments(ledger, batch.shipments);
  };
}

function makeCommitments(
  db: Database,
  table: CommitmentTable,
): (ledger: LedgerId, rows: Batch[CommitmentTable]) => void {
  const open = makeBulk(db, openCommitments(table));
  const closed = makeBulk(db, closedCommitments(table));
  return (ledger, rows) => {
    if (rows.length === 0) return;
    open(
      ledger,
      rows.filter(({ lines }) => lines.length > 0),
    );
    closed(
      ledger,
      rows.filter(({ lines }) => lines.length === 0),
    );
  };
}
