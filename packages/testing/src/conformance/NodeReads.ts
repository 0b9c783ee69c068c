/** What is in locations and below them, and every stock item, held against the naive model. */
import type { Entry, Item, Location } from "@stockbook/core";
import type {
  LedgerService,
  LocationSummary,
  NumberedPage,
  Page,
  StockItemView,
} from "@stockbook/engine";
import { Effect } from "effect";
import fc from "fast-check";
import { expect } from "vitest";
import { historyArbitrary } from "../Arbitraries.js";
import { propertyOptions } from "../LawRun.js";
import { Model } from "../Model.js";
import { exactSum } from "../Sum.js";
import { WORLD_ITEMS, WORLD_PLACES } from "../World.js";
import type { Engine } from "./Harness.js";
import { runOnStore } from "./SameAsCore.js";

/** Of the runs: each asks many pages of a history. */
const SHARE = 0.2;

const optional = <A>(from: readonly A[]) => fc.constantFrom<A | undefined>(undefined, ...from);

const questionArbitrary = fc.record({
  item: optional(WORLD_ITEMS.map(({ id }) => id)),
  location: optional(WORLD_PLACES.map(({ id }) => id)),
  belowMinimum: optional([true, false]),
  limit: fc.integer({ min: 1, max: 4 }),
});

/** What locations come to, what lies right below them, and the stock items of any part. */
export function checkNodes(engine: Engine): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      historyArbitrary(),
      fc.array(questionArbitrary, { minLength: 1, maxLength: 4 }),
      async (history, questions) => {
        const { run, ledger } = await runOnStore(engine, history);
        const naive = new NaiveNodes(run.book.entries);
        const ids = naive.locations.map(({ id }) => id);
        const asked = [...ids, ...ids.slice(0, 2)];
        expect(await engine.run(ledger.summaries(asked))).toEqual(
          asked.map((id) => naive.summary(id)),
        );
        for (const id of ids) {
          expect(await childrenOf(engine, ledger, id)).toEqual(naive.children(id));
        }
        for (const question of questions) {
          const rows = await stockItemsOf(engine, ledger, question);
          expect(rows).toEqual(naive.stockItems(question));
          for (const { item, location, ...rest } of rows.slice(0, 2)) {
            const one = await engine.run(ledger.stockItem(item.id, location.id));
            expect(one).toEqual({ item, location, ...rest });
          }
        }
        await checkMissing(engine, ledger, naive);
      },
    ),
    propertyOptions(SHARE),
  );
}

type Question = typeof questionArbitrary extends fc.Arbitrary<infer A> ? A : never;

