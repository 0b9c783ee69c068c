/** The words of access: scopes, plans, keys as their owners see them, and what is refused. */
import type { Instant, LedgerSettings } from "@stockbook/core";
import { Data } from "effect";
import type { LedgerMode, Organisation } from "../Store.js";

/** What a key may do. A key that lacks a scope is refused, whatever else it has. */
export const SCOPES = [
  "catalogue:read",
  "catalogue:write",
  "stock:read",
  "stock:write",
  "events:read",
  "webhooks:read",
  "webhooks:write",
  "keys:read",
  "keys:write",
  "organisation:read",
  "organisation:write",
  /** Of public APIs, which name their rights themselves. */
  "meta.read",
  "item.read",
  "category.read",
  "locator.read",
  "stock.read",
  /** Of the operator: every organisation, not the key's own alone. */
  "organisations:read",
  "organisations:write",
] as const;
export type Scope = (typeof SCOPES)[number];

/** Scopes of the operator of a server; the others are those of a tenant. */
export const OPERATOR_SCOPES: readonly Scope[] = ["organisations:read", "organisations:write"];

/** How much an organisation may ask for: `requests` in every `windowMs`, by each of its keys. */
export interface Plan {
  readonly name: string;
  readonly requests: number;
  readonly windowMs: number;
}

export const DEFAULT_PLAN: Plan = { name: "standard", requests: 6_000, windowMs: 60_000 };

/**
 * How the APIs behave towards one organisation, where they leave a choice: texts by name, each
 * beginning with the name of its API, as `tictap.mode` does.
 */
export type OrganisationOptions = Readonly<Record<string, string>>;

/** A key as its owner sees it; never the secret, nor its hash. */
export interface KeyView {
  /** `key_…`; names the key and opens nothing. */
  readonly id: string;
  readonly organisation: string;
  readonly mode: LedgerMode;
  readonly name: string;
  /** How the secret begins and ends, to tell it by. */
  readonly hint: string;
  readonly scopes: readonly Scope[];
  /** Addresses or CIDR ranges, v4 or v6, it may be used from; empty: from anywhere. */
  readonly allowedIps: readonly string[];
  /** An inactive key is refused until it is active again. */
  readonly active: boolean;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  /** A revoked key is refused for ever. */
  readonly revokedAt: Instant | null;
}

/** A key that has just been made; its secret is never shown again. */
export interface CreatedKey {
  readonly key: KeyView;
  /** `null` where the same request was made before: the secret was in the first answer. */
  readonly secret: string | null;
}

export interface NewKey {
  readonly organisation: string;
  readonly mode: LedgerMode;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly allowedIps?: readonly string[] | undefined;
  readonly expiresAt?: Instant | null | undefined;
  /** The same key with the same content makes no second one, for ever. */
  readonly idempotencyKey?: string | undefined;
}

export interface KeyChanges {
  readonly name?: string | undefined;
  readonly active?: boolean | undefined;
  readonly scopes?: readonly Scope[] | undefined;
  readonly allowedIps?: readonly string[] | undefined;
  readonly expiresAt?: Instant | null | undefined;
}

export interface NewOrganisation {
  readonly id: string;
  /** The id, if left out. */
  readonly name?: string | undefined;
  readonly plan?: Plan | undefined;
  /** How its two ledgers are opened. */
  readonly settings?: Partial<LedgerSettings> | undefined;
  readonly options?: OrganisationOptions | undefined;
}

export interface OrganisationChanges {
  readonly name?: string | undefined;
  readonly plan?: Plan | undefined;
  /** By name; `null` takes one away, what is not named stays. */
  readonly options?: Readonly<Record<string, string | null>> | undefined;
}

/** A condition on what is changed, judged on the very state that the change is written over. */
export interface OnlyIf<View> {
  readonly onlyIf?: ((present: View) => boolean) | undefined;
}

/** Whoever asks, once its key is known. */
export interface Caller {
  readonly key: KeyView;
  readonly organisation: Organisation;
}

export type RefusedKeyReason =
  | "missing"
  | "malformed"
  | "unknown"
  | "inactive"
  | "revoked"
  | "expired";

/** The key does not open anything. Says nothing of the key itself. */
export class RefusedKey extends Data.TaggedError("RefusedKey")<{
  readonly reason: RefusedKeyReason;
}> {
  override get message(): string {
    return REFUSED_KEY_TEXTS[this.reason];
  }
}

const REFUSED_KEY_TEXTS: { readonly [reason in RefusedKeyReason]: string } = {
  missing: "a key is needed",
  malformed: "this is no key; part of it may be missing or mistyped",
  unknown: "there is no such key",
  inactive: "the key is not active",
  revoked: "the key has been revoked",
  expired: "the key has expired",
};

/** What is there already stands against it: other content, or a key that can change no more. */
export class Conflict extends Data.TaggedError("Conflict")<{
  readonly field: string;
  readonly message: string;
}> {}
