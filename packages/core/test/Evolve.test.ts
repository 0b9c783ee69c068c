import { describe, expect, it } from "vitest";
import type { Command } from "../src/Command.js";
import { decide, open } from "../src/Decide.js";
import type { Entry } from "../src/Entry.js";
import { evolve } from "../src/Evolve.js";
import {
  type Balance,
  balanceOf,
  emptyState,
  fork,
  type ItemState,
  type LedgerState,
  type LocationState,
} from "../src/State.js";

const AT = { recordedAt: Date.UTC(2024, 0, 1) };
const SETTINGS = { timeZone: "UTC", currency: "EUR", negativePolicy: "deny" } as const;

function take(state: LedgerState, command: Command): readonly Entry[] {
  const decision = decide(state, command, AT);
  if (decision.type !== "accepted") throw new Error(JSON.stringify(decision));
  for (const entry of decision.entries) evolve(state, entry);
  return decision.entries;
}

/** The balance of bolts in the shop, from what the state itself holds. */
function inShop(state: LedgerState): Balance | undefined {
  const bolt = state.items.get("bolt") as ItemState;
  return balanceOf(bolt, state.locations.get("shop") as LocationState, null);
}

function furnished(): { readonly state: LedgerState; readonly entries: readonly Entry[] } {
  const state = emptyState();
  const opening = open(state, SETTINGS, AT);
  for (const entry of opening.type === "accepted" ? opening.entries : []) evolve(state, entry);
  const entries = [
    { type: "put-location", id: "shop" } as const,
    { type: "put-item", sku: "bolt" } as const,
    { type: "receive", location: "shop", lines: [{ item: "bolt", quantity: 5 }] } as const,
  ].flatMap((command) => take(state, command));
  return { state, entries };
}

describe("evolve", () => {
  it("throws on an entry out of turn, and changes nothing", () => {
    const { state, entries } = furnished();
    const [, , receipt] = entries as [Entry, Entry, Entry];
    expect(() => evolve(state, receipt)).toThrow("entry 4 cannot follow entry 4");
    expect(() => evolve(state, { ...receipt, sequence: 6 })).toThrow(RangeError);
    expect(inShop(state)?.available).toBe(5);
    expect(state.sequence).toBe(4);
    expect(() => evolve(emptyState(), receipt)).toThrow("entry 4 cannot follow entry 0");
  });

  it("throws on an entry that speaks of what the state lacks", () => {
    const { entries } = furnished();
    const receipt = { ...(entries[2] as Entry), sequence: 1 };
    expect(() => evolve(emptyState(), receipt)).toThrow("the state lacks item bolt");
  });

  it("gives back the state it changed", () => {
    const { state } = furnished();
    const entry: Entry = {
      sequence: 5,
      ...{ occurredAt: 0, key: "k", fingerprint: 1, span: 1 },
      recordedAt: AT.recordedAt + 1,
      body: { type: "manufacturer-put", manufacturer: { id: "acme", name: "Acme" } },
    };
    expect(evolve(state, entry)).toBe(state);
    expect(state.keys.get("k")).toEqual({ sequence: 5, fingerprint: 1, span: 1 });
    expect(state.recordedAt).toBe(AT.recordedAt + 1);
  });
});

describe("a fork", () => {
  it("goes its own way, and so does its origin's next fork", () => {
    const { state } = furnished();
    const [one, other] = [fork(state), fork(state)];
    take(one, { type: "issue", location: "shop", lines: [{ item: "bolt", quantity: 5 }] });
    take(one, { type: "put-item", id: "bolt", sku: "BOLT" });
    take(one, { type: "put-location", id: "shelf", parent: "shop" });
    take(other, { type: "reserve", location: "shop", lines: [{ item: "bolt", quantity: 2 }] });

    expect(inShop(state)?.available).toBe(5);
    expect(inShop(one)?.available).toBe(0);
    expect(inShop(other)).toMatchObject({ available: 3, reserved: 2 });
    expect([state, one, other].map((at) => at.sequence)).toEqual([4, 7, 5]);
    expect([state, one, other].map((at) => at.locations.has("shelf"))).toEqual([
      false,
      true,
      false,
    ]);
    expect([state, one, other].map((at) => at.reservations.size)).toEqual([0, 0, 1]);
  });

  it("knows the SKUs and keys of its origin, and what has become of them since", () => {
    const { state } = furnished();
    take(state, { type: "put-category", id: "metal", idempotencyKey: "k" });
    const trial = fork(state);
    expect(decide(trial, { type: "put-category", id: "metal", idempotencyKey: "k" }, AT)).toEqual({
      type: "repeated",
      sequence: 5,
      span: 1,
    });
    take(trial, { type: "put-item", id: "bolt", sku: "BOLT" });
    take(trial, { type: "put-item", id: "nail", sku: "bolt" });
    expect(decide(state, { type: "put-item", id: "nail", sku: "bolt" }, AT)).toMatchObject({
      rejection: { code: "duplicate-sku", item: "bolt" },
    });
  });
});
