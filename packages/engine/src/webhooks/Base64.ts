/** Base64, read strictly: every text stands for bytes that no other text stands for. */
import { Either, Encoding } from "effect";

export function toBase64(bytes: Uint8Array): string {
  return Encoding.encodeBase64(bytes);
}

/** The bytes of a text in base64, padded and without blanks; nothing where it is not written so. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = Either.getOrUndefined(Encoding.decodeBase64(text));
  return bytes !== undefined && toBase64(bytes) === text ? Uint8Array.from(bytes) : undefined;
}
