import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isBefore } from "../src/Open.js";
import { openingBatch, receipts } from "./support/Batches.js";
import { makeFile, openingFault, withDatabase, withFile, withStore } from "./support/Files.js";

/** Root may write anywhere, so what it may not is tried by a process of somebody else's. */
const OPEN = fileURLToPath(new URL("./processes/open.mjs", import.meta.url));

const fault = (reason: string, message: string) => ({
  _tag: "StoreFault",
  reason,
  message: expect.stringContaining(message),
});

describe("opening a file", () => {
  it("makes one that is not there", () =>
    withFile(async (file) => {
      expect(await openingFault(file)).toBeUndefined();
      expect(existsSync(file)).toBe(true);
    }));

  it("leaves no other file beside it once it is closed", () =>
    withFile(async (file) => {
      await makeFile(file);
      expect([existsSync(`${file}-wal`), existsSync(`${file}-shm`)]).toEqual([false, false]);
    }));

  it("makes none where it must exist", () =>
    withFile(async (file) => {
      const found = await openingFault(file, { mustExist: true });
      expect(found).toMatchObject(fault("missing", "there is no file"));
      expect(existsSync(file)).toBe(false);
    }));

  it("names a directory that is missing, and does not make it", () =>
    withFile(async (file) => {
      const directory = `${file}-folder`;
      const found = await openingFault(`${directory}/stock.db`);
      expect(found).toMatchObject(fault("missing", directory));
      expect(existsSync(directory)).toBe(false);
    }));

  it("refuses an empty file where it must exist", () =>
    withFile(async (file) => {
      writeFileSync(file, "");
      const found = await openingFault(file, { mustExist: true });
      expect(found).toMatchObject(fault("damaged", "is empty"));
    }));

  it("refuses a directory, and what is no file at all", () =>
    withFile(async (file) => {
      mkdirSync(file);
      expect(await openingFault(file)).toMatchObject(fault("unavailable", "is no file"));
      expect(await openingFault(":memory:")).toMatchObject(fault("unavailable", "memory()"));
      expect(await openingFault("")).toMatchObject(fault("unavailable", "memory()"));
    }));

  it("refuses a file that is not a database, and leaves it as it is", () =>
    withFile(async (file) => {
      const garbage = "No database, but a letter. ".repeat(500);
      writeFileSync(file, garbage);
      expect(await openingFault(file)).toMatchObject(fault("damaged", "not a database"));
      expect(readFileSync(file, "utf8")).toBe(garbage);
    }));

  it("refuses the database of another program, and leaves it as it is", () =>
    withFile(async (file) => {
      withDatabase(file, (db) =>
        db.exec("CREATE TABLE notes (text); INSERT INTO notes VALUES (1)"),
      );
      const before = readFileSync(file);
      expect(await openingFault(file)).toMatchObject(fault("damaged", "not a Stockbook file"));
      expect(readFileSync(file).equals(before)).toBe(true);
    }));

  it("refuses an empty database that another program has marked", () =>
    withFile(async (file) => {
      withDatabase(file, (db) => db.pragma("application_id = 4711"));
      expect(await openingFault(file)).toMatchObject(fault("damaged", "not a Stockbook file"));
    }));

  it("refuses a file that has been cut short", () =>
    withFile(async (file) => {
      await makeFile(file);
      truncateSync(file, statSync(file).size / 2);
      expect(await openingFault(file)).toMatchObject(fault("damaged", "restore it"));
    }));

  it("refuses a file whose pages have been written over", () =>
    withFile(async (file) => {
      await makeFile(file);
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0x5a, 4096));
      expect(await openingFault(file)).toMatchObject(fault("damaged", "restore it"));
    }));

  it.each([
    ["a file", 0o777, 0o444, (file: string) => file],
    ["a directory", 0o555, 0o666, dirname],
  ])("refuses %s that cannot be written", (_, directoryMode, fileMode, culprit) =>
    withFile(async (file) => {
      await makeFile(file);
      chmodSync(dirname(file), directoryMode);
      chmodSync(file, fileMode);
      const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
      const { stdout } = spawnSync(process.execPath, [OPEN, file], { ...nobody, encoding: "utf8" });
      const expected = { _tag: "StoreFault", reason: "read-only" };
      expect(JSON.parse(stdout)).toMatchObject(expected);
      expect(JSON.parse(stdout).message).toBe(`this process may not write to ${culprit(file)}`);
    }),
  );

  it("keeps two stores over one file apart", () =>
    withFile(async (file) => {
      await makeFile(file);
      await withStore(file, (first) => first.append(1, openingBatch()));
      const head = await withStore(file, (second) => second.head(1));
      expect(head).toEqual(openingBatch().head);
      const next = receipts(head, 1);
      await withStore(file, (third) => third.append(1, next));
      expect(await withStore(file, (fourth) => fourth.head(1))).toEqual(next.head);
    }));
});

describe("versions", () => {
  it.each([
    [[3, 51, 2], true],
    [[3, 51, 3], false],
    [[3, 52], false],
    [[3, 9, 99], true],
    [[4, 0, 0], false],
    [[3, 51], true],
  ] as const)("%j is before 3.51.3: %s", (version, before) => {
    expect(isBefore(version, [3, 51, 3])).toBe(before);
  });
});

it("is called by its name in messages", () =>
  withFile(async (file) => {
    writeFileSync(file, "x".repeat(2000));
    expect(await openingFault(file)).toMatchObject({
      message: expect.stringMatching(`^${basename(file)} is damaged`),
    });
  }));
