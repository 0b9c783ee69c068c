import type { Command, Entry } from "@stockbook/core";
import { Effect } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Known, NOTHING_KNOWN, type Step, stepsOf } from "../src/import/Commands.js";
import { readCsv } from "../src/import/Csv.js";
import { readSales } from "../src/import/Documents.js";
import { runSteps } from "../src/import/Importer.js";
import { readMapping } from "../src/import/Mapping.js";
import { Rehearsal } from "../src/import/Rehearsal.js";

const SETTINGS = { timeZone: "UTC", currency: "GBP", negativePolicy: "deny" } as const;
const MAPPING = {
  openingStock: { each: 10, items: { D: 0 } },
  minimum: 3,
  maximum: 12,
  returnsPrefix: "C",
};

/** A book in memory that gives up its entries. */
class Book {
  private readonly rehearsal = new Rehearsal(Date.UTC(2026, 0, 1));
  readonly entries: Entry[] = [];

  constructor() {
    this.rehearsal.open(SETTINGS);
  }

  readonly submitEach = (commands: readonly Command[]) =>
    Effect.sync(() =>
      commands.map((command) => {
        const before = this.rehearsal.head;
        const verdict = this.rehearsal.submit(command);
        if (verdict.type === "accepted") this.entries.push(...verdict.entries);
        if (verdict.type === "rejected" && this.rehearsal.head > before) this.refused++;
        return verdict;
      }),
    );

  refused = 0;

  get head(): number {
    return this.rehearsal.head;
  }
}

const stepsFor = (rows: readonly string[], mapping: unknown = MAPPING, known = NOTHING_KNOWN) => {
  const read = readMapping(JSON.stringify(mapping));
  if (read.type === "fault") throw new Error(read.fault);
  const csv = readCsv(["document,sku,quantity,time", ...rows].join("\n"), ",");
  if ("fault" in csv) throw new Error(csv.fault);
  const sales = readSales(csv, read.mapping, Date.UTC(2026, 0, 1));
  if ("fault" in sales) throw new Error(sales.fault);
  return stepsOf(sales, read.mapping, known);
};

const run = (book: Book, steps: readonly Step[], retryRefused = false) =>
  Effect.runSync(runSteps(steps, book, { retryRefused, onProgress: () => Effect.void }));

const ROWS = [
  "1,A,4,2025-01-01T10:00",
  "1,B,2,2025-01-01T10:00",
  "2,A,7,2025-01-02T10:00",
  "C1,A,-3,2025-01-03T10:00",
  "3,A,7,2025-01-04T10:00",
  "4,B,-1,2025-01-05T10:00",
  "5,C,10,2025-01-06T10:00",
];

describe("the steps of an import", () => {
  it("prepare each item right before the first document that names it", () => {
    const steps = stepsFor(ROWS.slice(0, 3));
    expect(steps.map(({ command }) => command.idempotencyKey)).toEqual([
      "location:main",
      "item:A",
      "opening:main:A",
      "threshold:main:A",
      "item:B",
      "opening:main:B",
      "threshold:main:B",
      "1",
      "2",
    ]);
  });

  it("make one movement of a document, with its lines as they are", () => {
    const commands = stepsFor([...ROWS, "1,A,1,2025-01-01T10:00"]).flatMap((step) =>
      step.type === "document" ? [step.command] : [],
    );
    const shared = { location: "main", onRefusal: "record" };
    expect(commands[0]).toEqual({
      type: "issue",
      to: "customer",
      ...shared,
      occurredAt: Date.UTC(2025, 0, 1, 10),
      reference: "1",
      idempotencyKey: "1",
      lines: [
        { item: "A", quantity: 4 },
        { item: "B", quantity: 2 },
        { item: "A", quantity: 1 },
      ],
    });
    const lines = (item: string, quantity: number) => ({ ...shared, lines: [{ item, quantity }] });
    expect(commands[2]).toMatchObject({ type: "receive", from: "customer", ...lines("A", 3) });
    expect(commands[4]).toMatchObject({ type: "adjust", ...lines("B", -1) });
  });

  it("open items a minute before the first document, at the cost that is known", () => {
    const mapping = { openingStock: "2.5", precision: 1, unitCost: { items: { A: 250 } } };
    const steps = stepsFor(ROWS.slice(0, 2), mapping);
    const opening = steps.find(({ command }) => command.idempotencyKey === "opening:main:A");
    expect(opening?.command).toMatchObject({
      type: "adjust",
      occurredAt: Date.UTC(2025, 0, 1, 9, 59),
      lines: [{ item: "A", quantity: 2.5, unitCost: 250 }],
    });
  });

  it("leave alone what the ledger has, under the id it has there", () => {
    const known: Known = { items: new Map([["A", "item-7"]]), locations: new Set(["main"]) };
    const steps = stepsFor(ROWS.slice(0, 2), MAPPING, known);
    const keys = steps.map(({ command }) => command.idempotencyKey);
    expect(keys).not.toContain("location:main");
    expect(keys).not.toContain("item:A");
    expect(keys).toContain("item:B");
    expect(steps.at(-1)?.command).toMatchObject({
      lines: [{ item: "item-7" }, { item: "B" }],
    });
  });
});

