/** Reading what there was everywhere at a moment. */
import { Effect } from "effect";
import type { Busy, ReadError, StoreFault } from "../Errors.js";
import type { AsOf, Page, StockFilter } from "../Ledger.js";
import { cursorOf, limitOf, MAX_PAGE, positionOf } from "../Paging.js";
import type { BalanceOfItem, Moment, RollupSums } from "../Store.js";
import type { StockView } from "../Views.js";
import { itemNoOf, locationNosOf, readInstant, type Source } from "./Source.js";
import { momentOf, sequenceOf, stockView } from "./Stock.js";
import type { LocationTree } from "./Tree.js";

/** After so many places with nothing at them, a page ends, and the next one goes on. */
const MOST_PLACES = 4 * MAX_PAGE;

interface Held {
  readonly row: BalanceOfItem;
  readonly sums: RollupSums;
}

/** Places of a page, and whether there are more behind the last one. */
interface Found {
  readonly held: readonly Held[];
  readonly last: BalanceOfItem | undefined;
  readonly more: boolean;
}

type Places = (
  after: BalanceOfItem | null,
  limit: number,
) => Effect.Effect<readonly BalanceOfItem[], Busy | StoreFault>;

/** What there was at a moment, by item and location, lots together. */
export function readStockAt(
  source: Source,
  request: StockFilter & AsOf,
): Effect.Effect<Page<StockView>, ReadError> {
  return source.trees.reading((tree) => stockAtWithin(source, request, tree));
}

function stockAtWithin(
  source: Source,
  request: StockFilter & AsOf,
  tree: LocationTree,
): Effect.Effect<Page<StockView>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(request);
    const start = yield* positionOf(request, [0, 0] as readonly [number, number]);
    const instant = yield* readInstant(request.at, "at");
    const moment = momentOf(source, instant, yield* sequenceOf(source, request));
    const itemNo = yield* itemNoOf(source, request);
    const locationNos = yield* locationNosOf(tree, request);
    const places: Places = (row, most) => {
      const after = row === null ? start : ([row.itemNo, row.locationNo] as const);
      return source.store.balances(source.ledger, {
        after: after === null ? null : [...after, ""],
        limit: most,
        itemNo,
        locationNos,
        nonZero: false,
        lots: "together",
      });
    };
    const look = request.nonZero === true ? lookForSomething(limit) : { size: limit, limit };
    const { held, last, more } = yield* heldPlaces(source, places, moment, look);
    const next = more && last !== undefined ? cursorOf([last.itemNo, last.locationNo]) : null;
    const locationOf = (no: number) => tree.byNo.get(no)?.location.id ?? "";
    const rows = held.map(({ row, sums }) =>
      stockView(row.item, locationOf(row.locationNo), null, sums),
    );
    return { rows, next };
  });
}

interface Look {
  readonly limit: number;
  /** How many places are looked at together. */
  readonly size: number;
  /** All, if left out. */
  readonly wanted?: (held: Held) => boolean;
}

function lookForSomething(limit: number): Look {
  const wanted = ({ sums }: Held) =>
    sums.available !== 0 || sums.reserved !== 0 || sums.unavailable !== 0;
  return { limit, size: Math.max(limit, 100), wanted };
}

/** Goes through places until there are enough of them, or too many with nothing at them. */
function heldPlaces(
  source: Source,
  places: Places,
  moment: Moment,
  { limit, size, wanted }: Look,
): Effect.Effect<Found, Busy | StoreFault> {
  return Effect.gen(function* () {
    const held: Held[] = [];
    let last: BalanceOfItem | undefined;
    for (let seen = 0; seen < MOST_PLACES; seen += size) {
      const rows: readonly BalanceOfItem[] = yield* places(last ?? null, size + 1);
      const here = rows.slice(0, size);
      const sums = yield* source.store.sumsAt(source.ledger, here, moment);
      for (const [i, row] of here.entries()) {
        const at = { row, sums: sums[i] as RollupSums };
        last = row;
        if (wanted === undefined || wanted(at)) held.push(at);
        if (held.length === limit) return { held, last, more: i + 1 < rows.length };
      }
      if (rows.length <= size) return { held, last, more: false };
    }
    return { held, last, more: true };
  });
}
