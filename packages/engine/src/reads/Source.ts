/** What every read is made from, and what several of them need. */
import {
  type Calendar,
  type Item,
  isWithin,
  type LocationState,
  MAX_INSTANT,
  MIN_INSTANT,
} from "@stockbook/core";
import { Effect } from "effect";
import { NOTHING } from "../Cache.js";
import { type Busy, InvalidRequest, NotFound, StoreFault } from "../Errors.js";
import { MAX_PAGE } from "../Paging.js";
import type {
  CatalogueSlice,
  ItemSlice,
  Keyset,
  LedgerId,
  LedgerStoreService,
  Place,
} from "../Store.js";
import type { LocationTree, Trees } from "./Tree.js";

export interface Source {
  readonly store: LedgerStoreService;
  readonly ledger: LedgerId;
  readonly calendar: Calendar;
  readonly trees: Trees;
}

/** An item at a location, and the numbers the store knows them by. */
export interface KnownPlace {
  readonly item: Item;
  readonly location: LocationState;
  readonly place: Place;
}

export function catalogueOf({
  store,
  ledger,
}: Source): Effect.Effect<CatalogueSlice, Busy | StoreFault> {
  return Effect.flatMap(store.load(ledger, { ...NOTHING, catalogue: true }), ({ catalogue }) =>
    catalogue === undefined
      ? new StoreFault({ reason: "damaged", message: "the store gave no catalogue" })
      : Effect.succeed(catalogue),
  );
}

export function itemSliceOf(
  { store, ledger }: Source,
  id: string,
): Effect.Effect<ItemSlice, Busy | StoreFault | NotFound> {
  return Effect.flatMap(store.load(ledger, { ...NOTHING, items: [id] }), ({ items: [item] }) =>
    item === undefined ? new NotFound({ what: "item", id }) : Effect.succeed(item),
  );
}

/** A location that goods can be at. */
export function locationIn(tree: LocationTree, id: string): Effect.Effect<LocationState, NotFound> {
  const location = tree.byId.get(id);
  return location === undefined || location.virtual
    ? new NotFound({ what: "location", id })
    : Effect.succeed(location);
}

/** The number of the item that a filter names; `null` for none. */
export function itemNoOf(
  source: Source,
  { item }: { readonly item?: string | undefined },
): Effect.Effect<number | null, Busy | StoreFault | NotFound> {
  if (item === undefined) return Effect.succeed(null);
  return Effect.map(itemSliceOf(source, item), ({ no }) => no);
}

/** The locations in the subtree that a filter names; all real ones for none. */
export function locationNosOf(
  tree: LocationTree,
  { location }: { readonly location?: string | undefined },
): Effect.Effect<readonly number[] | "real", NotFound> {
  return location === undefined ? Effect.succeed("real") : subtreeNosOf(tree, location);
}

/** A location and what is below it. */
export function subtreeNosOf(
  tree: LocationTree,
  location: string,
): Effect.Effect<readonly number[], NotFound> {
  return Effect.map(locationIn(tree, location), (root) =>
    [...tree.byNo.values()]
      .filter((candidate) => !candidate.virtual && isWithin(candidate, root))
      .map(({ no }) => no),
  );
}

export function placeOf(
  source: Source,
  tree: LocationTree,
  item: string,
  locationId: string,
): Effect.Effect<KnownPlace, Busy | StoreFault | NotFound> {
  return Effect.gen(function* () {
    const slice = yield* itemSliceOf(source, item);
    const location = yield* locationIn(tree, locationId);
    const place = { itemNo: slice.no, locationNo: location.no };
    return { item: slice.item, location, place };
  });
}

export function readInstant(instant: number, field: string): Effect.Effect<number, InvalidRequest> {
  if (Number.isInteger(instant) && instant >= MIN_INSTANT && instant <= MAX_INSTANT + 1) {
    return Effect.succeed(instant);
  }
  return new InvalidRequest({
    field,
    message: `${field} must be whole milliseconds since 1970, from 1900 to 2999, not ${instant}`,
  });
}

/** All rows of a keyset read, page after page. */
export function allRows<Row, After, E>(
  read: (page: Keyset<After>) => Effect.Effect<readonly Row[], E>,
  afterOf: (row: Row) => After,
): Effect.Effect<readonly Row[], E> {
  return Effect.gen(function* () {
    const rows: Row[] = [];
    let after: After | null = null;
    for (;;) {
      const page: readonly Row[] = yield* read({ after, limit: MAX_PAGE });
      for (const row of page) rows.push(row);
      const last = page.at(-1);
      if (last === undefined || page.length < MAX_PAGE) return rows;
      after = afterOf(last);
    }
  });
}
