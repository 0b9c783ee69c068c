/** Days meet: what the reports say of generated histories, in zones of every kind. */
import { type Command, calendarOf, DAY_MS, type Entry, formatDay } from "@stockbook/core";
import { propertyOptions } from "@stockbook/testing";
import { Chunk, Stream } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manualClock } from "../../http/test/support/ManualClock.js";
import { TRANSACTION_TYPES } from "../src/contract/index.js";
import type { Query } from "./GuideClient.js";
import { serve } from "./support/Served.js";

/** First local days of a week with something in it, such as a change of clocks. */
const WEEKS = [
  ["Asia/Kathmandu", "2026-05-10"],
  ["America/New_York", "2026-03-05"],
  ["America/New_York", "2026-10-29"],
  ["Pacific/Kiritimati", "2025-12-29"],
] as const;
const WEEK = 7;
const ITEMS = ["A", "B", "C"] as const;
const PLACES = ["north", "south"] as const;

// ── histories ────────────────────────────────────────────────────────────────────────────

const deedArbitrary = fc.record({
  kind: fc.constantFrom("receive", "issue", "transfer", "dispatch", "adjust", "reserve"),
  item: fc.constantFrom(...ITEMS),
  place: fc.constantFrom(...PLACES),
  quantity: fc.integer({ min: 1, max: 9 }),
  day: fc.nat(WEEK - 1),
  /** Many of them at the very ends of days. */
  offset: fc.oneof(fc.constantFrom(-1, 0, 1), fc.nat(DAY_MS - 1)),
  isLess: fc.boolean(),
});
type Deed = typeof deedArbitrary extends fc.Arbitrary<infer A> ? A : never;

function commandOf(deed: Deed, startOfDay: (day: number) => number): Command {
  const { kind, item, place, quantity, day, offset, isLess } = deed;
  const common = { occurredAt: startOfDay(day) + offset, lines: [{ item, quantity }] };
  const to = place === "north" ? "south" : "north";
  switch (kind) {
    case "transfer":
    case "dispatch":
      return { type: kind, from: place, to, ...common };
    case "adjust": {
      const lines = [{ item, quantity: isLess ? -quantity : quantity }];
      return { type: kind, location: place, ...common, lines };
    }
    default:
      return { type: kind, location: place, ...common };
  }
}

// ── what the entries say, by hand ────────────────────────────────────────────────────────

/** A row of a card, as it has to be. */
interface Row {
  readonly day: string;
  readonly at: number;
  readonly item: string;
  readonly place: string;
  readonly type: string;
  readonly in: number;
  readonly out: number;
  readonly balance: number;
}

/** What is reserved has moved, but is still on hand: the card does not know of it. */
const NO_CARD_ROW = "reserved";

const TYPES: Readonly<Record<string, readonly [comes: string, goes: string]>> = {
  "@supplier": ["input", "output"],
  "@customer": ["input", "output"],
  "@adjustment": ["adjust", "adjust"],
};

/** All rows of all cards, in order, with the local date as the runtime's own formatter has it. */
function rowsOf(entries: readonly Entry[], timeZone: string): readonly Row[] {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const lines = entries
    .toSorted((a, b) => a.occurredAt - b.occurredAt || a.sequence - b.sequence)
    .flatMap(({ body, occurredAt }) =>
      body.type === "movement" ? body.lines.map((line) => ({ line, at: occurredAt })) : [],
    );
  const balances = new Map<string, number>();
  return lines.flatMap(({ line, at }) => {
    const { item, from, to, quantity } = line;
    const day = format.format(at);
    if (from === to) {
      const balance = balances.get(`${item} ${to}`) ?? 0;
      return [{ day, at, item, place: to, type: NO_CARD_ROW, in: 0, out: 0, balance }];
    }
    return [from, to].flatMap((place): Row[] => {
      if (place.startsWith("@")) return [];
      const comes = place === to;
      const [typeIn, typeOut] = TYPES[comes ? from : to] ?? ["transfer_in", "transfer_out"];
      const key = `${item} ${place}`;
      const balance = (balances.get(key) ?? 0) + (comes ? quantity : -quantity);
      balances.set(key, balance);
      const amounts = comes ? { in: quantity, out: 0 } : { in: 0, out: quantity };
      const type = comes ? typeIn : typeOut;
      return [{ day, at, item, place, type, ...amounts, balance }];
    });
  });
}

/** The summary of some days, by item and place. */
function summaryOf(rows: readonly Row[], first: string, last: string) {
  const summary = new Map<string, readonly number[]>();
  for (const row of rows.filter(({ day }) => day <= last)) {
    const key = `${row.item} ${row.place}`;
    const [opening = 0, inward = 0, out = 0] = summary.get(key) ?? [];
    const within = row.day >= first;
    const now = within
      ? [opening, inward + row.in, out + row.out]
      : [opening + row.in - row.out, inward, out];
    summary.set(key, [...now, row.balance]);
  }
  return summary;
}

