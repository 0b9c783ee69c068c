/** What every receiver does, whatever server it is in. */
import { textOf } from "./Bytes.js";
import type { HeadersLike } from "./Headers.js";
import { type Refused, refuse, WebhookVerificationError } from "./Refusal.js";
import type { Envelope } from "./Scheme.js";
import type { SeenIds } from "./SeenIds.js";
import type { StandardEnvelope } from "./StandardWebhooks.js";
import { makeVerifier, type Verifier, type VerifierOptions } from "./Verify.js";

export interface ReceiveOptions<E extends Envelope = StandardEnvelope> extends VerifierOptions<E> {
  /** Longer bodies are refused. 1 MiB, if left out. */
  readonly maxBodyBytes?: number | undefined;
}

/** A verified message. */
export type WebhookEvent<E extends Envelope = StandardEnvelope> = E & {
  /** The `type` in the body, or its `event`. */
  readonly type: string | undefined;
  /** The body, parsed. Its sender is known, its form is not. */
  readonly payload: unknown;
};

export interface HandlerOptions<E extends Envelope = StandardEnvelope> extends ReceiveOptions<E> {
  /**
   * Gets every verified message. Be quick, or put the work in a queue: senders wait some 15 s. If
   * it fails, the answer is 500, and the sender tries again.
   */
  readonly onEvent: (event: WebhookEvent<E>) => unknown;
  /**
   * Gets what `onEvent` and `seen` throw, mistakes in how the receiver is mounted, and senders that
   * break off.
   */
  readonly onError: (error: unknown) => void;
  /** Gets what is refused. Anybody can cause it. */
  readonly onRefused?: ((refusal: WebhookVerificationError) => void) | undefined;
  /**
   * Lets through once what comes several times. Everything is let through, if left out, or if the
   * scheme gives no id.
   */
  readonly seen?: SeenIds | undefined;
}

/** A request, as far as receivers are alike. */
export interface Incoming {
  readonly method: string | undefined;
  readonly headers: HeadersLike;
  /** The bytes as they came. @throws WebhookVerificationError where there are none or too many. */
  readonly read: (maxBytes: number) => Promise<Uint8Array>;
}

/** The answer. */
export interface Outcome {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or empty. */
  readonly body: string;
}

const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

/** Verifies and parses. @throws WebhookVerificationError */
export async function receiveFrom<E extends Envelope>(
  incoming: Incoming,
  verifier: Verifier<E>,
  maxBodyBytes: number = DEFAULT_MAX_BODY_BYTES,
): Promise<WebhookEvent<E>> {
  const { headers } = incoming;
  const body = await incoming.read(maxBodyBytes);
  const { ok: _, ...envelope } = await verifier.verify({ headers, body });
  const payload = parsed(body);
  // What is left of a verified message without `ok` is its envelope.
  return { ...(envelope as unknown as E), type: typeOf(payload), payload };
}

/** @throws InvalidSecret */
export function makeReceiver<E extends Envelope>(
  options: HandlerOptions<E>,
): (incoming: Incoming) => Promise<Outcome> {
  const verifier = makeVerifier(options);
  return async (incoming) => {
    if (incoming.method !== "POST") return notPosted;
    const received = await settled(receiveFrom(incoming, verifier, options.maxBodyBytes));
    return received.ok ? handle(received.value, options) : refused(received.error, options);
  };
}

type Settled<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly error: unknown };

/** Keeps what goes wrong with a message apart from what goes wrong in handling it. */
const settled = <A>(promise: Promise<A>): Promise<Settled<A>> =>
  promise.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error }),
  );

async function handle<E extends Envelope>(
  event: WebhookEvent<E>,
  options: HandlerOptions<E>,
): Promise<Outcome> {
  try {
    return await handleOnce(event, options);
  } catch (error) {
    return failed(error, options);
  }
}

async function handleOnce<E extends Envelope>(
  event: WebhookEvent<E>,
  { onEvent, seen }: HandlerOptions<E>,
): Promise<Outcome> {
  const { id } = event;
  if (seen === undefined || id === undefined) {
    await onEvent(event);
    return handled;
  }
  const progress = await seen.begin(id);
  if (progress === "done") return handled;
  if (progress === "busy") return inProgress;
  try {
    await onEvent(event);
  } catch (error) {
    await seen.forget(id);
    throw error;
  }
  await seen.finish(id);
  return handled;
}

function refused<E extends Envelope>(error: unknown, options: HandlerOptions<E>): Outcome {
  if (!(error instanceof WebhookVerificationError)) return failed(error, options);
  if (error.status >= 500) options.onError(error);
  else options.onRefused?.(error);
  return answer(error.status, error.reason, error.message);
}

function failed<E extends Envelope>(error: unknown, { onError }: HandlerOptions<E>): Outcome {
  onError(error);
  return answer(500, "handler-failed", "the receiver could not handle it; try again");
}

function answer(
  status: number,
  reason: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Outcome {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ reason, message }),
  };
}

const handled: Outcome = { status: 204, headers: {}, body: "" };
const notPosted = answer(405, "not-posted", "webhooks are sent with POST", { allow: "POST" });
const inProgress = answer(409, "in-progress", "the same message is being handled; try again", {
  "retry-after": "60",
});

/** @throws WebhookVerificationError for what is no JSON in UTF-8. */
function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(body) ?? "");
  } catch {
    throw new WebhookVerificationError(refuse("not-json", "the signed body is no JSON"));
  }
}

function typeOf(payload: unknown): string | undefined {
  if (typeof payload !== "object" || payload === null) return undefined;
  const { type, event } = payload as { readonly type?: unknown; readonly event?: unknown };
  return [type, event].find((name) => typeof name === "string");
}

export const tooLarge = (maxBytes: number): Refused =>
  refuse("body-too-large", `the body is longer than ${maxBytes} bytes`);

/** Whether the sender itself says that the body is too long. */
export function isDeclaredLonger(contentLength: string | undefined, maxBytes: number): boolean {
  return contentLength !== undefined && Number(contentLength) > maxBytes;
}
