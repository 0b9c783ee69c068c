/** Reading what there is, now and at any moment of the past. */
import { firstDayOfMonth, type Item, toUnits } from "@stockbook/core";
import { Effect } from "effect";
import type { Busy, ReadError, StoreFault } from "../Errors.js";
import type { AsOf, Page, StockFilter } from "../Ledger.js";
import { limitOf, pageOf, positionOf } from "../Paging.js";
import type { BalanceAfter, BalanceOfItem, Moment, Place, RollupSums } from "../Store.js";
import type { StockView } from "../Views.js";
import { itemNoOf, locationNosOf, placeOf, readInstant, type Source } from "./Source.js";
import type { LocationTree } from "./Tree.js";

/** What there is now, by item and location. */
export function readStock(
  source: Source,
  filter: StockFilter,
): Effect.Effect<Page<StockView>, ReadError> {
  return source.trees.reading((tree) => stockWithin(source, filter, tree));
}

function stockWithin(
  source: Source,
  filter: StockFilter,
  tree: LocationTree,
): Effect.Effect<Page<StockView>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(filter);
    const after = yield* positionOf(filter, [0, 0, ""] as readonly [number, number, string]);
    const itemNo = yield* itemNoOf(source, filter);
    const locationNos = yield* locationNosOf(tree, filter);
    const nonZero = filter.nonZero ?? false;
    const query = {
      after,
      limit: limit + 1,
      itemNo,
      locationNos,
      nonZero,
      lots: "apart",
    } as const;
    const rows = yield* source.store.balances(source.ledger, query);
    return pageOf(rows, limit, balancePosition, (row) => balanceView(row, tree));
  });
}

/** What there was of an item at a location, lots together. */
export function readStockAsOf(
  source: Source,
  itemId: string,
  locationId: string,
  asOf: AsOf,
): Effect.Effect<StockView, ReadError> {
  const placed = source.trees.reading((tree) => placeOf(source, tree, itemId, locationId));
  return Effect.gen(function* () {
    const { item, location, place } = yield* placed;
    const instant = yield* readInstant(asOf.at, "at");
    const sums = yield* sumsAt(
      source,
      place,
      momentOf(source, instant, yield* sequenceOf(source, asOf)),
    );
    return stockView(item, location.location.id, null, sums);
  });
}

export function sumsAt(
  { store, ledger }: Source,
  place: Place,
  moment: Moment,
): Effect.Effect<RollupSums, Busy | StoreFault> {
  return Effect.map(store.sumsAt(ledger, [place], moment), ([sums]) => sums as RollupSums);
}

/** A moment in the ledger's calendar; `sequence` says how much of the book counts. */
export function momentOf({ calendar }: Source, instant: number, sequence: number | null): Moment {
  const position = calendar.positionOf(instant);
  return { instant, sequence, ...position, firstDayOfMonth: firstDayOfMonth(position.month) };
}

export function balancePosition({ itemNo, locationNo, lot }: BalanceOfItem): BalanceAfter {
  return [itemNo, locationNo, lot ?? ""];
}

function balanceView(row: BalanceOfItem, tree: LocationTree): StockView {
  const location = tree.byNo.get(row.locationNo)?.location.id ?? "";
  return stockView(row.item, location, row.lot, row);
}

type Amounts = Pick<RollupSums, "available" | "reserved" | "unavailable" | "value">;

export function stockView(
  item: Item,
  location: string,
  lot: string | null,
  held: Amounts,
): StockView {
  const { precision } = item;
  const { available, reserved, unavailable, value } = held;
  return {
    item: item.id,
    sku: item.sku,
    name: item.name,
    unit: item.unit,
    location,
    lot,
    onHand: toUnits(available + reserved + unavailable, precision),
    available: toUnits(available, precision),
    reserved: toUnits(reserved, precision),
    unavailable: toUnits(unavailable, precision),
    value,
    currency: item.currency,
  };
}

/** How much of the book counts; `null` for all of it. */
export function sequenceOf(
  source: Source,
  { sequence, recordedAt }: AsOf,
): Effect.Effect<number | null, Busy | StoreFault> {
  return recordedAt === undefined
    ? Effect.succeed(sequence ?? null)
    : sequenceRecordedBy(source, recordedAt);
}

/** The last sequence recorded up to an instant; `recordedAt` never goes back, so it is halved. */
function sequenceRecordedBy({ store, ledger }: Source, recordedAt: number) {
  return Effect.gen(function* () {
    let low = 0;
    let high = (yield* store.head(ledger)).sequence;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const [entry] = yield* store.entries(ledger, middle - 1, 1);
      if (entry !== undefined && entry.recordedAt <= recordedAt) low = middle;
      else high = middle - 1;
    }
    return low;
  });
}
