/** A short digest of a command's content, to tell a repeat from another command under its key. */

/**
 * 53 bits over the content with object keys in order, so that two ways of writing the same
 * command agree. It guards against mistakes of one owner's own programs, not against attack:
 * a key is only ever compared with the first command under that same key. What is to become
 * of a refusal, `onRefusal`, is no part of the content.
 */
export function fingerprintOf(content: unknown): number {
  return digest(JSON.stringify(content, inKeyOrder));
}

function inKeyOrder(key: string, value: unknown): unknown {
  if (key === "onRefusal") return undefined;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const record = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(record);
  if (isSorted(keys)) return value;
  return Object.fromEntries(keys.sort().map((key) => [key, record[key]]));
}

function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) {
    if ((keys[i - 1] as string) > (keys[i] as string)) return false;
  }
  return true;
}

// Two lanes of multiply-and-xor, then the final mixing step of MurmurHash3 (Appleby, 2011).
function digest(text: string): number {
  let high = 0x9747b28c;
  let low = 0x3c6ef372;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ (unit + i), 0x5bd1e995) ^ (low >>> 15);
  }
  return (mix(high ^ text.length) & 0x1fffff) * 0x1_0000_0000 + (mix(low ^ high) >>> 0);
}

function mix(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
