/**
 * The locations of a ledger, kept by its readers for as long as none of them has changed.
 *
 * The head tells the last entry that put a location. What was read between loading a tree and a
 * head with the same number belongs to that tree, whichever process writes: so the number is looked
 * at after the rows, never before. A location is never removed and keeps its id and its number.
 */
import { addLocation, emptyState, type LocationState } from "@stockbook/core";
import { Effect } from "effect";
import type { Busy, StoreFault } from "../Errors.js";
import type { LedgerId, LedgerStoreService, LocationRow, LocationsSlice } from "../Store.js";

/** The locations of a ledger, the virtual ones included. */
export interface LocationTree {
  /** Of the entry that put the latest of them. */
  readonly sequence: number;
  /** Without the virtual ones, by number. */
  readonly rows: readonly LocationRow[];
  readonly byId: ReadonlyMap<string, LocationState>;
  readonly byNo: ReadonlyMap<number, LocationState>;
  /** What lies right below each location that has anything below it, by name, then id. */
  readonly children: ReadonlyMap<number, readonly LocationState[]>;
}

export interface Trees {
  /**
   * Reads with the tree that belongs to the moment that is read; reads again where locations have
   * changed meanwhile. Where they change faster than they are loaded, the last answer counts: its
   * tree was loaded after the read began, and what moved to places that were made since is not in it.
   */
  readonly reading: <A, E>(
    read: (tree: LocationTree) => Effect.Effect<A, E>,
  ) => Effect.Effect<A, E | Busy | StoreFault>;
  /** As it is now. */
  readonly latest: Effect.Effect<LocationTree, Busy | StoreFault>;
}

/** So often a read begins anew. */
const MOST_REPEATS = 5;

/** The trees of one ledger; keeps the latest. */
export function makeTrees(
  store: Pick<LedgerStoreService, "head" | "locations">,
  ledger: LedgerId,
): Trees {
  let known: LocationTree | undefined;
  const load = Effect.map(store.locations(ledger), (slice) => {
    const loaded = treeOf(slice);
    // Of two loads at once, the one that began earlier may end later.
    if (known === undefined || known.sequence <= loaded.sequence) known = loaded;
    return loaded;
  });
  const isCurrent = ({ sequence }: LocationTree) =>
    Effect.map(store.head(ledger), ({ locationsSequence }) => locationsSequence === sequence);

  const attempt = <A, E>(
    tree: LocationTree,
    read: (tree: LocationTree) => Effect.Effect<A, E>,
    repeats: number,
  ): Effect.Effect<A, E | Busy | StoreFault> =>
    Effect.gen(function* () {
      // What an older tree does not have may be there by now.
      const outcome = yield* Effect.either(read(tree));
      if (repeats === MOST_REPEATS || (yield* isCurrent(tree))) return yield* outcome;
      return yield* attempt(yield* load, read, repeats + 1);
    });

  return {
    reading: (read) =>
      Effect.gen(function* () {
        return yield* attempt(known ?? (yield* load), read, 0);
      }),
    latest: Effect.gen(function* () {
      return known !== undefined && (yield* isCurrent(known)) ? known : yield* load;
    }),
  };
}

/** The tree as it hangs together, whichever order it was made in. */
export function treeOf({ sequence, locations }: LocationsSlice): LocationTree {
  const state = emptyState();
  for (const { location } of locations) addLocation(state, { ...location, parent: null });
  for (const { location } of locations) {
    const added = state.locations.get(location.id);
    if (added === undefined) continue;
    added.location = location;
    added.parent = location.parent === null ? undefined : state.locations.get(location.parent);
  }
  const all = [...state.locations.values()];
  const byNo = new Map(all.map((location) => [location.no, location]));
  return { sequence, rows: locations, byId: state.locations, byNo, children: childrenOf(all) };
}

function childrenOf(all: readonly LocationState[]): ReadonlyMap<number, readonly LocationState[]> {
  const children = new Map<number, LocationState[]>();
  for (const location of all) {
    if (location.parent === undefined) continue;
    const siblings = children.get(location.parent.no);
    if (siblings === undefined) children.set(location.parent.no, [location]);
    else siblings.push(location);
  }
  for (const siblings of children.values()) siblings.sort(byNameThenId);
  return children;
}

function byNameThenId({ location: a }: LocationState, { location: b }: LocationState): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
