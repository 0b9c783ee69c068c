/** What readers ask a store about movements, and about what the stock is worth. */
import type { Flow, Instant, MovementKind, Quantity } from "@stockbook/core";
import type { BalanceOfItem, Keyset } from "./Store.js";
import type { Money } from "./Views.js";

/** Which lines; `null` takes all. One and the same line must match everything. */
export interface LineScope {
  readonly itemNo: number | null;
  /** It comes from or goes to one of these; none of them is virtual. */
  readonly locationNos: readonly number[] | null;
  /** It comes from one of these. */
  readonly fromNos: readonly number[] | null;
  /** It goes to one of these. */
  readonly toNos: readonly number[] | null;
  readonly flows: readonly Flow[] | null;
  /**
   * Its quantity by the precision of its item, 0 to 6; `null` for a precision that cannot say it.
   */
  readonly quantities: readonly (Quantity | null)[] | null;
}

/** Which movements; `null` takes all. One line of each must match what is said of lines. */
export interface TransactionScope extends LineScope {
  readonly kinds: readonly MovementKind[] | null;
  /** The whole reference. */
  readonly reference: string | null;
  /** Part of the reference, in lower case; its own case does not matter. */
  readonly referencePart: string | null;
  /** The same of the reason. */
  readonly reasonPart: string | null;
  /** Who did it, whole. */
  readonly actor: string | null;
  readonly from: Instant;
  /** Up to, and not at, this instant. */
  readonly to: Instant;
}

export type TransactionAfter = readonly [occurredAt: Instant, sequence: number];

export type TimeOrder = "ascending" | "descending";

/** A page in the order of (occurredAt, sequence), or against it. */
export interface TransactionQuery extends TransactionScope, Keyset<TransactionAfter> {
  readonly order: TimeOrder;
}

/** A page by where its first row stands among all rows, 0 for the first of all. */
export interface Numbered {
  readonly offset: number;
  readonly limit: number;
}

/** The same by the number of the row. */
export interface NumberedTransactionQuery extends TransactionScope, Numbered {
  readonly order: TimeOrder;
}

/** Days of 24 hours, one after another: all local days between two changes of the clock. */
export interface DayRun {
  /** When the first of them begins; each begins 24 hours after the one before. */
  readonly start: Instant;
  /** The number of the first of them among all days that are asked for. */
  readonly first: number;
}

/** What lines came to by flow, those that touch one of the locations. */
export interface FlowScope {
  readonly locationNos: readonly number[];
  readonly from: Instant;
  /** Up to, and not at, this instant. */
  readonly to: Instant;
  /**
   * In order, the first of them from `from` or before; what follows a run belongs to it. Without
   * any, everything is of day 0.
   */
  readonly days: readonly DayRun[];
}

/** How many movements had a line of a flow on a day. */
export interface FlowCount {
  readonly day: number;
  readonly flow: Flow;
  readonly transactions: number;
}

/** A part of what the lines of a flow came to on a day, of items of one kind. */
export interface FlowSum {
  readonly day: number;
  readonly flow: Flow;
  readonly precision: number;
  readonly currency: string;
  readonly lines: number;
  /** In steps of the precision; exact however large. */
  readonly quantity: bigint;
  /** What the lines were worth, each as a value above 0. */
  readonly value: number;
}

export interface FlowSums {
  readonly counts: readonly FlowCount[];
  readonly sums: readonly FlowSum[];
}

/** Balances that are something, lots together, and what all of them are worth. */
export interface Valuation {
  readonly rows: readonly BalanceOfItem[];
  /** Of everything that was asked for, by currency in alphabetical order. */
  readonly totals: readonly Money[];
}
