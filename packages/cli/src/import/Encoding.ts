/** Encodings: from the bytes of a file to its text, or to the place that cannot be read. */

/** Bytes that are no text in the encoding. */
export interface EncodingFault {
  /** Physical line, from 1. */
  readonly line: number;
  /** Offset of the byte in the file, from 0; told for UTF-8 only. */
  readonly offset: number | null;
  readonly byte: number | null;
  /** An encoding to try. */
  readonly suggestion: string;
}

export type Decoded =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "fault"; readonly fault: EncodingFault };

export function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

/** Decodes a whole file; a byte order mark at its beginning is dropped. */
export function decode(bytes: Uint8Array, encoding: string): Decoded {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    const text = decoder.decode(bytes);
    return { type: "text", text: decoder.encoding === "windows-1252" ? repaired(text) : text };
  } catch {
    return { type: "fault", fault: faultIn(bytes, encoding) };
  }
}

/** What Windows-1252 has at 0x80 to 0x9f; the five free places stand for themselves. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Node.js up to 22 takes Windows-1252 for Latin-1, which has control characters there. */
function repaired(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => {
    return WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control;
  });
}

function faultIn(bytes: Uint8Array, encoding: string): EncodingFault {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const lossy = decoder.decode(bytes);
  const suggestion = suggestionFor(bytes, decoder.encoding);
  if (decoder.encoding !== "utf-8") {
    const at = lossy.indexOf("\uFFFD");
    return { line: lineAt(lossy.slice(0, at)), offset: null, byte: null, suggestion };
  }
  const offset = firstInvalid(bytes, lossy);
  const before = new TextDecoder().decode(bytes.subarray(0, offset));
  return { line: lineAt(before), offset, byte: bytes[offset] ?? null, suggestion };
}

/** Every byte before the first invalid one comes back the same when the text is encoded anew. */
function firstInvalid(bytes: Uint8Array, lossy: string): number {
  const again = new TextEncoder().encode(lossy);
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at++;
  // The replacement character may share its first bytes with what it replaces.
  while (at > 0 && ((again[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}

function lineAt(before: string): number {
  return before.split(/\r\n|\r|\n/).length;
}

function suggestionFor(bytes: Uint8Array, encoding: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return encoding === "utf-8" ? "windows-1252" : "utf-8";
}
