/** Writing deliveries: as the cursor passes them, as attempts settle them, as owners ask. */
import type { Instant } from "@stockbook/core";
import {
  EndpointMoved,
  type Enqueued,
  type HealthChange,
  type LedgerId,
  type Recovery,
  type Settlement,
  type StoredMessage,
} from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import { makeBulk } from "./Bulk.js";
import type { Outcome, Transactions, WriteFailure } from "./Transaction.js";
import { ATTEMPTS, DELIVERIES, HEALTH, MESSAGES, SETTLEMENTS } from "./WebhookTables.js";

/** Where the next deliveries of an endpoint go. */
interface Position {
  readonly endpoint: number;
  readonly cursor: number;
  readonly last_delivery: number;
}

/** What becomes of an endpoint's queue; runs within a transaction. */
export interface Queue {
  readonly positionOf: (ledger: LedgerId, endpoint: string) => Position | undefined;
  readonly add: (
    ledger: LedgerId,
    position: Position,
    messages: readonly StoredMessage[],
    at: Instant,
  ) => void;
}

/** One for each connection. */
export function makeQueue(db: Database): Queue {
  const position = db.prepare<[LedgerId, string], Position>(
    "SELECT endpoint, cursor, last_delivery FROM webhook_endpoints WHERE ledger = ? AND id = ?",
  );
  const lastMessage = db
    .prepare<[LedgerId], number | null>(
      "SELECT max(message) FROM webhook_messages WHERE ledger = ?",
    )
    .pluck();
  const move = db.prepare<[number, number, LedgerId, number]>(
    `UPDATE webhook_endpoints SET cursor = ?, last_delivery = ?
    WHERE ledger = ? AND endpoint = ?`,
  );
  const writeMessages = makeBulk(db, MESSAGES);
  const writeDeliveries = makeBulk(db, DELIVERIES);
  return {
    positionOf: (ledger, endpoint) => position.get(ledger, endpoint),
    add: (ledger, { endpoint, cursor, last_delivery: last }, messages, at) => {
      const first = (lastMessage.get(ledger) ?? 0) + 1;
      writeMessages(
        ledger,
        messages.map((message, i) => ({ message, no: first + i })),
      );
      writeDeliveries(
        ledger,
        messages.map(({ id }, i) => ({ endpoint, delivery: last + 1 + i, message: id, at })),
      );
      move.run(cursor, last + messages.length, ledger, endpoint);
    },
  };
}

/** Moves the cursor of an endpoint over messages, unless it is elsewhere by now. */
export function makeEnqueue(
  { positionOf, add }: Queue,
  { write }: Transactions,
): (enqueued: Enqueued) => Outcome<EndpointMoved | undefined, WriteFailure> {
  return ({ ledger, endpoint, from, to, messages, at }) =>
    write(() => {
      const position = positionOf(ledger, endpoint);
      if (position?.cursor !== from) return new EndpointMoved();
      add(ledger, { ...position, cursor: to }, messages, at);
      return undefined;
    });
}

export function makeAddDelivery(
  { positionOf, add }: Queue,
  { write }: Transactions,
): (
  ledger: LedgerId,
  endpoint: string,
  message: StoredMessage,
  at: Instant,
) => Outcome<void, WriteFailure> {
  return (ledger, endpoint, message, at) =>
    write(() => {
      const position = positionOf(ledger, endpoint);
      if (position !== undefined) add(ledger, position, [message], at);
    });
}

/** Writes what attempts have come to, but for those that others have overtaken. */
export function makeSettle(
  db: Database,
  { write }: Transactions,
): (
  settlements: readonly Settlement[],
  health: readonly HealthChange[],
) => Outcome<void, WriteFailure> {
  const writeAttempts = makeBulk(db, ATTEMPTS);
  const writeSettlements = makeBulk(db, SETTLEMENTS);
  const writeHealth = makeBulk(db, HEALTH);
  return (settlements, health) => {
    const judged = firstOfEach(settlements);
    const changed = lastOfEach(health);
    return write(() => {
      writeAttempts(ANY_LEDGER, judged);
      writeSettlements(ANY_LEDGER, judged);
      writeHealth(ANY_LEDGER, changed);
    });
  };
}

// The rows bring theirs.
const ANY_LEDGER = 0;

/** Of several settlements that rest on the same attempts of one delivery, the first. */
function firstOfEach(settlements: readonly Settlement[]): readonly Settlement[] {
  const first = new Map<string, Settlement>();
  for (const settlement of settlements) {
    const { ledger, endpoint, message, attempts, attemptsBefore } = settlement;
    const name = JSON.stringify([ledger, endpoint, message, attempts, attemptsBefore]);
    if (!first.has(name)) first.set(name, settlement);
  }
  return [...first.values()];
}

