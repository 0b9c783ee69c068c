/** How secrets of endpoints are kept: encrypted, and only for the endpoint they were sealed for. */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "@stockbook/core";
import { Context, Data, Effect, Layer } from "effect";
import type { RandomBytes } from "../access/KeyFormat.js";
import { Randomness } from "../access/Secrets.js";
import { StoreFault } from "../Errors.js";
import type { LedgerId } from "../Store.js";
import { bytesOfBase64, toBase64 } from "./Base64.js";
import type { SealedSecret, StoredEndpoint } from "./WebhookStore.js";

/** Whose secret it is; sealed for one endpoint, it opens for no other. */
export interface SecretContext {
  readonly ledger: LedgerId;
  readonly endpoint: string;
}

export interface WebhookSecretsService {
  /** Encrypts with the first key; base64. */
  readonly seal: (plain: string, context: SecretContext) => Effect.Effect<string, StoreFault>;
  /** Fails where no key opens it, or anything of it or its context was altered. */
  readonly open: (sealed: string, context: SecretContext) => Effect.Effect<string, StoreFault>;
}

/** A key that secrets cannot be encrypted with; the message does not repeat it. */
export class InvalidSecretKey extends Data.TaggedError("InvalidSecretKey")<{
  readonly message: string;
}> {}

export class WebhookSecrets extends Context.Tag("@stockbook/engine/WebhookSecrets")<
  WebhookSecrets,
  WebhookSecretsService
>() {
  /**
   * AES-256-GCM under keys of 32 bytes in base64. The first seals, all open: to change keys, put
   * the new one first and leave the old one until nothing is sealed with it any more.
   */
  static layer(keys: readonly string[]): Layer.Layer<WebhookSecrets, InvalidSecretKey> {
    return Layer.effect(WebhookSecrets, makeWebhookSecrets(keys));
  }
}

/** The secrets that sign at a moment, newest first. */
export function openSecrets(
  { ledger, id, secrets }: StoredEndpoint,
  now: Instant,
): Effect.Effect<readonly string[], StoreFault, WebhookSecrets> {
  const signing = secrets.filter((secret) => signsAt(secret, now));
  return Effect.flatMap(WebhookSecrets, ({ open }) =>
    Effect.forEach(signing, ({ sealed }) => open(sealed, { ledger, endpoint: id })),
  );
}

/** Whether a secret has not expired. */
export function signsAt({ expiresAt }: SealedSecret, now: Instant): boolean {
  return expiresAt === null || expiresAt > now;
}

// ── the box ──────────────────────────────────────────────────────────────────────────────

/** Sealed: version, key id, nonce, and what AES-GCM gives: the encrypted text with its tag. */
const VERSION = 1;
const KEY_ID_BYTES = 4;
const HEAD_BYTES = 1 + KEY_ID_BYTES;
const NONCE_BYTES = 12;
const KEY_BYTES = 32;
const TAG_BYTES = 16;

type Key = Awaited<ReturnType<typeof globalThis.crypto.subtle.importKey>>;

interface BoxKey {
  /** Version and key id, as every text sealed with it begins. */
  readonly head: Uint8Array<ArrayBuffer>;
  readonly key: Key;
}

function makeWebhookSecrets(
  given: readonly string[],
): Effect.Effect<WebhookSecretsService, InvalidSecretKey> {
  return Effect.gen(function* () {
    const random = yield* Randomness;
    const keys = yield* Effect.forEach(given, boxKey);
    const first = keys[0];
    if (first === undefined) {
      return yield* new InvalidSecretKey({ message: "a key to encrypt secrets with is needed" });
    }
    return {
      seal: (plain, context) => seal(first, random, plain, context),
      open: (sealed, context) => open(keys, sealed, context),
    };
  });
}

function boxKey(given: string, index: number): Effect.Effect<BoxKey, InvalidSecretKey> {
  // Callers that read it from an environment in JavaScript may have found none.
  const bytes = typeof given === "string" ? bytesOfBase64(given) : undefined;
  if (bytes?.length !== KEY_BYTES) {
    const message = `key ${index + 1} must be ${KEY_BYTES} bytes in base64`;
    return new InvalidSecretKey({ message });
  }
  return Effect.map(
    Effect.promise(() =>
      globalThis.crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]),
    ),
    (key) => ({ head: Uint8Array.of(VERSION, ...keyIdOf(bytes)), key }),
  );
}

/** Names a key and tells nothing of it. */
function keyIdOf(bytes: Uint8Array): Uint8Array {
  const named = joined(utf8ToBytes("stockbook webhook secrets"), bytes);
  return sha256(named).subarray(0, KEY_ID_BYTES);
}

function seal(
  { head, key }: BoxKey,
  random: RandomBytes,
  plain: string,
  context: SecretContext,
): Effect.Effect<string, StoreFault> {
  // A source of randomness may hand out a view into memory that it writes again.
  const nonce = Uint8Array.from(random(NONCE_BYTES));
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: contextBytes(head, context) };
  return Effect.tryPromise({
    try: () =>
      globalThis.crypto.subtle.encrypt(algorithm, key, Uint8Array.from(utf8ToBytes(plain))),
    catch: (cause) => {
      const message = `a secret of the endpoint ${context.endpoint} cannot be encrypted`;
      return new StoreFault({ reason: "unavailable", message, cause });
    },
  }).pipe(Effect.map((encrypted) => toBase64(joined(head, nonce, new Uint8Array(encrypted)))));
}

function open(
  keys: readonly BoxKey[],
  sealed: string,
  context: SecretContext,
): Effect.Effect<string, StoreFault> {
  const bytes = bytesOfBase64(sealed);
  if (bytes === undefined || bytes.length < HEAD_BYTES + NONCE_BYTES + TAG_BYTES) {
    return altered(context);
  }
  if (bytes[0] !== VERSION) return unknownVersion(context);
  const found = keys.find(({ head }) => head.every((byte, i) => byte === bytes[i]));
  if (found === undefined) return unknownKey(context);
  const nonce = bytes.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
  const additionalData = contextBytes(found.head, context);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData };
  const encrypted = bytes.subarray(HEAD_BYTES + NONCE_BYTES);
  return Effect.tryPromise({
    try: () => globalThis.crypto.subtle.decrypt(algorithm, found.key, encrypted),
    catch: () => altered(context),
  }).pipe(Effect.map((plain) => new TextDecoder().decode(plain)));
}

function contextBytes(head: Uint8Array, { ledger, endpoint }: SecretContext) {
  return joined(head, utf8ToBytes(JSON.stringify([ledger, endpoint])));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function altered({ endpoint }: SecretContext): StoreFault {
  const message = `a secret of the endpoint ${endpoint} has been altered, or is another endpoint's`;
  return new StoreFault({ reason: "damaged", message });
}

function unknownKey({ endpoint }: SecretContext): StoreFault {
  const message = `a secret of the endpoint ${endpoint} was encrypted with a key that is not given`;
  return new StoreFault({ reason: "unavailable", message });
}

function unknownVersion({ endpoint }: SecretContext): StoreFault {
  const message = `a secret of the endpoint ${endpoint} was encrypted in a way that is not known`;
  return new StoreFault({ reason: "newer", message });
}
