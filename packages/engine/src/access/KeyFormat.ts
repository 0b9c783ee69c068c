/**
 * How a secret is written: a prefix that tells its mode, 32 characters of entropy, and a
 * checksum of these, so that a mistyped or invented secret is told from a real one without
 * asking the store, and a leaked one is found by whoever scans for it.
 */
import type { LedgerMode } from "../Store.js";

/** The prefixes of secrets; the two must differ and none may begin the other. */
export type KeyFormat = { readonly [mode in LedgerMode]: string };

export const STOCKBOOK_KEYS: KeyFormat = { live: "sb_live_", test: "sb_test_" };

export const ENTROPY_LENGTH = 32;
export const CHECKSUM_LENGTH = 6;

/** As many bytes as are asked for, none of them foreseeable. */
export type RandomBytes = (count: number) => Uint8Array;

/** A secret that is written as it should be. */
export interface ParsedKey {
  readonly mode: LedgerMode;
  readonly prefix: string;
  readonly entropy: string;
}

const MODES: readonly LedgerMode[] = ["live", "test"];

/** A secret that nobody has had before. */
export function makeSecret(format: KeyFormat, mode: LedgerMode, random: RandomBytes): string {
  const entropy = randomCharacters(ENTROPY_LENGTH, random);
  return format[mode] + entropy + checksumOf(entropy);
}

/** The parts of a secret, or nothing where it is not written like one or has been mistyped. */
export function parseSecret(format: KeyFormat, secret: string): ParsedKey | undefined {
  const mode = MODES.find((candidate) => secret.startsWith(format[candidate]));
  if (mode === undefined) return undefined;
  const prefix = format[mode];
  const end = prefix.length + ENTROPY_LENGTH;
  if (secret.length !== end + CHECKSUM_LENGTH) return undefined;
  const entropy = secret.slice(prefix.length, end);
  if (!/^[0-9A-Za-z]+$/.test(entropy) || checksumOf(entropy) !== secret.slice(end)) {
    return undefined;
  }
  return { mode, prefix, entropy };
}

const HINT_LENGTH = 4;

/** How a secret begins and ends: enough to tell it by, and too little to guess the rest. */
export function hintOf({ prefix, entropy }: ParsedKey): string {
  return `${prefix}${entropy.slice(0, HINT_LENGTH)}…${entropy.slice(-HINT_LENGTH)}`;
}

// ── characters ───────────────────────────────────────────────────────────────────────────

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Bytes from here on would make the first characters of the alphabet more likely. */
const FAIR_BYTES = 256 - (256 % ALPHABET.length);
/** A fair source lacks characters after so many rounds once in 10^40 times. */
const MOST_ROUNDS = 32;

/** Characters of the alphabet, each as likely as any other. */
export function randomCharacters(count: number, random: RandomBytes): string {
  let characters = "";
  for (let round = 0; characters.length < count; round++) {
    if (round === MOST_ROUNDS) throw new Error("the source of randomness is broken");
    for (const byte of random(count)) {
      if (byte < FAIR_BYTES) characters += ALPHABET[byte % ALPHABET.length];
    }
  }
  return characters.slice(0, count);
}

/** The CRC-32 of the entropy in the same alphabet. */
export function checksumOf(entropy: string): string {
  let rest = crc32(entropy);
  let text = "";
  while (text.length < CHECKSUM_LENGTH) {
    text = ALPHABET[rest % ALPHABET.length] + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

const CRC_TABLE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  }
  return remainder;
});

/** Of the text's characters as bytes; they must be ASCII. */
function crc32(text: string): number {
  let remainder = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    const index = (remainder ^ text.charCodeAt(i)) & 0xff;
    remainder = (CRC_TABLE[index] as number) ^ (remainder >>> 8);
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
