import { describe, expect, it } from "vitest";
import type { Item } from "../src/Catalogue.js";
import {
  addLocation,
  type Balance,
  balanceOf,
  balanceToChange,
  emptyState,
  newItem,
} from "../src/State.js";

const BOLT: Item = {
  id: "bolt",
  ...{ sku: "bolt", name: "bolt", unit: "piece", precision: 0, currency: "EUR" },
  ...{ unitCost: null, negativePolicy: null, category: null, manufacturer: null },
  ...{ attributes: {}, archived: false },
};

describe("the balances of an item", () => {
  it("are found again at every place, however many there are", () => {
    const state = emptyState();
    const item = newItem(1, BOLT);
    const made: Balance[] = [];
    for (let no = 1; no <= 30; no++) {
      const at = { id: `shelf-${no}`, name: "", code: null, kind: "shelf", parent: null };
      const location = addLocation(state, { ...at, attributes: {}, archived: false });
      for (const lot of [null, "a", "b"]) {
        expect(balanceOf(item, location, lot)).toBeUndefined();
        made.push(balanceToChange(item, location, lot));
      }
      for (const balance of made) {
        expect(balanceOf(item, balance.location, balance.lot)).toBe(balance);
        expect(balanceToChange(item, balance.location, balance.lot)).toBe(balance);
      }
      expect(item.balances.size).toBe(made.length);
    }
    expect([...item.balances.values()]).toEqual(made);
  });
});
