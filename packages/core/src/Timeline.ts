/**
 * Timelines: the recent past of one balance, for commands that are dated before its latest
 * movement. Such a command must leave no later moment of the history short, so it is judged
 * on every moment from its own on.
 */
import { BUCKETS, type Bucket } from "./Account.js";
import type { Instant } from "./Calendar.js";
import type { Quantity } from "./Quantity.js";

export type BucketQuantities = { [bucket in Bucket]: Quantity };

/** What one entry did to a balance. */
export interface TimelineMove extends Readonly<BucketQuantities> {
  readonly occurredAt: Instant;
  readonly sequence: number;
}

export interface Timeline {
  /** Moves from this instant on are here; those before are summed up in the opening. */
  readonly since: Instant;
  readonly opening: BucketQuantities;
  /** By `occurredAt`, then sequence; one for each entry. */
  readonly moves: TimelineMove[];
}

/** A balance whose past must be known before a command can be decided. */
export interface TimelineNeed {
  readonly item: string;
  readonly location: string;
  readonly lot: string | null;
  readonly since: Instant;
}

/**
 * The timeline that leads up to the present.
 *
 * @param moves all that touched the balance at or after `since`, in any order.
 */
export function timelineOf(
  since: Instant,
  present: Readonly<BucketQuantities>,
  moves: Iterable<TimelineMove>,
): Timeline {
  const { available, reserved, unavailable } = present;
  const timeline: Timeline = { since, opening: { available, reserved, unavailable }, moves: [] };
  for (const move of [...moves].sort((a, b) => a.sequence - b.sequence)) {
    for (const bucket of BUCKETS) timeline.opening[bucket] -= move[bucket];
    addToTimeline(timeline, move);
  }
  return timeline;
}

export interface LowPoint {
  readonly quantity: Quantity;
  readonly at: Instant;
}

/** The least a bucket held at any moment from `instant` on, and when that was. */
export function lowestFrom(timeline: Timeline, bucket: Bucket, instant: Instant): LowPoint {
  const { moves } = timeline;
  const split = countUntil(moves, instant);
  let running = timeline.opening[bucket];
  for (let i = 0; i < split; i++) running += (moves[i] as TimelineMove)[bucket];
  let lowest: LowPoint = { quantity: running, at: instant };
  for (let i = split; i < moves.length; i++) {
    const move = moves[i] as TimelineMove;
    running += move[bucket];
    if (running < lowest.quantity) lowest = { quantity: running, at: move.occurredAt };
  }
  return lowest;
}

/** What a bucket held at an instant, everything at that very instant included. */
export function quantityAt(timeline: Timeline, bucket: Bucket, instant: Instant): Quantity {
  const split = countUntil(timeline.moves, instant);
  let running = timeline.opening[bucket];
  for (let i = 0; i < split; i++) running += (timeline.moves[i] as TimelineMove)[bucket];
  return running;
}

/** Takes up a new move; no other is of a later sequence. */
export function addToTimeline(timeline: Timeline, move: TimelineMove): void {
  const { moves, opening } = timeline;
  if (move.occurredAt < timeline.since) {
    for (const bucket of BUCKETS) opening[bucket] += move[bucket];
    return;
  }
  const place = countUntil(moves, move.occurredAt);
  const before = moves[place - 1];
  if (before?.sequence === move.sequence) moves[place - 1] = sumOf(before, move);
  else moves.splice(place, 0, move);
}

function sumOf(a: TimelineMove, b: TimelineMove): TimelineMove {
  return {
    occurredAt: a.occurredAt,
    sequence: a.sequence,
    available: a.available + b.available,
    reserved: a.reserved + b.reserved,
    unavailable: a.unavailable + b.unavailable,
  };
}

function countUntil(moves: readonly TimelineMove[], instant: Instant): number {
  let low = 0;
  let high = moves.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moves[middle] as TimelineMove).occurredAt <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
