/** What a count finds beyond the book comes in at the cost it states. */
import { describe, expect, it } from "vitest";
import { decide, emptyState, evolve, open } from "../src/index.js";
import type { Command, Entry, LedgerState, Movement } from "../src/index.js";

const AT = { recordedAt: Date.UTC(2026, 2, 1) };
const SETTINGS = { timeZone: "UTC", currency: "EUR", negativePolicy: "deny" } as const;

function evolved(state: LedgerState, decision: ReturnType<typeof decide>): readonly Entry[] {
  if (decision.type !== "accepted") throw new Error(JSON.stringify(decision));
  for (const entry of decision.entries) evolve(state, entry);
  return decision.entries;
}

function shop(): { readonly submit: (command: Command) => readonly Entry[] } {
  const state = emptyState();
  evolved(state, open(state, SETTINGS, AT));
  const submit = (command: Command) => evolved(state, decide(state, command, AT));
  submit({ type: "put-location", id: "shop" });
  submit({ type: "put-item", id: "TEA", precision: 1, unitCost: 300 });
  return { submit };
}

const count = (quantity: number, unitCost?: number): Command => ({
  type: "count",
  location: "shop",
  lines: [{ item: "TEA", quantity, unitCost }],
});

const valuesOf = ([entry]: readonly Entry[]) =>
  (entry?.body as Movement).lines.map(({ value }) => value);

describe("a count that states a unit cost", () => {
  it("values what is found at it, rounded half up", () => {
    expect(valuesOf(shop().submit(count(2.5, 123)))).toEqual([308]);
  });

  it("values what is missing by the average all the same", () => {
    const { submit } = shop();
    submit(count(2, 100));
    expect(valuesOf(submit(count(1, 999)))).toEqual([100]);
  });

  it("must state a whole number of minor units", () => {
    expect(() => shop().submit(count(1, 1.5))).toThrow("unitCost must be");
  });
});
