/** What came of sending a message. */

export type SendOutcome = Answered | Failed;

/** The receiver has answered, with whatever status; redirects are answers too. */
export interface Answered {
  readonly type: "answered";
  readonly status: number;
  /** By their names in lower case; not more than 64 of them with 4 KiB in all. */
  readonly headers: Readonly<Record<string, string>>;
  /** What could be read of it as UTF-8, up to the limit. */
  readonly body: string;
  /** Whether there was more of it. */
  readonly truncated: boolean;
  readonly durationMs: number;
}

export interface Failed {
  readonly type: "failed";
  readonly reason: FailureReason;
  /** For whoever owns the receiver: tells nothing of the network the message came from. */
  readonly message: string;
  readonly durationMs: number;
}

/**
 * - `unsendable`: the headers cannot be sent as they are
 * - `refused-target`: the policy does not allow the URL, or an address its name leads to
 * - `unresolved`: its name leads nowhere
 * - `not-connected`: nobody took the connection, or not in time
 * - `insecure`: there is no TLS, or its certificate cannot be trusted
 * - `timed-out`: the answer was not whole in time; the message may have arrived
 * - `broken-off`: the connection ended before the answer was whole; the message may have arrived
 * - `bad-answer`: the answer is no HTTP/1.1
 */
export type FailureReason =
  | "unsendable"
  | "refused-target"
  | "unresolved"
  | "not-connected"
  | "insecure"
  | "timed-out"
  | "broken-off"
  | "bad-answer";

/** The same for both: names of the inner network must not differ from those that do not exist. */
const NO_ADDRESS = "the host of the URL has no address that may be connected to";

const MESSAGES: Readonly<Record<FailureReason, string>> = {
  unsendable: "a header of the message cannot be sent",
  "refused-target": NO_ADDRESS,
  unresolved: NO_ADDRESS,
  "not-connected": "the receiver could not be connected to",
  insecure: "the receiver could not prove who it is",
  "timed-out": "the receiver did not answer in time",
  "broken-off": "the connection ended before the receiver had answered",
  "bad-answer": "the receiver's answer is not HTTP/1.1",
};

export function failed(reason: FailureReason, durationMs: number): Failed {
  return { type: "failed", reason, message: MESSAGES[reason], durationMs };
}
