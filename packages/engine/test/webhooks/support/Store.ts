/** As much of a store of webhooks as tests of the rules need, for as long as there is no other. */
import {
  type DeliveryDetails,
  EndpointMoved,
  type StoredEndpoint,
  type StoredMessage,
  type WebhookStoreService,
} from "@stockbook/engine";
import { Effect } from "effect";

interface Kept {
  readonly endpoints: StoredEndpoint[];
  readonly deliveries: { ledger: number; delivery: DeliveryDetails }[];
}

type Served = Omit<WebhookStoreService, "lease" | "release" | "enqueue" | "due" | "prune">;

export function makeTestWebhooks(): WebhookStoreService {
  const kept: Kept = { endpoints: [], deliveries: [] };
  // Nothing else of it is asked for.
  return served(kept) as WebhookStoreService;
}

function served(kept: Kept): Served {
  const of = (ledger: number) => kept.endpoints.filter((endpoint) => endpoint.ledger === ledger);
  const row = (ledger: number, endpoint: string, message: string) =>
    kept.deliveries.find(
      (one) =>
        one.ledger === ledger &&
        one.delivery.endpoint === endpoint &&
        one.delivery.message === message,
    );
  return {
    endpoints: (ledger) => Effect.sync(() => of(ledger)),
    endpoint: (ledger, id) => Effect.sync(() => of(ledger).find((one) => one.id === id)),
    endpointByIdempotencyKey: (ledger, key) =>
      Effect.sync(() => of(ledger).find(({ idempotencyKey }) => idempotencyKey === key)),
    writeEndpoint: (endpoint) => Effect.suspend(() => written(kept, endpoint)),
    removeEndpoint: (ledger, id) =>
      Effect.sync(() => {
        const at = kept.endpoints.findIndex((one) => one.ledger === ledger && one.id === id);
        if (at !== -1) kept.endpoints.splice(at, 1);
        return at !== -1;
      }),
    settle: (settlements, health) =>
      Effect.sync(() => {
        for (const { ledger, endpoint, message, status, dueAt, attempt } of settlements) {
          const found = row(ledger, endpoint, message);
          if (found === undefined) continue;
          const finishedAt = status === "waiting" ? null : attempt.at + attempt.durationMs;
          const state = { status, nextAttemptAt: dueAt, finishedAt, attempts: attempt.number };
          const history = [...found.delivery.history, attempt];
          found.delivery = { ...found.delivery, ...state, history };
        }
        for (const change of health) {
          const at = kept.endpoints.findIndex(
            (one) => one.ledger === change.ledger && one.id === change.endpoint,
          );
          const known = kept.endpoints[at];
          if (known !== undefined) kept.endpoints[at] = { ...known, health: change.health };
        }
      }),
    deliveries: (ledger, { endpoint, status }, { limit }) =>
      Effect.sync(() => {
        const rows = kept.deliveries
          .filter((one) => one.ledger === ledger && one.delivery.endpoint === endpoint)
          .map(({ delivery: { body: _, history: __, ...view } }) => view)
          .filter((view) => status === undefined || view.status === status);
        return { rows: rows.reverse().slice(0, limit), next: null };
      }),
    delivery: (ledger, endpoint, message) =>
      Effect.sync(() => row(ledger, endpoint, message)?.delivery),
    addDelivery: (ledger, endpoint, message, at) =>
      Effect.sync(() => {
        kept.deliveries.push({ ledger, delivery: waiting(endpoint, message, at) });
      }),
    resend: (ledger, endpoint, message, at) =>
      Effect.sync(() => {
        const found = row(ledger, endpoint, message);
        if (found === undefined) return false;
        found.delivery = again(found.delivery, at);
        return true;
      }),
    recover: ({ ledger, endpoint, since, until, types, at, limit }) =>
      Effect.sync(() => {
        const found = kept.deliveries
          .filter(({ ledger: id, delivery }) => id === ledger && delivery.endpoint === endpoint)
          .filter(({ delivery: { status } }) => status === "failed" || status === "aborted")
          .filter(({ delivery: { createdAt } }) => createdAt >= since && createdAt < until)
          .filter(({ delivery: { type } }) => types.length === 0 || types.includes(type))
          .slice(0, limit);
        for (const one of found) one.delivery = again(one.delivery, at);
        return found.length;
      }),
  };
}

function written(kept: Kept, endpoint: StoredEndpoint): Effect.Effect<void, EndpointMoved> {
  const { ledger, id, version, idempotencyKey } = endpoint;
  const at = kept.endpoints.findIndex((one) => one.ledger === ledger && one.id === id);
  const known = kept.endpoints[at];
  if (version === 1) {
    const taken = kept.endpoints.some(
      (one) => one.ledger === ledger && one.idempotencyKey === idempotencyKey,
    );
    if (known !== undefined || (idempotencyKey !== null && taken)) return new EndpointMoved();
    kept.endpoints.push(endpoint);
    return Effect.void;
  }
  if (known?.version !== version - 1) return new EndpointMoved();
  const health = endpoint.health === null ? null : known.health;
  kept.endpoints[at] = { ...endpoint, cursor: known.cursor, health };
  return Effect.void;
}

function waiting(endpoint: string, message: StoredMessage, at: number): DeliveryDetails {
  const { id, type, sequence, body } = message;
  const state = { status: "waiting", attempts: 0, nextAttemptAt: at, finishedAt: null } as const;
  return { endpoint, message: id, type, sequence, ...state, createdAt: at, body, history: [] };
}

function again(delivery: DeliveryDetails, at: number): DeliveryDetails {
  return { ...delivery, status: "waiting", nextAttemptAt: at, finishedAt: null };
}
