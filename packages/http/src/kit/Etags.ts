/** ETags: the state of a thing in a word, to change only what is still as one saw it. */
import { fingerprintOf } from "@stockbook/core";

/** The strong ETag of a thing: the same content, the same tag. */
export function etagOf(content: unknown): string {
  return `"${fingerprintOf(content).toString(36)}"`;
}

/** The digest an ETag stands for; 0, which no content has, for what is no ETag of ours. */
export function digestOf(etag: string): number {
  const digits = /^"([0-9a-z]{1,11})"$/.exec(etag.trim())?.[1];
  return digits === undefined ? 0 : Number.parseInt(digits, 36);
}

/** Whether a header such as `If-Match` or `If-None-Match` names a tag. */
export function names(header: string, etag: string): boolean {
  return header.split(",").some((part) => {
    const tag = part.trim();
    return tag === "*" || tag === etag;
  });
}
