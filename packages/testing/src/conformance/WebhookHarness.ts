/** The port to webhooks over the store under test. */
import {
  DEFAULT_PLAN,
  DEFAULT_RETRY_DELAYS_MS,
  DEFAULT_SETTINGS,
  type DeliveryFilter,
  type DeliveryView,
  type LedgerId,
  LedgerStore,
  type LedgerStoreService,
  type Organisation,
  type StoredEndpoint,
  type StoredMessage,
  type StoreError,
  type Stores,
  WebhookStore,
  type WebhookStoreService,
} from "@stockbook/engine";
import { Effect, type Layer, ManagedRuntime } from "effect";
import { WORLD_BEGINS } from "../World.js";
import { outcomeOf } from "./Harness.js";

export interface WebhookEngine {
  readonly webhooks: WebhookStoreService;
  readonly ledgers: LedgerStoreService;
  readonly run: <A, E>(effect: Effect.Effect<A, E>) => Promise<A>;
  /** What an effect fails with; it must fail. */
  readonly failure: <E>(effect: Effect.Effect<unknown, E>) => Promise<E>;
  readonly close: () => Promise<void>;
}

export async function makeWebhookEngine(
  store: Layer.Layer<Stores, StoreError>,
): Promise<WebhookEngine> {
  const runtime = ManagedRuntime.make(store);
  const run = async <A, E>(effect: Effect.Effect<A, E>) =>
    outcomeOf(await runtime.runPromiseExit(effect));
  const tags = Effect.all({ webhooks: WebhookStore, ledgers: LedgerStore });
  return {
    ...outcomeOf(await runtime.runPromiseExit(tags)),
    run,
    failure: (effect) => run(Effect.flip(effect)),
    close: () => runtime.dispose(),
  };
}

/** The two ledgers of an organisation that is made if it is not there. */
export async function ledgersOf(
  { ledgers, run }: WebhookEngine,
  id: string,
): Promise<readonly [LedgerId, LedgerId]> {
  const made: Organisation = await run(
    ledgers.putOrganisation({
      id,
      name: id,
      createdAt: 0,
      plan: DEFAULT_PLAN,
      settings: DEFAULT_SETTINGS,
      options: {},
    }),
  );
  return [made.ledgers.live, made.ledgers.test];
}

/**
 * Removes all endpoints of ledgers, and their deliveries with them: some calls of the port are
 * about all ledgers, and must not meet those of another test.
 */
export async function clear(
  { webhooks, run }: WebhookEngine,
  ledgers: readonly LedgerId[],
): Promise<void> {
  for (const ledger of ledgers) {
    for (const { id } of await run(webhooks.endpoints(ledger))) {
      await run(webhooks.removeEndpoint(ledger, id));
    }
  }
}

/** An endpoint that says something in every field. */
export function endpointOf(ledger: LedgerId, id: string): StoredEndpoint {
  return {
    ledger,
    id,
    version: 1,
    organisation: `owner of ${ledger}`,
    mode: "test",
    url: `https://example.com/${id}?a=b`,
    description: "Ünder 'quotes'",
    api: "native",
    events: ["movement.issued", "stock.low"],
    format: "form",
    headers: { "x-shop": "3" },
    ordered: true,
    maxConcurrent: 7,
    maxPerSecond: 2.5,
    retryDelaysMs: DEFAULT_RETRY_DELAYS_MS,
    createdAt: WORLD_BEGINS,
    disabled: null,
    cursor: 0,
    secrets: [
      { sealed: "bmV3", createdAt: 5, expiresAt: null },
      { sealed: "b2xk", createdAt: 1, expiresAt: 9 },
    ],
    health: null,
    idempotencyKey: null,
    fingerprint: Number.MAX_SAFE_INTEGER,
  };
}

/** Two kinds of messages, told apart by the parity of their sequences. */
export const TYPES = ["movement.issued", "stock.low"] as const;

export function messageOf(sequence: number): StoredMessage {
  const type = sequence % 2 === 0 ? TYPES[0] : TYPES[1];
  return { id: `msg_${sequence}`, type, sequence, body: `{"sequence":${sequence}}` };
}

export function messagesOf(after: number, to: number): readonly StoredMessage[] {
  return Array.from({ length: to - after }, (_, i) => messageOf(after + 1 + i));
}

/** All deliveries, page by page. */
export function allDeliveries(
  webhooks: WebhookStoreService,
  ledger: LedgerId,
  filter: DeliveryFilter,
  limit: number,
): Effect.Effect<readonly (readonly DeliveryView[])[], StoreError> {
  return Effect.gen(function* () {
    const pages: (readonly DeliveryView[])[] = [];
    let before: number | undefined;
    do {
      const page = yield* webhooks.deliveries(ledger, filter, { before, limit });
      pages.push(page.rows);
      before = page.next ?? undefined;
    } while (before !== undefined);
    return pages;
  });
}
