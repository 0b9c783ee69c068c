import { calendarOf } from "@stockbook/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLocalTime, momentsOf, rangeOf, timestampOf } from "../src/mapping/Dates.js";
import { unitCostOf } from "../src/mapping/Money.js";
import { pageOf, rangeOfPage } from "../src/mapping/Pages.js";
import { partNumberOf } from "../src/mapping/Products.js";
import { idOfPair, pairOfId } from "../src/mapping/StockItems.js";
import { sizeOfSubtree } from "../src/mapping/Stores.js";

const ZONES = [
  "UTC",
  "Europe/Madrid",
  "America/New_York",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
] as const;

const calendars = new Map(ZONES.map((zone) => [zone, calendarOf(zone)]));
const calendarArbitrary = fc.constantFrom(...calendars.values());
const secondArbitrary = fc
  .integer({ min: Date.UTC(1970, 0, 2) / 1000, max: Date.UTC(2100, 0, 1) / 1000 })
  .map((seconds) => seconds * 1000);

/** What a clock shows, as a filter has it. */
const shown = (instant: number, offset: number) =>
  new Date(instant + offset).toISOString().slice(0, 19).replace("T", " ");

describe("a date of a filter", () => {
  it("is a moment at which the clock shows it, the first or the last", () => {
    fc.assert(
      fc.property(calendarArbitrary, secondArbitrary, (calendar, instant) => {
        const text = shown(instant, calendar.offsetOf(instant));
        const { first, last } = momentsOf(text, calendar);
        expect(isLocalTime(text)).toBe(true);
        expect([first, last]).toContain(instant);
        expect(first).toBeLessThanOrEqual(last);
        expect(shown(first, calendar.offsetOf(first))).toBe(text);
        expect(shown(last, calendar.offsetOf(last))).toBe(text);
      }),
    );
  });

  it.each([
    // Clocks go back from 03:00 to 02:00: the hour comes twice.
    ["Europe/Madrid", "2026-10-25 02:30:00", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"],
    // Clocks go forward from 02:00 to 03:00: the hour does not come at all.
    ["Europe/Madrid", "2026-03-29 02:30:00", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"],
    ["Europe/Madrid", "2026-07-01 00:00:00", "2026-06-30T22:00:00Z", "2026-06-30T22:00:00Z"],
    ["UTC", "2026-02-28 23:59:59", "2026-02-28T23:59:59Z", "2026-02-28T23:59:59Z"],
    // A whole day is left out where the date line was crossed.
    ["Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"],
  ] as const)("in %s %s is from %s to %s", (zone, text, first, last) => {
    expect(momentsOf(text, calendarOf(zone))).toEqual({
      first: Date.parse(first),
      last: Date.parse(last),
    });
  });

  it.each([
    "2026-02-30 00:00:00",
    "2026-01-01",
    "2026-01-01T00:00:00",
    "2026-01-01 24:00:00",
    "2026-1-1 0:00:00",
    "0000-00-00 00:00:00",
    "1850-01-01 00:00:00",
    "now",
    "",
  ])("is not %s", (text) => {
    expect(isLocalTime(text)).toBe(false);
  });

  it("is included with its whole second, at either end", () => {
    const calendar = calendarOf("UTC");
    const text = "2026-04-24 10:30:00";
    const at = Date.parse("2026-04-24T10:30:00Z");
    expect(rangeOf(text, text, calendar)).toEqual({ from: at, to: at + 1000 });
    expect(rangeOf(undefined, undefined, calendar)).toEqual({});
    const twice = "2026-10-25 02:30:00";
    expect(rangeOf(twice, twice, calendarOf("Europe/Madrid"))).toEqual({
      from: Date.parse("2026-10-25T00:30:00Z"),
      to: Date.parse("2026-10-25T01:30:01Z"),
    });
  });
});

describe("a timestamp", () => {
  it("is the same moment, to the second, as the organisation's clock shows it", () => {
    fc.assert(
      fc.property(calendarArbitrary, secondArbitrary, fc.nat(999), (calendar, instant, ms) => {
        const text = timestampOf(instant + ms, calendar);
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
        expect(Date.parse(text)).toBe(instant);
        expect(text.slice(0, 19).replace("T", " ")).toBe(
          shown(instant, calendar.offsetOf(instant)),
        );
      }),
    );
  });

  it("has whole minutes in its offset where the clock had none", () => {
    const text = timestampOf(Date.UTC(1960, 0, 1), calendarOf("Africa/Monrovia"));
    expect(Date.parse(text)).toBe(Date.UTC(1960, 0, 1));
    expect(text).toMatch(/-00:4[45]$/);
  });
});

describe("what one unit costs", () => {
  it("times the quantity is what all cost, within half a minor unit a piece", () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.integer({ min: 1, max: 1e9 }),
        fc.nat(6),
        (value, steps, places) => {
          const quantity = steps / 10 ** places;
          const cost = unitCostOf(value, quantity);
          // Twice the error in steps, exactly.
          const error = 2n * (BigInt(cost) * BigInt(steps) - BigInt(value) * 10n ** BigInt(places));
          expect(error <= BigInt(steps) && error > -BigInt(steps)).toBe(true);
        },
      ),
    );
  });

  it("is exact for amounts and quantities of any size", () => {
    expect(unitCostOf(Number.MAX_SAFE_INTEGER, 1)).toBe(Number.MAX_SAFE_INTEGER);
    expect(unitCostOf(Number.MAX_SAFE_INTEGER, 3)).toBe(Math.floor(Number.MAX_SAFE_INTEGER / 3));
    expect(unitCostOf(5, 2)).toBe(3);
    expect(unitCostOf(-5, 2)).toBe(3);
  });
});

