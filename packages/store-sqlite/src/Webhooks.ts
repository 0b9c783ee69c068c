/** The port to webhooks, put together. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import type { DeliveryPage, DuePage, DueQuery, WebhookStoreService } from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import { Effect } from "effect";
import type { Reading } from "./Reads.js";
import type { Ask } from "./Snapshot.js";
import type { Outcome, Transactions } from "./Transaction.js";
import {
  makeAddDelivery,
  makeEnqueue,
  makePrune,
  makeQueue,
  makeRecover,
  makeResend,
  makeSettle,
} from "./WebhookDeliveries.js";
import {
  makeLease,
  makeRelease,
  makeRemoveEndpoint,
  makeWriteEndpoint,
} from "./WebhookEndpoints.js";
import {
  attemptsOf,
  deliveriesOf,
  deliveriesWithMessage,
  dueOfEndpoint,
  endpointsOf,
  endpointsWithId,
  endpointsWithIdempotencyKey,
  nextInOrder,
  waitingOf,
} from "./WebhookQueries.js";
import {
  attemptOf,
  type DeliveryRecord,
  deliveryOf,
  dueOf,
  type EndpointRecord,
  endpointOf,
} from "./WebhookRows.js";

/** Runs a transaction, and again while the file is busy. */
export type Transacting = <A, E>(transaction: () => Outcome<A, E>) => Effect.Effect<A, E>;

type Reads = Pick<
  WebhookStoreService,
  "endpoints" | "endpoint" | "endpointByIdempotencyKey" | "due" | "deliveries" | "delivery"
>;
type Writes = Omit<WebhookStoreService, keyof Reads>;

export function makeWebhooks(
  sql: SqlClient,
  reading: Reading,
  db: Database,
  transactions: Transactions,
  transacting: Transacting,
): WebhookStoreService {
  return { ...makeReads(sql, reading), ...makeWrites(db, transactions, transacting) };
}

function makeReads(sql: SqlClient, reading: Reading): Reads {
  const endpoints = (question: Statement<EndpointRecord>) =>
    reading((ask) => Effect.map(ask(question), (found) => found.map(endpointOf)));
  const first = (question: Statement<EndpointRecord>) =>
    Effect.map(endpoints(question), ([found]) => found);
  return {
    endpoints: (ledger) => endpoints(endpointsOf(sql, ledger)),
    endpoint: (ledger, id) => first(endpointsWithId(sql, ledger, id)),
    endpointByIdempotencyKey: (ledger, key) => first(endpointsWithIdempotencyKey(sql, ledger, key)),
    due: (query) => reading((ask) => due(sql, ask, query)),
    deliveries: (ledger, filter, { before = Number.MAX_SAFE_INTEGER, limit }) =>
      // One more tells whether there is another page.
      Effect.map(
        reading((ask) => ask(deliveriesOf(sql, ledger, filter, before, limit + 1))),
        (found) => pageOf(filter.endpoint, found, limit),
      ),
    delivery: (ledger, endpoint, message) =>
      reading((ask) =>
        Effect.gen(function* () {
          const [row] = yield* ask(deliveriesWithMessage(sql, ledger, endpoint, message));
          if (row === undefined) return undefined;
          const attempts = yield* ask(attemptsOf(sql, ledger, row));
          const { body } = row;
          return { ...deliveryOf(endpoint, row), body, history: attempts.map(attemptOf) };
        }),
      ),
  };
}

function due(sql: SqlClient, ask: Ask, query: DueQuery) {
  return Effect.gen(function* () {
    const [counted] = yield* ask(waitingOf(sql, query));
    const waiting = counted?.waiting ?? 0;
    if (query.order === "due") {
      const found = yield* ask(dueOfEndpoint(sql, query));
      return { due: found.map(dueOf), waiting, nextDueAt: counted?.next_due_at ?? null };
    }
    const next = (yield* ask(nextInOrder(sql, query))).map(dueOf);
    const page: DuePage = {
      due: next.filter(({ dueAt }) => dueAt <= query.now).slice(0, 1),
      waiting,
      nextDueAt: next.length === 0 ? null : Math.min(...next.map(({ dueAt }) => dueAt)),
    };
    return page;
  });
}

function pageOf(endpoint: string, found: readonly DeliveryRecord[], limit: number): DeliveryPage {
  const rows = found.slice(0, limit);
  return {
    rows: rows.map((row) => deliveryOf(endpoint, row)),
    next: found.length > limit ? (rows.at(-1)?.delivery ?? null) : null,
  };
}

function makeWrites(db: Database, transactions: Transactions, transacting: Transacting): Writes {
  const queue = makeQueue(db);
  const writeEndpoint = makeWriteEndpoint(db, transactions);
  const removeEndpoint = makeRemoveEndpoint(db, transactions);
  const lease = makeLease(db, transactions);
  const release = makeRelease(db, transactions);
  const enqueue = makeEnqueue(queue, transactions);
  const settle = makeSettle(db, transactions);
  const addDelivery = makeAddDelivery(queue, transactions);
  const resend = makeResend(db, transactions);
  const recover = makeRecover(db, transactions);
  const prune = makePrune(db, transactions);
  return {
    writeEndpoint: (endpoint) =>
      Effect.flatMap(
        transacting(() => writeEndpoint(endpoint)),
        (moved) => moved ?? Effect.void,
      ),
    removeEndpoint: (ledger, id) => transacting(() => removeEndpoint(ledger, id)),
    lease: (request) => transacting(() => lease(request)),
    release: (owner) => transacting(() => release(owner)),
    enqueue: (enqueued) =>
      Effect.flatMap(
        transacting(() => enqueue(enqueued)),
        (moved) => moved ?? Effect.void,
      ),
    settle: (settlements, health) => transacting(() => settle(settlements, health)),
    addDelivery: (ledger, endpoint, message, at) =>
      transacting(() => addDelivery(ledger, endpoint, message, at)),
    resend: (ledger, endpoint, message, at) =>
      transacting(() => resend(ledger, endpoint, message, at)),
    recover: (recovery) => transacting(() => recover(recovery)),
    prune: (before, limit) => transacting(() => prune(before, limit)),
  };
}
