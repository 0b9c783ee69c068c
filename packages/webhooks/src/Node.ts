/** Receivers that take Node's request and response: node:http, Express, Next's pages router. */
import { type Bytes, concat, utf8 } from "./Bytes.js";
import {
  type HandlerOptions,
  type Incoming,
  isDeclaredLonger,
  makeReceiver,
  type Outcome,
  tooLarge,
} from "./Receiver.js";
import { refuse, WebhookVerificationError } from "./Refusal.js";
import type { Envelope } from "./Scheme.js";
import type { StandardEnvelope } from "./StandardWebhooks.js";

/** What is used of `IncomingMessage`, and of what body parsers add to it. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Whether somebody has read any of the body. */
  readonly readableDidRead: boolean;
  /** Whether somebody has come to its end. */
  readonly readableEnded: boolean;
  readonly body?: unknown;
  readonly rawBody?: unknown;
  // Node has a signature for each event; they have no more than this in common.
  on(event: string, listener: (value: Uint8Array & Error) => void): unknown;
  off(event: string, listener: (value: Uint8Array & Error) => void): unknown;
}

/** What is used of `ServerResponse`. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/**
 * Answers requests as `fetchHandler` does. It must come before whatever parses bodies; bytes that
 * were kept (`express.raw()`, or a `rawBody`) do as well. The promise is of the answer being sent
 * off, and never rejects.
 *
 * @throws InvalidSecret at once, not at the first request.
 *
 * @example
 * app.post("/webhooks", nodeHandler({ secrets, onEvent, onError })); // before app.use(express.json())
 */
export function nodeHandler<E extends Envelope = StandardEnvelope>(
  options: HandlerOptions<E>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const receiver = makeReceiver(options);
  return async (request, response) => send(await receiver(incomingOf(request)), response);
}

function send({ status, headers, body }: Outcome, response: NodeResponse): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // What is left of a body that nobody wants must not be taken for the next request.
  if (status === 413) response.setHeader("connection", "close");
  response.end(body);
}

/** For the receivers of frameworks that keep Node's request inside their own. */
export const incomingOf = (request: NodeRequest): Incoming => ({
  method: request.method,
  headers: request.headers,
  read: (maxBytes) => read(request, maxBytes),
});

async function read(request: NodeRequest, maxBytes: number): Promise<Uint8Array> {
  const declared = request.headers["content-length"];
  if (isDeclaredLonger(declared?.toString(), maxBytes)) refuseLong(maxBytes);
  const bytes = await bytesOf(request, maxBytes);
  if (bytes.length > maxBytes) refuseLong(maxBytes);
  return bytes;
}

async function bytesOf(request: NodeRequest, maxBytes: number): Promise<Uint8Array> {
  if (request.readableDidRead) return keptBytes(request);
  // There was nothing to read.
  if (request.readableEnded) return concat([]);
  return collect(request, maxBytes);
}

function refuseLong(maxBytes: number): never {
  throw new WebhookVerificationError(tooLarge(maxBytes));
}

/** What others have kept of a body that they have read. */
function keptBytes({ rawBody, body }: NodeRequest): Uint8Array {
  for (const kept of [rawBody, body]) {
    if (kept instanceof Uint8Array) return kept;
    if (typeof kept === "string") return utf8(kept);
  }
  throw new WebhookVerificationError(refuse("parsed-body", PARSED));
}

const PARSED =
  "a body parser has read the body before it could be verified. In Express, put " +
  "app.post(path, nodeHandler(…)) above app.use(express.json()), or express.raw({ type: '*/*' }) " +
  "before it on its path. In Next's pages router, export const config = { api: { bodyParser: " +
  "false } }";

/** One chunk more than allowed, at most. */
function collect(request: NodeRequest, maxBytes: number): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const settle = (settled: () => void) => {
      for (const [event, listener] of listeners) request.off(event, listener);
      settled();
    };
    const onData = (chunk: Uint8Array) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > maxBytes) settle(() => resolve(concat(chunks)));
    };
    const giveUp = () => settle(() => reject(new Error("the sender broke off")));
    const listeners = [
      ["data", onData],
      ["end", () => settle(() => resolve(concat(chunks)))],
      ["error", giveUp],
      ["close", giveUp],
    ] as const;
    for (const [event, listener] of listeners) request.on(event, listener);
  });
}