describe("the id of a stock item", () => {
  const id = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !text.includes("\n"));

  it("says which product and which node, and nothing else is one", () => {
    fc.assert(
      fc.property(id, id, (product, node) => {
        const text = idOfPair({ product, node });
        expect(text).toMatch(/^[\w-]+$/);
        expect(pairOfId(text)).toEqual({ product, node });
        expect(pairOfId(`${text}=`)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const pair = pairOfId(text);
        if (pair !== undefined) expect(idOfPair(pair)).toBe(text);
      }),
    );
  });
});

describe("a part number", () => {
  it("is none where it is the product's own id, unless that is no id of this API", () => {
    const uuid = "3f0b6a52-7c0e-4a8e-9d39-0a1b52e0c7aa";
    expect(partNumberOf({ id: uuid, sku: uuid })).toBeNull();
    expect(partNumberOf({ id: uuid, sku: "A" })).toBe("A");
    expect(partNumberOf({ id: "A", sku: uuid })).toBe(uuid);
    expect(partNumberOf({ id: "TEA", sku: "TEA" })).toBe("TEA");
  });
});

describe("pages", () => {
  it("together are all rows, each once", () => {
    const size = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(fc.nat(500), size, (total, limit) => {
        const rows = Array.from({ length: total }, (_, i) => i);
        const pageAt = (page: number) => {
          const range = rangeOfPage({ page, limit });
          return pageOf(rows.slice(range.offset, range.offset + limit), total, range);
        };
        const { pages } = pageAt(1);
        const all = Array.from({ length: pages }, (_, i) => pageAt(i + 1));
        expect(all.flatMap(({ results }) => results)).toEqual(rows);
        for (const { results, count } of all) expect(count).toBe(results.length);
        expect(pageAt(pages + 1).count).toBe(0);
      }),
    );
  });
});

describe("the size of a subtree", () => {
  it("is that of the node and of all its children's, over any tree", () => {
    const parents = fc.array(fc.nat(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(parents, (picks) => {
        const locations = picks.map((pick, i) => ({
          id: `${i}`,
          name: `${i}`,
          code: null,
          kind: "node",
          parent: i === 0 || pick % (i + 1) === i ? null : `${pick % i}`,
          archived: false,
          attributes: {},
        }));
        for (const { id } of locations) {
          const children = locations.filter(({ parent }) => parent === id);
          const below = children.map((child) => sizeOfSubtree(locations, child.id));
          expect(sizeOfSubtree(locations, id)).toBe(below.reduce((a, b) => a + b, 1));
        }
      }),
    );
  });
});