describe("an import", () => {
  it("takes in what can be, and names what cannot with its line", () => {
    const outcome = run(new Book(), stepsFor(ROWS));
    expect(outcome).toMatchObject({
      imported: 5,
      alreadyThere: 0,
      importedLines: 6,
      itemsCreated: 3,
      itemsOpened: 3,
      kept: 0,
    });
    expect(outcome.refusals).toMatchObject([
      {
        document: "2",
        line: 4,
        rejection: { code: "insufficient-stock", item: "A", wanted: 7, available: 6 },
      },
    ]);
  });

  it("done again changes nothing, and refuses again what it refused", () => {
    const book = new Book();
    const first = run(book, stepsFor(ROWS));
    const { head } = book;
    const second = run(book, stepsFor(ROWS));
    expect(book.head).toBe(head);
    expect(second).toMatchObject({ imported: 0, alreadyThere: 5, itemsCreated: 0, kept: 0 });
    expect(second.refusals).toEqual(first.refusals);
  });

  it("broken off after any step and done again comes to the same entries", () => {
    const whole = new Book();
    const steps = stepsFor(ROWS);
    run(whole, steps);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: steps.length }), { maxLength: 4 }), (stops) => {
        const book = new Book();
        for (const stop of stops) run(book, steps.slice(0, stop));
        run(book, steps);
        expect(book.entries).toEqual(whole.entries);
        expect(book.head).toBe(whole.head);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the first opening and minimum where a later mapping says otherwise", () => {
    const book = new Book();
    run(book, stepsFor(ROWS));
    const { head } = book;
    const outcome = run(book, stepsFor(ROWS, { ...MAPPING, openingStock: 50, minimum: 4 }));
    // A and B and C have other openings and minimums by now.
    expect(outcome.kept).toBe(6);
    expect(book.head).toBe(head);
  });

  it("tells a document with other content under a known number", () => {
    const book = new Book();
    run(book, stepsFor(ROWS));
    const outcome = run(book, stepsFor(["1,A,1,2025-01-01T10:00"]));
    expect(outcome.refusals).toMatchObject([
      { document: "1", line: 2, rejection: { code: "idempotency-conflict" } },
    ]);
  });

  it("retries refused documents when asked, and knows them afterwards", () => {
    const book = new Book();
    run(book, stepsFor(ROWS));
    Effect.runSync(
      book.submitEach([
        {
          type: "receive",
          location: "main",
          occurredAt: Date.UTC(2025, 0, 1, 12),
          lines: [{ item: "A", quantity: 20 }],
        },
      ]),
    );
    const plain = run(book, stepsFor(ROWS));
    expect(plain.refusals.map(({ document }) => document)).toEqual(["2"]);
    const retried = run(book, stepsFor(ROWS), true);
    expect(retried).toMatchObject({ imported: 1, alreadyThere: 5, refusals: [] });
    const { head } = book;
    const again = run(book, stepsFor(ROWS));
    expect(again).toMatchObject({ imported: 0, alreadyThere: 6, refusals: [] });
    expect(book.head).toBe(head);
  });

  it("retried in vain keeps the refusal and changes nothing", () => {
    const book = new Book();
    run(book, stepsFor(ROWS));
    const { head } = book;
    const retried = run(book, stepsFor(ROWS), true);
    expect(retried.refusals.map(({ document }) => document)).toEqual(["2"]);
    expect(book.head).toBe(head);
  });

  it("stops where an item cannot be prepared", () => {
    const book = new Book();
    const steps = stepsFor(ROWS.slice(0, 1));
    const spoilt = steps.map(
      (step): Step =>
        step.type === "item"
          ? { ...step, command: { ...step.command, type: "put-item", name: "" } }
          : step,
    );
    expect(() => run(book, spoilt)).toThrow(/item:A: name must be/);
  });
});

describe("a rehearsal", () => {
  it("judges documents that are dated before others as a book does", () => {
    const book = new Book();
    run(
      book,
      stepsFor(["0,B,1,2025-01-01T10:00", "1,A,8,2025-01-05T10:00", "C1,A,-8,2025-01-06T10:00"]),
    );
    // Ten are there now, and were there then; but three fewer would not have done on the fifth.
    const outcome = run(book, stepsFor(["2,A,3,2025-01-02T10:00", "3,A,2,2025-01-02T10:00"]));
    expect(outcome).toMatchObject({ imported: 1 });
    expect(outcome.refusals).toMatchObject([
      { document: "2", rejection: { wanted: 3, available: 2, at: Date.UTC(2025, 0, 5, 10) } },
    ]);
  });
});
