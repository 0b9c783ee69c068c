/** What the entries say of the past, told by going through all of them. */
import type { Entry, Instant } from "@stockbook/core";

export interface Held {
  readonly available: number;
  readonly reserved: number;
  readonly unavailable: number;
  readonly value: number;
}

/** An item at a location as of an instant, as the book stood after a sequence; lots together. */
export function heldAt(
  entries: readonly Entry[],
  item: string,
  location: string,
  at: Instant,
  sequence: number,
): Held {
  const held = { available: 0, reserved: 0, unavailable: 0, value: 0 };
  for (const entry of entries) {
    if (entry.body.type !== "movement") continue;
    if (entry.occurredAt > at || entry.sequence > sequence) continue;
    for (const line of entry.body.lines) {
      if (line.item !== item) continue;
      if (line.from === location) {
        held[line.fromBucket] -= line.quantity;
        held.value -= line.value;
      }
      if (line.to === location) {
        held[line.toBucket] += line.quantity;
        held.value += line.value;
      }
    }
  }
  return held;
}

/** A line of a stock card: its change of the stock on hand, and the stock after it. */
export interface NaiveCardRow {
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly change: number;
  readonly onHand: number;
}

/** The card of an item at a location between two instants, the second one left out. */
export function naiveCard(
  entries: readonly Entry[],
  item: string,
  location: string,
  from: Instant,
  to: Instant,
): readonly NaiveCardRow[] {
  const before = heldAt(entries, item, location, from - 1, Number.MAX_SAFE_INTEGER);
  let onHand = before.available + before.reserved + before.unavailable;
  return [...entries]
    .filter(({ occurredAt }) => occurredAt >= from && occurredAt < to)
    .sort((a, b) => a.occurredAt - b.occurredAt || a.sequence - b.sequence)
    .flatMap(({ sequence, occurredAt, body }) =>
      (body.type === "movement" ? body.lines : [])
        .filter((line) => line.item === item && (line.from === location || line.to === location))
        .map((line) => {
          const comes = line.to === location ? line.quantity : 0;
          const goes = line.from === location ? line.quantity : 0;
          onHand += comes - goes;
          return { sequence, occurredAt, change: comes - goes, onHand };
        }),
    );
}
