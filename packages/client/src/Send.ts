/** Sending a request until it is answered, or must not be sent again. */
import type { Reply } from "./Answer.js";
import {
  apiErrorOf,
  ConnectionFailed,
  StockbookError,
  TimedOut,
  UnreadableAnswer,
} from "./Errors.js";
import type { Problem } from "./generated/schema.js";
import type { Fetch } from "./Options.js";
import { pauseAfter, type RetryRules, retryAfterMs } from "./Retries.js";

/** A request, ready to be sent as often as needed. */
export interface Prepared {
  /** What it is called in messages: method and path. */
  readonly title: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly isRepeatable: boolean;
  readonly idempotencyKey: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What sending needs from outside. */
export interface Means {
  readonly fetch: Fetch;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly retries: RetryRules;
}

/** @throws StockbookError, or the reason of the signal. */
export async function send(prepared: Prepared, means: Means): Promise<Reply<unknown>> {
  const { isRepeatable, signal } = prepared;
  for (let retries = 0; ; retries++) {
    try {
      return read(prepared, await attempt(prepared, means), means.now());
    } catch (error) {
      if (!(error instanceof StockbookError)) throw error;
      const pause = pauseAfter(error, isRepeatable, retries, means.retries);
      if (pause === undefined) throw error;
      await means.sleep(pause, signal);
    }
  }
}

interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A timer for longer would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One attempt, up to the last byte of the answer. */
async function attempt(prepared: Prepared, { fetch }: Means): Promise<Received> {
  const { title, url, method, headers, body, signal, timeoutMs, idempotencyKey } = prepared;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  const timer = setTimeout(giveUp, Math.min(timeoutMs, LONGEST_TIMER_MS));
  signal?.addEventListener("abort", giveUp, { once: true });
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      // A key is for this server alone, and a command must not become a read on the way.
      redirect: "error",
      signal: controller.signal,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    if (controller.signal.aborted) {
      const message = `${title} was not answered within ${timeoutMs} ms`;
      throw new TimedOut(message, timeoutMs, { idempotencyKey });
    }
    const message = `${title} got no answer: ${reasonOf(error)}`;
    throw new ConnectionFailed(message, { cause: error, idempotencyKey });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  }
}

/** The reason inside: the platform's own message is often but `fetch failed`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause ? String(cause.code) : undefined;
  return cause.message || code || error.message;
}

function read(prepared: Prepared, received: Received, now: number): Reply<unknown> {
  const { title, idempotencyKey } = prepared;
  const { status, headers, text } = received;
  const data = parsed(text);
  if (status >= 400) {
    const wait = retryAfterMs(headers.get("retry-after"), now);
    const problem = isProblem(data) ? data : undefined;
    throw apiErrorOf({ status, headers, problem, retryAfterMs: wait, idempotencyKey });
  }
  if (status < 200 || status >= 300 || data === undefined) {
    const message = `${title} was answered ${status}, but not with JSON`;
    throw new UnreadableAnswer(message, { status, headers, idempotencyKey });
  }
  return {
    data,
    status,
    headers,
    etag: headers.get("etag") ?? undefined,
    requestId: headers.get("x-request-id") ?? undefined,
  };
}

/** `undefined`, which JSON does not have, for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(data: unknown): data is Problem {
  if (typeof data !== "object" || data === null) return false;
  const { code, detail } = data as Partial<Problem>;
  return typeof code === "string" && typeof detail === "string";
}
