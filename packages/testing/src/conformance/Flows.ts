/** What came in, went out, was moved and was corrected, held against the entries and the stock. */
import {
  calendarOf,
  FLOWS,
  type Flow,
  flowOf,
  formatDay,
  itemOf,
  type Line,
} from "@stockbook/core";
import type { FlowStatistics, LedgerService, Money } from "@stockbook/engine";
import fc from "fast-check";
import { expect } from "vitest";
import { historyArbitrary } from "../Arbitraries.js";
import type { Book } from "../Book.js";
import { propertyOptions } from "../LawRun.js";
import { WORLD_ITEMS, WORLD_PLACES } from "../World.js";
import type { Engine } from "./Harness.js";
import { isBelow, worthOf } from "./NaiveReads.js";
import { heldAt } from "./Past.js";
import { runOnStore } from "./SameAsCore.js";

const SHARE = 0.08;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const ZONES = ["Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati", "UTC"] as const;

interface Asked {
  readonly location: string;
  readonly from: number;
  readonly to: number;
}

/** Days add up to the range, both are what the entries say, and stock changes by what they say. */
export function checkFlows(engine: Engine): Promise<void> {
  const question = fc.record({
    location: fc.constantFrom(...WORLD_PLACES.map(({ id }) => id)),
    near: fc.nat(99),
    before: fc.integer({ min: 0, max: 400 * DAY_MS }),
    after: fc.constantFrom(1, HOUR_MS, DAY_MS, 30 * DAY_MS, 400 * DAY_MS),
  });
  return fc.assert(
    fc.asyncProperty(
      historyArbitrary(),
      fc.constantFrom(...ZONES),
      fc.array(question, { minLength: 1, maxLength: 4 }),
      async (history, timeZone, questions) => {
        const settings = { ...history.world.settings, timeZone };
        const world = { ...history.world, settings };
        const { run, ledger } = await runOnStore(engine, { ...history, world });
        const moved = run.book.entries.filter(({ body }) => body.type === "movement");
        for (const { location, near, before, after } of questions) {
          const around = moved[near % moved.length]?.occurredAt ?? 0;
          const asked = { location, from: around - before, to: around + after };
          await compareFlows(engine, ledger, run.book, asked, timeZone);
          await compareStock(engine, ledger, run.book, asked);
        }
      },
    ),
    propertyOptions(SHARE),
  );
}

async function compareFlows(
  engine: Engine,
  ledger: LedgerService,
  book: Book,
  asked: Asked,
  timeZone: string,
): Promise<void> {
  const range = await engine.run(ledger.flowStatistics({ ...asked, per: "range" }));
  expect(range).toEqual([{ day: null, flows: naiveFlows(book, asked) }]);
  const days = await engine.run(ledger.flowStatistics({ ...asked, per: "day" }));
  const { positionOf, startOfDay } = calendarOf(timeZone);
  const first = positionOf(asked.from).day;
  const last = positionOf(asked.to - 1).day;
  const expected = Array.from({ length: last - first + 1 }, (_, i): FlowStatistics => {
    const from = Math.max(asked.from, startOfDay(first + i));
    const to = Math.min(asked.to, startOfDay(first + i + 1));
    return { day: formatDay(first + i), flows: naiveFlows(book, { ...asked, from, to }) };
  });
  expect(days).toEqual(expected);
  for (const flow of FLOWS) {
    const sumOf = (figure: "transactions" | "lines" | "quantity") =>
      days.reduce((sum, row) => sum + row.flows[flow][figure], 0);
    const whole = range[0]?.flows[flow];
    expect(sumOf("transactions")).toBe(whole?.transactions);
    expect(sumOf("lines")).toBe(whole?.lines);
    // Each day is rounded for itself where it is more than a number can tell.
    const quantity = whole?.quantity ?? Number.NaN;
    expect(Math.abs(sumOf("quantity") - quantity)).toBeLessThanOrEqual(1e-6 + quantity * 1e-12);
    expect(days.reduce((sum, row) => sum + amountOf(row.flows[flow].value), 0)).toBe(
      amountOf(whole?.value ?? []),
    );
  }
}

/** Of an item at a place alone, what came in less what went out is what stock changed by. */
async function compareStock(
  engine: Engine,
  ledger: LedgerService,
  book: Book,
  { location, from, to }: Asked,
): Promise<void> {
  for (const { id: item } of WORLD_ITEMS) {
    const precision = precisionOf(book, item);
    const filter = { item, from, to, flows: FLOWS, limit: 1_000 } as const;
    const gone = await engine.run(ledger.transactionPage({ ...filter, originAlone: location }));
    const come = await engine.run(
      ledger.transactionPage({ ...filter, destinationAlone: location }),
    );
    const stepsOf = (rows: typeof gone.rows, end: "from" | "to") =>
      rows
        .flatMap(({ lines }) => lines)
        .filter((line) => line.item === item && line[end] === location && line.from !== line.to)
        .reduce((sum, { quantity }) => sum + Math.round(quantity * 10 ** precision), 0);
    const onHandAt = (at: number) => {
      const held = heldAt(book.entries, item, location, at, book.entries.length);
      return held.available + held.reserved + held.unavailable;
    };
    expect(stepsOf(come.rows, "to") - stepsOf(gone.rows, "from")).toBe(
      onHandAt(to - 1) - onHandAt(from - 1),
    );
  }
}

function naiveFlows(book: Book, { location, from, to }: Asked): FlowStatistics["flows"] {
  const lines = book.entries.flatMap(({ sequence, occurredAt, body }) =>
    body.type !== "movement" || occurredAt < from || occurredAt >= to
      ? []
      : body.lines
          .filter((line) => isBelow(book, line.from, location) || isBelow(book, line.to, location))
          .map((line) => ({ ...line, sequence })),
  );
  const figuresOf = (flow: Flow) => {
    const own = lines.filter((line) => flowOf(line.from, line.to) === flow);
    return {
      transactions: new Set(own.map(({ sequence }) => sequence)).size,
      lines: own.length,
      quantity: unitsOf(own.reduce((sum, line) => sum + finestStepsOf(book, line), 0n)),
      value: worthOf(
        book,
        own.map((line) => ({ ...line, value: Math.abs(line.value) })),
      ),
    };
  };
  // One for each flow.
  return Object.fromEntries(
    FLOWS.map((flow) => [flow, figuresOf(flow)]),
  ) as FlowStatistics["flows"];
}

/** In millionths, in which every precision is whole; of many lines more than a number can tell. */
function finestStepsOf(book: Book, { item, quantity }: Line): bigint {
  return BigInt(quantity) * 10n ** BigInt(6 - precisionOf(book, item));
}

/** As it is now: it may have been changed before anything moved. */
function precisionOf({ state }: Book, item: string): number {
  return itemOf(state, item)?.item.precision ?? 0;
}

function unitsOf(millionths: bigint): number {
  const fraction = String(millionths % 1_000_000n).padStart(6, "0");
  return Number(`${millionths / 1_000_000n}.${fraction}`);
}

function amountOf(value: readonly Money[]): number {
  return value.reduce((sum, { amount }) => sum + amount, 0);
}
