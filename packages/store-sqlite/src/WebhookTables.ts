/** How messages, deliveries and attempts are written: one statement each for any number. */
import {
  finishedAtOf,
  type HealthChange,
  type Settlement,
  type StoredMessage,
} from "@stockbook/engine";
import type { BulkSpec } from "./Bulk.js";

/** A message with its place among those that are written with it. */
export interface NewMessage {
  readonly message: StoredMessage;
  /** The number it gets, unless it is there already. */
  readonly no: number;
}

export const MESSAGES: BulkSpec<NewMessage> = {
  name: "webhook_messages",
  columns: ["message", "id", "type", "sequence", "body"],
  insert: `INSERT INTO webhook_messages (ledger, message, id, type, sequence, body)
    SELECT ledger, message, id, type, sequence, body FROM r
    WHERE true ON CONFLICT (ledger, id) DO NOTHING`,
  values: (ledger, { no, message: { id, type, sequence, body } }) => [
    ledger,
    no,
    id,
    type,
    sequence,
    body,
  ],
};

export interface NewDelivery {
  /** Number of the endpoint. */
  readonly endpoint: number;
  readonly delivery: number;
  /** Its id; it must be there. */
  readonly message: string;
  readonly at: number;
}

export const DELIVERIES: BulkSpec<NewDelivery> = {
  name: "webhook_deliveries",
  columns: ["endpoint", "delivery", "message", "at"],
  insert: `INSERT INTO webhook_deliveries (ledger, endpoint, delivery, message, sequence, status,
      created_at, due_at, finished_at, attempts, attempts_before, delays_used)
    SELECT r.ledger, r.endpoint, r.delivery, m.message, m.sequence, 'waiting',
      r.at, r.at, NULL, 0, 0, 0
    FROM r CROSS JOIN webhook_messages m ON m.ledger = r.ledger AND m.id = r.message
    WHERE true ON CONFLICT (ledger, message, endpoint) DO NOTHING`,
  values: (ledger, { endpoint, delivery, message, at }) => [
    ledger,
    endpoint,
    delivery,
    message,
    at,
  ],
};

// Rows of several ledgers go in one statement, so each brings its own.

/** To each settlement its delivery, unless that is gone or has been overtaken. */
const SETTLED = `r CROSS JOIN webhook_endpoints e ON e.ledger = r.ledger AND e.id = r.endpoint
    CROSS JOIN webhook_messages m ON m.ledger = r.ledger AND m.id = r.message
    CROSS JOIN webhook_deliveries d ON d.ledger = e.ledger AND d.message = m.message
      AND d.endpoint = e.endpoint AND d.attempts = r.attempts
      AND d.attempts_before = r.attempts_before`;

/** To be written before the deliveries, which then have one attempt more. */
export const ATTEMPTS: BulkSpec<Settlement> = {
  name: "webhook_attempts",
  columns: [
    "endpoint",
    "message",
    "attempts",
    "attempts_before",
    "at",
    "duration_ms",
    "request",
    "outcome",
  ],
  insert: `INSERT INTO webhook_attempts (ledger, endpoint, delivery, attempt, at, duration_ms,
      request, outcome)
    SELECT d.ledger, d.endpoint, d.delivery, d.attempts + 1, r.at, r.duration_ms,
      r.request, r.outcome
    FROM ${SETTLED}`,
  values: (_, { ledger, endpoint, message, attempts, attemptsBefore, attempt }) => [
    ledger,
    endpoint,
    message,
    attempts,
    attemptsBefore,
    attempt.at,
    attempt.durationMs,
    JSON.stringify(attempt.request),
    JSON.stringify(attempt.outcome),
  ],
};

// An UPDATE would go through all deliveries to find those of the settlements. Every one of these
// rows is there, so none is inserted.
export const SETTLEMENTS: BulkSpec<Settlement> = {
  name: "webhook_settlements",
  columns: [
    "endpoint",
    "message",
    "attempts",
    "attempts_before",
    "status",
    "due_at",
    "finished_at",
    "delays_used",
  ],
  insert: `INSERT INTO webhook_deliveries (ledger, endpoint, delivery, message, sequence, status,
      created_at, due_at, finished_at, attempts, attempts_before, delays_used)
    SELECT d.ledger, d.endpoint, d.delivery, d.message, d.sequence, r.status,
      d.created_at, r.due_at, r.finished_at, d.attempts + 1, d.attempts_before, r.delays_used
    FROM ${SETTLED}
    WHERE true ON CONFLICT DO UPDATE SET status = excluded.status, due_at = excluded.due_at,
      finished_at = excluded.finished_at, attempts = excluded.attempts,
      delays_used = excluded.delays_used`,
  values: (_, settlement) => [
    settlement.ledger,
    settlement.endpoint,
    settlement.message,
    settlement.attempts,
    settlement.attemptsBefore,
    settlement.status,
    settlement.dueAt,
    finishedAtOf(settlement),
    settlement.delaysUsed,
  ],
};

export const HEALTH: BulkSpec<HealthChange> = {
  name: "webhook_health",
  columns: ["endpoint", "failing_since", "anchor_at"],
  insert: `UPDATE webhook_endpoints AS e SET failing_since = r.failing_since,
      anchor_at = r.anchor_at
    FROM r WHERE e.ledger = r.ledger AND e.id = r.endpoint`,
  values: (_, { ledger, endpoint, health }) => [
    ledger,
    endpoint,
    health?.failingSince ?? null,
    health?.anchorAt ?? null,
  ],
};
