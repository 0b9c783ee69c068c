/** What there is to keep: items, their categories and manufacturers, and the places. */
import type { NegativePolicy } from "./Account.js";
import type { Attributes } from "./Attributes.js";
import type { Amount, Currency } from "./Money.js";
import type { Precision } from "./Quantity.js";

export interface Item {
  /** Chosen by the caller, never changed. */
  readonly id: string;
  /** Unique among the ledger's items; may be changed. */
  readonly sku: string;
  readonly name: string;
  /** The unit one counts in, such as `piece` or `kg`. */
  readonly unit: string;
  /** Decimal places of the unit; fixed once the item has moved. */
  readonly precision: Precision;
  /** Currency of the item's value; fixed once the item has moved. */
  readonly currency: Currency;
  /** Cost of one unit where a receipt names none; `null` when unknown. */
  readonly unitCost: Amount | null;
  /** Overrides the ledger's policy; `null` follows it. */
  readonly negativePolicy: NegativePolicy | null;
  readonly category: string | null;
  readonly manufacturer: string | null;
  readonly attributes: Attributes;
  /** An archived item cannot move any more. */
  readonly archived: boolean;
}

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

export interface Manufacturer {
  readonly id: string;
  readonly name: string;
}

export interface Location {
  /** Chosen by the caller, never changed. */
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  /** A word of the owner's own, such as `warehouse` or `shelf`. */
  readonly kind: string;
  readonly parent: string | null;
  readonly attributes: Attributes;
  /** An archived location takes part in no movement. */
  readonly archived: boolean;
}

/** When an item is to be replenished at a location and everything below it. */
export interface Threshold {
  readonly item: string;
  readonly location: string;
  /** Depleted when the quantity on hand falls below this. In ledger steps. */
  readonly minimum: number;
  /** Replenish up to this; 0 means up to the minimum. In ledger steps. */
  readonly maximum: number;
  /** Order whole multiples of this; 0 means any quantity. In ledger steps. */
  readonly orderMultiple: number;
  /** Never order less than this; 0 means no lower bound. In ledger steps. */
  readonly minimumOrder: number;
  /** Never order more than this at once; 0 means no upper bound. In ledger steps. */
  readonly maximumOrder: number;
}

export interface LedgerSettings {
  /** The zone whose days and months the roll-ups are kept in. Fixed. */
  readonly timeZone: string;
  /** The currency of items that name none. */
  readonly currency: Currency;
  readonly negativePolicy: NegativePolicy;
}
