import { describe, expect, it } from "vitest";
import { whyOrder } from "../src/commands/Plan.js";
import { verificationText } from "../src/commands/Verify.js";
import { progressOf } from "../src/output/Progress.js";
import { type Column, table } from "../src/output/Table.js";
import { clockOf, count, duration, money, number, rate } from "../src/output/Text.js";

interface Row {
  readonly name: string;
  readonly amount: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: "Name", most: 8, cell: ({ name }) => name },
  { title: "Amount", align: "number", cell: ({ amount }) => amount },
];

describe("a table", () => {
  it("is as wide as it must be, with decimal points below each other", () => {
    const rows = [
      { name: "Größe", amount: "1,200" },
      { name: "a\nlong name", amount: "3.25" },
    ];
    expect(table(COLUMNS, rows)).toBe(
      ["Name        Amount", "────────  ────────", "Größe     1,200", "a long …      3.25"].join(
        "\n",
      ),
    );
  });

  it("without rows is its titles", () => {
    expect(table(COLUMNS, [])).toBe("Name  Amount\n────  ──────");
  });
});

describe("figures", () => {
  it("read as people write them", () => {
    expect(number(1234.5)).toBe("1,234.5");
    expect(number(-0.000001)).toBe("-0.000001");
    expect(count(1, "entry", "entries")).toBe("1 entry");
    expect(count(2_000, "entry", "entries")).toBe("2,000 entries");
    expect(money(123_456, "GBP")).toBe("1,234.56 GBP");
    expect(money(-5, "EUR")).toBe("-0.05 EUR");
    expect(money(1_500, "JPY")).toBe("1,500 JPY");
    expect(duration(3_456)).toBe("3.46 s");
    expect(duration(125_000)).toBe("2 min 5 s");
    expect(rate(10_000, 2_000)).toBe("5,000");
  });

  it("show times on the clock of a place", () => {
    const clock = clockOf("Europe/London");
    expect(clock(Date.UTC(2010, 11, 1, 8, 26))).toBe("2010-12-01 08:26");
    expect(clock(Date.UTC(2010, 6, 1, 23, 30))).toBe("2010-07-02 00:30");
  });
});

describe("the reason for an order", () => {
  const derivation = {
    position: 33,
    trigger: 40,
    target: 100,
    need: 67,
    afterMinimum: 67,
    afterRounding: 67,
    quantity: 67,
    shortOf: "nothing",
  } as const;
  const row = {
    item: "A",
    sku: "A",
    name: "A",
    unit: "piece",
    location: "shop",
    quantity: 67,
    onHand: 12,
    incoming: 24,
    reserved: 3,
    derivation,
  };

  it("names every step that mattered", () => {
    expect(whyOrder(row)).toBe(
      "12 on hand + 24 incoming − 3 reserved = 33, below 40; 67 more reach 100",
    );
    const bounded = { ...derivation, afterMinimum: 80, afterRounding: 84, quantity: 60 };
    expect(whyOrder({ ...row, incoming: 0, reserved: 0, derivation: bounded })).toBe(
      "12 on hand, below 40; 67 more reach 100; the smallest order is 80; " +
        "whole packs make 84; the largest order is 60",
    );
  });
});

describe("a verification", () => {
  it("shows where a figure differs", () => {
    const text = verificationText({
      sound: false,
      entries: 10,
      lines: 20,
      balances: 5,
      differences: [{ where: "balance of A at shop", stored: "4", expected: "5" }],
      differenceCount: 3,
    });
    expect(text).toBe(
      [
        "Where                 Stored  Should be",
        "────────────────────  ──────  ─────────",
        "balance of A at shop       4          5",
        "… and 2 more",
        "",
        "3 differences",
      ].join("\n"),
    );
  });
});

describe("progress", () => {
  /** A stream that keeps what is written to it. */
  const streamOf = (isTTY: boolean) => {
    const written: string[] = [];
    const write = (text: string) => written.push(text) > 0;
    // As much of a stream as progress uses.
    return { written, stream: { isTTY, write } as unknown as NodeJS.WriteStream };
  };

  it("rewrites one line on a terminal and clears it in the end", () => {
    const { written, stream } = streamOf(true);
    const progress = progressOf("Importing", 2_000, "documents", stream);
    progress.tell(1_000);
    progress.end();
    expect(written).toEqual([
      `\r\u001b[2KImporting ${"━".repeat(12)}${"─".repeat(12)} 1,000 of 2,000 documents`,
      "\r\u001b[2K",
    ]);
  });

  it("is quiet elsewhere where it does not take long", () => {
    const { written, stream } = streamOf(false);
    const progress = progressOf("Importing", 2_000, "documents", stream);
    progress.tell(1_000);
    progress.end();
    expect(written).toEqual([]);
  });
});
