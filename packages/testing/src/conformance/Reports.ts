/** The reports of a ledger, held against what the entries say. */
import {
  type Calendar,
  type Command,
  calendarOf,
  type Entry,
  type Item,
  type Line,
  type Location,
  PLACE_FLOWS,
  placeFlowOf,
  toUnits,
} from "@stockbook/core";
import type {
  LedgerService,
  NumberedPage,
  StockDetailRequest,
  StockDetailRow,
  StockSummaryRequest,
  StockSummaryRow,
} from "@stockbook/engine";
import type { Effect } from "effect";
import fc, { type Arbitrary } from "fast-check";
import { expect } from "vitest";
import { historyArbitrary } from "../Arbitraries.js";
import { propertyOptions } from "../LawRun.js";
import { MINUTE, WORLD_ITEMS, WORLD_PLACES } from "../World.js";
import type { Engine } from "./Harness.js";
import { feedOf, runOnStore } from "./SameAsCore.js";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of the runs: each asks many pages of a history. */
const SHARE = 0.2;

// ── what the entries say ─────────────────────────────────────────────────────────────────

/** A line of a movement, and when it happened. */
interface Posting extends Line {
  readonly sequence: number;
  readonly occurredAt: number;
  readonly reference: string | null;
  readonly note: string | null;
}

/** What is read from the entries alone, in the order in which it happened. */
class Told {
  readonly items = new Map<string, Item>();
  readonly locations = new Map<string, Location>();
  readonly parents = new Map<string, string | null>();
  readonly postings: readonly Posting[];

  constructor(readonly entries: readonly Entry[]) {
    for (const { body } of entries) {
      if (body.type === "item-put") this.items.set(body.item.id, body.item);
      if (body.type === "location-put") this.locations.set(body.location.id, body.location);
      if (body.type === "category-put") this.parents.set(body.category.id, body.category.parent);
    }
    this.postings = [...entries]
      .sort((a, b) => a.occurredAt - b.occurredAt || a.sequence - b.sequence)
      .flatMap(({ sequence, occurredAt, body }) => {
        if (body.type !== "movement") return [];
        const { reference, note } = body;
        return body.lines.map((line) => ({ ...line, sequence, occurredAt, reference, note }));
      });
  }

  item(id: string): Item {
    return this.items.get(id) as Item;
  }

  isIn(category: string | null, root: string): boolean {
    if (category === null) return false;
    return category === root || this.isIn(this.parents.get(category) ?? null, root);
  }

  detail(request: StockDetailRequest): readonly StockDetailRow[] {
    const { location, item, flows, from = -Infinity, to = Infinity } = request;
    const held = new Map<string, number>();
    return this.postings.flatMap((posting) => {
      const { sequence, occurredAt, reference, note, quantity } = posting;
      const flow = placeFlowOf(posting.from, posting.to, location);
      if (flow === null) return [];
      const comes = posting.to === location;
      const balance = (held.get(posting.item) ?? 0) + (comes ? quantity : -quantity);
      held.set(posting.item, balance);
      if (item !== undefined && posting.item !== item) return [];
      if (flows !== undefined && !flows.includes(flow)) return [];
      if (occurredAt < from || occurredAt >= to) return [];
      const units = (steps: number) => toUnits(steps, this.item(posting.item).precision);
      return [
        {
          sequence,
          occurredAt,
          item: this.item(posting.item),
          flow,
          reference,
          note,
          in: comes ? units(quantity) : 0,
          out: comes ? 0 : units(quantity),
          balance: units(balance),
        },
      ];
    });
  }

  summary(request: StockSummaryRequest, now: number): readonly StockSummaryRow[] {
    const { location, item, categoryTree, from = -Infinity, to = now + 1 } = request;
    const rows: StockSummaryRow[] = [];
    for (const known of this.items.values()) {
      for (const place of this.locations.values()) {
        if (item !== undefined && item !== known.id) continue;
        if (location !== undefined && location !== place.id) continue;
        if (categoryTree !== undefined && !this.isIn(known.category, categoryTree)) continue;
        const own = this.postings.filter(
          (line) =>
            line.item === known.id &&
            line.occurredAt < to &&
            (line.from === place.id || line.to === place.id),
        );
        if (own.length === 0) continue;
        const units = (steps: number) => toUnits(steps, known.precision);
        const within = own.filter(({ occurredAt }) => occurredAt >= from);
        const before = own.filter(({ occurredAt }) => occurredAt < from);
        rows.push({
          item: known,
          location: place,
          opening: units(came(before, place.id) - went(before, place.id)),
          in: units(came(within, place.id)),
          out: units(went(within, place.id)),
          closing: units(came(own, place.id) - went(own, place.id)),
        });
      }
    }
    return rows;
  }
}

