/** Why a message is not accepted. */

/** Every reason, with the status that tells the sender most. */
const STATUS = {
  /** A header is not there, or empty; see `header`. */
  "missing-header": 400,
  /** The id has a dot, and could be read as another id and time. */
  "bad-id": 400,
  /** The time is not 1 to 12 digits. */
  "bad-timestamp": 400,
  /** The body is signed, but is no JSON. */
  "not-json": 400,
  /** The time is longer ago than the tolerance: delayed, or sent again by somebody else. */
  "too-old": 401,
  /** The time is further ahead than the tolerance: one of the clocks is wrong. */
  "too-new": 401,
  /** No signature is well-formed and of a version that there is a key for. */
  "no-usable-signature": 401,
  /** There are signatures, but none is of this message by one of the keys. */
  "wrong-secret": 401,
  /** The signature is of another spelling of the same JSON. */
  "body-re-serialised": 401,
  /** The body is longer than the receiver reads. */
  "body-too-large": 413,
  /** The body is not the bytes that came, but what a parser made of them. */
  "parsed-body": 500,
} as const;

export type Reason = keyof typeof STATUS;

export interface Refused {
  readonly ok: false;
  readonly reason: Reason;
  /** What is wrong and what would be right. Neither the body nor a secret is in it. */
  readonly message: string;
  /** The header that is missing. */
  readonly header?: string;
}

export const refuse = (reason: Reason, message: string): Refused => ({
  ok: false,
  reason,
  message,
});

export const missing = (header: string): Refused => ({
  ...refuse("missing-header", `the header ${header} is missing`),
  header,
});

/** A message that was not accepted. Neither its body nor a secret is in the error. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
  readonly reason: Reason;
  /** The header that is missing. */
  readonly header: string | undefined;
  /** The HTTP status to answer with. */
  readonly status: number;

  constructor({ reason, message, header }: Refused) {
    super(message);
    this.reason = reason;
    this.header = header;
    this.status = STATUS[reason];
  }
}