async function stockItemsOf(engine: Engine, ledger: LedgerService, question: Question) {
  const rows: StockItemView[] = [];
  let after: string | undefined;
  do {
    const page: Page<StockItemView> = await engine.run(ledger.stockItems({ ...question, after }));
    expect(page.rows.length).toBeLessThanOrEqual(question.limit);
    rows.push(...page.rows);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

async function childrenOf(engine: Engine, ledger: LedgerService, location: string) {
  const rows: Location[] = [];
  for (;;) {
    const request = { location, offset: rows.length, limit: 2 };
    const page: NumberedPage<Location> = await engine.run(ledger.children(request));
    rows.push(...page.rows);
    if (page.rows.length > 0 && rows.length < page.total) continue;
    expect(page.total).toBe(rows.length);
    return rows;
  }
}

/** An item and a location that have nothing to do with each other are no stock item. */
async function checkMissing(engine: Engine, ledger: LedgerService, naive: NaiveNodes) {
  const known = naive.stockItems({}).map(({ item, location }) => `${item.id} ${location.id}`);
  for (const { id: item } of WORLD_ITEMS) {
    for (const { id: location } of WORLD_PLACES) {
      if (known.includes(`${item} ${location}`)) continue;
      const fault = await engine.run(Effect.flip(ledger.stockItem(item, location)));
      expect(fault).toMatchObject({ _tag: "NotFound", what: "stock item" });
      return;
    }
  }
}

/** A stock item as the entries tell it, in ledger steps. */
interface NaiveStockItem {
  readonly item: Item;
  readonly location: Location;
  readonly quantity: number;
  readonly value: number;
  readonly rule:
    | { readonly minimum: number; readonly maximum: number; readonly counted: number }
    | undefined;
}

/** Everything recomputed from the entries, with no code of the engine or the core. */
class NaiveNodes {
  readonly items: readonly Item[];
  readonly locations: readonly Location[];
  private readonly pairs: readonly NaiveStockItem[];
  private readonly model: Model;

  constructor(private readonly entries: readonly Entry[]) {
    const items = new Map<string, Item>();
    const locations = new Map<string, Location>();
    for (const { body } of entries) {
      if (body.type === "item-put") items.set(body.item.id, body.item);
      if (body.type === "location-put") locations.set(body.location.id, body.location);
    }
    this.items = [...items.values()];
    this.locations = [...locations.values()];
    this.model = new Model(entries);
    this.pairs = this.allPairs();
  }

  summary(id: string): LocationSummary {
    const within = this.model.subtree(id);
    const pairs = this.pairs.filter(({ location }) => within.includes(location.id));
    const currencies = [...new Set(pairs.map(({ item }) => item.currency))].sort();
    const value = currencies.map((currency) => {
      const own = pairs.filter(({ item }) => item.currency === currency);
      return { amount: exactSum(own.map((pair) => pair.value)), currency };
    });
    return {
      location: this.location(id),
      children: this.children(id).length,
      items: new Set(pairs.map(({ item }) => item.id)).size,
      // All in millionths, which no precision goes beyond.
      quantity: decimal(
        pairs.reduce(
          (sum, { item, quantity }) => sum + BigInt(quantity) * 10n ** BigInt(6 - item.precision),
          0n,
        ),
        6,
      ),
      belowMinimum: pairs.filter(isBelowMinimum).length,
      value: value.filter(({ amount }) => amount !== 0),
      sequence: this.entries.length,
    };
  }

  children(id: string): readonly Location[] {
    return this.locations
      .filter(({ parent }) => parent === id)
      .sort((a, b) => (`${a.name}\0${a.id}` < `${b.name}\0${b.id}` ? -1 : 1));
  }

  stockItems(filter: Partial<Question>): readonly StockItemView[] {
    const within = filter.location === undefined ? undefined : this.model.subtree(filter.location);
    return this.pairs
      .filter((pair) => filter.item === undefined || pair.item.id === filter.item)
      .filter((pair) => within === undefined || within.includes(pair.location.id))
      .filter((pair) => filter.belowMinimum !== true || isBelowMinimum(pair))
      .map(viewOf);
  }

  /** By item and location, in the order in which these were made. */
  private allPairs(): readonly NaiveStockItem[] {
    const { balances, rules } = this.model;
    return this.items.flatMap((item) =>
      this.locations.flatMap((location) => {
        const at = (place: { readonly item: string; readonly location: string }) =>
          place.item === item.id && place.location === location.id;
        const held = balances.filter(at);
        const rule = rules.find(({ threshold }) => at(threshold))?.threshold;
        if (held.length === 0 && rule === undefined) return [];
        const quantities = held.flatMap((one) => [one.available, one.reserved, one.unavailable]);
        return {
          item,
          location,
          quantity: exactSum(quantities),
          value: exactSum(held.map((one) => one.value)),
          rule: rule && {
            minimum: rule.minimum,
            maximum: rule.maximum,
            counted: this.model.onHandWithin(item.id, location.id),
          },
        };
      }),
    );
  }

  private location(id: string): Location {
    const found = this.locations.find((location) => location.id === id);
    if (found === undefined) throw new Error(`there is no location ${id}`);
    return found;
  }
}

function isBelowMinimum({ rule }: NaiveStockItem): boolean {
  return rule !== undefined && rule.counted < rule.minimum;
}

function viewOf(pair: NaiveStockItem): StockItemView {
  const { item, location, quantity, value, rule } = pair;
  const units = (steps: number) => decimal(BigInt(steps), item.precision);
  const belowMinimum = isBelowMinimum(pair);
  const { minimum, maximum, counted } = rule ?? { minimum: 0, maximum: 0, counted: quantity };
  return {
    item,
    location,
    onHand: units(quantity),
    value,
    minimum: units(minimum),
    maximum: units(maximum),
    counted: units(counted),
    belowMinimum,
    replenishment: belowMinimum ? units((maximum > 0 ? maximum : minimum) - counted) : 0,
  };
}

/** Steps of so many decimal places, written out and read as a number. */
function decimal(steps: bigint, places: number): number {
  const digits = String(steps < 0n ? -steps : steps).padStart(places + 1, "0");
  const end = digits.length - places;
  return Number(`${steps < 0n ? "-" : ""}${digits.slice(0, end)}.${digits.slice(end)}0`);
}
