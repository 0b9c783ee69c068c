import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { directory, file, json, stockbook } from "./support/Cli.js";

const cwd = directory();

const ROWS = [
  "No;Code;Text;Pieces;When",
  "1;tea-1;Assam;4,5;01.06.2025 10:00",
  "1;POST;Postage;1;01.06.2025 10:00",
  "2;TEA-1;Assam;2;02.06.2025 11:30",
  "2;CUP;Cup, white;3;02.06.2025 11:30",
  "C3;Tea-1;Assam;-0,5;03.06.2025 09:00",
  "4;CUP;Cup, white;-1;04.06.2025 09:00",
  "5;CUP;Cup, white;70;05.06.2025 09:00",
];

const MAPPING = {
  columns: {
    document: "No",
    sku: "Code",
    description: "Text",
    quantity: "Pieces",
    time: "When",
  },
  dateFormat: "dd.MM.yyyy HH:mm",
  timeZone: "Europe/Berlin",
  delimiter: ";",
  decimalSeparator: ",",
  precision: 1,
  unit: "box",
  currency: "EUR",
  location: { id: "shop", name: "The shop" },
  skuCase: "ignore",
  skip: ["POST"],
  returnsPrefix: "C",
  openingStock: { each: 10, items: { CUP: 8 } },
  minimum: { items: { CUP: 6 } },
  maximum: { items: { CUP: 20 } },
  unitCost: { items: { "TEA-1": 250 } },
};

