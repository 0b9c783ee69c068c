/** Writing endpoints, and who holds them. */
import {
  EndpointMoved,
  type LeaseRequest,
  type LedgerId,
  type StoredEndpoint,
} from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import type { Outcome, Transactions, WriteFailure } from "./Transaction.js";
import { type EndpointRecord, type EndpointSettings, endpointOf, recordOf } from "./WebhookRows.js";

const SETTINGS = [
  "version",
  "url",
  "description",
  "events",
  "format",
  "headers",
  "ordered",
  "max_concurrent",
  "max_per_second",
  "retry_delays_ms",
  "disabled_reason",
  "disabled_at",
  "secrets",
] as const satisfies readonly (keyof EndpointSettings)[];

const COLUMNS = [
  ...SETTINGS,
  "ledger",
  "id",
  "organisation",
  "mode",
  "api",
  "created_at",
  "idempotency_key",
  "fingerprint",
  "cursor",
  "failing_since",
  "anchor_at",
] as const satisfies readonly (keyof EndpointRecord)[];

/** Writes an endpoint, unless the one that is there is another than was expected. */
export function makeWriteEndpoint(
  db: Database,
  { write }: Transactions,
): (endpoint: StoredEndpoint) => Outcome<EndpointMoved | undefined, WriteFailure> {
  // Both write nothing where the endpoint does not fit.
  const insert = db.prepare<[EndpointRecord]>(
    `INSERT INTO webhook_endpoints (endpoint, last_delivery, ${COLUMNS.join(", ")})
    SELECT coalesce((SELECT max(endpoint) FROM webhook_endpoints WHERE ledger = @ledger), 0) + 1,
      0, ${COLUMNS.map((column) => `@${column}`).join(", ")}
    WHERE true ON CONFLICT DO NOTHING`,
  );
  const update = db.prepare<[EndpointRecord]>(
    `UPDATE webhook_endpoints SET ${SETTINGS.map((column) => `${column} = @${column}`).join(", ")},
      failing_since = iif(@failing_since IS NULL, NULL, failing_since),
      anchor_at = iif(@failing_since IS NULL, NULL, anchor_at)
    WHERE ledger = @ledger AND id = @id AND version = @version - 1`,
  );
  return (endpoint) => {
    const record = recordOf(endpoint);
    const statement = endpoint.version === 1 ? insert : update;
    return write(() => (statement.run(record).changes === 1 ? undefined : new EndpointMoved()));
  };
}

/** Gives an owner all enabled endpoints that nobody else holds. */
export function makeLease(
  db: Database,
  { write }: Transactions,
): (request: LeaseRequest) => Outcome<readonly StoredEndpoint[], WriteFailure> {
  const take = db.prepare<[Required<LeaseRequest>]>(
    `UPDATE webhook_endpoints INDEXED BY webhook_endpoints_enabled
    SET lease_owner = @owner, lease_until = @until
    WHERE disabled_at IS NULL
      AND (lease_owner IS NULL OR lease_until <= @now
        OR (lease_owner = @owner AND lease_until < @renewBefore))`,
  );
  const held = db.prepare<[LeaseRequest], EndpointRecord>(
    `SELECT * FROM webhook_endpoints WHERE lease_owner = @owner AND disabled_at IS NULL
    ORDER BY ledger, endpoint`,
  );
  return (request) =>
    write(() => {
      take.run({ ...request, renewBefore: request.renewBefore ?? Number.MAX_SAFE_INTEGER });
      return held.all(request).map(endpointOf);
    });
}

export function makeRelease(
  db: Database,
  { write }: Transactions,
): (owner: string) => Outcome<void, WriteFailure> {
  const release = db.prepare<[string]>(
    "UPDATE webhook_endpoints SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?",
  );
  return (owner) => write(() => void release.run(owner));
}

/** Removes an endpoint with all its deliveries; `false` where there is none. */
export function makeRemoveEndpoint(
  db: Database,
  { write }: Transactions,
): (ledger: LedgerId, id: string) => Outcome<boolean, WriteFailure> {
  const remove = db
    .prepare<[LedgerId, string], number>(
      "DELETE FROM webhook_endpoints WHERE ledger = ? AND id = ? RETURNING endpoint",
    )
    .pluck();
  const removeAttempts = db.prepare<[LedgerId, number]>(
    "DELETE FROM webhook_attempts WHERE ledger = ? AND endpoint = ?",
  );
  const removeMessages = db.prepare<[LedgerId, number]>(
    `DELETE FROM webhook_messages WHERE (ledger, message) IN (
      SELECT d.ledger, d.message FROM webhook_deliveries d WHERE d.ledger = ? AND d.endpoint = ?
      AND NOT EXISTS (
        SELECT 1 FROM webhook_deliveries o WHERE o.ledger = d.ledger AND o.message = d.message
        AND o.endpoint <> d.endpoint
      )
    )`,
  );
  const removeDeliveries = db.prepare<[LedgerId, number]>(
    "DELETE FROM webhook_deliveries WHERE ledger = ? AND endpoint = ?",
  );
  return (ledger, id) =>
    write(() => {
      const endpoint = remove.get(ledger, id);
      if (endpoint === undefined) return false;
      removeAttempts.run(ledger, endpoint);
      removeMessages.run(ledger, endpoint);
      removeDeliveries.run(ledger, endpoint);
      return true;
    });
}
