/** Deliveries as owners see them: listed, looked into, sent again, tried. */
import type { Instant } from "@stockbook/core";
import { Clock, Effect } from "effect";
import { randomCharacters } from "../access/KeyFormat.js";
import { Conflict } from "../access/Terms.js";
import { NotFound } from "../Errors.js";
import { limitOf } from "../Paging.js";
import { deliveriesFault, eventsFault, rangeFault } from "./Checks.js";
import { checkId, type Means } from "./Means.js";
import type { DeliveryDetails, DeliveryView } from "./Terms.js";
import type { StoredEndpoint, StoredMessage, WebhookStoreService } from "./WebhookStore.js";
import type { WebhookError, WebhookService } from "./Webhooks.js";

const RECOVERED_AT_ONCE = 100;
const MOST_RECOVERED = 10_000;
const MESSAGE_ID_LENGTH = 24;

type Deliveries = Pick<
  WebhookService,
  "deliveries" | "delivery" | "resend" | "recover" | "sendTest"
>;

export function makeDeliveries(means: Means): Deliveries {
  const { store, stored } = means;
  return {
    deliveries: (owner, id, request) =>
      Effect.gen(function* () {
        const { ledger } = yield* stored(owner, id);
        const fault = deliveriesFault(request);
        if (fault !== undefined) return yield* fault;
        const limit = yield* limitOf(request);
        const { status, type, since, until, before } = request;
        const filter = { endpoint: id, status, type, since, until };
        return yield* store.deliveries(ledger, filter, { before, limit });
      }),
    delivery: (owner, id, message) =>
      Effect.flatMap(stored(owner, id), (endpoint) => found(store, endpoint, message)),
    resend: (owner, id, message) =>
      Effect.gen(function* () {
        const endpoint = yield* stored(owner, id);
        yield* checkId("delivery", message);
        const now = yield* Clock.currentTimeMillis;
        yield* store.resend(endpoint.ledger, id, message, now);
        // Where there was none to send again, there is none to be found.
        return viewOf(yield* found(store, endpoint, message));
      }),
    recover: (owner, id, { since, until, types = [] }) =>
      Effect.gen(function* () {
        const endpoint = yield* stored(owner, id);
        const now = yield* Clock.currentTimeMillis;
        const range = { since, until: until ?? now };
        const { shapes } = means.rules;
        const fault =
          rangeFault(range.since, range.until) ?? eventsFault(types, endpoint.api, shapes, "types");
        if (fault !== undefined) return yield* fault;
        return { recovered: yield* recovered(store, endpoint, { ...range, types }, now) };
      }),
    sendTest: (owner, id) =>
      Effect.gen(function* () {
        const endpoint = yield* stored(owner, id);
        const message = yield* testMessage(means, endpoint);
        const now = yield* Clock.currentTimeMillis;
        yield* store.addDelivery(endpoint.ledger, id, message, now);
        return viewOf(yield* found(store, endpoint, message.id));
      }),
  };
}

function found(
  store: WebhookStoreService,
  { ledger, id: endpoint }: StoredEndpoint,
  message: string,
): Effect.Effect<DeliveryDetails, WebhookError> {
  return Effect.gen(function* () {
    yield* checkId("delivery", message);
    const delivery = yield* store.delivery(ledger, endpoint, message);
    return delivery ?? (yield* new NotFound({ what: "delivery", id: message }));
  });
}

interface Range {
  readonly since: Instant;
  readonly until: Instant;
  readonly types: readonly string[];
}

/** In steps, so that no transaction of the store is a long one. */
function recovered(
  store: WebhookStoreService,
  { ledger, id: endpoint }: StoredEndpoint,
  range: Range,
  at: Instant,
) {
  return Effect.gen(function* () {
    let total = 0;
    while (total < MOST_RECOVERED) {
      const limit = RECOVERED_AT_ONCE;
      const more = yield* store.recover({ ledger, endpoint, ...range, at, limit });
      total += more;
      if (more < limit) break;
    }
    return total;
  });
}

function testMessage({ random, rules }: Means, { api }: StoredEndpoint) {
  const shape = rules.shapes.find((candidate) => candidate.api === api);
  if (shape === undefined) return notServed(api);
  const { type, body } = shape.test;
  const id = `msg_${randomCharacters(MESSAGE_ID_LENGTH, random)}`;
  const message: StoredMessage = { id, type, sequence: null, body: JSON.stringify(body) };
  return Effect.succeed(message);
}

function notServed(api: string): Conflict {
  return new Conflict({ field: "api", message: `the API ${api} is not served here any more` });
}

/** The delivery without what only a look into it shows. */
function viewOf(delivery: DeliveryDetails): DeliveryView {
  const { endpoint, message, type, sequence, status, attempts } = delivery;
  const { nextAttemptAt, createdAt, finishedAt } = delivery;
  const state = { status, attempts, nextAttemptAt, createdAt, finishedAt };
  return { endpoint, message, type, sequence, ...state };
}
