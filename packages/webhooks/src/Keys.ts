/** Keys in the hands of WebCrypto. */
import { type Bytes, isEqual } from "./Bytes.js";
import {
  InvalidSecret,
  type ParsedSecret,
  pkcs8Of,
  publicKeyOf,
  type SigningSecret,
} from "./Secrets.js";

export type HashName = "SHA-256" | "SHA-1" | "SHA-512";

/** Signs bytes. */
export type SignBytes = (content: Bytes) => Promise<Bytes>;

/** Tells whether one of the signatures is of the content. */
export type VerifyBytes = (content: Bytes, signatures: readonly Bytes[]) => Promise<boolean>;

/** The versions of Standard Webhooks: HMAC-SHA256 and ed25519. */
export type Version = "v1" | "v1a";

export const versionOf = ({ kind }: ParsedSecret): Version => (kind === "shared" ? "v1" : "v1a");

export async function importHmac(secret: Uint8Array, hash: HashName): Promise<SignBytes> {
  const algorithm = { name: "HMAC", hash };
  const key = await crypto.subtle.importKey("raw", new Uint8Array(secret), algorithm, false, [
    "sign",
  ]);
  return async (content) => new Uint8Array(await crypto.subtle.sign("HMAC", key, content));
}

/** One HMAC for any number of signatures; it takes as long whichever of them is right. */
export async function importHmacVerifier(secret: Uint8Array, hash: HashName): Promise<VerifyBytes> {
  const sign = await importHmac(secret, hash);
  return async (content, signatures) => {
    const right = await sign(content);
    return signatures.filter((signature) => isEqual(signature, right)).length > 0;
  };
}

/** @throws InvalidSecret if its halves do not belong together. */
export async function importSigner(secret: SigningSecret): Promise<SignBytes> {
  if (secret.kind === "shared") return importHmac(secret.key, "SHA-256");
  const { seed, publicKey } = secret;
  if (!isEqual(await publicKeyOf(seed), publicKey)) {
    throw new InvalidSecret("the halves of a whsk_ key do not belong together");
  }
  const key = await crypto.subtle.importKey("pkcs8", pkcs8Of(seed), "Ed25519", false, ["sign"]);
  return async (content) => new Uint8Array(await crypto.subtle.sign("Ed25519", key, content));
}

export async function importVerifier(secret: ParsedSecret): Promise<VerifyBytes> {
  if (secret.kind === "shared") return importHmacVerifier(secret.key, "SHA-256");
  const raw = new Uint8Array(secret.publicKey);
  const key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  return async (content, signatures) => {
    const verdicts = signatures.map((signature) =>
      crypto.subtle.verify("Ed25519", key, signature, content),
    );
    return (await Promise.all(verdicts)).includes(true);
  };
}

/** Makes it when it is first wanted, and keeps it. */
export function once<A>(make: () => Promise<A>): () => Promise<A> {
  let made: Promise<A> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
