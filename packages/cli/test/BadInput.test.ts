import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { BIN, directory, feedOf, file, json, run, stockbook } from "./support/Cli.js";

const HEADER = "document,sku,quantity,time";
const cwd = directory();
const db = join(cwd, "stock.db");

let names = 0;

/** A name of its own, for the tests run side by side. */
const nameFor = (extension: string) => `bad${names++}.${extension}`;

const bytesOf = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Runs a command that must fail: one line that says what, exit status 1, nothing printed. */
async function complaintOf(words: readonly string[], at = cwd): Promise<string> {
  const { status, stdout, stderr } = await stockbook(words, { cwd: at });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^stockbook[^\n]*\n$/);
  return stderr.trim();
}

beforeAll(async () => {
  const rows = ["1,A,2,2025-01-02T10:00", "2,B,3,2025-01-03T10:00"];
  file(cwd, "good.csv", [HEADER, ...rows].join("\n"));
  file(cwd, "deny.json", JSON.stringify({ openingStock: 5, minimum: 4 }));
  await json(["import", "good.csv", "--mapping", "deny.json"], cwd);
});

describe.concurrent("a file that cannot be imported changes nothing", () => {
  const rows = (...lines: readonly string[]) =>
    [HEADER, "9,A,1,2025-01-05", ...lines, ""].join("\n");
  const latin = Buffer.from(rows("8,CAF\u00c9,1,2025-01-05"), "latin1");
  const gzip = gzipSync(rows("8,A,1,2025-01-05"));

  it.each<[string, string | Uint8Array, RegExp]>([
    [
      "an unreadable date",
      rows("8,A,1,05/01/2025"),
      /bad\d+\.csv, line 3, column time: .* "05\/01\/2025"/,
    ],
    ["a date that is none", rows("8,A,1,2025-02-30"), /line 3, column time: .*not "2025-02-30"/],
    ["a date in the future", rows("8,A,1,2999-01-05"), /line 3, column time: .*future/],
    [
      "a quantity that is no number",
      rows("8,A,few,2025-01-05"),
      /line 3, column quantity: .*"few"/,
    ],
    ["NaN", rows("8,A,NaN,2025-01-05"), /line 3, column quantity: .*decimal number.*"NaN"/],
    ["too many decimals", rows("8,A,1.5,2025-01-05"), /line 3, column quantity: no decimal places/],
    [
      "a quantity beyond 2^53-1",
      rows("8,A,9007199254740992,2025-01-05"),
      /line 3, column quantity: at most 9007199254740991/,
    ],
    ["a missing code", rows("8,,1,2025-01-05"), /line 3, column sku: an item code/],
    ["a missing number", rows(",A,1,2025-01-05"), /line 3, column document: a document number/],
    ["a line that is too short", rows("8,A", "7,A,1,2025-01-05"), /line 3: it has 2 columns/],
    ["a line that is too long", rows("8,A,1,2025-01-05,x"), /line 3: it has 5 columns/],
    ["a quote without an end", rows('8,"A,1,2025-01-05', "7,A,1,x"), /line 3: a quoted text/],
    [
      "a column that is not there",
      "no,sku,quantity,time\n",
      /line 1: there is no column "document"/,
    ],
    ["another delimiter", HEADER.replaceAll(",", ";"), /there are "document;sku;quantity;time"/],
    ["a wrong encoding", latin, /line 3, byte 49: 0xc9 is not utf-8; .*"encoding": "windows-1252"/],
    ["nothing in it", "", /bad\d+\.csv: the file is empty/],
    ["a header only", `${HEADER}\n`, /bad\d+\.csv: there is nothing below the header/],
    ["gzip that breaks off", gzip.subarray(0, -12), /bad\d+\.csv: the gzip data breaks off/],
    [
      "gzip that is damaged",
      Buffer.from(gzip).fill(7, 20, 40),
      /bad\d+\.csv: the gzip data is damaged/,
    ],
  ])("%s", async (_, content, complaint) => {
    const before = bytesOf(db);
    const name = file(cwd, nameFor("csv"), content);
    expect(await complaintOf(["import", name])).toMatch(complaint);
    expect(bytesOf(db)).toBe(before);
  });

  it("a file that is not there, or is none", async () => {
    expect(await complaintOf(["import", "none.csv"])).toMatch(/none\.csv: there is no such file/);
    expect(await complaintOf(["import", "."])).toMatch(/it is a directory/);
  });

  it("a file named .gz that is none", async () => {
    file(cwd, "plain.csv.gz", HEADER);
    expect(await complaintOf(["import", "plain.csv.gz"])).toMatch(/named \.gz but is not gzip/);
  });

  it("a cut-off last line, where --strict is given", async () => {
    const before = bytesOf(db);
    file(cwd, "cut.csv", `${HEADER}\n8,A,1,2025-01-05\n7,A`);
    const complaint = await complaintOf(["import", "cut.csv", "--strict"]);
    expect(complaint).toMatch(/cut\.csv, line 3: it is cut off; fetch the file again/);
    expect(bytesOf(db)).toBe(before);
  });

  it("makes no book where there was none", async () => {
    const name = file(cwd, nameFor("csv"), rows("8,A,few,2025-01-05"));
    await complaintOf(["import", name, "--db", "unmade.db"]);
    expect(existsSync(join(cwd, "unmade.db"))).toBe(false);
  });
});

