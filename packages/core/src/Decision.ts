/** What deciding a command comes to. */
import type { Instant } from "./Calendar.js";
import type { Crossing, Entry, EntryBody } from "./Entry.js";
import type { Rejection } from "./Rejection.js";
import type { TimelineNeed } from "./Timeline.js";

/** The command is done: these entries are to be recorded, all or none. */
export interface Accepted {
  readonly type: "accepted";
  readonly entries: readonly Entry[];
}

/** The command is refused. `entries` holds the record of the refusal where one was asked for. */
export interface Rejected {
  readonly type: "rejected";
  readonly rejection: Rejection;
  readonly entries: readonly Entry[];
}

/** The command was accepted before: its entries are `span` many from `sequence` on. */
export interface Repeated {
  readonly type: "repeated";
  readonly sequence: number;
  readonly span: number;
}

/** The command cannot be decided before these are known; bring them and decide again. */
export interface Needs {
  readonly type: "needs";
  readonly timelines: readonly TimelineNeed[];
  readonly entries: readonly number[];
}

export type Decision = Accepted | Rejected | Repeated | Needs;

/** What a decision takes from outside: the time, and past entries where it must look back. */
export interface DecideContext {
  readonly recordedAt: Instant;
  /** A past entry, or nothing when it is not at hand. */
  readonly entryAt?: ((sequence: number) => Entry | undefined) | undefined;
}

/** What a command makes: an entry, and one more for each threshold rule that it crosses. */
export interface Drafted {
  readonly type: "draft";
  readonly occurredAt: Instant;
  readonly body: EntryBody;
  readonly crossings: readonly Crossing[];
}

/** What reading a command comes to, before it has a place in the sequence. */
export type Draft = Drafted | { readonly type: "rejected"; readonly rejection: Rejection } | Needs;

export function refused(rejection: Rejection): Draft {
  return { type: "rejected", rejection };
}
