/** What becomes of a delivery after an attempt: decided from the answer and the time alone. */
import type { Instant } from "@stockbook/core";
import type { AttemptOutcome, DeliveryStatus, DisabledReason } from "@stockbook/engine";

/** What an attempt has to do with its delivery's schedule. */
export interface Attempted {
  readonly outcome: AttemptOutcome;
  readonly durationMs: number;
  readonly endedAt: Instant;
  /** Attempts of this schedule before this one. */
  readonly attemptsInSchedule: number;
  /** Delays of the schedule that are used up. */
  readonly delaysUsed: number;
  readonly retryDelaysMs: readonly number[];
  /** From -1 to 1: how far from its delay the next attempt is, so that not all come at once. */
  readonly jitter: number;
}

export interface Verdict {
  readonly status: DeliveryStatus;
  /** `null` unless it waits. */
  readonly dueAt: Instant | null;
  readonly delaysUsed: number;
  /** Why the endpoint wants nothing more; `null` where it said no such thing. */
  readonly disable: Extract<DisabledReason, "gone" | "told"> | null;
}

const SPREAD = 0.2;
/** Whoever is overwhelmed is left alone for so long at least. */
const OVERWHELMED_MS = 60_000;
const MAX_DELAY_MS = 86_400_000;
/** A connection refused within this may have met a restart. */
const HURRIED_MS = 1_000;
const CONTROL_HEADER = "webhook-delivery";

/** The verdict on a delivery after an attempt. */
export function verdictOn(attempted: Attempted): Verdict {
  const { outcome, delaysUsed } = attempted;
  const disable = disablingOf(outcome);
  const ended = { dueAt: null, delaysUsed, disable };
  if (succeeded(outcome)) return { ...ended, status: "delivered" };
  if (controlOf(outcome) === "abort-message") return { ...ended, status: "aborted" };
  if (deservesAnother(attempted)) {
    return { status: "waiting", dueAt: attempted.endedAt, delaysUsed, disable };
  }
  const delayMs = attempted.retryDelaysMs[delaysUsed];
  if (delayMs === undefined) return { ...ended, status: "failed" };
  const dueAt = attempted.endedAt + waitMs(attempted, delayMs);
  return { status: "waiting", dueAt, delaysUsed: delaysUsed + 1, disable };
}

/** A redirect is no success: whoever moved should say so. */
export function succeeded(outcome: AttemptOutcome): boolean {
  return outcome.type === "answered" && outcome.status >= 200 && outcome.status < 300;
}

function disablingOf(outcome: AttemptOutcome): Verdict["disable"] {
  if (outcome.type === "answered" && outcome.status === 410) return "gone";
  return controlOf(outcome) === "disable" ? "told" : null;
}

function controlOf(outcome: AttemptOutcome): string | undefined {
  if (outcome.type === "failed") return undefined;
  return outcome.headers[CONTROL_HEADER]?.trim().toLowerCase();
}

/** Once, at once: nobody was there, and it took no time to find out. */
function deservesAnother({ outcome, durationMs, attemptsInSchedule }: Attempted): boolean {
  if (outcome.type === "answered" || attemptsInSchedule > 0) return false;
  return outcome.reason === "not-connected" && durationMs < HURRIED_MS;
}

function waitMs({ outcome, endedAt, jitter }: Attempted, delayMs: number): number {
  const scheduledMs = Math.round(delayMs * (1 + SPREAD * jitter));
  const askedMs = retryAfterMs(outcome, endedAt);
  const heededMs =
    askedMs === undefined ? scheduledMs : clamp(askedMs, scheduledMs, 2 * scheduledMs);
  const leastMs = isOverwhelmed(outcome) ? OVERWHELMED_MS : 0;
  return Math.min(Math.max(heededMs, leastMs), MAX_DELAY_MS);
}

function isOverwhelmed(outcome: AttemptOutcome): boolean {
  return outcome.type === "answered" ? outcome.status === 429 : outcome.reason === "timed-out";
}

/** `Retry-After` in seconds or as a date; what is neither asks for nothing. */
function retryAfterMs(outcome: AttemptOutcome, now: Instant): number | undefined {
  const given = outcome.type === "answered" ? outcome.headers["retry-after"]?.trim() : undefined;
  if (given === undefined) return undefined;
  if (/^\d{1,9}$/.test(given)) return Number(given) * 1_000;
  const date = Date.parse(given);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
