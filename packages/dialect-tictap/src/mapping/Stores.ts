/** Stores: locations as this API tells of them. */
import type { Location } from "@stockbook/core";
import type { LocationSummary } from "@stockbook/engine";
import { STORE_SCOPES, type Store, type StoreScope, type StoreSummary } from "../contract/Views.js";
import { moniesOf } from "./Money.js";

/** The attribute that makes a location a store: `team`, `enterprise`, or `none` for no store. */
const SCOPE = "storeScope";

/** The scope of a store; `null` for a node that is none. What lies below nothing is a team's. */
function scopeOf({ attributes, parent }: Location): StoreScope | null {
  const given = attributes[SCOPE];
  if (given === undefined) return parent === null ? "team" : null;
  return STORE_SCOPES.find((scope) => scope === given) ?? null;
}

export function storeOf(location: Location): Store {
  const { id, name, code, kind, parent } = location;
  return { id, name, code, type: kind, scope: scopeOf(location), parent_id: parent };
}

/** The stores among locations, by name, then id; those of one scope, or all. */
export function storesAmong(
  locations: readonly Location[],
  scope: StoreScope | undefined,
): readonly Location[] {
  return locations
    .filter((location) => {
      const own = location.archived ? null : scopeOf(location);
      return own !== null && (scope === undefined || own === scope);
    })
    .sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function summaryOf(summary: LocationSummary): StoreSummary {
  const { id, name, parent, kind } = summary.location;
  return {
    id,
    name,
    parent_id: parent,
    type: kind,
    children_count: summary.children,
    product_count: summary.items,
    total_quantity: summary.quantity,
    below_minimum_count: summary.belowMinimum,
    value: moniesOf(summary.value),
    sequence: summary.sequence,
  };
}

/** How many locations there are at and below one. */
export function sizeOfSubtree(locations: readonly Location[], root: string): number {
  const parents = new Map(locations.map(({ id, parent }) => [id, parent]));
  const within = new Map<string | null, boolean>([
    [null, false],
    [root, true],
  ]);
  const isWithin = (id: string | null): boolean => {
    const known = within.get(id);
    if (known !== undefined) return known;
    const found = isWithin(parents.get(id as string) ?? null);
    within.set(id, found);
    return found;
  };
  return locations.filter(({ id }) => isWithin(id)).length;
}
