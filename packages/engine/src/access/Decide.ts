/**
 * What becomes of a key, decided from what is known and the time alone. No secret comes near
 * it: a key that is to be made is a draft, which gets its id and its secret afterwards.
 */
import { fingerprintOf, type Instant } from "@stockbook/core";
import type { InvalidRequest } from "../Errors.js";
import type { StoredKey } from "./AccessStore.js";
import {
  activeFault,
  canonicalRanges,
  expiryFault,
  type Fault,
  idempotencyKeyFault,
  modeFault,
  nameFault,
  orderedScopes,
  pastExpiryFault,
  rangesFault,
  scopesFault,
  wholeFault,
} from "./Checks.js";
import {
  Conflict,
  type KeyChanges,
  type KeyView,
  type NewKey,
  type RefusedKeyReason,
} from "./Terms.js";

export const DEFAULT_OVERLAP_MS = 86_400_000;
export const MAX_OVERLAP_MS = 7 * 86_400_000;

/** A key that lacks only what its secret gives it. */
export type KeyDraft = Omit<StoredKey, "id" | "hash" | "hint" | "version">;

export type KeyCommand =
  /** `earlier` is what was made under its idempotency key. */
  | { readonly type: "create"; readonly key: NewKey; readonly earlier: StoredKey | undefined }
  | { readonly type: "change"; readonly key: StoredKey; readonly changes: KeyChanges }
  | { readonly type: "revoke"; readonly key: StoredKey }
  | {
      readonly type: "rotate";
      readonly key: StoredKey;
      readonly overlapMs?: number | undefined;
      readonly idempotencyKey?: string | undefined;
      /** What was made under its idempotency key. */
      readonly earlier: StoredKey | undefined;
    };

export type KeyDecision =
  /** Make the draft, and write the key it takes the place of, if any. */
  | { readonly type: "make"; readonly draft: KeyDraft; readonly replaced: StoredKey | undefined }
  | { readonly type: "write"; readonly key: StoredKey }
  /** All is as it should be already. */
  | { readonly type: "keep"; readonly key: StoredKey }
  | { readonly type: "refuse"; readonly refusal: InvalidRequest | Conflict };

export function decideKey(command: KeyCommand, now: Instant): KeyDecision {
  switch (command.type) {
    case "create":
      return create(command.key, command.earlier, now);
    case "change":
      return change(command.key, command.changes, now);
    case "revoke":
      return revoke(command.key, now);
    case "rotate":
      return rotate(command, now);
  }
}

/** Why a key opens nothing at a moment; nothing, if it does. */
export function refusalOf(key: KeyView, now: Instant): RefusedKeyReason | undefined {
  if (key.revokedAt !== null) return "revoked";
  if (hasExpired(key, now)) return "expired";
  return key.active ? undefined : "inactive";
}

function hasExpired({ expiresAt }: KeyView, now: Instant): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function create(request: NewKey, earlier: StoredKey | undefined, now: Instant): KeyDecision {
  const fault = newKeyFault(request);
  if (fault !== undefined) return refuse(fault);
  const content = contentOf(request);
  const fingerprint = fingerprintOf(content);
  if (earlier !== undefined) {
    return earlier.fingerprint === fingerprint ? keep(earlier) : refuse(usedBefore());
  }
  // Only now: a repeated request is answered as it was, however late it comes.
  const late = pastExpiryFault(content.expiresAt, now);
  if (late !== undefined) return refuse(late);
  const idempotencyKey = request.idempotencyKey ?? null;
  const state = { active: true, createdAt: now, revokedAt: null };
  const draft = { ...content, ...state, idempotencyKey, fingerprint };
  return { type: "make", draft, replaced: undefined };
}

function newKeyFault({ mode, name, scopes, ...rest }: NewKey): Fault {
  const { allowedIps = [], expiresAt = null, idempotencyKey } = rest;
  return (
    modeFault(mode) ??
    nameFault(name) ??
    scopesFault(scopes) ??
    rangesFault(allowedIps) ??
    expiryFault(expiresAt) ??
    onceFault(idempotencyKey)
  );
}

