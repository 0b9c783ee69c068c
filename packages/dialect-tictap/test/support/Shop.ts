/** A warehouse with two shelves and a shop, and products in them. */
import type { Command } from "@stockbook/core";
import type { TestServer } from "./TestServer.js";

export const TEA = "01K7Q2M4T9V6B3XW8ZC5N1RJHD";
export const MUG = "3f0b6a52-7c0e-4a8e-9d39-0a1b52e0c7aa";

export const LOCATIONS: readonly Command[] = [
  { type: "put-location", id: "north", name: "Warehouse North", code: "WN", kind: "warehouse" },
  { type: "put-location", id: "a1", name: "Shelf A1", kind: "shelf", parent: "north" },
  { type: "put-location", id: "a2", name: "Shelf A2", kind: "shelf", parent: "north" },
  {
    type: "put-location",
    id: "shop",
    name: "Shop",
    kind: "shop",
    attributes: { storeScope: "enterprise" },
  },
  { type: "put-location", id: "yard", name: "Yard", attributes: { storeScope: "none" } },
];

const PRODUCTS: readonly Command[] = [
  {
    type: "put-item",
    id: TEA,
    sku: "TEA-1",
    name: "Tea",
    unitCost: 320,
    attributes: { description: "Black", qrCodes: ["QR-T"], imageUrl: "https://shop.example/t.jpg" },
  },
  { type: "put-item", id: MUG, sku: MUG, name: "Mug", unitCost: 500, currency: "USD" },
];

export async function furnish({ submit }: TestServer): Promise<void> {
  await submit(...LOCATIONS, ...PRODUCTS);
}

export const receive = (location: string, item: string, quantity: number | string): Command => ({
  type: "receive",
  location,
  lines: [{ item, quantity }],
});

export const issue = (location: string, item: string, quantity: number | string): Command => ({
  type: "issue",
  location,
  lines: [{ item, quantity }],
});
