/** A rehearsal: an import on a copy of the book in memory, for `--dry-run`. */
import {
  balanceOf,
  type Command,
  decide,
  type Entry,
  emptyState,
  evolve,
  type Instant,
  itemOf,
  type LedgerSettings,
  open,
  type TimelineMove,
  type TimelineNeed,
  timelineOf,
} from "@stockbook/core";
import type { Verdict } from "@stockbook/engine";

/** Decides commands as a ledger would, and keeps nothing but its own memory of them. */
export class Rehearsal {
  private readonly state = emptyState();
  private readonly entries: Entry[] = [];
  private readonly movementsByItem = new Map<string, Entry[]>();

  constructor(private readonly recordedAt: Instant) {}

  get head(): number {
    return this.state.sequence;
  }

  /** Begins a book of its own where there is none to copy. */
  open(settings: LedgerSettings): void {
    const opened = open(this.state, settings, { recordedAt: this.recordedAt });
    if (opened.type === "rejected") throw new RangeError(opened.rejection.message);
    for (const entry of opened.entries) this.take(entry);
  }

  /** Takes over an entry of the book that is copied. */
  take(entry: Entry): void {
    evolve(this.state, entry);
    this.entries.push(entry);
    if (entry.body.type !== "movement") return;
    for (const item of new Set(entry.body.lines.map((line) => line.item))) {
      const known = this.movementsByItem.get(item);
      if (known === undefined) this.movementsByItem.set(item, [entry]);
      else known.push(entry);
    }
  }

  submit(command: Command): Verdict {
    const { recordedAt } = this;
    const entryAt = (sequence: number) => this.entries[sequence - 1];
    for (;;) {
      const decision = decide(this.state, command, { recordedAt, entryAt });
      switch (decision.type) {
        case "needs":
          for (const need of decision.timelines) this.bring(need);
          break;
        case "rejected":
          for (const entry of decision.entries) this.take(entry);
          return { type: "rejected", rejection: decision.rejection };
        case "repeated": {
          const { sequence, span } = decision;
          return receipt("repeated", this.entries.slice(sequence - 1, sequence - 1 + span));
        }
        case "accepted":
          for (const entry of decision.entries) this.take(entry);
          return receipt("accepted", decision.entries);
      }
    }
  }

  private bring(need: TimelineNeed): void {
    const item = itemOf(this.state, need.item);
    const location = this.state.locations.get(need.location);
    if (item === undefined || location === undefined) return;
    const balance = balanceOf(item, location, need.lot);
    if (balance === undefined) return;
    const entries = this.movementsByItem.get(need.item) ?? [];
    const moves = entries.flatMap((entry) => moveOf(entry, need));
    balance.timeline = timelineOf(need.since, balance, moves);
  }
}

function moveOf({ body, occurredAt, sequence }: Entry, need: TimelineNeed): TimelineMove[] {
  if (body.type !== "movement" || occurredAt < need.since) return [];
  const move = { occurredAt, sequence, available: 0, reserved: 0, unavailable: 0 };
  let touched = false;
  for (const line of body.lines) {
    if (line.item !== need.item || line.lot !== need.lot) continue;
    if (line.from === need.location) move[line.fromBucket] -= line.quantity;
    if (line.to === need.location) move[line.toBucket] += line.quantity;
    touched ||= line.from === need.location || line.to === need.location;
  }
  return touched ? [move] : [];
}

function receipt(type: "accepted" | "repeated", entries: readonly Entry[]): Verdict {
  const [first] = entries;
  if (first === undefined) throw new RangeError("a decision without entries");
  const { sequence, occurredAt, recordedAt } = first;
  return { type, sequence, occurredAt, recordedAt, entries };
}
