/** What a reader sees: ledger facts in the item's units, with public ids. */
import type {
  Currency,
  Entry,
  EntryBody,
  Instant,
  Item,
  Location,
  MovementKind,
  PlanDerivation,
  Rejection,
} from "@stockbook/core";

/** The answer to a command that is done. */
export interface Receipt {
  /** `repeated`: it had been done before, and this is the first answer again. */
  readonly type: "accepted" | "repeated";
  /** Of the first entry; also the number of the reservation or shipment it opened. */
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** What the command made happen, thresholds crossed included. */
  readonly entries: readonly Entry[];
}

/** The answer to one of several commands that stand for themselves. */
export type Verdict = Receipt | { readonly type: "rejected"; readonly rejection: Rejection };

/** What there is of an item at a location. Quantities in the item's unit. */
export interface StockView {
  readonly item: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly location: string;
  readonly lot: string | null;
  /** available + reserved + unavailable */
  readonly onHand: number;
  readonly available: number;
  readonly reserved: number;
  readonly unavailable: number;
  /** Minor units of `currency`. */
  readonly value: number;
  readonly currency: Currency;
}

/** One movement of an item at a location, with the balance it left. */
export interface CardRow {
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly kind: MovementKind;
  readonly reference: string | null;
  readonly note: string | null;
  /** Came in to the stock on hand here. */
  readonly in: number;
  /** Went out of the stock on hand here. */
  readonly out: number;
  /** On hand afterwards. */
  readonly onHand: number;
  /** Available afterwards. */
  readonly available: number;
  /** Value change in minor units. */
  readonly value: number;
  /** Where it came from or went to: a location, or one of the virtual ones. */
  readonly counterpart: string;
}

export interface Card {
  readonly item: Item;
  readonly location: Location;
  /** On hand before the first row. */
  readonly opening: number;
  readonly openingAvailable: number;
  readonly rows: readonly CardRow[];
  /** On hand after the last row. */
  readonly closing: number;
  /** Where the next page goes on; `null` on the last one. */
  readonly next: string | null;
}

/** A threshold rule and how the stock stands against it. */
export interface ThresholdView {
  readonly item: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly location: string;
  readonly minimum: number;
  /** 0: none. */
  readonly maximum: number;
  /** On hand in the location and everything below it. */
  readonly quantity: number;
  readonly depleted: boolean;
  /** Effective maximum − quantity while depleted, else 0. */
  readonly replenishment: number;
}

/** What to order for one threshold rule, and why. Quantities in the item's unit. */
export interface PlanRow {
  readonly item: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly location: string;
  readonly quantity: number;
  readonly onHand: number;
  readonly incoming: number;
  readonly reserved: number;
  readonly derivation: { readonly [step in keyof PlanDerivation]: PlanDerivation[step] };
}

/** A quantity set aside or on its way. */
export interface CommitmentView {
  readonly sequence: number;
  readonly lines: readonly {
    readonly item: string;
    readonly lot: string | null;
    readonly location: string;
    readonly quantity: number;
  }[];
}

/** A place where a stored figure is not what its entries say. */
export interface Difference {
  readonly where: string;
  readonly stored: string;
  readonly expected: string;
}

export interface Verification {
  readonly sound: boolean;
  readonly entries: number;
  readonly lines: number;
  readonly balances: number;
  /** The first hundred. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
}

export interface EntryView {
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly key: string | null;
  readonly body: EntryBody;
}
