/** Commands: what a caller asks the ledger to do. Plain data, in the caller's units. */
import type { NegativePolicy } from "./Account.js";
import type { AttributeChanges } from "./Attributes.js";
import type { Instant } from "./Calendar.js";
import type { Amount } from "./Money.js";
import type { QuantityInput } from "./Quantity.js";

/** What every command may carry. */
export interface CommandOptions {
  /** The same key with the same content gives the first result again, for ever. */
  readonly idempotencyKey?: string | undefined;
  /**
   * `record` keeps a refusal as an entry, and the same command is then refused the same way
   * again; `forget`, the default, decides it anew each time.
   */
  readonly onRefusal?: "forget" | "record" | undefined;
}

/** What every movement may carry besides. */
export interface MovementOptions extends CommandOptions {
  /** When it happened, in milliseconds since 1970; when it is recorded, if left out. */
  readonly occurredAt?: Instant | undefined;
  /** What caused it, such as an order or invoice number. At most 255 characters. */
  readonly reference?: string | undefined;
  /** Free text, at most 2,000 characters. */
  readonly note?: string | undefined;
  /** Why it was done. At most 255 characters. */
  readonly reason?: string | undefined;
  /** Who did it, in the caller's own words. At most 255 characters. */
  readonly actor?: string | undefined;
}

export interface LineInput {
  readonly item: string;
  /** Above 0, in the item's unit. */
  readonly quantity: QuantityInput;
  readonly lot?: string | undefined;
}

export interface ReceiptLineInput extends LineInput {
  /** Minor units for one unit of the item. */
  readonly unitCost?: Amount | undefined;
  /** Minor units for the whole line; takes the place of `unitCost`. */
  readonly cost?: Amount | undefined;
}

export interface CountLineInput {
  readonly item: string;
  readonly lot?: string | undefined;
  /** What was counted on hand, 0 or more, in the item's unit. */
  readonly quantity: QuantityInput;
  /** What the book is expected to say; refused when it says something else. */
  readonly expected?: QuantityInput | undefined;
}

export interface Receive extends MovementOptions {
  readonly type: "receive";
  readonly location: string;
  /** Where the goods come from; a supplier, if left out. */
  readonly from?: "supplier" | "customer" | undefined;
  readonly lines: readonly ReceiptLineInput[];
}

export interface Issue extends MovementOptions {
  readonly type: "issue";
  readonly location: string;
  /** Where the goods go; a customer, if left out. */
  readonly to?: "customer" | "supplier" | undefined;
  readonly lines: readonly LineInput[];
}

export interface Transfer extends MovementOptions {
  readonly type: "transfer";
  readonly from: string;
  readonly to: string;
  readonly lines: readonly LineInput[];
}

/** The first step of a transfer that takes time; the goods are in transit until `arrive`. */
export interface Dispatch extends MovementOptions {
  readonly type: "dispatch";
  readonly from: string;
  readonly to: string;
  readonly lines: readonly LineInput[];
}

export interface Arrive extends MovementOptions {
  readonly type: "arrive";
  /** The sequence of the dispatch. */
  readonly shipment: number;
  /** What arrived; all that is still in transit, if left out. */
  readonly lines?: readonly LineInput[] | undefined;
}

export interface Adjust extends MovementOptions {
  readonly type: "adjust";
  readonly location: string;
  /** Quantities may be negative: found goods are added, lost goods are taken off. */
  readonly lines: readonly ReceiptLineInput[];
}

export interface Count extends MovementOptions {
  readonly type: "count";
  readonly location: string;
  readonly lines: readonly CountLineInput[];
}

export interface Reserve extends MovementOptions {
  readonly type: "reserve";
  readonly location: string;
  readonly lines: readonly LineInput[];
}

export interface Release extends MovementOptions {
  readonly type: "release";
  /** The sequence of the reserve. */
  readonly reservation: number;
  /** What to release; all that is still reserved, if left out. */
  readonly lines?: readonly LineInput[] | undefined;
}

