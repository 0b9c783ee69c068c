import type { SqlClient } from "@effect/sql/SqlClient";
import type { LedgerSettings } from "@stockbook/core";
import {
  DEFAULT_PLAN,
  DEFAULT_SETTINGS,
  type LocationSummary,
  openStockbook,
} from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { Cause, Effect, Exit } from "effect";
import { describe, expect, it } from "vitest";
import { APPLICATION_ID } from "../src/Config.js";
import { MIGRATIONS, type Migration, migrate } from "../src/Migrations.js";
import { NODE_SCHEMA } from "../src/NodeSchema.js";
import { openClient } from "../src/Snapshot.js";
import {
  contentsOf,
  makeFile,
  openingFault,
  withDatabase,
  withFile,
  withStore,
} from "./support/Files.js";
import { writeVersion4 } from "./support/Version4.js";

const first: Migration = { version: 1, name: "one", statements: ["CREATE TABLE one (n)"] };
const second: Migration = {
  version: 2,
  name: "two",
  statements: ["ALTER TABLE one ADD COLUMN m", "INSERT INTO one VALUES (1, 2)"],
};

function migrated(file: string, migrations: readonly Migration[]): Promise<unknown> {
  const run = (client: SqlClient) =>
    Effect.flatMap(client.reserve, (connection) => migrate(connection, migrations));
  const program = Effect.scoped(Effect.flatMap(openClient(file), run));
  return Effect.runPromiseExit(program).then((exit) =>
    Exit.isSuccess(exit) ? undefined : Cause.squash(exit.cause),
  );
}

interface FirstOrganisation {
  readonly id: string;
  /** Settings of its ledgers; null where one has never been opened. */
  readonly live: LedgerSettings | null;
  readonly test: LedgerSettings | null;
}

/** A file as version 1 of the tables has it. */
async function makeFirstVersion(
  file: string,
  organisations: readonly FirstOrganisation[],
): Promise<void> {
  expect(await migrated(file, MIGRATIONS.slice(0, 1))).toBeUndefined();
  withDatabase(file, (db) => {
    const organisation = db.prepare("INSERT INTO organisations VALUES (?, ?, 5)");
    const ledger = db.prepare(
      `INSERT INTO ledgers (organisation, mode, head, recorded_at, item_count, location_count,
        line_count, settings) VALUES (?, ?, 0, ?, 0, 6, 0, ?)`,
    );
    for (const { id, live, test } of organisations) {
      organisation.run(id, id.toUpperCase());
      for (const [mode, opened] of Object.entries({ live, test })) {
        ledger.run(id, mode, Number.MIN_SAFE_INTEGER, opened && JSON.stringify(opened));
      }
    }
  });
}

function settings(currency: string): LedgerSettings {
  return { timeZone: "Asia/Tokyo", currency, negativePolicy: "allow" };
}

function named(id: string, live: number) {
  return { id, name: id.toUpperCase(), ledgers: { live, test: live + 1 } };
}

function eur(amount: number) {
  return { amount, currency: "EUR" };
}

function inr(amount: number) {
  return { amount, currency: "INR" };
}

const TREE = ["site", "store", "shelf", "hall", "yard"];

/** A book with a tree of locations, lots, precisions, currencies and rules; what is in them. */
async function withTree(file: string): Promise<readonly LocationSummary[]> {
  await using stock = await openStockbook({ store: sqlite(file) });
  await stock.submitAll([
    { type: "put-location", id: "yard" },
    { type: "put-location", id: "site" },
    { type: "put-location", id: "store", parent: "site" },
    { type: "put-location", id: "shelf", parent: "store" },
    { type: "put-location", id: "hall", parent: "site" },
    { type: "put-item", sku: "tea" },
    { type: "put-item", sku: "rope", precision: 2, currency: "USD" },
    { type: "put-item", sku: "bolt" },
    {
      type: "receive",
      location: "shelf",
      lines: [
        { item: "tea", quantity: 5, cost: 50, lot: "a" },
        { item: "tea", quantity: 3, cost: 33, lot: "b" },
      ],
    },
    { type: "receive", location: "store", lines: [{ item: "rope", quantity: "2.25", cost: 9 }] },
    { type: "receive", location: "yard", lines: [{ item: "rope", quantity: "0.75", cost: 3 }] },
    { type: "set-threshold", item: "tea", location: "shelf", minimum: 9 },
    { type: "set-threshold", item: "tea", location: "store", minimum: 8 },
    { type: "set-threshold", item: "bolt", location: "site", minimum: 1 },
    { type: "issue", location: "yard", lines: [{ item: "rope", quantity: "0.75" }] },
  ]);
  return stock.summaries(TREE);
}

