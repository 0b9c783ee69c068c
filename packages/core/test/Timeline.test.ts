import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToTimeline,
  lowestFrom,
  quantityAt,
  type TimelineMove,
  timelineOf,
} from "../src/Timeline.js";

const moved = (occurredAt: number, sequence: number, available: number): TimelineMove => ({
  occurredAt,
  sequence,
  available,
  reserved: 0,
  unavailable: 0,
});

const presentOf = (moves: readonly TimelineMove[]) => ({
  available: moves.reduce((sum, move) => sum + move.available, 0),
  reserved: 0,
  unavailable: 0,
});

/** Moves in the order of their sequence, at few moments. */
const moves = fc
  .array(
    fc.record({ occurredAt: fc.nat({ max: 9 }), available: fc.integer({ min: -5, max: 5 }) }),
    {
      maxLength: 30,
    },
  )
  .map((list) => list.map(({ occurredAt, available }, i) => moved(occurredAt, i + 1, available)));

const heldAt = (list: readonly TimelineMove[], instant: number) =>
  presentOf(list.filter(({ occurredAt }) => occurredAt <= instant)).available;

describe("a timeline", () => {
  const MOVES = [moved(10, 1, 5), moved(30, 2, -2), moved(20, 3, -3), moved(30, 4, 4)];
  const whole = () => timelineOf(0, presentOf(MOVES), MOVES);

  it("tells what was held at an instant, that very instant included", () => {
    const held = [9, 10, 19, 20, 29, 30, 99].map((at) => quantityAt(whole(), "available", at));
    expect(held).toEqual([0, 5, 5, 2, 2, 4, 4]);
  });

  it("tells the lowest from an instant on, and when it was", () => {
    expect(lowestFrom(whole(), "available", 10)).toEqual({ quantity: 0, at: 30 });
    expect(lowestFrom(whole(), "available", 30)).toEqual({ quantity: 4, at: 30 });
    expect(lowestFrom(whole(), "available", 9)).toEqual({ quantity: 0, at: 9 });
  });

  it("takes the lines of one entry as one move", () => {
    const timeline = timelineOf(0, presentOf([]), []);
    addToTimeline(timeline, moved(10, 1, -5));
    addToTimeline(timeline, moved(10, 1, 6));
    expect(timeline.moves).toEqual([moved(10, 1, 1)]);
    expect(lowestFrom(timeline, "available", 0).quantity).toBe(0);
  });

  it("sums up in its opening what happened before it begins", () => {
    const late = MOVES.filter(({ occurredAt }) => occurredAt >= 20);
    const timeline = timelineOf(20, presentOf(MOVES), late);
    expect(timeline.opening.available).toBe(5);
    addToTimeline(timeline, moved(10, 5, 7));
    expect(timeline.opening.available).toBe(12);
    expect(timeline.moves).toHaveLength(3);
  });

  it("is the same built at once, in any order, or move by move", () => {
    fc.assert(
      fc.property(moves, fc.nat({ max: 9 }), fc.nat(), (list, since, turn) => {
        const relevant = list.filter(({ occurredAt }) => occurredAt >= since);
        const rotated = [...relevant.slice(turn % 7), ...relevant.slice(0, turn % 7)];
        const built = timelineOf(since, presentOf(list), rotated);
        const grown = timelineOf(since, presentOf([]), []);
        for (const move of list) addToTimeline(grown, move);
        expect(grown).toEqual(built);
      }),
    );
  });

  it("agrees with a plain sum at every moment", () => {
    fc.assert(
      fc.property(moves, fc.nat({ max: 9 }), fc.nat({ max: 9 }), (list, since, at) => {
        const instant = Math.max(since, at);
        const relevant = list.filter(({ occurredAt }) => occurredAt >= since);
        const timeline = timelineOf(since, presentOf(list), relevant);
        expect(quantityAt(timeline, "available", instant)).toBe(heldAt(list, instant));
        const moments = list
          .filter(({ occurredAt }) => occurredAt > instant)
          .map(
            ({ occurredAt, sequence }) =>
              presentOf(
                list.filter(
                  (move) =>
                    move.occurredAt < occurredAt ||
                    (move.occurredAt === occurredAt && move.sequence <= sequence),
                ),
              ).available,
          );
        const lowest = Math.min(heldAt(list, instant), ...moments);
        expect(lowestFrom(timeline, "available", instant).quantity).toBe(lowest);
      }),
    );
  });
});
