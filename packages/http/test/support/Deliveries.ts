/** Deliveries as a worker would make them, without one. */
import type { AttemptOutcome, DeliveryStatus, StoredMessage } from "@stockbook/engine";
import { Effect } from "effect";
import type { TestServer } from "./TestServer.js";

/** What became of a message. */
export interface Made {
  readonly type: string;
  readonly status: DeliveryStatus;
  readonly at: number;
}

/**
 * Gives an endpoint of `acme`'s test ledger deliveries, in this order; each that does not wait has
 * had one attempt. Their messages are `msg_1`, `msg_2` and so on.
 */
export async function makeDeliveries(
  { access, store, run }: TestServer,
  endpoint: string,
  all: readonly Made[],
): Promise<void> {
  const { ledgers } = await run(access.organisation("acme"));
  const ledger = ledgers.test;
  const { webhooks } = store;
  for (const [i, { type, status, at }] of all.entries()) {
    const id = `msg_${i + 1}`;
    const message: StoredMessage = { id, type, sequence: i + 1, body: `{"number":${i + 1}}` };
    await run(Effect.orDie(webhooks.addDelivery(ledger, endpoint, message, at)));
    if (status === "waiting") continue;
    const attempt = {
      number: 1,
      at,
      durationMs: 12,
      request: { url: "https://example.com/hooks", headers: { "webhook-id": id } },
      outcome: OUTCOMES[status],
    };
    const settled = { attempts: 0, attemptsBefore: 0, attempt, status, dueAt: null, delaysUsed: 0 };
    await run(Effect.orDie(webhooks.settle([{ ledger, endpoint, message: id, ...settled }], [])));
  }
}

const OUTCOMES: { readonly [status in Exclude<DeliveryStatus, "waiting">]: AttemptOutcome } = {
  delivered: { type: "answered", status: 204, headers: {}, body: "", truncated: false },
  failed: { type: "failed", reason: "timeout", message: "there was no answer in time" },
  aborted: { type: "answered", status: 410, headers: {}, body: "gone", truncated: false },
};
