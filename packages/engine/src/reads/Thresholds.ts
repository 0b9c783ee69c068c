/** Reading threshold rules: what is low, and what to order. */
import {
  effectiveMaximum,
  type Item,
  isDepleted,
  isWithin,
  type LocationState,
  type OrderConstraints,
  planOrder,
  replenishmentQuantity,
  type Threshold,
  toUnits,
} from "@stockbook/core";
import { Effect } from "effect";
import { NOTHING } from "../Cache.js";
import type { Busy, ReadError, StoreFault } from "../Errors.js";
import type { Page, ThresholdFilter } from "../Ledger.js";
import { limitOf, MAX_PAGE, pageOf, positionOf } from "../Paging.js";
import type {
  CommitmentRow,
  ItemSlice,
  ThresholdAfter,
  ThresholdOfItem,
  ThresholdRow,
} from "../Store.js";
import type { PlanRow, ThresholdView } from "../Views.js";
import { allRows, type Source } from "./Source.js";
import type { LocationTree } from "./Tree.js";

export function readThresholds(
  { store, ledger }: Source,
  filter: ThresholdFilter,
): Effect.Effect<Page<ThresholdView>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(filter);
    const after = yield* positionOf(filter, [0, 0] as readonly [number, number]);
    const depleted = filter.depleted ?? false;
    const rows = yield* store.thresholds(ledger, { after, limit: limit + 1, depleted });
    return pageOf(rows, limit, thresholdPosition, thresholdView);
  });
}

/** What to order for every rule whose inventory position is below its minimum. */
export function readPlan(source: Source): Effect.Effect<readonly PlanRow[], Busy | StoreFault> {
  return source.trees.reading((tree) => planWithin(source, tree));
}

function planWithin(
  source: Source,
  tree: LocationTree,
): Effect.Effect<readonly PlanRow[], Busy | StoreFault> {
  const { store, ledger } = source;
  return Effect.gen(function* () {
    const rules = yield* allRows(
      (page) => store.thresholds(ledger, { ...page, depleted: false }),
      thresholdPosition,
    );
    const shipments = yield* allRows(
      (page) => store.shipments(ledger, page),
      ({ sequence }: CommitmentRow) => sequence,
    );
    const items = yield* itemsOf(source, rules);
    return rules.flatMap((rule) => {
      const item = items.get(rule.itemNo);
      return item === undefined ? [] : planOf(rule, item, shipments, tree);
    });
  });
}

export function thresholdPosition({ itemNo, locationNo }: ThresholdRow): ThresholdAfter {
  return [itemNo, locationNo];
}

function thresholdView({ item, threshold, quantity }: ThresholdOfItem): ThresholdView {
  const units = (steps: number) => toUnits(steps, item.precision);
  return {
    ...nameOf(item, threshold),
    minimum: units(threshold.minimum),
    maximum: units(threshold.maximum),
    quantity: units(quantity),
    depleted: isDepleted(threshold, quantity),
    replenishment: units(replenishmentQuantity(threshold, quantity)),
  };
}

function nameOf(item: Item, { location }: Threshold) {
  return { item: item.id, sku: item.sku, name: item.name, unit: item.unit, location };
}

function itemsOf({ store, ledger }: Source, rules: readonly ThresholdOfItem[]) {
  const ids = [...new Set(rules.map(({ item }) => item.id))];
  const pages: string[][] = [];
  for (let i = 0; i < ids.length; i += MAX_PAGE) pages.push(ids.slice(i, i + MAX_PAGE));
  return Effect.map(
    Effect.forEach(pages, (page) => store.load(ledger, { ...NOTHING, items: page })),
    (slices) => new Map(slices.flatMap(({ items }) => items).map((item) => [item.no, item])),
  );
}

function planOf(
  { threshold }: ThresholdRow,
  slice: ItemSlice,
  shipments: readonly CommitmentRow[],
  tree: LocationTree,
): readonly PlanRow[] {
  const root = tree.byId.get(threshold.location);
  if (root === undefined) return [];
  const { item } = slice;
  const stock = positionWithin(slice, shipments, root, tree);
  const derivation = planOrder(stock, policyOf(threshold), constraintsOf(threshold));
  if (derivation.quantity === 0 && derivation.need === 0) return [];
  const units = (steps: number) => toUnits(steps, item.precision);
  const { shortOf, ...steps } = derivation;
  const inUnits = Object.fromEntries(
    Object.entries(steps).map(([step, quantity]) => [step, units(quantity)]),
  ) as typeof steps;
  return [
    {
      ...nameOf(item, threshold),
      quantity: units(derivation.quantity),
      onHand: units(stock.onHand),
      incoming: units(stock.incoming),
      reserved: units(stock.reserved),
      derivation: { ...inUnits, shortOf },
    },
  ];
}

function policyOf(threshold: Threshold) {
  const { minimum } = threshold;
  return { type: "min-max", minimum, maximum: effectiveMaximum(threshold) } as const;
}

function constraintsOf(threshold: Threshold): OrderConstraints {
  return {
    multiple: threshold.orderMultiple,
    rounding: "up",
    minimum: threshold.minimumOrder,
    maximum: threshold.maximumOrder,
  };
}

/** On hand, incoming and reserved of an item in a location and everything below it. */
function positionWithin(
  { item, balances }: ItemSlice,
  shipments: readonly CommitmentRow[],
  root: LocationState,
  tree: LocationTree,
) {
  let onHand = 0;
  let reserved = 0;
  for (const balance of balances) {
    const location = tree.byNo.get(balance.locationNo);
    if (location === undefined || location.virtual || !isWithin(location, root)) continue;
    onHand += balance.available + balance.reserved + balance.unavailable;
    reserved += balance.reserved;
  }
  let incoming = 0;
  for (const line of shipments.flatMap(({ lines }) => lines)) {
    const bound = line.item === item.id ? tree.byId.get(line.location) : undefined;
    if (bound !== undefined && isWithin(bound, root)) incoming += line.quantity;
  }
  return { onHand, incoming, reserved };
}