const told = async (...words: readonly string[]) => {
  const { status, stdout, stderr } = await stockbook(words, { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.trimEnd();
};

beforeAll(async () => {
  file(cwd, "sales.csv", ROWS.join("\r\n"));
  file(cwd, "shop.json", JSON.stringify(MAPPING));
});

describe("stockbook import", () => {
  it("reports what it did", async () => {
    const report = await told("import", "sales.csv", "--mapping", "shop.json");
    expect(report).toMatch(/^Imported sales\.csv into stock\.db\.\n/);
    expect(report).toMatch(/documents +5\n +imported +4 +with 5 lines\n/);
    expect(report).toMatch(/refused +1\n/);
    expect(report).toMatch(/CUP +70 +4 +not enough in stock/);
  });

  it("says when nothing changed", async () => {
    const report = await told("import", "sales.csv", "--mapping", "shop.json");
    expect(report).toMatch(/^Nothing changed: all of sales\.csv is in stock\.db already/);
  });

  it("needs no mapping for the plainest of files", async () => {
    file(cwd, "plain.csv", "document,sku,quantity,time\n1,A,2,2025-01-02T10:00:00Z\n");
    expect(await json(["import", "plain.csv", "--db", "plain.db"], cwd)).toMatchObject({
      changed: true,
      documents: { imported: 1, refused: 0 },
    });
    // Nothing was there to begin with, and nothing was said to be.
    expect(await told("stock", "--db", "plain.db")).toMatch(/A +A +main +-2/);
  });
});

describe("stockbook import, interrupted", () => {
  it("says so, and goes on from there when it is asked again", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},I${i % 500},1,2025-01-05`);
    file(cwd, "large.csv", ["document,sku,quantity,time", ...rows].join("\n"));
    const words = ["import", "large.csv", "--db", "large.db"];
    const log = join(cwd, "large.db-wal");
    const interruptWhen = () => existsSync(log) && statSync(log).size > 500_000;
    const { status, stdout, stderr } = await stockbook(words, { cwd, interruptWhen });
    expect({ status, stdout }).toEqual({ status: 130, stdout: "" });
    expect(stderr).toMatch(
      /Broken off\. What went in stays; the same command goes on from there\.\n$/,
    );
    const report = await json(words, cwd);
    expect(report).toMatchObject({ documents: { total: 20_000, refused: 0 }, items: { kept: 0 } });
    expect(await json(["verify", "--db", "large.db"], cwd)).toMatchObject({ sound: true });
  });
});

describe("stockbook stock", () => {
  it("shows a table", async () => {
    expect(await told("stock")).toBe(
      [
        "SKU    Name        Location  On hand  Unit      Value",
        "─────  ──────────  ────────  ───────  ────  ─────────",
        "CUP    Cup, white  shop            4  box    0.00 EUR",
        "TEA-1  Assam       shop            4  box   10.00 EUR",
        "",
        "2 items at 1 location, worth 10.00 EUR",
      ].join("\n"),
    );
  });

  it("prints JSON", async () => {
    expect(await json(["stock", "--location", "shop"], cwd)).toMatchObject({
      stock: [
        { sku: "CUP", onHand: 4 },
        { sku: "TEA-1", onHand: 4, value: 1000, currency: "EUR" },
      ],
    });
  });
});

describe("stockbook card", () => {
  it("shows every movement on the clock of the place", async () => {
    const card = await told("card", "tea-1");
    expect(card).toMatch(/^TEA-1 {2}Assam\nat The shop \(shop\), in box\n/);
    expect(card).toMatch(
      /2025-06-01 09:59 +adjust +10 +10 +25\.00 EUR +@adjustment +opening stock/,
    );
    expect(card).toMatch(/2025-06-01 10:00 +issue +4\.5 +5\.5 +-11\.25 EUR +@customer +1 /);
    expect(card).toMatch(/3 movements|4 movements: opening 0, in 10\.5, out 6\.5, closing 4$/);
  });

  it("shows days from their beginning to their end", async () => {
    const card = (await json(
      ["card", "CUP", "--from", "2025-06-02", "--to", "2025-06-02"],
      cwd,
    )) as {
      readonly rows: readonly unknown[];
    };
    expect(card).toMatchObject({ opening: 8, closing: 5 });
    expect(card.rows.length).toBe(1);
  });
});

describe("stockbook low and plan", () => {
  it("show what is below its minimum, and what to order and why", async () => {
    expect(await told("low")).toMatch(/CUP +Cup, white +shop +4 +6 +20 +16\n\n1 item below/);
    const plan = await told("plan");
    expect(plan).toMatch(/CUP +Cup, white +shop +16 +4 on hand, below 6; 16 more reach 20/);
    expect(await json(["low"], cwd)).toMatchObject({ low: [{ sku: "CUP", replenishment: 16 }] });
    expect(await json(["plan"], cwd)).toMatchObject({ plan: [{ sku: "CUP", quantity: 16 }] });
  });
});

describe("stockbook verify", () => {
  it("says that the book is sound", async () => {
    const { status, stdout } = await stockbook(["verify"], { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^Sound: all \d+ balances equal the fold of \d+ lines in \d+ entries\.\n$/,
    );
  });
});

const COMMANDS = [
  ...["import", "stock", "card", "low", "plan", "verify", "demo"],
  ...["orgs create", "orgs list", "keys create", "keys list", "keys revoke", "keys rotate"],
];

describe("stockbook --help", () => {
  it.each(COMMANDS)("explains %s", async (name) => {
    const page = await told(...name.split(" "), "--help");
    expect(page).toMatch(new RegExp(`\\nUsage: stockbook ${name} .*\\[options\\]\\n`));
    expect(page).toMatch(/\n {2}--db <file> +The database file/);
    expect(page).toMatch(/\nExamples:\n {2}stockbook /);
    expect(page.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  it("lists the commands, also where nothing is asked for", async () => {
    const page = await told();
    expect(page).toBe(await told("--help"));
    for (const name of COMMANDS) {
      expect(page).toMatch(new RegExp(`\\n {2}${name} +[A-Z]`));
    }
  });

  it("lists the commands of a group", async () => {
    const page = await told("keys");
    expect(page).toBe(await told("keys", "--help"));
    expect(page).toMatch(/\nUsage: stockbook keys <command> \[options\]\n/);
    expect(page.match(/^ {2}\w+ \w+/gm)).toEqual(COMMANDS.slice(-4).map((name) => `  ${name}`));
  });

  it("tells the version", async () => {
    const manifest = new URL("../package.json", import.meta.url);
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
    expect(await told("--version")).toBe(version);
  });
});
