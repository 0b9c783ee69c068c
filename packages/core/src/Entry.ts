/** Entries: what the ledger knows to have happened, in one gapless sequence. */
import type { Bucket } from "./Account.js";
import type { Instant } from "./Calendar.js";
import type {
  Category,
  Item,
  LedgerSettings,
  Location,
  Manufacturer,
  Threshold,
} from "./Catalogue.js";
import type { Command, MovementKind } from "./Command.js";
import type { Amount } from "./Money.js";
import type { Quantity } from "./Quantity.js";
import type { Rejection } from "./Rejection.js";

/** One quantity and its value going from one account to another. */
export interface Line {
  readonly item: string;
  /** `null` for goods that are not kept by lot. */
  readonly lot: string | null;
  readonly from: string;
  readonly fromBucket: Bucket;
  readonly to: string;
  readonly toBucket: Bucket;
  /** 0 or more, in ledger steps; 0 on a line that corrects a value only. */
  readonly quantity: Quantity;
  /** In minor units; below 0 only where a correction takes value back. */
  readonly value: Amount;
}

/** Where an entry stands in its ledger. */
export interface EntryPosition {
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  /** When it happened. */
  readonly occurredAt: Instant;
  /** When the book learned of it; never before that of an earlier entry. */
  readonly recordedAt: Instant;
  /** The idempotency key of the command behind it. */
  readonly key: string | null;
  /** Digest of that command's content; 0 without a key. */
  readonly fingerprint: number;
  /** How many entries the command made, this first one included; 0 on the others. */
  readonly span: number;
}

export interface Movement {
  readonly type: "movement";
  readonly kind: MovementKind;
  readonly lines: readonly Line[];
  readonly reference: string | null;
  readonly note: string | null;
  /** Why it was done. */
  readonly reason: string | null;
  /** Who did it. */
  readonly actor: string | null;
  /** The reservation it opens or draws on; its own sequence when it opens one. */
  readonly reservation: number | null;
  /** The shipment it opens or draws on; its own sequence when it opens one. */
  readonly shipment: number | null;
  /** Where a dispatched shipment is bound for. */
  readonly destination: string | null;
  /** The sequence of the movement that this one undoes. */
  readonly reverses: number | null;
}

/** A threshold rule was crossed by the net effect of one command. */
export interface Crossing {
  readonly type: "depleted" | "replenished";
  readonly threshold: Threshold;
  /** On hand in the location's subtree before the command, in ledger steps. */
  readonly previous: Quantity;
  /** On hand in the location's subtree after it, in ledger steps. */
  readonly quantity: Quantity;
  /** Effective maximum less the quantity; 0 when replenished. */
  readonly replenishment: Quantity;
  /** The sequence of the entry that crossed it. */
  readonly cause: number;
}

export type EntryBody =
  | Movement
  | Crossing
  | { readonly type: "opened"; readonly settings: LedgerSettings }
  | { readonly type: "item-put"; readonly item: Item }
  | { readonly type: "category-put"; readonly category: Category }
  | { readonly type: "manufacturer-put"; readonly manufacturer: Manufacturer }
  | { readonly type: "location-put"; readonly location: Location }
  | { readonly type: "threshold-set"; readonly threshold: Threshold }
  | { readonly type: "threshold-removed"; readonly item: string; readonly location: string }
  | { readonly type: "refused"; readonly command: Command["type"]; readonly rejection: Rejection };

export type EntryType = EntryBody["type"];

export type Entry = EntryPosition & { readonly body: EntryBody };
