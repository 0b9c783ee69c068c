/** What readers ask a store for its reports: numbered pages of one moment of the book. */
import type { Instant, Item, PlaceFlow } from "@stockbook/core";
import type { Numbered } from "./Questions.js";
import type { CardLine, Moment, Place, RollupSums } from "./Store.js";

/** Places that moved before the end; `null` takes all. */
export interface SummaryQuery extends Numbered {
  readonly itemNo: number | null;
  readonly locationNo: number | null;
  /** Of these categories themselves. */
  readonly categories: readonly string[] | null;
  /** Not included: places that first moved at this instant or later are left out. */
  readonly to: Instant;
  /** The last moment before the time, and the last one within it. */
  readonly opening: Moment;
  readonly closing: Moment;
}

/** What was at a place at both ends of a time. */
export interface SummaryPlace extends Place {
  readonly item: Item;
  readonly opening: RollupSums;
  readonly closing: RollupSums;
}

/** Real places by (item, location), lots together; `total` of all that match. */
export interface SummaryPage {
  readonly rows: readonly SummaryPlace[];
  readonly total: number;
}

/** Lines that change what is on hand at a location, with flows that are wanted there. */
export interface DetailQuery extends Numbered {
  readonly locationNo: number;
  readonly itemNo: number | null;
  /** `null` takes all. */
  readonly flows: readonly PlaceFlow[] | null;
  readonly from: Instant;
  /** Up to, and not at, this instant. */
  readonly to: Instant;
  /** Where an instant falls in the ledger's calendar. */
  readonly momentOf: (instant: Instant) => Moment;
}

/** A line with its item, and what is on hand of it at the location afterwards. */
export interface DetailLine {
  readonly line: CardLine;
  readonly item: Item;
  readonly onHand: number;
}

/** Lines by (occurredAt, sequence, line); `total` of all that match. */
export interface DetailPage {
  readonly rows: readonly DetailLine[];
  readonly total: number;
}