function lastOfEach(health: readonly HealthChange[]): readonly HealthChange[] {
  const last = health.map((change) => [`${change.ledger}/${change.endpoint}`, change] as const);
  return [...new Map(last).values()];
}

const WAIT_AGAIN = `UPDATE webhook_deliveries SET status = 'waiting', due_at = @at,
  finished_at = NULL, attempts_before = attempts, delays_used = 0`;

interface Resent {
  readonly ledger: LedgerId;
  readonly endpoint: string;
  readonly message: string;
  readonly at: Instant;
}

/** Makes a delivery wait again; `false` where there is none. */
export function makeResend(
  db: Database,
  { write }: Transactions,
): (
  ledger: LedgerId,
  endpoint: string,
  message: string,
  at: Instant,
) => Outcome<boolean, WriteFailure> {
  const resend = db.prepare<[Resent]>(
    `${WAIT_AGAIN} WHERE ledger = @ledger
      AND message = (SELECT message FROM webhook_messages WHERE ledger = @ledger AND id = @message)
      AND endpoint = (SELECT endpoint FROM webhook_endpoints WHERE ledger = @ledger
        AND id = @endpoint)`,
  );
  return (ledger, endpoint, message, at) =>
    write(() => resend.run({ ledger, endpoint, message, at }).changes === 1);
}

/** Makes deliveries that were given up wait again; how many there were. */
export function makeRecover(
  db: Database,
  { write }: Transactions,
): (recovery: Recovery) => Outcome<number, WriteFailure> {
  const recover = db.prepare<[Omit<Recovery, "types"> & { readonly types: string }]>(
    `${WAIT_AGAIN} WHERE (ledger, endpoint, delivery) IN (
      SELECT d.ledger, d.endpoint, d.delivery
      FROM webhook_deliveries d INDEXED BY webhook_deliveries_given_up
      CROSS JOIN webhook_messages m ON m.ledger = d.ledger AND m.message = d.message
      WHERE d.ledger = @ledger AND d.endpoint = (SELECT e.endpoint FROM webhook_endpoints e
        WHERE e.ledger = @ledger AND e.id = @endpoint)
      AND d.status IN ('failed', 'aborted')
      AND d.created_at >= @since AND d.created_at < @until
      AND (@types = '[]' OR m.type IN (SELECT value FROM json_each(@types)))
      ORDER BY d.created_at, d.delivery LIMIT @limit
    )`,
  );
  return (recovery) =>
    write(() => recover.run({ ...recovery, types: JSON.stringify(recovery.types) }).changes);
}

interface Pruned {
  readonly ledger: LedgerId;
  readonly endpoint: number;
  readonly delivery: number;
  readonly message: number;
}

/** Forgets deliveries that finished long ago; how many there were. */
export function makePrune(
  db: Database,
  { write }: Transactions,
): (before: Instant, limit: number) => Outcome<number, WriteFailure> {
  const finished = db.prepare<[Instant, number], Pruned>(
    `SELECT ledger, endpoint, delivery, message
    FROM webhook_deliveries INDEXED BY webhook_deliveries_by_finish
    WHERE finished_at IS NOT NULL AND finished_at < ?
    ORDER BY finished_at, ledger, endpoint, delivery LIMIT ?`,
  );
  const removeDeliveries = db.prepare<[string]>(
    `DELETE FROM webhook_deliveries WHERE (ledger, endpoint, delivery) IN (
      SELECT value ->> 'ledger', value ->> 'endpoint', value ->> 'delivery' FROM json_each(?)
    )`,
  );
  const removeAttempts = db.prepare<[string]>(
    `DELETE FROM webhook_attempts WHERE (ledger, endpoint, delivery) IN (
      SELECT value ->> 'ledger', value ->> 'endpoint', value ->> 'delivery' FROM json_each(?)
    )`,
  );
  const removeMessages = db.prepare<[string]>(
    `DELETE FROM webhook_messages WHERE (ledger, message) IN (
      SELECT value ->> 'ledger', value ->> 'message' FROM json_each(?)
    ) AND NOT EXISTS (
      SELECT 1 FROM webhook_deliveries d WHERE d.ledger = webhook_messages.ledger
      AND d.message = webhook_messages.message
    )`,
  );
  return (before, limit) =>
    write(() => {
      const pruned = finished.all(before, limit);
      const rows = JSON.stringify(pruned);
      for (const statement of [removeAttempts, removeDeliveries, removeMessages]) {
        statement.run(rows);
      }
      return pruned.length;
    });
}