function onceFault(idempotencyKey: unknown): Fault {
  return idempotencyKey === undefined ? undefined : idempotencyKeyFault(idempotencyKey);
}

function contentOf({ organisation, mode, name, scopes, allowedIps, expiresAt }: NewKey) {
  return {
    organisation,
    mode,
    name,
    scopes: orderedScopes(scopes),
    allowedIps: canonicalRanges(allowedIps ?? []),
    expiresAt: expiresAt ?? null,
  };
}

function change(key: StoredKey, changes: KeyChanges, now: Instant): KeyDecision {
  const over = endFault(key, now);
  if (over !== undefined) return refuse(over);
  const { name = key.name, active = key.active, expiresAt = key.expiresAt } = changes;
  const { scopes = key.scopes, allowedIps = key.allowedIps } = changes;
  const fault =
    nameFault(name) ??
    activeFault(active) ??
    scopesFault(scopes) ??
    rangesFault(allowedIps) ??
    expiryFault(expiresAt) ??
    pastExpiryFault(expiresAt, now);
  if (fault !== undefined) return refuse(fault);
  const rights = { scopes: orderedScopes(scopes), allowedIps: canonicalRanges(allowedIps) };
  return write({ ...key, name, active, expiresAt, ...rights });
}

function revoke(key: StoredKey, now: Instant): KeyDecision {
  return key.revokedAt === null ? write({ ...key, revokedAt: now }) : keep(key);
}

function rotate(command: Extract<KeyCommand, { readonly type: "rotate" }>, now: Instant) {
  const { key, overlapMs = DEFAULT_OVERLAP_MS, idempotencyKey, earlier } = command;
  const wrong = wholeFault("overlapMs", overlapMs, 0, MAX_OVERLAP_MS) ?? onceFault(idempotencyKey);
  if (wrong !== undefined) return refuse(wrong);
  const fingerprint = fingerprintOf({ rotates: key.id, overlapMs });
  // Before the end of the key is looked at: this may be what has brought it about.
  if (earlier !== undefined) {
    return earlier.fingerprint === fingerprint ? keep(earlier) : refuse(usedBefore());
  }
  const over = endFault(key, now);
  if (over !== undefined) return refuse(over);
  const { organisation, mode, name, scopes, allowedIps, active } = key;
  const rights = { scopes, allowedIps, active, expiresAt: key.expiresAt, revokedAt: null };
  const made = { createdAt: now, idempotencyKey: idempotencyKey ?? null, fingerprint };
  const draft = { organisation, mode, name, ...rights, ...made };
  const expiresAt = Math.min(key.expiresAt ?? Number.POSITIVE_INFINITY, now + overlapMs);
  const replaced = { ...key, expiresAt, version: key.version + 1 };
  return { type: "make", draft, replaced } as const;
}

/** A key that has come to its end stays there, or what its owner was told would not hold. */
function endFault(key: StoredKey, now: Instant): Conflict | undefined {
  if (key.revokedAt !== null) return ended("revokedAt", key, "has been revoked");
  return hasExpired(key, now) ? ended("expiresAt", key, "has expired") : undefined;
}

function ended(field: string, { id }: StoredKey, what: string): Conflict {
  const message = `the key ${id} ${what} and can change no more; create another`;
  return new Conflict({ field, message });
}

function usedBefore(): Conflict {
  const message = "idempotencyKey: a key with other content was made under it before";
  return new Conflict({ field: "idempotencyKey", message });
}

function write(key: StoredKey): KeyDecision {
  return { type: "write", key: { ...key, version: key.version + 1 } };
}

function keep(key: StoredKey): KeyDecision {
  return { type: "keep", key };
}

function refuse(refusal: InvalidRequest | Conflict): KeyDecision {
  return { type: "refuse", refusal };
}
