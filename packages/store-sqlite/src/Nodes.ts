/** Locations as nodes, and stock items: which questions are asked, and what the answers come to. */
import type { SqlClient } from "@effect/sql/SqlClient";
import {
  type LedgerId,
  type NodeRow,
  nodesOf,
  type StockItemQuery,
  type StockItemRow,
} from "@stockbook/engine";
import { Effect } from "effect";
import {
  allNodes,
  nodesAt,
  type StockItemKey,
  type StockItemRecord,
  stockItemKeys,
  stockItemKeysAt,
  stockItemKeysOf,
  stockItemsAt,
} from "./NodeQueries.js";
import { itemOf } from "./Rows.js";
import type { Ask } from "./Snapshot.js";

interface Look {
  readonly sql: SqlClient;
  readonly ask: Ask;
  readonly ledger: LedgerId;
}

/** The figures of some locations, or of all. */
export function nodes(
  { sql, ask, ledger }: Look,
  locationNos: readonly number[] | null,
): Effect.Effect<readonly NodeRow[]> {
  return Effect.gen(function* () {
    const counts = yield* ask(
      locationNos === null
        ? allNodes(sql, ledger, "node_counts")
        : nodesAt(sql, ledger, "node_counts", locationNos),
    );
    const sums = yield* ask(
      locationNos === null
        ? allNodes(sql, ledger, "node_sums")
        : nodesAt(sql, ledger, "node_sums", locationNos),
    );
    return nodesOf({
      nodeCounts: counts.map(({ location: locationNo, items, depleted }) => {
        return { locationNo, items, depleted };
      }),
      nodeSums: sums.map(({ location: locationNo, currency, precision, quantity, value }) => {
        return { locationNo, currency, precision, quantity, value };
      }),
    });
  });
}

/** A page of stock items, by item and location. */
export function stockItems(
  look: Look,
  query: StockItemQuery,
): Effect.Effect<readonly StockItemRow[]> {
  const { sql, ask, ledger } = look;
  return Effect.gen(function* () {
    const keys = yield* keysOf(look, query);
    const places = keys.map(({ item, location }) => ({ itemNo: item, locationNo: location }));
    if (places.length === 0) return [];
    return (yield* ask(stockItemsAt(sql, ledger, places))).map(stockItemOf);
  });
}

/** So many places are asked one by one at once; that reads no more than looking ahead would. */
const FEW_PLACES = 8;
/** Looking ahead, so many times a page of the whole ledger is gone through for a page. */
const PAGES_AHEAD = 8;

/**
 * Of many places, the next stock items of the whole ledger are looked at first: where the places
 * take a large part of them, that is a page. Where they do not, the places are asked one by one.
 */
function keysOf(
  { sql, ask, ledger }: Look,
  query: StockItemQuery,
): Effect.Effect<readonly StockItemKey[]> {
  const { itemNo, locationNos, limit } = query;
  if (itemNo !== null) return ask(stockItemKeysOf(sql, ledger, itemNo, query));
  if (locationNos === "real") return ask(stockItemKeys(sql, ledger, query));
  const oneByOne = ask(stockItemKeysAt(sql, ledger, locationNos, query));
  if (locationNos.length <= FEW_PLACES) return oneByOne;
  const most = PAGES_AHEAD * limit;
  const wanted = new Set(locationNos);
  return Effect.flatMap(ask(stockItemKeys(sql, ledger, { ...query, limit: most })), (ahead) => {
    const found = ahead.filter(({ location }) => wanted.has(location));
    const enough = found.length >= limit || ahead.length < most;
    return enough ? Effect.succeed(found.slice(0, limit)) : oneByOne;
  });
}

function stockItemOf(row: StockItemRecord): StockItemRow {
  const { item: itemNo, location: locationNo, minimum, maximum, counted, value } = row;
  const isRule = minimum !== null && maximum !== null && counted !== null;
  const rule = isRule ? { minimum, maximum, quantity: counted } : null;
  return { itemNo, locationNo, item: itemOf(row), onHand: row.on_hand, value, rule };
}
