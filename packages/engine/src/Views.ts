/** What a reader sees: ledger facts in the item's units, with public ids. */
import type {
  Bucket,
  Category,
  Currency,
  Entry,
  EntryBody,
  Flow,
  Instant,
  Item,
  LedgerSettings,
  Location,
  Manufacturer,
  MovementKind,
  PlaceFlow,
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

/** An item, and when the entry was recorded that made it as it is. */
export interface DatedItem extends Item {
  readonly updatedAt: Instant;
}

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

/** What there is in a location and everything below it. */
export interface LocationSummary {
  readonly location: Location;
  /** Locations right below it. */
  readonly children: number;
  /** Different items that have moved or have a threshold rule in it. */
  readonly items: number;
  /** On hand of all items together, each in its own unit; exact, as far as a number can be. */
  readonly quantity: number;
  /** Threshold rules below their minimum. */
  readonly belowMinimum: number;
  /** What the stock is worth, by currency in alphabetical order; none where it is worth nothing. */
  readonly value: readonly Money[];
  /** The entry up to which all this is told. */
  readonly sequence: number;
}

/**
 * A stock item: an item at a location where it has moved or has a threshold rule. Quantities in
 * the item's unit.
 */
export interface StockItemView {
  readonly item: Item;
  readonly location: Location;
  /** Here, not below. */
  readonly onHand: number;
  /** Of what is on hand here, in minor units of the item's currency. */
  readonly value: number;
  /** 0 without a rule. */
  readonly minimum: number;
  /** 0: none. */
  readonly maximum: number;
  /** What the rule counts: on hand here and below; `onHand` without a rule. */
  readonly counted: number;
  readonly belowMinimum: boolean;
  /** Effective maximum − counted while below the minimum, else 0. */
  readonly replenishment: number;
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

// ── reports ──────────────────────────────────────────────────────────────────────────────

/** What there was of an item at a location over a time. Quantities in the item's unit. */
export interface StockSummaryRow {
  readonly item: Item;
  readonly location: Location;
  /** On hand before the time. */
  readonly opening: number;
  /** Came in to the stock on hand within the time. */
  readonly in: number;
  /** Went out of it. */
  readonly out: number;
  /** opening + in − out */
  readonly closing: number;
}

/** A line that changed what is on hand at a location. Quantities in the item's unit. */
export interface StockDetailRow {
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly item: Item;
  readonly flow: PlaceFlow;
  readonly reference: string | null;
  readonly note: string | null;
  readonly in: number;
  readonly out: number;
  /** On hand of the item at the location afterwards. */
  readonly balance: number;
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

/** A quantity set aside or on its way, as far as it still is. */
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

/** The kinds of movements, each named by its command. */
export const MOVEMENT_KINDS = [
  "receive",
  "issue",
  "transfer",
  "dispatch",
  "arrive",
  "adjust",
  "count",
  "reserve",
  "release",
  "fulfil",
  "hold",
  "unhold",
  "reverse",
] as const satisfies readonly MovementKind[];

// ── transactions ─────────────────────────────────────────────────────────────────────────

/** One line of a movement, in the item's unit. */
export interface TransactionLine {
  readonly item: string;
  readonly sku: string;
  readonly name: string;
  readonly lot: string | null;
  /** A location, or one of the virtual ones. */
  readonly from: string;
  readonly fromBucket: Bucket;
  readonly to: string;
  readonly toBucket: Bucket;
  readonly quantity: number;
  /** Minor units of `currency`. */
  readonly value: number;
  readonly currency: Currency;
}

/** A movement with its lines. */
export interface TransactionView {
  readonly sequence: number;
  readonly kind: MovementKind;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly reference: string | null;
  readonly note: string | null;
  /** Why it was done. */
  readonly reason: string | null;
  /** Who did it. */
  readonly actor: string | null;
  readonly reservation: number | null;
  readonly shipment: number | null;
  /** The sequence of the movement that this one undoes. */
  readonly reverses: number | null;
  readonly lines: readonly TransactionLine[];
}

/** What the movements of one kind came to. */
export interface KindStatistics {
  readonly kind: MovementKind;
  readonly transactions: number;
  readonly lines: number;
  /** What the lines were worth, by currency. */
  readonly value: readonly Money[];
}

export interface Money {
  /** Minor units. */
  readonly amount: number;
  readonly currency: Currency;
}

export interface TransactionStatistics {
  readonly transactions: number;
  readonly lines: number;
  readonly kinds: readonly KindStatistics[];
}

/** What the lines of one flow came to. */
export interface FlowFigures {
  /** Movements with at least one such line. */
  readonly transactions: number;
  readonly lines: number;
  /** In the items' units, added up over whatever items there are. */
  readonly quantity: number;
  /** What the lines were worth, by currency; never below 0. */
  readonly value: readonly Money[];
}

/** What came in, went out, was moved and was corrected. */
export interface FlowStatistics {
  /** The local day, such as `2010-12-01`; `null` for a whole range. */
  readonly day: string | null;
  readonly flows: { readonly [flow in Flow]: FlowFigures };
}

// ── valuation ────────────────────────────────────────────────────────────────────────────

/** What the stock on hand of an item is worth at a location. */
export interface ValuationRow {
  readonly item: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly location: string;
  readonly onHand: number;
  readonly value: number;
  readonly currency: Currency;
}

// ── events ───────────────────────────────────────────────────────────────────────────────

export const EVENT_TYPES = [
  "ledger.opened",
  "stock.moved",
  "stock.depleted",
  "stock.replenished",
  "item.changed",
  "category.changed",
  "manufacturer.changed",
  "location.changed",
  "threshold.changed",
  "threshold.removed",
  "command.refused",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** A threshold rule that was crossed. Quantities in the item's unit. */
export interface CrossingView {
  readonly item: string;
  readonly sku: string;
  readonly location: string;
  readonly previous: number;
  readonly quantity: number;
  readonly minimum: number;
  /** 0: none. */
  readonly maximum: number;
  /** Effective maximum − quantity; 0 when replenished. */
  readonly replenishment: number;
  /** The sequence of the entry that crossed it. */
  readonly cause: number;
}

/** An entry of the ledger, told to the world outside. */
export type EventView = {
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
} & (
  | { readonly type: "stock.moved"; readonly data: TransactionView }
  | { readonly type: "stock.depleted" | "stock.replenished"; readonly data: CrossingView }
  | { readonly type: "item.changed"; readonly data: Item }
  | { readonly type: "category.changed"; readonly data: Category }
  | { readonly type: "manufacturer.changed"; readonly data: Manufacturer }
  | { readonly type: "location.changed"; readonly data: Location }
  | { readonly type: "threshold.changed"; readonly data: ThresholdRule }
  | {
      readonly type: "threshold.removed";
      readonly data: { readonly item: string; readonly location: string };
    }
  | { readonly type: "ledger.opened"; readonly data: LedgerSettings }
  | {
      readonly type: "command.refused";
      readonly data: { readonly command: string; readonly rejection: Rejection };
    }
);

/** A threshold rule as it is set, in the item's unit; 0 stands for none. */
export interface ThresholdRule {
  readonly item: string;
  readonly location: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly orderMultiple: number;
  readonly minimumOrder: number;
  readonly maximumOrder: number;
}
