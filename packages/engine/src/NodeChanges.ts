/**
 * What entries add to the figures of nodes, worked out while the writer takes them into its state.
 *
 * Movements only add to the locations they touch; what lies above learns of it when all is told,
 * or before a location moves. Whether a node has an item already is seen from the item itself,
 * for the state holds all its places.
 */
import {
  balanceOf,
  type Crossing,
  type Entry,
  evolve,
  type ItemState,
  isDepleted,
  isWithin,
  itemOf,
  type LedgerState,
  type Line,
  type Location,
  type LocationState,
  type Movement,
} from "@stockbook/core";
import { addItem, type NodeRows, NodeTally, upFrom } from "./NodeSums.js";

/** A place that an item has not been at before. */
interface NewPlace {
  readonly item: ItemState;
  readonly location: LocationState;
}

/** Changes of nodes, from a state on. */
export class NodeChanges {
  private readonly nodes = new NodeTally();
  /** By location alone: what those above have not been told of yet. */
  private untold = new NodeTally();
  private readonly touched = new Map<number, LocationState>();
  /** Of the latest entry that moved a location. */
  private movedBy = 0;

  /** Takes an entry into the state, as `evolve` does, and notes what it changes. */
  take(state: LedgerState, entry: Entry): void {
    const { body } = entry;
    switch (body.type) {
      case "movement":
        this.addMovement(state, body);
        evolve(state, entry);
        return;
      case "threshold-set":
        return this.setRule(state, entry, body.threshold);
      case "threshold-removed":
        return this.removeRule(state, entry, body);
      case "location-put":
        return this.putLocation(state, entry, body.location);
      case "depleted":
      case "replenished":
        this.addCrossing(state, body);
        evolve(state, entry);
        return;
      case "opened":
      case "item-put":
      case "category-put":
      case "manufacturer-put":
      case "refused":
        evolve(state, entry);
        return;
    }
  }

  /** All that was noted. */
  rows(): NodeRows {
    this.tell();
    return this.nodes.rows();
  }

  private addMovement(state: LedgerState, { lines }: Movement): void {
    const fresh: NewPlace[] = [];
    for (const line of lines) {
      const item = itemIn(state, line.item);
      const from = locationIn(state, line.from);
      const to = locationIn(state, line.to);
      this.addEnd(item, from, line, -1, fresh);
      this.addEnd(item, to, line, 1, fresh);
    }
  }

  private addEnd(
    item: ItemState,
    location: LocationState,
    { lot, quantity, value }: Line,
    sign: 1 | -1,
    fresh: NewPlace[],
  ): void {
    if (location.virtual) return;
    if (balanceOf(item, location, lot) === undefined) this.addPlace(item, location, fresh);
    this.touched.set(location.no, location);
    this.untold.addStock(location.no, item.item, sign * quantity, sign * value);
  }

  /** Counts the item where it was not yet; `fresh` are its new places of the same movement. */
  private addPlace(item: ItemState, location: LocationState, fresh: NewPlace[]): void {
    for (const { no } of nodesWithout(location, placesOf(item, fresh))) this.nodes.addItems(no, 1);
    fresh.push({ item, location });
  }

  private setRule(
    state: LedgerState,
    entry: Entry,
    at: { readonly item: string; readonly location: string },
  ): void {
    const item = itemIn(state, at.item);
    const location = locationIn(state, at.location);
    this.addRule(item, location, -1);
    if (!item.thresholds.has(location.no)) this.addPlace(item, location, []);
    evolve(state, entry);
    this.addRule(item, location, 1);
  }

  private removeRule(
    state: LedgerState,
    entry: Entry,
    at: { readonly item: string; readonly location: string },
  ): void {
    const item = itemIn(state, at.item);
    const location = locationIn(state, at.location);
    this.addRule(item, location, -1);
    evolve(state, entry);
    for (const { no } of nodesWithout(location, placesOf(item))) this.nodes.addItems(no, -1);
  }

  /** Adds or takes away an item's rule as it stands, if there is one. */
  private addRule(item: ItemState, location: LocationState, sign: 1 | -1): void {
    const rule = item.thresholds.get(location.no);
    if (rule !== undefined && isDepleted(rule.threshold, rule.quantity)) {
      this.addDepleted(location, sign);
    }
  }

  private addCrossing(state: LedgerState, { type, threshold, cause }: Crossing): void {
    // A location that moved was counted anew, with all rules that count it.
    if (cause === this.movedBy) return;
    this.addDepleted(locationIn(state, threshold.location), type === "depleted" ? 1 : -1);
  }

  private addDepleted(location: LocationState, change: 1 | -1): void {
    for (const { no } of upFrom(location)) this.nodes.addDepleted(no, change);
  }

  /** Items with a place in a location that moves leave the nodes above it and come to others. */
  private putLocation(state: LedgerState, entry: Entry, location: Location): void {
    const known = state.locations.get(location.id);
    if (known === undefined || known.location.parent === location.parent) {
      evolve(state, entry);
      return;
    }
    this.tell();
    const moved = itemsWithin(state, known);
    for (const item of moved) addItem(this.nodes, item, -1);
    evolve(state, entry);
    for (const item of moved) addItem(this.nodes, item, 1);
    this.movedBy = entry.sequence;
  }

  /** Tells all nodes above of what was added below. */
  private tell(): void {
    for (const sum of this.untold.rows().nodeSums) {
      const location = this.touched.get(sum.locationNo);
      if (location === undefined) continue;
      for (const { no } of upFrom(location)) {
        this.nodes.addStock(no, sum, sum.quantity, sum.value);
      }
    }
    this.untold = new NodeTally();
  }
}

/** The real locations where an item has moved or has a rule, and fresh ones; some of them twice. */
function* placesOf(item: ItemState, fresh: readonly NewPlace[] = []): Iterable<LocationState> {
  for (const { location } of item.balances.values()) if (!location.virtual) yield location;
  for (const { location } of item.thresholds.values()) yield location;
  for (const place of fresh) if (place.item === item) yield place.location;
}

/** The nodes that have a location in them and none of the others. */
function nodesWithout(
  location: LocationState,
  others: Iterable<LocationState>,
): readonly LocationState[] {
  const path = upFrom(location);
  let end = path.length;
  for (const other of others) {
    for (let at: LocationState | undefined = other; at !== undefined; at = at.parent) {
      const shared = path.indexOf(at);
      if (shared === -1) continue;
      end = Math.min(end, shared);
      break;
    }
    if (end === 0) break;
  }
  return path.slice(0, end);
}

function itemsWithin(state: LedgerState, root: LocationState): readonly ItemState[] {
  return [...state.items.values()].filter((item) => {
    for (const place of placesOf(item)) if (isWithin(place, root)) return true;
    return false;
  });
}

// Entries speak of nothing that the state lacks.

function itemIn(state: LedgerState, id: string): ItemState {
  return itemOf(state, id) as ItemState;
}

function locationIn(state: LedgerState, id: string): LocationState {
  return state.locations.get(id) as LocationState;
}
