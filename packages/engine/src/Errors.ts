/** What can go wrong: a refusal by the rules, or a store that cannot do its part. */
import type { Rejection } from "@stockbook/core";
import { Data } from "effect";

/** The ledger's rules refuse the command. Nothing happened. */
export class Rejected extends Data.TaggedError("Rejected")<{
  readonly rejection: Rejection;
  /** Index of the command at fault, where several were submitted as one. */
  readonly command: number;
}> {
  override get message(): string {
    return this.rejection.message;
  }
  get code(): Rejection["code"] {
    return this.rejection.code;
  }
}

/** Too much is waiting, or another writer holds the store. Nothing happened; try again. */
export class Busy extends Data.TaggedError("Busy")<{ readonly message: string }> {}

/** Why a store cannot be used. */
export type StoreFaultReason =
  | "missing"
  | "damaged"
  | "newer"
  | "full"
  | "read-only"
  | "unavailable";

/** The store cannot be used as it is. Nothing happened. */
export class StoreFault extends Data.TaggedError("StoreFault")<{
  readonly reason: StoreFaultReason;
  readonly message: string;
  readonly cause?: unknown;
}> {}

/** The store broke off while it was committing. Ask again with the same idempotency key. */
export class OutcomeUnknown extends Data.TaggedError("OutcomeUnknown")<{
  readonly message: string;
  readonly cause?: unknown;
}> {}

/** There is nothing of this kind under this name or number to read. */
export class NotFound extends Data.TaggedError("NotFound")<{
  readonly what:
    | "organisation"
    | "key"
    | "endpoint"
    | "delivery"
    | "item"
    | "category"
    | "manufacturer"
    | "location"
    | "stock item"
    | "entry"
    | "transaction"
    | "reservation"
    | "shipment";
  readonly id: string;
}> {
  override get message(): string {
    return `there is no ${this.what} ${this.id}`;
  }
}

/** What was to be changed is not as its caller has read it. Nothing happened. */
export class Stale extends Data.TaggedError("Stale") {}

/** Something was asked for in a way that cannot be. */
export class InvalidRequest extends Data.TaggedError("InvalidRequest")<{
  readonly field: string;
  readonly message: string;
}> {}

export type StoreError = Busy | StoreFault | OutcomeUnknown;
export type ReadError = Busy | StoreFault | NotFound | InvalidRequest;
export type SubmitError = Rejected | StoreError;
