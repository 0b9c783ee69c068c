/** Receivers that take a `Request`: Hono, Next's route handlers, workers, Deno, Bun. */
import { type Bytes, concat } from "./Bytes.js";
import {
  type HandlerOptions,
  type Incoming,
  isDeclaredLonger,
  makeReceiver,
  type ReceiveOptions,
  receiveFrom,
  tooLarge,
  type WebhookEvent,
} from "./Receiver.js";
import { refuse, WebhookVerificationError } from "./Refusal.js";
import type { Envelope } from "./Scheme.js";
import type { StandardEnvelope } from "./StandardWebhooks.js";
import { makeVerifier } from "./Verify.js";

/**
 * Reads a request, verifies it and parses its body. What to answer with is up to you: an error has
 * the `status` for it.
 *
 * @throws WebhookVerificationError; InvalidSecret
 */
export async function receive<E extends Envelope = StandardEnvelope>(
  request: Request,
  options: ReceiveOptions<E>,
): Promise<WebhookEvent<E>> {
  return receiveFrom(incomingOf(request), makeVerifier(options), options.maxBodyBytes);
}

/**
 * Answers requests: 204 when `onEvent` is done, 400 or 401 for what is not genuine, 413 for what is
 * too long, 500 when `onEvent` fails; each but the first with a reason in JSON.
 *
 * @throws InvalidSecret at once, not at the first request.
 *
 * @example
 * export const POST = fetchHandler({ secrets, onEvent, onError }); // Next
 * app.post("/webhooks", (context) => handle(context.req.raw)); // Hono
 */
export function fetchHandler<E extends Envelope = StandardEnvelope>(
  options: HandlerOptions<E>,
): (request: Request) => Promise<Response> {
  const receiver = makeReceiver(options);
  return async (request) => {
    const { status, headers, body } = await receiver(incomingOf(request));
    return new Response(body === "" ? null : body, { status, headers });
  };
}

const incomingOf = (request: Request): Incoming => ({
  method: request.method,
  headers: request.headers,
  read: (maxBytes) => read(request, maxBytes),
});

async function read(request: Request, maxBytes: number): Promise<Bytes> {
  if (request.bodyUsed) throw new WebhookVerificationError(refuse("parsed-body", USED));
  const length = request.headers.get("content-length") ?? undefined;
  if (isDeclaredLonger(length, maxBytes)) throw new WebhookVerificationError(tooLarge(maxBytes));
  if (request.body === null) return concat([]);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    chunks.push(next.value);
    if (size <= maxBytes) continue;
    await reader.cancel();
    throw new WebhookVerificationError(tooLarge(maxBytes));
  }
  return concat(chunks);
}

const USED =
  "the body was read before it could be verified: give the request to the receiver before " +
  "anything calls json() or text() on it, or give it a clone()";
