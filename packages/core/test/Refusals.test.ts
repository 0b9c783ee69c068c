import { type Command, decide, type Entry, emptyState, evolve } from "@stockbook/core";
import { describe, expect, it } from "vitest";

const LINES = [{ item: "bolt", quantity: 5 }];
const ORDER: Command = { type: "issue", location: "shop", lines: LINES, idempotencyKey: "order-1" };
const RECORDED: Command = { ...ORDER, onRefusal: "record" };
const DELIVERY: Command = { type: "receive", location: "shop", lines: LINES };

/** A shop without stock, and its entries. */
function shop() {
  const state = emptyState();
  const entries: Entry[] = [];
  const submit = (command: Command) => {
    const decision = decide(state, command, {
      recordedAt: 0,
      entryAt: (sequence) => entries[sequence - 1],
    });
    if (decision.type === "accepted" || decision.type === "rejected") {
      for (const entry of decision.entries) {
        evolve(state, entry);
        entries.push(entry);
      }
    }
    return decision;
  };
  submit({ type: "put-location", id: "shop" });
  submit({ type: "put-item", sku: "bolt" });
  return { submit, entries };
}

describe("a refusal", () => {
  it("is kept where that is asked for, and stands when stock has arrived since", () => {
    const { submit, entries } = shop();
    const first = submit(RECORDED);
    expect(entries.at(-1)?.body).toMatchObject({ type: "refused", command: "issue" });
    submit(DELIVERY);
    const again = submit(RECORDED);
    expect(again).toEqual({ ...first, entries: [] });
  });

  it("that is kept does not stand in the way of trying anew under the same key", () => {
    const { submit } = shop();
    submit(RECORDED);
    submit(DELIVERY);
    const accepted = submit(ORDER);
    expect(accepted.type).toBe("accepted");
    expect(submit(RECORDED).type).toBe("repeated");
  });

  it("that is not kept leaves no entry and its key free", () => {
    const { submit, entries } = shop();
    const before = entries.length;
    expect(submit(ORDER).type).toBe("rejected");
    expect(entries).toHaveLength(before);
    submit(DELIVERY);
    expect(submit(ORDER).type).toBe("accepted");
  });
});