describe.concurrent("a mapping that cannot be used changes nothing", () => {
  it.each([
    ['{"colums": {}}', /bad\d+\.json: there is no field colums; there are columns, /],
    [
      '{"timeZone": "Mars/Base"}',
      /bad\d+\.json: timeZone must be a time zone such as Europe\/London/,
    ],
    ['{"openingStock": -5}', /bad\d+\.json: openingStock must be a number, 0 or more, not -5/],
    [
      '{"columns": {"sku": "Code"}}',
      /good\.csv, line 1: there is no column "Code"; there are "docu/,
    ],
    [
      '{"negativePolicy": "allow"}',
      /stock\.db: the book was opened with the negative policy "deny"/,
    ],
    ["{", /bad\d+\.json: it is not JSON/],
  ])("%s", async (mapping, complaint) => {
    const before = await feedOf(db);
    const name = file(cwd, nameFor("json"), mapping);
    expect(await complaintOf(["import", "good.csv", "--mapping", name])).toMatch(complaint);
    expect(await feedOf(db)).toEqual(before);
  });

  it("that is not there", async () => {
    const words = ["import", "good.csv", "--mapping", "none.json"];
    expect(await complaintOf(words)).toMatch(/none\.json: there is no such file/);
  });
});

describe.concurrent("a question that cannot be answered", () => {
  it.each([
    [["card", "C"], /stock\.db: there is no item C/],
    [["card", "A", "--location", "moon"], /stock\.db: there is no location moon; there are main/],
    [["card", "A", "--from", "soon"], /--from must be a day such as 2010-12-01/],
    [["stock", "--location", "moon"], /stock\.db: there is no location moon; there are main/],
    [["stok"], /there is no command stok; there are import, stock, card/],
    [["card"], /stockbook card: missing argument <sku>; see stockbook card --help/],
    [["stock", "--al"], /stockbook stock: --al is not known here; see stockbook stock --help/],
    [["stock", "--db"], /stockbook stock: --db needs a value; see stockbook stock --help/],
    [["demo", "--db", "stock.db"], /stock\.db: the demo did not make this file/],
  ])("%j", async (words, complaint) => {
    const before = bytesOf(db);
    expect(await complaintOf(words)).toMatch(complaint);
    expect(bytesOf(db)).toBe(before);
  });

  it.each([["stock"], ["low"], ["plan"], ["verify"], ["card", "A"]])(
    "%s without a book",
    async (...words) => {
      const complaint = await complaintOf([...words, "--db", "none.db"]);
      expect(complaint).toMatch(/none\.db: there is no such file; `stockbook import` makes one/);
      expect(existsSync(join(cwd, "none.db"))).toBe(false);
    },
  );
});

