/** When a request is sent again, and after what pause. */
import { ApiError, ConnectionFailed, type StockbookError, TimedOut } from "./Errors.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** Statuses of a state that passes by itself. */
const PASSING = new Set([408, 429, 502, 503, 504]);

export interface RetryRules {
  readonly maxRetries: number;
  readonly maxRetryAfterMs: number;
  readonly random: () => number;
}

/** The pause before the next attempt, or nothing where there must be none. */
export function pauseAfter(
  error: StockbookError,
  isRepeatable: boolean,
  retriesBefore: number,
  { maxRetries, maxRetryAfterMs, random }: RetryRules,
): number | undefined {
  if (retriesBefore >= maxRetries) return undefined;
  if (!mayPass(error)) return undefined;
  if (!isRepeatable && !nothingHappened(error)) return undefined;
  const wanted = error instanceof ApiError ? error.retryAfterMs : undefined;
  if (wanted === undefined) return backoff(retriesBefore, random);
  return wanted <= maxRetryAfterMs ? wanted : undefined;
}

function mayPass(error: StockbookError): boolean {
  if (error instanceof ApiError) return PASSING.has(error.status);
  return error instanceof ConnectionFailed || error instanceof TimedOut;
}

/** Where the server says so, even what is not repeatable can be sent again. */
function nothingHappened(error: StockbookError): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.code === "rate-limited" || error.code === "busy" || error.code === "unavailable";
}

/** Twice as long each time, and less by up to a half, so that clients do not come all at once. */
function backoff(retriesBefore: number, random: () => number): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** retriesBefore, LONGEST_PAUSE_MS);
  return Math.round(pause * (1 - random() / 2));
}

/** What a `Retry-After` header asks for: seconds, or a date. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Math.ceil(Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Waits, unless the signal gives up. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    }, ms);
    if (signal?.aborted) giveUp();
    else signal?.addEventListener("abort", giveUp, { once: true });
  });
}
