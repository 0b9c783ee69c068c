/** Secrets and keys as they are written down, and what is in them. */
import { type Bytes, concat, fromBase64, fromBase64Url, toBase64 } from "./Bytes.js";

/** What a secret is. */
export type ParsedSecret =
  /** `whsec_`: one key for both sides, of 24 to 75 bytes. */
  | { readonly kind: "shared"; readonly key: Uint8Array }
  /** `whsk_`: the sender's half of an ed25519 pair, a seed and a public key of 32 bytes each. */
  | { readonly kind: "private"; readonly seed: Uint8Array; readonly publicKey: Uint8Array }
  /** `whpk_`: the receiver's half, of 32 bytes. It can only verify. */
  | { readonly kind: "public"; readonly publicKey: Uint8Array };

/** What can sign. */
export type SigningSecret = Exclude<ParsedSecret, { readonly kind: "public" }>;

/** A secret that is none. The message does not tell what was given. */
export class InvalidSecret extends Error {
  override readonly name = "InvalidSecret";
}

/** Gives that many random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

const platformRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

const SHARED_BYTES = { generated: 24, min: 24, max: 75 } as const;
const SEED_BYTES = 32;

/** `whsec_` and the base64 of 24 random bytes. */
export function generateSecret(random: RandomBytes = platformRandom): string {
  return `whsec_${toBase64(random(SHARED_BYTES.generated))}`;
}

export interface KeyPair {
  /** `whsk_…`: signs. It stays with the sender. */
  readonly secretKey: string;
  /** `whpk_…`: verifies. Anybody may have it. */
  readonly publicKey: string;
}

/** An ed25519 pair, for signatures that the receiver can check but not make. */
export async function generateKeyPair(random: RandomBytes = platformRandom): Promise<KeyPair> {
  const seed = new Uint8Array(random(SEED_BYTES));
  const publicKey = await publicKeyOf(seed);
  return {
    secretKey: `whsk_${toBase64(concat([seed, publicKey]))}`,
    publicKey: `whpk_${toBase64(publicKey)}`,
  };
}

/** @throws InvalidSecret that says what is wrong, but not with what. */
export function parseSecret(secret: string): ParsedSecret {
  if (typeof secret !== "string") throw new InvalidSecret("a secret is not a string");
  if (secret.startsWith("whsec_")) return shared(bytesAfter("whsec_", secret));
  if (secret.startsWith("whsk_")) return ofSender(bytesAfter("whsk_", secret));
  if (secret.startsWith("whpk_")) return ofReceiver(bytesAfter("whpk_", secret));
  throw new InvalidSecret("a secret must start with whsec_, whsk_ or whpk_");
}

/** @throws InvalidSecret where there is none, too. */
export function parseSecrets(secrets: readonly string[]): readonly ParsedSecret[] {
  if (!Array.isArray(secrets)) throw new InvalidSecret("secrets must be an array of strings");
  if (secrets.length === 0) throw new InvalidSecret("there must be at least one secret");
  return secrets.map(parseSecret);
}

/** @throws InvalidSecret for what can only verify, too. */
export function parseSigningSecrets(secrets: readonly string[]): readonly SigningSecret[] {
  return parseSecrets(secrets).map((secret) => {
    if (secret.kind !== "public") return secret;
    throw new InvalidSecret("a whpk_ key can only verify; sign with the whsk_ key of the pair");
  });
}

function bytesAfter(prefix: string, secret: string): Bytes {
  const bytes = fromBase64(secret.slice(prefix.length));
  if (bytes !== undefined) return bytes;
  const hint = /\s/.test(secret) ? "; there is white space in it" : "";
  throw new InvalidSecret(`what follows ${prefix} is not base64 with its padding${hint}`);
}

function shared(key: Bytes): ParsedSecret {
  const { min, max } = SHARED_BYTES;
  if (key.length >= min && key.length <= max) return { kind: "shared", key };
  throw new InvalidSecret(`a whsec_ secret has ${min} to ${max} bytes, not ${key.length}`);
}

function ofSender(bytes: Bytes): ParsedSecret {
  if (bytes.length !== 2 * SEED_BYTES) {
    throw new InvalidSecret(`a whsk_ key has 64 bytes, seed and public key, not ${bytes.length}`);
  }
  const [seed, publicKey] = [bytes.slice(0, SEED_BYTES), bytes.slice(SEED_BYTES)];
  return { kind: "private", seed, publicKey };
}

function ofReceiver(publicKey: Bytes): ParsedSecret {
  if (publicKey.length === SEED_BYTES) return { kind: "public", publicKey };
  throw new InvalidSecret(`a whpk_ key has 32 bytes, not ${publicKey.length}`);
}

// What precedes the seed in PKCS #8, the one form in which WebCrypto takes a seed alone (RFC 8410).
const PKCS8_PREFIX = Uint8Array.of(
  ...[
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ],
);

/** The bytes of an ed25519 key as `importKey("pkcs8", …)` takes them. */
export const pkcs8Of = (seed: Uint8Array): Bytes => concat([PKCS8_PREFIX, seed]);

/** The public half that belongs to a seed. */
export async function publicKeyOf(seed: Uint8Array): Promise<Uint8Array> {
  const { subtle } = crypto;
  const key = await subtle.importKey("pkcs8", pkcs8Of(seed), "Ed25519", true, ["sign"]);
  const { x = "" } = await subtle.exportKey("jwk", key);
  const publicKey = fromBase64Url(x);
  if (publicKey === undefined) throw new Error("the platform gave no public key");
  return publicKey;
}