export interface Fulfil extends MovementOptions {
  readonly type: "fulfil";
  /** The sequence of the reserve. */
  readonly reservation: number;
  /** What to hand over; all that is still reserved, if left out. */
  readonly lines?: readonly LineInput[] | undefined;
}

/** Sets goods aside as unavailable: damaged, in quarantine, on hold. */
export interface Hold extends MovementOptions {
  readonly type: "hold";
  readonly location: string;
  readonly lines: readonly LineInput[];
}

export interface Unhold extends MovementOptions {
  readonly type: "unhold";
  readonly location: string;
  readonly lines: readonly LineInput[];
}

/** Books the exact opposite of an earlier movement. */
export interface Reverse extends MovementOptions {
  readonly type: "reverse";
  /** The sequence of the movement. */
  readonly sequence: number;
}

export interface SetThreshold extends CommandOptions {
  readonly type: "set-threshold";
  readonly item: string;
  readonly location: string;
  readonly minimum: QuantityInput;
  /** 0, the default, means up to the minimum. */
  readonly maximum?: QuantityInput | undefined;
  readonly orderMultiple?: QuantityInput | undefined;
  readonly minimumOrder?: QuantityInput | undefined;
  readonly maximumOrder?: QuantityInput | undefined;
}

export interface RemoveThreshold extends CommandOptions {
  readonly type: "remove-threshold";
  readonly item: string;
  readonly location: string;
}

/** What every change of the catalogue may carry besides. */
export interface PutOptions extends CommandOptions {
  /**
   * Refused unless the thing still is as it was read, by the `fingerprintOf` it; `absent`:
   * unless there is none.
   */
  readonly ifDigest?: number | "absent" | undefined;
}

/** Creates an item or changes the fields that are given. */
export interface PutItem extends PutOptions {
  readonly type: "put-item";
  /** The `sku`, if left out. */
  readonly id?: string | undefined;
  /** Needed to create an item. */
  readonly sku?: string | undefined;
  readonly name?: string | undefined;
  readonly unit?: string | undefined;
  readonly precision?: number | undefined;
  readonly currency?: string | undefined;
  readonly unitCost?: Amount | null | undefined;
  readonly negativePolicy?: NegativePolicy | null | undefined;
  readonly category?: string | null | undefined;
  readonly manufacturer?: string | null | undefined;
  readonly attributes?: AttributeChanges | undefined;
  readonly archived?: boolean | undefined;
}

/** Creates a category or changes the fields that are given. */
export interface PutCategory extends PutOptions {
  readonly type: "put-category";
  readonly id: string;
  readonly name?: string | undefined;
  readonly parent?: string | null | undefined;
}

/** Creates a manufacturer or changes its name. */
export interface PutManufacturer extends PutOptions {
  readonly type: "put-manufacturer";
  readonly id: string;
  readonly name?: string | undefined;
}

/** Creates a location, or changes the fields that are given; a new parent moves it. */
export interface PutLocation extends PutOptions {
  readonly type: "put-location";
  readonly id: string;
  readonly name?: string | undefined;
  readonly code?: string | null | undefined;
  /** The owner's own word for it, such as `warehouse`. */
  readonly kind?: string | undefined;
  readonly parent?: string | null | undefined;
  readonly attributes?: AttributeChanges | undefined;
  readonly archived?: boolean | undefined;
}

export type MovementCommand =
  | Receive
  | Issue
  | Transfer
  | Dispatch
  | Arrive
  | Adjust
  | Count
  | Reserve
  | Release
  | Fulfil
  | Hold
  | Unhold
  | Reverse;

export type ThresholdCommand = SetThreshold | RemoveThreshold;

export type CatalogueCommand = PutItem | PutCategory | PutManufacturer | PutLocation;

export type Command = MovementCommand | ThresholdCommand | CatalogueCommand;

export type MovementKind = MovementCommand["type"];
