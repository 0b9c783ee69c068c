/** The small world that generated histories play in. */
import type { Command, LedgerSettings, NegativePolicy, Precision } from "@stockbook/core";

/** 2024-03-30T22:00Z, two hours before the clocks of Europe change. */
export const WORLD_BEGINS = Date.UTC(2024, 2, 30, 22);

export const MINUTE = 60_000;

export const WORLD_ITEMS: readonly { readonly id: string; readonly precision: Precision }[] = [
  { id: "bolt", precision: 0 },
  { id: "wire", precision: 2 },
  { id: "gold", precision: 3 },
];

/** A tree of three levels, and a place outside it. */
export const WORLD_PLACES: readonly { readonly id: string; readonly parent: string | null }[] = [
  { id: "site", parent: null },
  { id: "store", parent: "site" },
  { id: "shelf-a", parent: "store" },
  { id: "shelf-b", parent: "store" },
  { id: "shop", parent: "site" },
  { id: "van", parent: null },
];

/** What differs between one world and the next. */
export interface World {
  readonly settings: LedgerSettings;
  /** One for each of `WORLD_ITEMS`. */
  readonly policies: readonly (NegativePolicy | null)[];
  /** One for each of `WORLD_ITEMS`. */
  readonly unitCosts: readonly (number | null)[];
}

/** The commands that furnish a world: its places and its items. */
export function foundingCommands(world: World): readonly Command[] {
  const places = WORLD_PLACES.map(
    ({ id, parent }): Command => ({ type: "put-location", id, parent }),
  );
  const items = WORLD_ITEMS.map(
    ({ id, precision }, i): Command => ({
      type: "put-item",
      sku: id,
      precision,
      negativePolicy: world.policies[i] ?? null,
      unitCost: world.unitCosts[i] ?? null,
    }),
  );
  return [...places, ...items];
}
