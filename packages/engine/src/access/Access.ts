/**
 * Access: who may do what in which ledger. Organisations with their plans, and the keys that
 * open their ledgers.
 */
import { Context, type Effect, Layer } from "effect";
import type { InvalidRequest, NotFound, Stale, StoreError } from "../Errors.js";
import type { LedgerStore, Organisation } from "../Store.js";
import type { AccessStore } from "./AccessStore.js";
import { type AccessOptions, DEFAULT_ACCESS_OPTIONS, makeAccess } from "./Service.js";
import type {
  Caller,
  Conflict,
  CreatedKey,
  KeyChanges,
  KeyView,
  NewKey,
  NewOrganisation,
  OnlyIf,
  OrganisationChanges,
  RefusedKey,
} from "./Terms.js";

export * from "./Terms.js";

export type AccessError = StoreError | NotFound | InvalidRequest | Conflict;

export interface AccessService {
  readonly organisations: Effect.Effect<readonly Organisation[], StoreError>;
  readonly organisation: (id: string) => Effect.Effect<Organisation, StoreError | NotFound>;
  /** Makes an organisation; the same again is the same one, other content is a conflict. */
  readonly createOrganisation: (
    organisation: NewOrganisation,
  ) => Effect.Effect<Organisation, AccessError>;
  readonly changeOrganisation: (
    id: string,
    changes: OrganisationChanges,
    condition?: OnlyIf<Organisation>,
  ) => Effect.Effect<Organisation, AccessError | Stale>;

  /** All keys of an organisation, oldest first, revoked ones included. */
  readonly keys: (organisation: string) => Effect.Effect<readonly KeyView[], StoreError | NotFound>;
  readonly key: (organisation: string, id: string) => Effect.Effect<KeyView, StoreError | NotFound>;
  readonly createKey: (key: NewKey) => Effect.Effect<CreatedKey, AccessError>;
  readonly changeKey: (
    organisation: string,
    id: string,
    changes: KeyChanges,
    condition?: OnlyIf<KeyView>,
  ) => Effect.Effect<KeyView, AccessError | Stale>;
  readonly revokeKey: (organisation: string, id: string) => Effect.Effect<KeyView, AccessError>;
  /** A new key with the same rights; the old one is good for `overlapMs` more, at most 7 days. */
  readonly rotateKey: (
    organisation: string,
    id: string,
    options?: {
      readonly overlapMs?: number | undefined;
      /** The same key with the same content makes no second key, for ever. */
      readonly idempotencyKey?: string | undefined;
    },
  ) => Effect.Effect<CreatedKey, AccessError>;

  /**
   * Whose secret it is. A secret whose checksum is wrong never reaches the store.
   *
   * Known keys are remembered for 5 seconds. What changes through this service is seen at once;
   * what changes through another process, a revocation too, within these 5 seconds.
   */
  readonly authenticate: (secret: string) => Effect.Effect<Caller, StoreError | RefusedKey>;
}

export class Access extends Context.Tag("@stockbook/engine/Access")<Access, AccessService>() {
  /** Access over whichever store is provided. */
  static layer(
    options: Partial<AccessOptions> = {},
  ): Layer.Layer<Access, never, LedgerStore | AccessStore> {
    return Layer.effect(Access, makeAccess({ ...DEFAULT_ACCESS_OPTIONS, ...options }));
  }
}
