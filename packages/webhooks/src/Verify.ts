/** Signing and verifying single messages. */
import { utf8 } from "./Bytes.js";
import { type HeadersLike, headerReader } from "./Headers.js";
import { type Refused, refuse, WebhookVerificationError } from "./Refusal.js";
import { signedSpelling } from "./Reserialised.js";
import type { Envelope, Message, SignatureScheme, SignedHeaders, Signer } from "./Scheme.js";
import { type StandardEnvelope, standardWebhooks } from "./StandardWebhooks.js";

/**
 * Keeps the keys of the secrets for any number of messages. With several secrets, Standard Webhooks
 * signs with each.
 *
 * @throws InvalidSecret
 */
export function makeSigner(
  secrets: readonly string[],
  scheme: SignatureScheme = standardWebhooks,
): Signer {
  return scheme.signer(secrets);
}

export interface SignOptions extends Message {
  readonly secrets: readonly string[];
  /** Standard Webhooks, if left out. */
  readonly scheme?: SignatureScheme | undefined;
}

/**
 * The headers for one message. For many, `makeSigner` imports the keys once.
 *
 * @throws InvalidSecret; RangeError for an id or a timestamp that cannot be signed.
 */
export async function sign({ secrets, scheme, ...message }: SignOptions): Promise<SignedHeaders> {
  return makeSigner(secrets, scheme)(message);
}

export interface VerifierOptions<E extends Envelope = StandardEnvelope> {
  /** Any of them may have signed. */
  readonly secrets: readonly string[];
  /** Standard Webhooks, if left out. */
  readonly scheme?: SignatureScheme<E> | undefined;
  /** How far the sender's clock and this one may be apart. 5 minutes, if left out. */
  readonly toleranceMs?: number | undefined;
  /** Milliseconds since 1970; `Date.now`, if left out. */
  readonly now?: (() => number) | undefined;
}

/** A message as it came. */
export interface Received {
  readonly headers: HeadersLike;
  /** Exactly what came. Bytes are best; a string stands for its UTF-8. */
  readonly body: string | Uint8Array;
}

/** What a message is known to be. */
export type Verified<E extends Envelope = StandardEnvelope> = { readonly ok: true } & E;

export interface Verifier<E extends Envelope = StandardEnvelope> {
  /** Tells whether a message is genuine and fresh, and if not, why. */
  readonly check: (received: Received) => Promise<Verified<E> | Refused>;
  /** @throws WebhookVerificationError for a message that is not. */
  readonly verify: (received: Received) => Promise<Verified<E>>;
}

const DEFAULT_TOLERANCE_MS = 300_000;

/**
 * Keeps the keys of the secrets for any number of messages.
 *
 * @throws InvalidSecret
 */
export function makeVerifier<E extends Envelope = StandardEnvelope>(
  options: VerifierOptions<E>,
): Verifier<E> {
  const { secrets, toleranceMs = DEFAULT_TOLERANCE_MS, now = Date.now } = options;
  if (!(toleranceMs >= 0)) throw new RangeError("toleranceMs must be 0 or more");
  const claimOf = schemeOf(options).verifier(secrets);

  async function check({ headers, body }: Received): Promise<Verified<E> | Refused> {
    const bytes = bytesOf(body);
    if (bytes === undefined) return refuse("parsed-body", PARSED);
    const claim = claimOf(headerReader(headers));
    if (!claim.ok) return claim;
    const untimely = ageRefusal(claim.envelope.timestamp, toleranceMs, now());
    if (untimely !== undefined) return untimely;
    if (await claim.isOf(bytes)) return { ok: true, ...claim.envelope };
    return notSigned(await signedSpelling(bytes, claim.isOf));
  }

  async function verify(received: Received): Promise<Verified<E>> {
    const result = await check(received);
    if (!result.ok) throw new WebhookVerificationError(result);
    return result;
  }

  return { check, verify };
}

/** Tells whether a message is genuine and fresh, and if not, why. @throws InvalidSecret */
export async function check<E extends Envelope = StandardEnvelope>(
  message: Received & VerifierOptions<E>,
): Promise<Verified<E> | Refused> {
  return makeVerifier(message).check(message);
}

/** @throws WebhookVerificationError for a message that is not genuine and fresh; InvalidSecret */
export async function verify<E extends Envelope = StandardEnvelope>(
  message: Received & VerifierOptions<E>,
): Promise<Verified<E>> {
  return makeVerifier(message).verify(message);
}

function schemeOf<E extends Envelope>({ scheme }: VerifierOptions<E>): SignatureScheme<E> {
  // Where no scheme is named, nothing but the default says what E is: that of this scheme.
  const standard = standardWebhooks as SignatureScheme<Envelope> as SignatureScheme<E>;
  return scheme ?? standard;
}

/** `undefined` for what a caller without types gives in place of bytes. */
function bytesOf(body: unknown): Uint8Array | undefined {
  if (typeof body === "string") return utf8(body);
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  return undefined;
}

const PARSED =
  "the body must be the bytes that came, as a string or Uint8Array; a parsed body cannot be " +
  "verified, for writing it anew gives other bytes than were signed";

function ageRefusal(
  timestamp: number | undefined,
  toleranceMs: number,
  now: number,
): Refused | undefined {
  if (timestamp === undefined) return undefined;
  const ageMs = now - timestamp * 1_000;
  if (Math.abs(ageMs) <= toleranceMs) return undefined;
  const [reason, where] =
    ageMs < 0 ? (["too-new", "ahead of"] as const) : (["too-old", "behind"] as const);
  const seconds = Math.abs(Math.round(ageMs / 1_000));
  return refuse(
    reason,
    `the timestamp is ${seconds} s ${where} the clock; ${toleranceMs / 1_000} s are tolerated`,
  );
}

function notSigned(spelling: string | undefined): Refused {
  if (spelling === undefined) {
    return refuse("wrong-secret", "no signature is of this message by one of the secrets");
  }
  return refuse(
    "body-re-serialised",
    `the body was parsed and written anew on its way: what was signed is ${spelling}; ` +
      "verify the raw bytes, before any JSON parser",
  );
}
