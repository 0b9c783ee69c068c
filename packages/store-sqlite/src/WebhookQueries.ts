/** Questions about endpoints and their deliveries. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import type { DeliveryFilter, DueQuery, LedgerId } from "@stockbook/engine";
import type { AttemptRecord, DeliveryRecord, DueRecord, EndpointRecord } from "./WebhookRows.js";

// ── endpoints ────────────────────────────────────────────────────────────────────────────

/** In the order in which they were made. */
export function endpointsOf(sql: SqlClient, ledger: LedgerId): Statement<EndpointRecord> {
  return sql`SELECT * FROM webhook_endpoints WHERE ledger = ${ledger}
    ORDER BY endpoint`;
}

export function endpointsWithId(
  sql: SqlClient,
  ledger: LedgerId,
  id: string,
): Statement<EndpointRecord> {
  return sql`SELECT * FROM webhook_endpoints WHERE ledger = ${ledger} AND id = ${id}`;
}

export function endpointsWithIdempotencyKey(
  sql: SqlClient,
  ledger: LedgerId,
  idempotencyKey: string,
): Statement<EndpointRecord> {
  return sql`SELECT * FROM webhook_endpoints WHERE ledger = ${ledger}
    AND idempotency_key = ${idempotencyKey}`;
}

/** The number of an endpoint; nothing is equal to it where there is none. */
function numberOf(sql: SqlClient, ledger: LedgerId, id: string): Fragment {
  return sql`(SELECT e.endpoint FROM webhook_endpoints e WHERE e.ledger = ${ledger}
    AND e.id = ${id})`;
}

// ── what is due ──────────────────────────────────────────────────────────────────────────

export interface WaitingRecord {
  readonly waiting: number;
  readonly next_due_at: number | null;
}

/** How many wait, and when the first of them is due. */
export function waitingOf(
  sql: SqlClient,
  { ledger, endpoint }: DueQuery,
): Statement<WaitingRecord> {
  return sql`SELECT count(*) AS waiting, min(due_at) AS next_due_at
    FROM webhook_deliveries d INDEXED BY webhook_deliveries_waiting
    WHERE d.ledger = ${ledger} AND d.endpoint = ${numberOf(sql, ledger, endpoint)}
    AND d.status = 'waiting'`;
}

/** Whatever is due, longest first. */
export function dueOfEndpoint(sql: SqlClient, query: DueQuery): Statement<DueRecord> {
  const { ledger, endpoint, now, limit } = query;
  return sql`${sql.literal(DUE_COLUMNS)}
    FROM webhook_deliveries d INDEXED BY webhook_deliveries_waiting
    CROSS JOIN webhook_messages m ON m.ledger = d.ledger AND m.message = d.message
    WHERE d.ledger = ${ledger} AND d.endpoint = ${numberOf(sql, ledger, endpoint)}
    AND d.status = 'waiting' AND d.due_at <= ${now}
    ORDER BY d.due_at, d.sequence, d.delivery LIMIT ${limit}`;
}

/** The first message of no event, and the first of the ledger, due or not. */
export function nextInOrder(sql: SqlClient, query: DueQuery): Statement<DueRecord> {
  const { ledger, endpoint } = query;
  const first = (which: Fragment, order: Fragment) => sql`SELECT * FROM (
      ${sql.literal(DUE_COLUMNS)}
      FROM webhook_deliveries d INDEXED BY webhook_deliveries_waiting_in_order
      CROSS JOIN webhook_messages m ON m.ledger = d.ledger AND m.message = d.message
      WHERE d.ledger = ${ledger} AND d.endpoint = ${numberOf(sql, ledger, endpoint)}
      AND d.status = 'waiting' AND ${which}
      ORDER BY ${order} LIMIT 1
    )`;
  const ofNoEvent = first(sql`d.sequence IS NULL`, sql`d.due_at, d.delivery`);
  const ofLedger = first(sql`d.sequence IS NOT NULL`, sql`d.sequence, d.delivery`);
  return sql`${ofNoEvent} UNION ALL ${ofLedger}`;
}

const DUE_COLUMNS = `SELECT m.id, m.type, m.sequence, m.body, d.created_at, d.due_at, d.attempts,
  d.attempts_before, d.delays_used`;

// ── for their owners ─────────────────────────────────────────────────────────────────────

const DELIVERY_COLUMNS = `SELECT d.delivery, m.id AS message, m.type, m.sequence, d.status,
  d.attempts, d.due_at, d.created_at, d.finished_at`;

/** Latest first, from before a number. */
export function deliveriesOf(
  sql: SqlClient,
  ledger: LedgerId,
  filter: DeliveryFilter,
  before: number,
  limit: number,
): Statement<DeliveryRecord> {
  const { endpoint, status, type, since, until } = filter;
  const wanted = sql.and([
    sql`d.ledger = ${ledger} AND d.endpoint = ${numberOf(sql, ledger, endpoint)}`,
    sql`d.delivery < ${before}`,
    ...(status === undefined ? [] : [sql`d.status = ${status}`]),
    ...(type === undefined ? [] : [sql`m.type = ${type}`]),
    ...(since === undefined ? [] : [sql`d.created_at >= ${since}`]),
    ...(until === undefined ? [] : [sql`d.created_at < ${until}`]),
  ]);
  return sql`${sql.literal(DELIVERY_COLUMNS)} FROM webhook_deliveries d
    CROSS JOIN webhook_messages m ON m.ledger = d.ledger AND m.message = d.message
    WHERE ${wanted} ORDER BY d.delivery DESC LIMIT ${limit}`;
}

export interface DetailsRecord extends DeliveryRecord {
  /** Number of the endpoint. */
  readonly endpoint: number;
  readonly body: string;
}

export function deliveriesWithMessage(
  sql: SqlClient,
  ledger: LedgerId,
  endpoint: string,
  message: string,
): Statement<DetailsRecord> {
  return sql`${sql.literal(DELIVERY_COLUMNS)}, d.endpoint, m.body FROM webhook_messages m
    CROSS JOIN webhook_deliveries d ON d.ledger = m.ledger AND d.message = m.message
      AND d.endpoint = ${numberOf(sql, ledger, endpoint)}
    WHERE m.ledger = ${ledger} AND m.id = ${message}`;
}

/** The first attempt first. */
export function attemptsOf(
  sql: SqlClient,
  ledger: LedgerId,
  { endpoint, delivery }: Pick<DetailsRecord, "endpoint" | "delivery">,
): Statement<AttemptRecord> {
  return sql`SELECT attempt, at, duration_ms, request, outcome FROM webhook_attempts
    WHERE ledger = ${ledger} AND endpoint = ${endpoint} AND delivery = ${delivery}
    ORDER BY attempt`;
}