/** The driver of the store, to do to a file what the store never would. */
interface Driver {
  new (
    path: string,
  ): {
    exec: (sql: string) => void;
    close: () => void;
  };
}

// Untyped because it is a dependency of the store, not of this package.
const storePackage = createRequire(import.meta.url).resolve("@stockbook/store-sqlite/package.json");
const Driver = createRequire(storePackage)("better-sqlite3") as Driver;

describe.concurrent("a database that cannot be used", () => {
  const copy = (name: string): string => {
    writeFileSync(join(cwd, name), readFileSync(db));
    return join(cwd, name);
  };
  const importInto = (name: string) => ["import", "good.csv", "--db", name];

  it("because another process writes to it", async () => {
    const locked = new Driver(copy("locked.db"));
    locked.exec("BEGIN IMMEDIATE");
    file(cwd, "more.csv", `${HEADER}\n3,A,1,2025-01-05`);
    const complaint = await complaintOf(["import", "more.csv", "--db", "locked.db"]);
    locked.close();
    expect(complaint).toMatch(/another process is writing to locked\.db; try again/);
    expect(await feedOf(join(cwd, "locked.db"))).toEqual(await feedOf(db));
  });

  it("because it is damaged", async () => {
    const path = copy("damaged.db");
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.from(bytes).fill(0x55, 100, bytes.length));
    const before = bytesOf(path);
    for (const words of [importInto("damaged.db"), ["stock", "--db", "damaged.db"]]) {
      expect(await complaintOf(words)).toMatch(/damaged\.db.* damaged/);
    }
    expect(bytesOf(path)).toBe(before);
  });

  it("because it is no database", async () => {
    file(cwd, "letter.db", "Dear Sir or Madam, ".repeat(100));
    const before = bytesOf(join(cwd, "letter.db"));
    expect(await complaintOf(importInto("letter.db"))).toMatch(/letter\.db.* not a database/);
    expect(bytesOf(join(cwd, "letter.db"))).toBe(before);
  });

  it("because it is somebody else's", async () => {
    const other = new Driver(join(cwd, "other.db"));
    other.exec("CREATE TABLE mine (x)");
    other.close();
    const before = bytesOf(join(cwd, "other.db"));
    expect(await complaintOf(importInto("other.db"))).toMatch(/other\.db is not a Stockbook file/);
    expect(bytesOf(join(cwd, "other.db"))).toBe(before);
  });

  it("because a newer version wrote it", async () => {
    const newer = new Driver(copy("newer.db"));
    newer.exec("INSERT INTO migrations (version, name) VALUES (999, 'of the year 2100')");
    newer.close();
    for (const words of [importInto("newer.db"), ["stock", "--db", "newer.db"]]) {
      expect(await complaintOf(words)).toMatch(/newer\.db: the file has version 999/);
    }
  });

  it("because its directory is not there", async () => {
    expect(await complaintOf(importInto("no/such/stock.db"))).toMatch(
      /directory .* does not exist/,
    );
  });

  it("because it cannot grow", async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `${i},I${i},1,2025-01-05`);
    file(cwd, "large.csv", [HEADER, ...rows].join("\n"));
    const command = `ulimit -f 800; exec "${process.execPath}" "${BIN}" import large.csv --db full.db`;
    const { status, stdout, stderr } = await run("sh", ["-c", command], { cwd });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^stockbook: full\.db/);
    expect(await json(["verify", "--db", "full.db"], cwd)).toMatchObject({ sound: true });
    const again = await json(["import", "large.csv", "--db", "full.db"], cwd);
    expect(again).toMatchObject({ documents: { total: 3_000, refused: 0 } });
  });
});
