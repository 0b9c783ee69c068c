import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Command,
  decide,
  emptyState,
  evolve,
  fingerprintOf,
  itemOf,
  type LedgerState,
  open,
} from "../src/index.js";

const NOW = { recordedAt: 1_772_000_000_000 };
const SETTINGS = { timeZone: "UTC", currency: "EUR", negativePolicy: "deny" } as const;

function openState(): LedgerState {
  const state = emptyState();
  const decision = open(state, SETTINGS, NOW);
  if (decision.type === "accepted") for (const entry of decision.entries) evolve(state, entry);
  return state;
}

function submit(state: LedgerState, command: Command): string {
  const decision = decide(state, command, NOW);
  if (decision.type === "accepted") for (const entry of decision.entries) evolve(state, entry);
  return decision.type === "rejected" ? decision.rejection.code : decision.type;
}

const put = (name: string, ifDigest: number | "absent"): Command => {
  return { type: "put-item", id: "tea", sku: "tea", name, ifDigest };
};

describe("a change that names what it was read as", () => {
  it("creates once, however often it is tried", () => {
    const state = openState();
    const tries = ["a", "b", "c"].map((name) => submit(state, put(name, "absent")));
    expect(tries).toEqual(["accepted", "changed-since", "changed-since"]);
    expect(itemOf(state, "tea")?.item.name).toBe("a");
  });

  it("of those who read the same, only the first changes it", () => {
    // A name of blanks alone is refused for that.
    const name = fc
      .string({ minLength: 1, unit: "grapheme-ascii" })
      .filter((one) => one.trim() !== "");
    const names = fc.array(name, { minLength: 1 });
    fc.assert(
      fc.property(names, (writers) => {
        const state = openState();
        submit(state, put("as it was", "absent"));
        const read = fingerprintOf(itemOf(state, "tea")?.item);
        const changes = writers.filter((name) => name !== "as it was");
        const codes = changes.map((name) => submit(state, put(name, read)));
        const accepted = codes.filter((code) => code === "accepted");
        expect(accepted.length).toBe(Math.min(1, changes.length));
        if (changes.length > 0) expect(itemOf(state, "tea")?.item.name).toBe(changes[0]);
      }),
    );
  });
});
