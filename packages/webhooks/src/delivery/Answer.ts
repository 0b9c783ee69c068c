/** Reading an answer without trusting it: so much of it and no more. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

const MAX_HEADERS = 64;
const MAX_HEADERS_LENGTH = 4_096;

export interface Body {
  readonly body: string;
  readonly truncated: boolean;
}

/** Headers that would be too many or too much are left out; those after them are not. */
export function keptHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const kept: [name: string, value: string][] = [];
  let length = 0;
  for (const [name, value = ""] of Object.entries(headers)) {
    if (kept.length === MAX_HEADERS) break;
    const text = typeof value === "string" ? value : value.join(", ");
    if (length + name.length + text.length > MAX_HEADERS_LENGTH) continue;
    length += name.length + text.length;
    kept.push([name, text]);
  }
  return Object.fromEntries(kept);
}

/** Tells of the body when it has ended or outgrown the limit; of one that breaks off, never. */
export function readBody(
  response: IncomingMessage,
  maxBytes: number,
  done: (body: Body) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > maxBytes) done({ body: decoded(chunks, maxBytes), truncated: true });
  });
  response.on("end", () => done({ body: decoded(chunks, size), truncated: false }));
}

function decoded(chunks: readonly Buffer[], length: number): string {
  return new TextDecoder().decode(Buffer.concat(chunks, length));
}
