import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { HandWritten } from "../src/floors/HandWritten.js";
import { openFile, submitAccepted } from "../src/Ledgers.js";
import { Traffic } from "../src/Traffic.js";

const ITEMS = 10;
const TABLES = [
  "entries",
  "lines",
  "balances",
  "rollup_hours",
  "rollup_months",
  "rollup_kinds",
  "node_sums",
  "node_counts",
  "ledgers",
];

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "stockbook-bench-"));
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 4, 17, 9, 30) });
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true, force: true });
});

// A floor that wrote less than the store would be no floor.
it("writes the very rows that the store writes", async () => {
  const engine = join(directory, "engine.db");
  const hand = join(directory, "hand.db");

  const stock = await openFile(engine, ITEMS);
  for (const batch of batches()) await submitAccepted(stock, batch);
  await stock.close();
  const byHand = await HandWritten.open(hand, ITEMS);
  for (const batch of batches()) byHand.write(batch);
  byHand[Symbol.dispose]();

  const written = rowsIn(hand);
  expect(written.lines).toHaveLength(ITEMS + 67);
  expect(written).toEqual(rowsIn(engine));
});

it("leaves a ledger that verifies", async () => {
  const file = join(directory, "hand.db");
  const byHand = await HandWritten.open(file, ITEMS);
  for (const batch of batches()) byHand.write(batch);
  byHand[Symbol.dispose]();

  await using stock = await openStockbook({ store: sqlite(file) });
  expect((await stock.verify()).differences).toEqual([]);
});

function batches() {
  const traffic = new Traffic({ items: ITEMS });
  return [40, 1, 25, 1].map((size) => traffic.take(size));
}

function rowsIn(file: string): Readonly<Record<string, readonly unknown[]>> {
  const database = new Database(file, { readonly: true });
  try {
    const rowsOf = (table: string) => database.prepare(`SELECT * FROM ${table}`).all();
    return Object.fromEntries(TABLES.map((table) => [table, rowsOf(table)]));
  } finally {
    database.close();
  }
}
