/** What a way to sign messages is made of. */
import type { ReadHeader } from "./Headers.js";
import type { Refused } from "./Refusal.js";

/** A message to be signed. */
export interface Message {
  /** The same at every attempt; without a dot. */
  readonly id: string;
  /** When this attempt is made, in whole seconds since 1970. */
  readonly timestamp: number;
  /** Exactly what is sent. */
  readonly body: string | Uint8Array;
}

/** The headers to send along. */
export type SignedHeaders = Readonly<Record<string, string>>;

/** Signs one message after the other with keys that were imported once. */
export type Signer = (message: Message) => Promise<SignedHeaders>;

/** What a signature vouches for besides the body. */
export interface Envelope {
  /** The same at every attempt; `undefined` where the scheme has none. */
  readonly id: string | undefined;
  /** When the attempt was made, in seconds since 1970; `undefined` where the scheme has none. */
  readonly timestamp: number | undefined;
}

/** What the headers say, not verified yet. */
export interface Claim<E extends Envelope> {
  readonly ok: true;
  readonly envelope: E;
  /** Whether one of the signatures is of these very bytes, by one of the keys. */
  readonly isOf: (body: Uint8Array) => Promise<boolean>;
}

/** Reads the claim that headers make. */
export type ReadClaim<E extends Envelope> = (header: ReadHeader) => Claim<E> | Refused;

/**
 * A way to sign messages and to check them. Both functions throw `InvalidSecret` for secrets that
 * the scheme cannot use.
 */
export interface SignatureScheme<E extends Envelope = Envelope> {
  readonly name: string;
  readonly signer: (secrets: readonly string[]) => Signer;
  readonly verifier: (secrets: readonly string[]) => ReadClaim<E>;
}
