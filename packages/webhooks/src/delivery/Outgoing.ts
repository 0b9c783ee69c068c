/** What is sent, and which headers it may have. */

/** A message on its way to one receiver, always by POST. */
export interface Outgoing {
  readonly url: string;
  /** Without those that are the connection's: `host`, `content-length` and their like. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Neither line breaks, which would begin another header, nor what has no one byte. */
const LINE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A host of its own would also be the one whose certificate is asked for. */
const OWN_HEADERS: readonly string[] = [
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

export function canBeSent({ headers }: Outgoing): boolean {
  return Object.entries(headers).every(
    ([name, value]) =>
      TOKEN.test(name) && LINE.test(value) && !OWN_HEADERS.includes(name.toLowerCase()),
  );
}

/** All headers but those Node adds: `host` and `connection`. */
export function allHeaders({ headers, body }: Outgoing): Record<string, string> {
  return {
    ...headers,
    // The answer is not unpacked, so that its size is what was read.
    "accept-encoding": "identity",
    "content-length": String(body.byteLength),
  };
}
