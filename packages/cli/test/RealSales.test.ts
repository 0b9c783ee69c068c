import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { beforeAll, describe, expect, it } from "vitest";
import { directory, feedOf, json, stockbook } from "./support/Cli.js";

const DATA = "../shared/data/online-retail-2010-12.csv.gz";
const SOURCE = fileURLToPath(new URL(`../../../${DATA}`, import.meta.url));
const MAPPING = fileURLToPath(new URL("fixtures/online-retail.json", import.meta.url));
const there = existsSync(SOURCE);

const OPENING = 100;
const CHARGES = ["POST", "DOT", "M", "D", "C2", "S", "AMAZONFEE", "BANK CHARGES"];

const KILL_SEED = 20_101_201;
const KILLED_IMPORTS = 3;
const KILLS_EACH = 4;

interface NaiveLine {
  readonly invoice: string;
  readonly code: string;
  readonly quantity: number;
}

/** A reading of the file that has nothing in common with the importer. */
function naiveLines(): readonly NaiveLine[] {
  const text = gunzipSync(readFileSync(SOURCE)).toString("latin1");
  const whole = text.split("\n").slice(1, -1);
  return whole.map((line) => {
    // Only descriptions are quoted, and none of them goes over a line.
    const fields = line.replace(/"[^"]*"/, "description").split(",");
    const [invoice = "", code = "", , quantity] = fields;
    return { invoice, code: code.toUpperCase(), quantity: Number(quantity) };
  });
}

function byInvoice(lines: readonly NaiveLine[]): ReadonlyMap<string, readonly NaiveLine[]> {
  const invoices = new Map<string, NaiveLine[]>();
  for (const line of lines) {
    const known = invoices.get(line.invoice);
    if (known === undefined) invoices.set(line.invoice, [line]);
    else known.push(line);
  }
  return invoices;
}

interface NaiveRefusal {
  readonly document: string;
  readonly item: string;
  readonly wanted: number;
  readonly available: number;
}

/** The sales on a shelf with a hundred of everything, with numbers in a map. */
function simulate(lines: readonly NaiveLine[]) {
  const stock = new Map<string, number>();
  const refusals: NaiveRefusal[] = [];
  let imported = 0;
  let withoutGoods = 0;
  for (const [invoice, all] of byInvoice(lines)) {
    const goods = all.filter(({ code }) => !CHARGES.includes(code));
    if (goods.length === 0) {
      withoutGoods++;
      continue;
    }
    const wanted = new Map<string, number>();
    for (const { code, quantity } of goods) {
      if (!stock.has(code)) stock.set(code, OPENING);
      // What is returned is written below zero, and so is what is written off.
      const taken = invoice.startsWith("C") ? quantity : Math.abs(quantity);
      wanted.set(code, (wanted.get(code) ?? 0) + taken);
    }
    const short = [...wanted].find(([code, quantity]) => (stock.get(code) ?? 0) < quantity);
    if (short === undefined) {
      imported++;
      for (const [code, quantity] of wanted) stock.set(code, (stock.get(code) ?? 0) - quantity);
    } else {
      const [item, quantity] = short;
      refusals.push({ document: invoice, item, wanted: quantity, available: stock.get(item) ?? 0 });
    }
  }
  return { stock, refusals, imported, withoutGoods };
}

interface Report {
  readonly changed: boolean;
  readonly cutOffLine: number;
  readonly documents: Readonly<Record<string, number>>;
  readonly lines: Readonly<Record<string, number>>;
  readonly items: Readonly<Record<string, number>>;
  readonly refusals: readonly (NaiveRefusal & { readonly code: string; readonly line: number })[];
}

interface Stock {
  readonly stock: readonly { readonly sku: string; readonly onHand: number }[];
}

const title = there ? "real sales" : `real sales: skipped, for there is no ${DATA}`;

