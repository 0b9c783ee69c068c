/**
 * Locations as nodes: what there is in a location and everything below it.
 *
 * This is what the figures of a node are: the fold over every item. The writer keeps them as sums
 * that each batch adds to (`NodeChanges.ts`), which must come to the same at any moment.
 */
import {
  type Item,
  isDepleted,
  type LocationState,
  onHand,
  type ThresholdState,
} from "@stockbook/core";
import type { BalanceRow, NodeCountRow, NodeRow, NodeSumRow } from "./Store.js";

/** What an item has at places: as the state of a ledger holds it, or made from rows. */
export interface PlacedItem {
  readonly item: Pick<Item, "currency" | "precision">;
  readonly balances: { readonly values: () => Iterable<PlacedBalance> };
  readonly thresholds: { readonly values: () => Iterable<PlacedRule> };
}

interface PlacedBalance
  extends Pick<BalanceRow, "available" | "reserved" | "unavailable" | "value"> {
  readonly location: LocationState;
}

type PlacedRule = Pick<ThresholdState, "threshold" | "location" | "quantity">;

/** What a batch adds to nodes. */
export interface NodeRows {
  readonly nodeSums: readonly NodeSumRow[];
  readonly nodeCounts: readonly NodeCountRow[];
}

/** The figures of every node that has any. */
export function foldNodes(items: Iterable<PlacedItem>): readonly NodeRow[] {
  const tally = new NodeTally();
  for (const item of items) addItem(tally, item, 1);
  return nodesOf(tally.rows());
}

/** The rows of nodes put together, by location. Sums of nothing are left out. */
export function nodesOf({ nodeSums, nodeCounts }: NodeRows): readonly NodeRow[] {
  const nodes = new Map<number, NodeRow & { readonly sums: NodeSumRow[] }>();
  for (const { locationNo, items, depleted } of nodeCounts) {
    nodes.set(locationNo, { locationNo, items, depleted, sums: [] });
  }
  for (const row of nodeSums) {
    const { locationNo, quantity, value } = row;
    if (quantity === 0 && value === 0) continue;
    const node = nodes.get(locationNo) ?? { locationNo, items: 0, depleted: 0, sums: [] };
    node.sums.push(row);
    nodes.set(locationNo, node);
  }
  for (const { sums } of nodes.values()) sums.sort(byUnit);
  return [...nodes.values()].filter(isSomething).sort((a, b) => a.locationNo - b.locationNo);
}

function isSomething({ items, depleted, sums }: NodeRow): boolean {
  return items !== 0 || depleted !== 0 || sums.length > 0;
}

function byUnit(a: NodeSumRow, b: NodeSumRow): number {
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  return a.precision - b.precision;
}

type Unit = Pick<Item, "currency" | "precision">;
type Sum = { -readonly [part in keyof NodeSumRow]: NodeSumRow[part] };
type Count = { -readonly [part in keyof NodeCountRow]: NodeCountRow[part] };

/** Sums and counts by location, being added up. */
export class NodeTally {
  private readonly sums = new Map<number, Sum[]>();
  private readonly counts = new Map<number, Count>();

  /** Adds stock to one location alone. */
  addStock(locationNo: number, unit: Unit, quantity: number, value: number): void {
    const sum = this.sumOf(locationNo, unit);
    sum.quantity += quantity;
    sum.value += value;
  }

  addItems(locationNo: number, items: number): void {
    this.countOf(locationNo).items += items;
  }

  addDepleted(locationNo: number, depleted: number): void {
    this.countOf(locationNo).depleted += depleted;
  }

  /** What has come to something. */
  rows(): NodeRows {
    const nodeSums = [...this.sums.values()].flat();
    return {
      nodeSums: nodeSums.filter(({ quantity, value }) => quantity !== 0 || value !== 0),
      nodeCounts: [...this.counts.values()].filter(
        ({ items, depleted }) => items !== 0 || depleted !== 0,
      ),
    };
  }

  private sumOf(locationNo: number, { currency, precision }: Unit): Sum {
    const known = this.sums.get(locationNo);
    const sums = known ?? [];
    if (known === undefined) this.sums.set(locationNo, sums);
    // There are hardly ever more than a few.
    for (const sum of sums) {
      if (sum.currency === currency && sum.precision === precision) return sum;
    }
    const sum = { locationNo, currency, precision, quantity: 0, value: 0 };
    sums.push(sum);
    return sum;
  }

  private countOf(locationNo: number): Count {
    const known = this.counts.get(locationNo);
    if (known !== undefined) return known;
    const count = { locationNo, items: 0, depleted: 0 };
    this.counts.set(locationNo, count);
    return count;
  }
}

/** Adds all that an item has to every node it counts in, or takes it away. */
export function addItem(tally: NodeTally, placed: PlacedItem, sign: 1 | -1): void {
  const { item, balances, thresholds } = placed;
  const having = new Set<number>();
  for (const balance of balances.values()) {
    if (balance.location.virtual) continue;
    for (const { no } of upFrom(balance.location)) {
      having.add(no);
      tally.addStock(no, item, sign * onHand(balance), sign * balance.value);
    }
  }
  for (const { threshold, location, quantity } of thresholds.values()) {
    const depleted = isDepleted(threshold, quantity);
    for (const { no } of upFrom(location)) {
      having.add(no);
      if (depleted) tally.addDepleted(no, sign);
    }
  }
  for (const no of having) tally.addItems(no, sign);
}

/** A location and those it lies in. */
export function upFrom(location: LocationState): readonly LocationState[] {
  const path: LocationState[] = [];
  for (let at: LocationState | undefined = location; at !== undefined; at = at.parent)
    path.push(at);
  return path;
}
