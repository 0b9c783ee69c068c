/** Figures that are told in several ways agree, over any history. */
import type { Command } from "@stockbook/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GuideClient } from "./support/GuideClient.js";
import { LOCATIONS } from "./support/Shop.js";
import { startServer } from "./support/TestServer.js";

const SETTINGS = { timeZone: "Europe/Madrid", currency: "EUR", negativePolicy: "allow" } as const;
const NODES = ["north", "a1", "a2", "shop"] as const;
const STORES = ["north", "a1", "shop"] as const;
const ITEMS = ["TEA", "OIL"] as const;
const TYPES = ["input", "output", "transfer", "adjust"] as const;
const FIGURES = ["transactions", "lines", "quantity"] as const;

/** Clocks go forward on the 29th. */
const RANGE = { from: "2026-03-26 00:00:00", to: "2026-04-02 23:59:59" };
const FIRST = Date.parse("2026-03-25T20:00:00Z");

const node = fc.constantFrom(...NODES);
const line = fc.record({
  item: fc.constantFrom(...ITEMS),
  quantity: fc.integer({ min: 1, max: 900 }).map((hundredths) => hundredths / 100),
});
const lines = fc.array(line, { minLength: 1, maxLength: 3 });
const occurredAt = fc.nat(24 * 9).map((hours) => FIRST + hours * 3_600_000);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    type: fc.constantFrom("receive" as const, "issue" as const, "adjust" as const),
    location: node,
    occurredAt,
    lines,
  }),
  fc
    .record({ type: fc.constant("transfer" as const), from: node, to: node, occurredAt, lines })
    .filter(({ from, to }) => from !== to),
  fc.record({ type: fc.constant("reserve" as const), location: node, lines }),
);

const history = fc.array(command, { minLength: 1, maxLength: 25 });

type Types = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Sums of hundredths, as exact as they are written. */
const sum = (figures: readonly number[]) =>
  Math.round(figures.reduce((total, figure) => total + figure * 100, 0)) / 100;

async function listed(client: GuideClient, query: Readonly<Record<string, string>>) {
  const rows = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const { body } = await client.transactions({ ...query, page, limit: 7 });
    rows.push(...body.results);
    pages = body.pages;
    expect(body.count).toBe(body.results.length);
  }
  return rows;
}

async function check(client: GuideClient, store: string): Promise<void> {
  const dates = { from_date: RANGE.from, to_date: RANGE.to };
  const out = await listed(client, { origin_store: store, ...dates });
  const into = await listed(client, { destination_store: store, ...dates });
  const all = [...new Map([...out, ...into].map((row) => [row.id, row])).values()];
  const types: Types = (await client.transactionSummary({ store, ...RANGE })).body.types;
  const days = (await client.dailyStats({ "stores[]": [store], ...RANGE })).body.results;
  expect(days).toHaveLength(8);
  for (const type of TYPES) {
    const told = all.filter(({ movement }) => movement.type === type);
    const toldLines = told.flatMap((row) => row.lines);
    expect(types[type], `${store} ${type}`).toMatchObject({
      transactions: told.length,
      lines: toldLines.length,
      quantity: sum(toldLines.map(({ quantity }) => quantity)),
    });
    for (const figure of FIGURES) {
      const byDay = days.map((day: { readonly types: Types }) => day.types[type]?.[figure] ?? 0);
      expect(sum(byDay), `${store} ${type} ${figure}`).toBe(types[type]?.[figure]);
    }
  }
}

/** All that came in, less all that went out, is what is there. */
async function checkStock(client: GuideClient, store: string): Promise<void> {
  const summary = (await client.node(store)).body;
  const items = (await client.available(store)).body;
  const quantities = items.map(({ quantity }: { readonly quantity: number }) => quantity);
  expect(sum(quantities)).toBe(summary.total_quantity);
  const report = (await client.storeReport(store, "csv")).text.split("\r\n").slice(1, -1);
  const reported = report.map((row) => Number(row.split(",")[4]));
  expect(sum(reported)).toBe(summary.total_quantity);
}

describe("over any history", () => {
  it("summaries and days agree with transactions, reports and nodes with stock items", async () => {
    await fc.assert(
      fc.asyncProperty(history, async (commands) => {
        await using server = await startServer({ organisation: { settings: SETTINGS } });
        await server.submit(
          ...LOCATIONS,
          { type: "put-item", id: "TEA", name: "Tea", precision: 2, unitCost: 320 },
          { type: "put-item", id: "OIL", name: "Oil", precision: 2, unitCost: 150 },
          ...commands,
        );
        for (const store of STORES) {
          await check(server.client, store);
          await checkStock(server.client, store);
        }
      }),
      { numRuns: Number(process.env.STOCKBOOK_RUNS ?? 25) },
    );
  });
});