const questionArbitrary = fc.record({
  perPage: fc.integer({ min: 1, max: 7 }),
  place: fc.constantFrom(...PLACES),
  item: fc.option(fc.constantFrom(...ITEMS), { nil: undefined }),
  type: fc.option(fc.constantFrom(...TRANSACTION_TYPES), { nil: undefined }),
  from: fc.option(fc.nat(WEEK - 1), { nil: undefined }),
  days: fc.option(fc.nat(WEEK - 1), { nil: undefined }),
});

type Question = typeof questionArbitrary extends fc.Arbitrary<infer A> ? A : never;

interface Filter extends Pick<Question, "item" | "type"> {
  readonly from: string | undefined;
  readonly until: string | undefined;
}

function filterOf({ item, type, from, days }: Question, text: (day: number) => string): Filter {
  const until = from === undefined || days === undefined ? undefined : text(from + days);
  return { item, type, from: from === undefined ? undefined : text(from), until };
}

function isWanted(row: Row, { item, type, from, until }: Filter): boolean {
  if (item !== undefined && row.item !== item) return false;
  if (type !== undefined && row.type !== type) return false;
  return (from === undefined || row.day >= from) && (until === undefined || row.day <= until);
}

// ── the law ──────────────────────────────────────────────────────────────────────────────

const shown = ({ at, item, type, in: inward, out, balance }: Row) => [
  at,
  item,
  type,
  inward,
  out,
  balance,
];

describe("over a week", () => {
  it.each(WEEKS)("in %s from %s, the reports are what the entries say", async (timeZone, date) => {
    const first = Date.parse(date) / DAY_MS;
    const { startOfDay } = calendarOf(timeZone);
    const dayText = (day: number) => formatDay(first + day);
    const histories = fc.array(deedArbitrary, { minLength: 1, maxLength: 25 });
    const property = fc.asyncProperty(histories, questionArbitrary, async (deeds, question) => {
      const clock = manualClock(Date.parse("2026-12-01T00:00:00Z"));
      const settings = { timeZone, negativePolicy: "allow" } as const;
      await using served = await serve({ clock, settings });
      const { client, ledger } = served;
      await served.did([
        ...PLACES.map((id) => ({ type: "put-location", id, name: id }) as const),
        ...ITEMS.map((sku) => ({ type: "put-item", sku }) as const),
      ]);
      const commands = deeds.map((deed) => commandOf(deed, (day) => startOfDay(first + day)));
      // What there is too little of to reserve is refused.
      await served.run(ledger.submitEach(commands));
      const entries = await served.run(Stream.runCollect(ledger.entries()));
      const rows = rowsOf(Chunk.toReadonlyArray(entries), timeZone);

      const ask = async (path: string, query: Query) => {
        // Else the limit would be reached.
        clock.advance(1_000);
        return client.all(path, query);
      };
      const summaryRows = async (query: Query) => {
        const found = await ask("/stock/summary", { ...query, per_page: question.perPage });
        const figures = found.map((row) => {
          const { opening, in: inward, out, closing } = row;
          expect(opening + inward - out).toBe(closing);
          return [`${row.item_code} ${row.locator_name}`, [opening, inward, out, closing]] as const;
        });
        expect(new Set(figures.map(([key]) => key)).size).toBe(figures.length);
        return new Map(figures);
      };

      let before = new Map<string, readonly number[]>();
      for (let day = -1; day <= WEEK; day++) {
        const text = dayText(day);
        const summary = await summaryRows({ date_from: text, date_to: text });
        expect(summary).toEqual(summaryOf(rows, text, text));
        for (const [key, [opening = 0]] of summary) expect(opening).toBe(before.get(key)?.[3] ?? 0);
        before = summary;
      }
      const whole = await summaryRows({});
      expect(whole).toEqual(summaryOf(rows, "0000", "9999"));

      const ids = async (path: string): Promise<ReadonlyMap<string, string>> => {
        const { body } = await client.get(path);
        const named = body.data as readonly { id: string; name: string; code: string | null }[];
        return new Map(named.map(({ id, name, code }) => [code ?? name, id]));
      };
      const [locators, items] = [await ids("/locators"), await ids("/items")];
      const { place, perPage } = question;
      const locator_id = locators.get(place) as string;
      const cardRows = async (query: Query) => {
        const found = await ask("/stock/detail", { locator_id, per_page: perPage, ...query });
        return found.map((row) => [
          Date.parse(row.time),
          row.item_code,
          row.transaction_type,
          row.in,
          row.out,
          row.balance,
        ]);
      };
      const card = rows.filter((row) => row.place === place && row.type !== NO_CARD_ROW);
      expect(await cardRows({})).toEqual(card.map(shown));
      for (const code of ITEMS) {
        const last = card.findLast((row) => row.item === code);
        expect(whole.get(`${code} ${place}`)?.[3] ?? 0).toBe(last?.balance ?? 0);
      }
      const filter = filterOf(question, dayText);
      const filtered = await cardRows({
        ...(filter.item !== undefined && { item_id: items.get(filter.item) as string }),
        ...(filter.type !== undefined && { transaction_type: filter.type }),
        ...(filter.from !== undefined && { date_from: filter.from }),
        ...(filter.until !== undefined && { date_to: filter.until }),
      });
      expect(filtered).toEqual(card.filter((row) => isWanted(row, filter)).map(shown));
    });
    await fc.assert(property, propertyOptions(0.1));
  });
});
