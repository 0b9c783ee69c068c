/** ETags: the state of a thing in a word, to change only what is still as one saw it. */
import { fingerprintOf } from "@stockbook/core";

/** The strong ETag of a thing: the same content, the same tag. */
export function etagOf(content: unknown): string {
  return `"${fingerprintOf(content).toString(36)}"`;
}

/** The digest an ETag of ours stands for. */
export function digestOf(etag: string): number | undefined {
  const digits = /^"([0-9a-z]{1,11})"$/.exec(etag.trim())?.[1];
  const digest = digits === undefined ? Number.NaN : Number.parseInt(digits, 36);
  return Number.isSafeInteger(digest) ? digest : undefined;
}

/**
 * Whether a header names a tag: `If-Match` by the strong comparison, `If-None-Match` by the weak
 * one, for a proxy that compresses answers marks their tags with `W/`.
 */
export function names(header: string, etag: string, comparison: "strong" | "weak"): boolean {
  return header.split(",").some((part) => {
    const tag = comparison === "weak" ? part.trim().replace(/^W\//, "") : part.trim();
    return tag === "*" || tag === etag;
  });
}
