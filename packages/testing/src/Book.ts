/** A ledger on the pure core: a state, its entries, and answers to what a decision needs. */
import {
  type Accepted,
  balanceOf,
  type Command,
  type Decision,
  decide,
  type Entry,
  emptyState,
  evolve,
  type Instant,
  itemOf,
  type LedgerState,
  type Needs,
  type Rejected,
  type Repeated,
  type TimelineMove,
  type TimelineNeed,
  timelineOf,
} from "@stockbook/core";

/** A decision that needs nothing more. */
export type Verdict = Accepted | Rejected | Repeated;

const MOST_ROUNDS = 3;

export class Book {
  readonly state: LedgerState;
  private readonly recorded: Entry[];

  /** A book that goes on from a state, such as a fork, whose entries are given. */
  constructor(state: LedgerState = emptyState(), entries: readonly Entry[] = []) {
    this.state = state;
    this.recorded = [...entries];
  }

  get entries(): readonly Entry[] {
    return this.recorded;
  }

  entryAt(sequence: number): Entry | undefined {
    return this.recorded[sequence - 1];
  }

  /** What the command comes to; nothing but the timelines at hand is changed. */
  decide(command: Command, recordedAt: Instant): Verdict {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const decision = this.decideOnce(command, recordedAt);
      if (decision.type !== "needs") return decision;
      this.bring(decision);
    }
    throw new Error(`still in need after ${MOST_ROUNDS} rounds: ${JSON.stringify(command)}`);
  }

  /** Decides the command and records what it comes to. */
  submit(command: Command, recordedAt: Instant): Verdict {
    const verdict = this.decide(command, recordedAt);
    if (verdict.type !== "repeated") for (const entry of verdict.entries) this.record(entry);
    return verdict;
  }

  record(entry: Entry): void {
    evolve(this.state, entry);
    this.recorded.push(entry);
  }

  private decideOnce(command: Command, recordedAt: Instant): Decision {
    return decide(this.state, command, {
      recordedAt,
      entryAt: (sequence) => this.entryAt(sequence),
    });
  }

  private bring(needs: Needs): void {
    if (needs.timelines.length === 0) {
      throw new Error(`needs entries ${needs.entries} although all are at hand`);
    }
    for (const need of needs.timelines) this.bringTimeline(need);
  }

  /** Brings the past of a balance from an instant on. */
  bringTimeline(need: TimelineNeed): void {
    const item = itemOf(this.state, need.item);
    const location = this.state.locations.get(need.location);
    const balance = item && location && balanceOf(item, location, need.lot);
    if (balance === undefined) {
      throw new Error(`a balance that never moved is needed: ${JSON.stringify(need)}`);
    }
    balance.timeline = timelineOf(need.since, balance, movesOf(this.recorded, need));
  }
}

/** What each entry from an instant on did to a balance, in the order of recording. */
export function movesOf(entries: readonly Entry[], need: TimelineNeed): readonly TimelineMove[] {
  return entries.flatMap((entry) => moveOf(entry, need));
}

function moveOf(entry: Entry, { item, location, lot, since }: TimelineNeed): TimelineMove[] {
  const { body, occurredAt, sequence } = entry;
  if (body.type !== "movement" || occurredAt < since) return [];
  const change = { available: 0, reserved: 0, unavailable: 0 };
  let touched = false;
  for (const line of body.lines) {
    if (line.item !== item || line.lot !== lot) continue;
    if (line.from === location) change[line.fromBucket] -= line.quantity;
    if (line.to === location) change[line.toBucket] += line.quantity;
    touched ||= line.from === location || line.to === location;
  }
  return touched ? [{ occurredAt, sequence, ...change }] : [];
}
