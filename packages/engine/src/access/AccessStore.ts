/**
 * The port to a store of keys. It holds no rules: it keeps keys as they are given and writes
 * them only over the version they were decided on. Organisations are kept by `LedgerStore`.
 */
import { Context, Data, type Effect } from "effect";
import type { Busy, OutcomeUnknown, StoreFault } from "../Errors.js";
import type { KeyView } from "./Terms.js";

/** A key as it is kept. The secret is not. */
export interface StoredKey extends KeyView {
  /** SHA-256 of the secret, in hex; unique in the store. */
  readonly hash: string;
  /** 1 when it is made, one more with every change. */
  readonly version: number;
  /** Of the request that made it; unique among the keys of its organisation. */
  readonly idempotencyKey: string | null;
  /** Of that request's content. */
  readonly fingerprint: number;
}

/** How a key is found; at most one is. */
export type KeyQuery =
  | { readonly by: "hash"; readonly hash: string }
  | { readonly by: "id"; readonly organisation: string; readonly id: string }
  | {
      readonly by: "idempotency-key";
      readonly organisation: string;
      readonly idempotencyKey: string;
    };

/** The store has other keys than those a decision rests on; nothing was written. */
export class KeysMoved extends Data.TaggedError("KeysMoved")<Record<never, never>> {}

type Read<A> = Effect.Effect<A, Busy | StoreFault>;

export interface AccessStoreService {
  readonly findKey: (query: KeyQuery) => Read<StoredKey | undefined>;
  /** In the order in which they were made. */
  readonly keysOf: (organisation: string) => Read<readonly StoredKey[]>;
  /**
   * Writes keys durably, all or none. A key of version 1 is new: neither its id nor its hash
   * nor its idempotency key may be there. Any other replaces that of the version before; its
   * id, organisation, mode, hash and what made it stay as they were.
   */
  readonly writeKeys: (
    keys: readonly StoredKey[],
  ) => Effect.Effect<void, KeysMoved | Busy | StoreFault | OutcomeUnknown>;
}

export class AccessStore extends Context.Tag("@stockbook/engine/AccessStore")<
  AccessStore,
  AccessStoreService
>() {}
