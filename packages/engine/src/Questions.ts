/** What readers ask a store about movements, and about what the stock is worth. */
import type { Instant, MovementKind } from "@stockbook/core";
import type { BalanceOfItem, Keyset } from "./Store.js";
import type { Money } from "./Views.js";

/** Which movements; `null` takes all. One line of a movement must match item and locations. */
export interface TransactionScope {
  readonly kinds: readonly MovementKind[] | null;
  readonly itemNo: number | null;
  /** A line comes from or goes to one of these; none of them is virtual. */
  readonly locationNos: readonly number[] | null;
  /** The whole reference. */
  readonly reference: string | null;
  readonly from: Instant;
  /** Up to, and not at, this instant. */
  readonly to: Instant;
}

export type TransactionAfter = readonly [occurredAt: Instant, sequence: number];

/** A page in the order of (occurredAt, sequence), or against it. */
export interface TransactionQuery extends TransactionScope, Keyset<TransactionAfter> {
  readonly order: "ascending" | "descending";
}

/** Balances that are something, lots together, and what all of them are worth. */
export interface Valuation {
  readonly rows: readonly BalanceOfItem[];
  /** Of everything that was asked for, by currency in alphabetical order. */
  readonly totals: readonly Money[];
}
