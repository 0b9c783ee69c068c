/** What every read is made from, and what several of them need. */
import {
  addLocation,
  type Calendar,
  emptyState,
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

export interface Source {
  readonly store: LedgerStoreService;
  readonly ledger: LedgerId;
  readonly calendar: Calendar;
}

/** The locations of a ledger, the virtual ones included. */
export interface LocationTree {
  readonly byId: ReadonlyMap<string, LocationState>;
  readonly byNo: ReadonlyMap<number, LocationState>;
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

export function treeOf(source: Source): Effect.Effect<LocationTree, Busy | StoreFault> {
  return Effect.map(catalogueOf(source), (catalogue) => locationTree(catalogue));
}

/** The tree as it hangs together, whichever order it was made in. */
function locationTree({ locations }: CatalogueSlice): LocationTree {
  const state = emptyState();
  for (const { location } of locations) addLocation(state, { ...location, parent: null });
  for (const { location } of locations) {
    const added = state.locations.get(location.id);
    if (added === undefined) continue;
    added.location = location;
    added.parent = location.parent === null ? undefined : state.locations.get(location.parent);
  }
  const all = [...state.locations.values()];
  return { byId: state.locations, byNo: new Map(all.map((location) => [location.no, location])) };
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
function locationIn(tree: LocationTree, id: string): Effect.Effect<LocationState, NotFound> {
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
): Effect.Effect<readonly number[], NotFound> {
  const all = [...tree.byNo.values()].filter(({ virtual }) => !virtual);
  if (location === undefined) return Effect.succeed(all.map(({ no }) => no));
  return Effect.map(locationIn(tree, location), (root) =>
    all.filter((candidate) => isWithin(candidate, root)).map(({ no }) => no),
  );
}

export function placeOf(
  source: Source,
  item: string,
  locationId: string,
): Effect.Effect<KnownPlace, Busy | StoreFault | NotFound> {
  return Effect.gen(function* () {
    const slice = yield* itemSliceOf(source, item);
    const location = yield* locationIn(yield* treeOf(source), locationId);
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
