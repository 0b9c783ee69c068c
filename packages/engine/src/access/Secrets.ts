/** What is made of a secret: the hash it is known by. The secret itself is kept nowhere. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { Context } from "effect";
import type { RandomBytes } from "./KeyFormat.js";

/** Where secrets and ids of keys come from: the platform's source for cryptography. */
export class Randomness extends Context.Reference<Randomness>()("@stockbook/engine/Randomness", {
  defaultValue: (): RandomBytes => (count) =>
    globalThis.crypto.getRandomValues(new Uint8Array(count)),
}) {}

/**
 * SHA-256 of a secret, in hex. A slow hash would protect guessable secrets; these carry 190
 * bits of entropy and are asked for at every request.
 */
export function hashOf(secret: string): string {
  return bytesToHex(sha256(utf8ToBytes(secret)));
}

/** Whether two hashes are the same, in a time that does not tell where they differ. */
export function sameHash(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}