describe.skipIf(!there)(title, () => {
  const cwd = directory();
  const words = ["import", SOURCE, "--mapping", MAPPING];
  const lines = there ? naiveLines() : [];
  const expected = simulate(lines);
  let report: Report;

  // The shape is the one this package prints and these tests then hold against it.
  const importAgain = async (...more: readonly string[]) =>
    (await json([...words, ...more], cwd)) as Report;

  beforeAll(async () => {
    report = await importAgain();
  });

  it("are what their README says they are", () => {
    const invoices = byInvoice(lines);
    expect(lines.length).toBe(39_529);
    expect(invoices.size).toBe(1_893);
    expect([...invoices.keys()].filter((number) => number.startsWith("C")).length).toBe(299);
    expect(new Set(lines.map(({ code }) => code)).size).toBe(2_733);
    expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(316_692);
  });

  it("are counted whole, with the line they break off on", () => {
    const charges = lines.filter(({ code }) => CHARGES.includes(code)).length;
    expect(report.documents).toMatchObject({
      total: 1_893,
      imported: expected.imported,
      alreadyThere: 0,
      refused: expected.refusals.length,
      withoutGoods: expected.withoutGoods,
      leftOut: 0,
    });
    expect(report.lines).toMatchObject({ total: 39_529, noGoods: charges, zero: 0 });
    expect(report.cutOffLine).toBe(39_531);
    expect(report.items).toMatchObject({
      created: expected.stock.size,
      opened: expected.stock.size,
      kept: 0,
    });
  });

  it("are refused where a naive reckoning refuses them, with item, wanted and available", () => {
    const refusals = report.refusals.map(({ document, item, wanted, available }) => ({
      document,
      item,
      wanted,
      available,
    }));
    expect(refusals).toEqual(expected.refusals);
    expect(new Set(report.refusals.map(({ code }) => code))).toEqual(
      new Set(["insufficient-stock"]),
    );
  });

  it("leave the stock that a naive reckoning leaves", async () => {
    const { stock } = (await json(["stock", "--all"], cwd)) as Stock;
    const onHand = new Map(stock.map((row) => [row.sku, row.onHand]));
    expect(onHand).toEqual(expected.stock);
  });

  it("have a card for each item that adds up", async () => {
    const card = (await json(["card", "85123a"], cwd)) as {
      readonly opening: number;
      readonly closing: number;
      readonly rows: readonly { readonly in: number; readonly out: number }[];
    };
    const change = card.rows.reduce((sum, row) => sum + row.in - row.out, 0);
    expect(card.opening).toBe(0);
    expect(card.closing).toBe(change);
    expect(card.closing).toBe(expected.stock.get("85123A"));
  });

  it("imported again change nothing", async () => {
    const before = await feedOf(join(cwd, "stock.db"));
    const again = await importAgain();
    expect(again).toMatchObject({
      changed: false,
      documents: { imported: 0, alreadyThere: expected.imported },
      items: { created: 0, opened: 0, kept: 0 },
    });
    expect(again.refusals).toEqual(report.refusals);
    expect(await feedOf(join(cwd, "stock.db"))).toEqual(before);
    const told = await stockbook(words, { cwd });
    expect(told.stdout).toMatch(/^Nothing changed: all of .* is in stock\.db already/);
  });

  it("come out in a dry run as they do in earnest, and nothing is written", async () => {
    const rehearsed = await importAgain("--dry-run", "--db", "rehearsal.db");
    expect(existsSync(join(cwd, "rehearsal.db"))).toBe(false);
    expect(rehearsed.documents).toEqual(report.documents);
    expect(rehearsed.refusals).toEqual(report.refusals);
    const before = await feedOf(join(cwd, "stock.db"));
    expect(await importAgain("--dry-run")).toMatchObject({ changed: false });
    expect(await feedOf(join(cwd, "stock.db"))).toEqual(before);
  });

  it("are refused as a file by --strict, by the line that is cut off", async () => {
    const { status, stderr } = await stockbook([...words, "--strict"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toMatch(/line 39531: it is cut off/);
  });

  it("verify", async () => {
    const verification = await json(["verify"], cwd);
    expect(verification).toMatchObject({ sound: true, differenceCount: 0 });
  });

  it(`killed at any moment and imported again end in the same entries (seed ${KILL_SEED})`, async () => {
    const random = xoroshiro128plus(KILL_SEED);
    const whole = await feedOf(join(cwd, "stock.db"));
    const startedAt = performance.now();
    await importAgain("--db", "timed.db");
    const duration = Math.ceil(performance.now() - startedAt);
    let killed = 0;
    for (let i = 0; i < KILLED_IMPORTS; i++) {
      const db = `killed-${i}.db`;
      for (let kill = 0; kill < KILLS_EACH; kill++) {
        const killAfter = uniformInt(random, Math.floor(duration * 0.4), duration);
        const { status } = await stockbook([...words, "--db", db], { cwd, killAfter });
        if (status === null) killed++;
      }
      const last = await importAgain("--db", db);
      expect(last.refusals).toEqual(report.refusals);
      expect(await feedOf(join(cwd, db))).toEqual(whole);
      expect(await json(["verify", "--db", db], cwd)).toMatchObject({ sound: true });
    }
    expect(killed).toBeGreaterThan(0);
  }, 600_000);
});