/** Up to version 6, roll-ups of places counted the lines that change nothing on hand too. */
function withoutLines(tables: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [
      name,
      (rows as readonly { readonly lines: number }[]).map(({ lines: _, ...row }) => row),
    ]),
  );
}

describe("migrations", () => {
  it("are numbered 1, 2, 3 …", () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1));
  });

  it("bring a new file to the latest version and mark it as ours", () =>
    withFile(async (file) => {
      await makeFile(file);
      withDatabase(file, (db) => {
        const { migrations } = contentsOf(db);
        expect(migrations).toEqual(MIGRATIONS.map(({ version, name }) => ({ version, name })));
        expect(db.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
      });
    }));

  it("do nothing the second time", () =>
    withFile(async (file) => {
      await makeFile(file);
      const before = withDatabase(file, contentsOf);
      expect(await openingFault(file)).toBeUndefined();
      expect(withDatabase(file, contentsOf)).toEqual(before);
    }));

  it("bring a file of an earlier version forward and keep what is in it", () =>
    withFile(async (file) => {
      expect(await migrated(file, [first])).toBeUndefined();
      withDatabase(file, (db) => db.exec("INSERT INTO one VALUES (7)"));
      expect(await migrated(file, [first, second])).toBeUndefined();
      expect(withDatabase(file, contentsOf)).toEqual({
        migrations: [
          { version: 1, name: "one" },
          { version: 2, name: "two" },
        ],
        one: [
          { n: 7, m: null },
          { n: 1, m: 2 },
        ],
      });
    }));

  it("bring the organisations of version 1 forward, with the settings of their ledgers", () =>
    withFile(async (file) => {
      await makeFirstVersion(file, [
        { id: "both", live: settings("JPY"), test: settings("USD") },
        { id: "tried", live: null, test: settings("CHF") },
        { id: "unused", live: null, test: null },
      ]);
      const organisations = await withStore(file, (store) => store.organisations);
      const shared = { createdAt: 5, plan: DEFAULT_PLAN, options: {} };
      expect(organisations).toEqual([
        { ...shared, ...named("both", 1), settings: settings("JPY") },
        { ...shared, ...named("tried", 3), settings: settings("CHF") },
        { ...shared, ...named("unused", 5), settings: DEFAULT_SETTINGS },
      ]);
      const unused = await withStore(file, (store) => store.organisation("unused"));
      expect(unused).toEqual(organisations[2]);
    }));

  it("bring a book of version 1 forward as it was", () =>
    withFile(async (file) => {
      await makeFirstVersion(file, [{ id: "acme", live: null, test: null }]);
      withDatabase(file, writeVersion4);
      const before = withDatabase(file, contentsOf);
      await using stock = await openStockbook({ store: sqlite(file), organisation: "acme" });
      expect(stock.settings.timeZone).toBe("Asia/Kolkata");
      expect(await stock.head()).toBe(18);
      const { rows } = await stock.stock({ location: "shop" });
      expect(rows).toMatchObject([
        { sku: "tea", onHand: 70 },
        { sku: "bolt", onHand: 47 },
      ]);
      const { organisations: _, migrations: __, rollup_hours, rollup_months, ...books } = before;
      const rollups = { rollup_hours, rollup_months };
      expect(withDatabase(file, contentsOf)).toMatchObject({ ...books, ...withoutLines(rollups) });
    }));

  it("sum up by kind the movements of a file of version 4", () =>
    withFile(async (file) => {
      await makeFirstVersion(file, [{ id: "acme", live: null, test: null }]);
      expect(await migrated(file, MIGRATIONS.slice(0, 4))).toBeUndefined();
      withDatabase(file, writeVersion4);
      await using stock = await openStockbook({ store: sqlite(file), organisation: "acme" });
      expect(await stock.statistics()).toEqual({
        transactions: 12,
        lines: 13,
        kinds: [
          { kind: "receive", transactions: 3, lines: 4, value: [eur(5505), inr(907)] },
          { kind: "issue", transactions: 4, lines: 5, value: [eur(300), inr(60)] },
          { kind: "transfer", transactions: 1, lines: 1, value: [inr(100)] },
          { kind: "count", transactions: 2, lines: 1, value: [inr(60)] },
          { kind: "reserve", transactions: 1, lines: 1, value: [inr(0)] },
          { kind: "reverse", transactions: 1, lines: 1, value: [inr(10)] },
        ],
      });
      const marchInKolkata = {
        from: Date.UTC(2026, 2, 1, 18, 30),
        to: Date.UTC(2026, 2, 2, 18, 30),
      };
      expect(await stock.statistics(marchInKolkata)).toMatchObject({ transactions: 6, lines: 6 });
      const before1970 = await stock.statistics({ to: 0 });
      expect(before1970).toMatchObject({ transactions: 2, lines: 3 });
      expect(await stock.verify()).toMatchObject({ sound: true, differences: [] });
    }));

  it("fill what reports are read from with the lines of a file of version 4", () =>
    withFile(async (file) => {
      await makeFirstVersion(file, [{ id: "acme", live: null, test: null }]);
      expect(await migrated(file, MIGRATIONS.slice(0, 4))).toBeUndefined();
      withDatabase(file, writeVersion4);
      await using stock = await openStockbook({ store: sqlite(file), organisation: "acme" });
      const told = [];
      for await (const { body, occurredAt } of stock.entries()) {
        if (body.type === "movement")
          told.push(...body.lines.map((line) => ({ ...line, occurredAt })));
      }
      expect(await stock.verify()).toMatchObject({ sound: true, differences: [] });
      for (const { id: location } of await stock.locations()) {
        const all = await stock.stockDetail({ location });
        const touching = told.filter(
          ({ from, to }) => from !== to && (from === location || to === location),
        );
        expect(all.total).toBe(touching.length);
        expect(all.rows.map(({ occurredAt }) => occurredAt)).toEqual(
          touching.map(({ occurredAt }) => occurredAt).sort((a, b) => a - b),
        );
        for (const { item, closing } of (await stock.stockSummary({ location })).rows) {
          const own = await stock.stockDetail({ location, item: item.id });
          expect(own.rows).toEqual(all.rows.filter((row) => row.item.id === item.id));
          expect(own.rows.at(-1)?.balance ?? 0).toBe(closing);
        }
      }
    }));

  it("find when the locations of a file of version 4 last changed", () =>
    withFile(async (file) => {
      await makeFirstVersion(file, [{ id: "acme", live: null, test: null }]);
      expect(await migrated(file, MIGRATIONS.slice(0, 4))).toBeUndefined();
      withDatabase(file, writeVersion4);
      const sequences = await withStore(file, (store) =>
        Effect.forEach([1, 2], (ledger) =>
          Effect.map(store.locations(ledger), ({ sequence, locations }) => [
            sequence,
            locations.length,
          ]),
        ),
      );
      // The shelf was moved out of the shop; the other ledger has never been opened.
      expect(sequences).toEqual([
        [16, 2],
        [0, 0],
      ]);
    }));

  it("add up what is in the locations of a file and below them", () =>
    withFile(async (file) => {
      const before = await withTree(file);
      withDatabase(file, (db) => {
        db.exec("DROP TABLE node_sums; DROP TABLE node_counts; DROP INDEX thresholds_depleted_at");
        for (const statement of NODE_SCHEMA) db.exec(statement);
      });
      await using stock = await openStockbook({ store: sqlite(file) });
      expect(await stock.summaries(TREE)).toEqual(before);
      expect(before.map(({ items, belowMinimum }) => [items, belowMinimum])).toEqual([
        [3, 2],
        [2, 1],
        [1, 1],
        [0, 0],
        [1, 0],
      ]);
      expect(await stock.verify()).toMatchObject({ sound: true, differences: [] });
    }));

  it("leave the file as it was when one of them fails", () =>
    withFile(async (file) => {
      await migrated(file, [first]);
      const before = withDatabase(file, contentsOf);
      const broken = {
        ...second,
        statements: [...second.statements, "INSERT INTO nowhere VALUES (1)"],
      };
      expect(await migrated(file, [first, broken])).toBeDefined();
      expect(withDatabase(file, contentsOf)).toEqual(before);
      expect(await migrated(file, [first, second])).toBeUndefined();
    }));

  it("refuse a file of a newer version, naming both", () =>
    withFile(async (file) => {
      await makeFile(file);
      withDatabase(file, (db) => db.exec("INSERT INTO migrations VALUES (99, 'far ahead')"));
      expect(await openingFault(file)).toMatchObject({
        _tag: "StoreFault",
        reason: "newer",
        message: expect.stringMatching(/version 99 .* up to version \d+;/),
      });
    }));

  it("of two stores that open a new file at once happen once", () =>
    withFile(async (file) => {
      const faults = await Promise.all([openingFault(file), openingFault(file)]);
      expect(faults).toEqual([undefined, undefined]);
      expect(withDatabase(file, contentsOf).migrations).toHaveLength(MIGRATIONS.length);
    }));
});
