import type { SqlClient } from "@effect/sql/SqlClient";
import { DEFAULT_PLAN, DEFAULT_SETTINGS } from "@stockbook/engine";
import { Cause, Effect, Exit } from "effect";
import { describe, expect, it } from "vitest";
import { APPLICATION_ID } from "../src/Config.js";
import { MIGRATIONS, type Migration, migrate } from "../src/Migrations.js";
import { openReader } from "../src/Snapshot.js";
import {
  contentsOf,
  makeFile,
  openingFault,
  withDatabase,
  withFile,
  withStore,
} from "./support/Files.js";

const first: Migration = { version: 1, name: "one", statements: ["CREATE TABLE one (n)"] };
const second: Migration = {
  version: 2,
  name: "two",
  statements: ["ALTER TABLE one ADD COLUMN m", "INSERT INTO one VALUES (1, 2)"],
};

function migrated(file: string, migrations: readonly Migration[]): Promise<unknown> {
  const run = (client: SqlClient) =>
    Effect.flatMap(client.reserve, (connection) => migrate(connection, migrations));
  const program = Effect.scoped(Effect.flatMap(openReader(file), run));
  return Effect.runPromiseExit(program).then((exit) =>
    Exit.isSuccess(exit) ? undefined : Cause.squash(exit.cause),
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

  it("bring a file of version 1 forward with its organisations and their ledgers", () =>
    withFile(async (file) => {
      expect(await migrated(file, MIGRATIONS.slice(0, 1))).toBeUndefined();
      withDatabase(file, (db) => {
        const opened = (currency: string) =>
          JSON.stringify({ timeZone: "Asia/Tokyo", currency, negativePolicy: "allow" });
        const organisation = db.prepare("INSERT INTO organisations VALUES (?, ?, 5)");
        const ledger = db.prepare(
          `INSERT INTO ledgers (organisation, mode, head, recorded_at, item_count, location_count,
            line_count, settings) VALUES (?, ?, 0, 0, 0, 6, 0, ?)`,
        );
        for (const [id, live, test] of [
          ["both", opened("JPY"), opened("USD")],
          ["tried", null, opened("CHF")],
          ["unused", null, null],
        ] as const) {
          organisation.run(id, id.toUpperCase());
          ledger.run(id, "live", live);
          ledger.run(id, "test", test);
        }
      });
      const organisations = await withStore(file, (store) =>
        Effect.zipLeft(store.organisations, store.keysOf("both")),
      );
      const tokyo = { timeZone: "Asia/Tokyo", negativePolicy: "allow" };
      const shared = { createdAt: 5, plan: DEFAULT_PLAN };
      expect(organisations).toEqual([
        {
          ...shared,
          id: "both",
          name: "BOTH",
          settings: { ...tokyo, currency: "JPY" },
          ledgers: { live: 1, test: 2 },
        },
        {
          ...shared,
          id: "tried",
          name: "TRIED",
          settings: { ...tokyo, currency: "CHF" },
          ledgers: { live: 3, test: 4 },
        },
        {
          ...shared,
          id: "unused",
          name: "UNUSED",
          settings: DEFAULT_SETTINGS,
          ledgers: { live: 5, test: 6 },
        },
      ]);
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