function came(lines: readonly Line[], place: string): number {
  return lines.reduce((sum, { from, to, quantity }) => {
    return to === place && from !== place ? sum + quantity : sum;
  }, 0);
}

function went(lines: readonly Line[], place: string): number {
  return lines.reduce((sum, { from, to, quantity }) => {
    return from === place && to !== place ? sum + quantity : sum;
  }, 0);
}

// ── pages ────────────────────────────────────────────────────────────────────────────────

/** All rows, page after page; every page must tell the same total. */
async function allRows<Row>(
  engine: Engine,
  read: (offset: number) => Effect.Effect<NumberedPage<Row>, unknown>,
  limit: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await engine.run(read(rows.length));
    rows.push(...page.rows);
    if (page.rows.length === 0) {
      expect(page.total).toBe(rows.length);
      return rows;
    }
    expect(page.rows.length).toBe(Math.min(limit, page.total - rows.length + page.rows.length));
  }
}

interface Question {
  readonly item: string | undefined;
  readonly location: string;
  readonly anywhere: boolean;
  readonly flows: StockDetailRequest["flows"];
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly category: string | undefined;
  readonly limit: number;
}

async function checkQuestion(
  engine: Engine,
  ledger: LedgerService,
  told: Told,
  { location, item, flows, from, to, category, anywhere, limit }: Question,
): Promise<void> {
  const detail = { location, item, flows, from, to };
  const details = await allRows(
    engine,
    (offset) => ledger.stockDetail({ ...detail, offset, limit }),
    limit,
  );
  expect(details).toEqual(told.detail(detail));
  const summary = {
    location: anywhere ? undefined : location,
    item,
    categoryTree: category,
    from,
    to: from !== undefined && to === undefined ? Math.max(from, engine.clock.now + 1) : to,
  };
  const rows = await allRows(
    engine,
    (offset) => ledger.stockSummary({ ...summary, to, offset, limit }),
    limit,
  );
  expect(rows).toEqual(told.summary(summary, engine.clock.now));
}

/** A time whose end does not lie before its beginning. */
function ordered<A extends { readonly from: number | undefined; readonly to: number | undefined }>(
  question: A,
): A {
  const { from, to } = question;
  return from !== undefined && to !== undefined && from > to
    ? { ...question, from: to, to: from }
    : question;
}

