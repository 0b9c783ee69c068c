/** What movements came to is told by roll-ups, and none of them twice. */
import { DAY_MS, HOUR_MS } from "@stockbook/core";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divided } from "../src/Statistics.js";
import { withDatabase, withFile } from "./support/Files.js";

const LENGTH = { hour: HOUR_MS, day: DAY_MS };

/** Often at the ends of hours and days, on either side of 1970. */
const instant = fc
  .tuple(
    fc.integer({ min: -5, max: 5 }),
    fc.integer({ min: 0, max: 23 }),
    fc.constantFrom(0, 0, 1, 1_800_000, HOUR_MS - 1),
  )
  .map(([day, hour, rest]) => day * DAY_MS + hour * HOUR_MS + rest);

/** Beginning and end of every part, in order; adding 0 makes one of the two zeros. */
function partsOf(from: number, to: number) {
  const { whole, edges } = divided({ from, to });
  const spans = whole.map(({ grain, first, last }) => ({
    from: first * LENGTH[grain] + 0,
    to: (last + 1) * LENGTH[grain] + 0,
  }));
  return [...spans, ...edges.map((edge) => ({ from: edge.from + 0, to: edge.to + 0 }))].sort(
    (a, b) => a.from - b.from,
  );
}

describe("a time in parts", () => {
  it("is whole, and no part reaches into another", () => {
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const parts = partsOf(from, to);
        const ends = parts.map((part) => part.to);
        expect(parts.map((part) => part.from)).toEqual([from, ...ends.slice(0, -1)]);
        expect(ends.at(-1)).toBe(to);
      }),
    );
  });

  it("leaves less than an hour at either end, and takes days where it can", () => {
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const { whole, edges } = divided({ from, to });
        if (to - from >= 2 * HOUR_MS) {
          for (const edge of edges) expect(edge.to - edge.from).toBeLessThan(HOUR_MS);
        }
        for (const { grain, first, last } of whole) {
          if (grain === "hour") expect(last - first).toBeLessThan(46);
        }
        const days = whole.filter(({ grain }) => grain === "day");
        expect(days).toHaveLength(to - from >= 2 * DAY_MS ? 1 : days.length);
      }),
    );
  });

  it("has nothing in it where it ends before it begins", () => {
    expect(divided({ from: 9 * DAY_MS, to: 1 })).toEqual({
      whole: [],
      edges: [{ from: 9 * DAY_MS, to: 1 }],
    });
  });
});

describe("statistics", () => {
  it("go through no movement of a whole hour, and verification finds a wrong roll-up", () =>
    withFile(async (file) => {
      await using stock = await openStockbook({ store: sqlite(file) });
      const occurredAt = Date.UTC(2026, 2, 1, 9, 30);
      await stock.submitAll([
        { type: "put-location", id: "shop" },
        { type: "put-item", sku: "tea" },
        {
          type: "receive",
          location: "shop",
          lines: [{ item: "tea", quantity: 5, cost: 50 }],
          occurredAt,
        },
      ]);
      withDatabase(file, (db) => {
        db.exec("UPDATE rollup_kinds SET lines = lines + 10 WHERE grain = 0");
        db.exec("UPDATE rollup_kinds SET lines = lines + 100 WHERE grain = 1");
      });
      const hour = { from: occurredAt - 1_800_000, to: occurredAt + 1_800_000 };
      const day = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 2) };
      const minute = { from: occurredAt, to: occurredAt + 60_000 };
      expect((await stock.statistics(minute)).lines).toBe(1);
      expect((await stock.statistics(hour)).lines).toBe(11);
      expect((await stock.statistics(day)).lines).toBe(101);
      expect((await stock.statistics()).lines).toBe(101);
      expect((await stock.statistics({ item: "tea" })).lines).toBe(1);
      expect((await stock.verify()).differences.map(({ where }) => where)).toEqual([
        `movements of the hour ${occurredAt / HOUR_MS - 0.5},receive,EUR`,
        `movements of the day ${day.from / DAY_MS},receive,EUR`,
      ]);
    }));

  it("tell kinds apart, and days before 1970 too", () =>
    withFile(async (file) => {
      await using stock = await openStockbook({ store: sqlite(file) });
      const occurredAt = Date.UTC(1955, 2, 4, 5, 6);
      const lines = [{ item: "tea", quantity: 1 }];
      await stock.submitAll([
        { type: "put-location", id: "shop" },
        { type: "put-item", sku: "tea", unitCost: 3 },
        { type: "receive", location: "shop", lines, occurredAt },
        { type: "receive", location: "shop", lines, occurredAt },
        { type: "issue", location: "shop", lines, occurredAt },
      ]);
      const day = { from: Date.UTC(1955, 2, 4), to: Date.UTC(1955, 2, 5) };
      const value = [{ amount: 6, currency: "EUR" }];
      expect((await stock.statistics({ ...day, kinds: ["receive"] })).kinds).toEqual([
        { kind: "receive", transactions: 2, lines: 2, value },
      ]);
      expect(await stock.statistics(day)).toMatchObject({ transactions: 3, lines: 3 });
      expect((await stock.verify()).differences).toEqual([]);
    }));
});
