/** A company with something of everything: its catalogue, and what moved in the first two days. */
import type { Command } from "@stockbook/core";

const day = (date: number, time = "12:00") => Date.parse(`2026-02-${date}T${time}:00Z`);
const line = (item: string, quantity: number) => ({ item, quantity });

export const CATALOGUE: readonly Command[] = [
  { type: "put-category", id: "drinks", name: "Drinks" },
  { type: "put-category", id: "coffee", name: "Coffee", parent: "drinks" },
  { type: "put-category", id: "paper", name: "Paper" },
  { type: "put-location", id: "jakarta", name: "Jakarta", code: "JKT", kind: "warehouse" },
  { type: "put-location", id: "room", name: "Store room", kind: "shelf", parent: "jakarta" },
  { type: "put-location", id: "old", name: "Old town", code: "OLD" },
  { type: "put-location", id: "old", archived: true },
  {
    type: "put-item",
    id: "beans",
    sku: "BEANS",
    name: "Coffee beans",
    unit: "kg",
    precision: 3,
    category: "coffee",
  },
  { type: "put-item", id: "tea", sku: "TEA", name: "Earl Grey 100%", category: "drinks" },
  { type: "put-item", id: "cups", sku: "CUP_12", name: "Paper cups", category: "paper" },
  { type: "put-item", id: "lids", sku: "LID-12", name: "Ärger lids" },
  { type: "put-item", id: "gone", sku: "GONE", name: "Old coffee", category: "coffee" },
  { type: "put-item", id: "gone", archived: true },
];

/** On 10 and 11 February, by UTC. */
export const MOVEMENTS: readonly Command[] = [
  {
    type: "receive",
    location: "jakarta",
    lines: [line("beans", 20.5), line("cups", 100)],
    occurredAt: day(10),
    reference: "PO-1",
    note: "First delivery",
  },
  {
    type: "transfer",
    from: "jakarta",
    to: "room",
    lines: [line("beans", 5)],
    occurredAt: day(10, "15:00"),
  },
  {
    type: "issue",
    location: "jakarta",
    lines: [line("beans", 4.25)],
    occurredAt: day(11, "09:00"),
  },
  {
    type: "adjust",
    location: "jakarta",
    lines: [line("cups", -3), line("beans", 1)],
    occurredAt: day(11, "10:00"),
    note: "Counted",
  },
];