/** Left out half of the time. */
const optional = <A>(arbitrary: Arbitrary<A>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const scopeArbitrary = fc.record({
  item: optional(fc.constantFrom(...WORLD_ITEMS.map(({ id }) => id))),
  location: fc.constantFrom(...WORLD_PLACES.map(({ id }) => id)),
  anywhere: fc.boolean(),
  flows: optional(fc.subarray([...PLACE_FLOWS])),
  limit: fc.integer({ min: 1, max: 7 }),
});

// ── the tests ────────────────────────────────────────────────────────────────────────────

/** Reports under any filter, by pages of any size. */
export function checkReports(engine: Engine): Promise<void> {
  const near = fc.record({
    entryNo: fc.nat(99),
    offsetMs: fc.constantFrom(0, 1, -1, HOUR, -HOUR, -400 * DAY),
  });
  const question = fc.record({ scope: scopeArbitrary, from: optional(near), to: optional(near) });
  return fc.assert(
    fc.asyncProperty(
      historyArbitrary(),
      fc.array(question, { minLength: 1, maxLength: 5 }),
      async (history, questions) => {
        const { run, ledger } = await runOnStore(engine, history);
        const { entries } = run.book;
        const told = new Told(entries);
        const instant = (moment: { readonly entryNo: number; readonly offsetMs: number }) =>
          (entries[moment.entryNo % entries.length]?.occurredAt ?? 0) + moment.offsetMs;
        for (const { scope, from, to } of questions) {
          const asked = ordered({
            ...scope,
            category: undefined,
            from: from && instant(from),
            to: to && instant(to),
          });
          await checkQuestion(engine, ledger, told, asked);
        }
      },
    ),
    propertyOptions(SHARE),
  );
}

/** Moments around which days are uneven: clocks change, or a day is left out. */
const TURNS = [
  { timeZone: "UTC", at: Date.UTC(2024, 11, 31) },
  { timeZone: "Asia/Kathmandu", at: Date.UTC(2024, 11, 31, 18, 15) },
  { timeZone: "America/New_York", at: Date.UTC(2024, 2, 10, 7) },
  { timeZone: "America/New_York", at: Date.UTC(2024, 10, 3, 6) },
  { timeZone: "America/St_Johns", at: Date.UTC(2010, 10, 7, 2, 31) },
  { timeZone: "Pacific/Kiritimati", at: Date.UTC(1994, 11, 31, 10) },
] as const;

const CATEGORIES = ["metal", "rare"] as const;

/** `rare` lies in `metal`; wire is metal, gold is rare. */
const FURNISHING: readonly Command[] = [
  { type: "put-category", id: "metal" },
  { type: "put-category", id: "rare", parent: "metal" },
  ...WORLD_PLACES.map(({ id, parent }): Command => ({ type: "put-location", id, parent })),
  ...WORLD_ITEMS.map(({ id, precision }, i): Command => {
    const category = [null, "metal", "rare"][i] ?? null;
    return { type: "put-item", sku: id, precision, category };
  }),
];

const deedArbitrary = fc
  .record({
    type: fc.constantFrom("receive", "issue", "transfer", "adjust", "reserve", "hold", "dispatch"),
    items: fc.array(
      fc.record({
        item: fc.constantFrom(...WORLD_ITEMS.map(({ id }) => id)),
        lot: fc.constantFrom(undefined, undefined, "L1", "L2"),
        quantity: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    place: fc.constantFrom("shop", "van"),
    offset: fc.oneof(
      fc.integer({ min: -90, max: 90 }).map((minutes) => minutes * MINUTE),
      fc.integer({ min: -40 * 24, max: 40 * 24 }).map((hours) => hours * HOUR),
      fc.constantFrom(0, -1, 1),
    ),
  })
  .map(({ type, items, place, offset }) => ({ type, lines: items, place, offset }));
type Deed = typeof deedArbitrary extends Arbitrary<infer A> ? A : never;

function commandOf({ type, lines, place, offset }: Deed, at: number): Command {
  const occurredAt = at + offset;
  const other = place === "shop" ? "van" : "shop";
  switch (type) {
    case "transfer":
    case "dispatch":
      return { type, from: place, to: other, lines, occurredAt };
    default:
      return { type, location: place, lines, occurredAt } as Command;
  }
}

/** Days meet in every zone, whichever way its clocks go; detail and summary tell the same. */
export function checkReportDays(engine: Engine): Promise<void> {
  const moment = fc.oneof(
    fc.integer({ min: -90, max: 90 }).map((minutes) => minutes * MINUTE),
    fc.integer({ min: -50, max: 50 }).map((days) => days * DAY),
  );
  const question = fc.record({
    scope: scopeArbitrary,
    from: optional(moment),
    to: optional(moment),
    category: optional(fc.constantFrom(...CATEGORIES)),
  });
  return fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...TURNS),
      fc.array(deedArbitrary, { minLength: 1, maxLength: 40, size: "max" }),
      fc.array(question, { minLength: 1, maxLength: 4 }),
      async ({ timeZone, at }, deeds, questions) => {
        engine.clock.now = at + 60 * DAY;
        const ledger = await engine.freshLedger({ timeZone, negativePolicy: "allow" });
        await engine.run(ledger.submitEach(FURNISHING));
        await engine.run(ledger.submitEach(deeds.map((deed) => commandOf(deed, at))));
        const told = new Told(await feedOf(engine, ledger));
        for (const { scope, from, to, category } of questions) {
          const asked = ordered({
            ...scope,
            category,
            from: from === undefined ? undefined : at + from,
            to: to === undefined ? undefined : at + to,
          });
          await checkQuestion(engine, ledger, told, asked);
        }
        await checkDays(engine, ledger, calendarOf(timeZone), at);
        expect((await engine.run(ledger.verify())).differences).toEqual([]);
      },
    ),
    propertyOptions(SHARE),
  );
}

/** The days around a turn, one after another, at one place. */
async function checkDays(
  engine: Engine,
  ledger: LedgerService,
  calendar: Calendar,
  at: number,
): Promise<void> {
  const { day } = calendar.positionOf(at);
  const closings = new Map<string, number>();
  for (let local = day - 3; local <= day + 3; local++) {
    const [from, to] = [calendar.startOfDay(local), calendar.startOfDay(local + 1)];
    const { rows } = await engine.run(
      ledger.stockSummary({ location: "shop", from, to, limit: 1_000 }),
    );
    for (const { item, opening, in: came, out, closing } of rows) {
      expect(exact(opening + came - out, item)).toBe(closing);
      const before = closings.get(item.id);
      if (before !== undefined) expect(opening).toBe(before);
      closings.set(item.id, closing);
      const own = await engine.run(
        ledger.stockDetail({ location: "shop", item: item.id, from, to, limit: 1_000 }),
      );
      const sum = (side: "in" | "out") =>
        exact(
          own.rows.reduce((total, row) => total + row[side], 0),
          item,
        );
      expect([sum("in"), sum("out")]).toEqual([came, out]);
      expect(own.rows.at(-1)?.balance ?? opening).toBe(closing);
    }
  }
}

/** Sums of decimals, without what floats add. */
function exact(sum: number, { precision }: Item): number {
  return Number(sum.toFixed(precision)) + 0;
}
