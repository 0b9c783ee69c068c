/** Endpoints, deliveries and attempts as values of columns, and back. */
import type {
  AttemptOutcome,
  AttemptRequest,
  AttemptView,
  DeliveryStatus,
  DeliveryView,
  DisabledReason,
  DueDelivery,
  LedgerMode,
  SealedSecret,
  StoredEndpoint,
  WebhookFormat,
} from "@stockbook/engine";
import { parsed } from "./Rows.js";

// ── endpoints ────────────────────────────────────────────────────────────────────────────

/** What the owner of an endpoint may change. */
export interface EndpointSettings {
  readonly version: number;
  readonly url: string;
  readonly description: string;
  readonly events: string;
  readonly format: string;
  readonly headers: string;
  readonly ordered: number;
  readonly max_concurrent: number;
  readonly max_per_second: number | null;
  readonly retry_delays_ms: string;
  readonly disabled_reason: string | null;
  readonly disabled_at: number | null;
  readonly secrets: string;
}

/** An endpoint without what only the store knows of it. */
export interface EndpointRecord extends EndpointSettings {
  readonly ledger: number;
  readonly id: string;
  readonly organisation: string;
  readonly mode: string;
  readonly api: string;
  readonly created_at: number;
  readonly idempotency_key: string | null;
  readonly fingerprint: number;
  readonly cursor: number;
  readonly failing_since: number | null;
  readonly anchor_at: number | null;
}

export function endpointOf(row: EndpointRecord): StoredEndpoint {
  const { ledger, id, version, organisation, url, description, api, fingerprint, cursor } = row;
  return {
    ledger,
    id,
    version,
    organisation,
    // What stands here was written by `recordOf`.
    mode: row.mode as LedgerMode,
    url,
    description,
    api,
    events: parsed<readonly string[]>(row.events),
    format: row.format as WebhookFormat,
    headers: parsed<StoredEndpoint["headers"]>(row.headers),
    ordered: row.ordered === 1,
    maxConcurrent: row.max_concurrent,
    maxPerSecond: row.max_per_second,
    retryDelaysMs: parsed<readonly number[]>(row.retry_delays_ms),
    createdAt: row.created_at,
    disabled: disabledOf(row),
    cursor,
    secrets: parsed<readonly SealedSecret[]>(row.secrets),
    health: healthOf(row),
    idempotencyKey: row.idempotency_key,
    fingerprint,
  };
}

function disabledOf(row: EndpointRecord): StoredEndpoint["disabled"] {
  const { disabled_reason: reason, disabled_at: at } = row;
  return at === null ? null : { reason: reason as DisabledReason, at };
}

function healthOf(row: EndpointRecord): StoredEndpoint["health"] {
  const { failing_since: failingSince, anchor_at: anchorAt } = row;
  return failingSince === null || anchorAt === null ? null : { failingSince, anchorAt };
}

export function recordOf(endpoint: StoredEndpoint): EndpointRecord {
  const { ledger, id, version, organisation, mode, url, description, api } = endpoint;
  return {
    ledger,
    id,
    version,
    organisation,
    mode,
    url,
    description,
    api,
    events: JSON.stringify(endpoint.events),
    format: endpoint.format,
    headers: JSON.stringify(endpoint.headers),
    ordered: endpoint.ordered ? 1 : 0,
    max_concurrent: endpoint.maxConcurrent,
    max_per_second: endpoint.maxPerSecond,
    retry_delays_ms: JSON.stringify(endpoint.retryDelaysMs),
    created_at: endpoint.createdAt,
    disabled_reason: endpoint.disabled?.reason ?? null,
    disabled_at: endpoint.disabled?.at ?? null,
    secrets: JSON.stringify(endpoint.secrets),
    idempotency_key: endpoint.idempotencyKey,
    fingerprint: endpoint.fingerprint,
    cursor: endpoint.cursor,
    failing_since: endpoint.health?.failingSince ?? null,
    anchor_at: endpoint.health?.anchorAt ?? null,
  };
}

// ── deliveries ───────────────────────────────────────────────────────────────────────────

export interface DueRecord {
  readonly id: string;
  readonly type: string;
  readonly sequence: number | null;
  readonly body: string;
  readonly created_at: number;
  readonly due_at: number;
  readonly attempts: number;
  readonly attempts_before: number;
  readonly delays_used: number;
}

export function dueOf(row: DueRecord): DueDelivery {
  const { id, type, sequence, body, attempts } = row;
  return {
    message: { id, type, sequence, body },
    createdAt: row.created_at,
    dueAt: row.due_at,
    attempts,
    attemptsBefore: row.attempts_before,
    delaysUsed: row.delays_used,
  };
}

export interface DeliveryRecord {
  readonly delivery: number;
  readonly message: string;
  readonly type: string;
  readonly sequence: number | null;
  readonly status: string;
  readonly attempts: number;
  readonly due_at: number | null;
  readonly created_at: number;
  readonly finished_at: number | null;
}

export function deliveryOf(endpoint: string, row: DeliveryRecord): DeliveryView {
  const { message, type, sequence, attempts } = row;
  return {
    endpoint,
    message,
    type,
    sequence,
    // What stands here came with a settlement.
    status: row.status as DeliveryStatus,
    attempts,
    nextAttemptAt: row.due_at,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

export interface AttemptRecord {
  readonly attempt: number;
  readonly at: number;
  readonly duration_ms: number;
  readonly request: string;
  readonly outcome: string;
}

export function attemptOf(row: AttemptRecord): AttemptView {
  return {
    number: row.attempt,
    at: row.at,
    durationMs: row.duration_ms,
    request: parsed<AttemptRequest>(row.request),
    outcome: parsed<AttemptOutcome>(row.outcome),
  };
}
