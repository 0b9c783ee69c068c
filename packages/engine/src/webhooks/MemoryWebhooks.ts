/** Webhooks in memory: the reference, which answers every question by going through all rows. */
import type { Instant } from "@stockbook/core";
import { Effect } from "effect";
import type { LedgerId } from "../Store.js";
import type { AttemptView, DeliveryStatus, DeliveryView } from "./Terms.js";
import {
  type DeliveryFilter,
  type DeliveryPage,
  type DueDelivery,
  type DuePage,
  type DueQuery,
  EndpointMoved,
  type Enqueued,
  finishedAtOf,
  type LeaseRequest,
  type Recovery,
  type Settlement,
  type StoredEndpoint,
  type StoredMessage,
  type WebhookStoreService,
} from "./WebhookStore.js";

interface Lease {
  readonly owner: string;
  readonly until: Instant;
}

interface Row {
  /** In the order in which all rows were made. */
  readonly no: number;
  readonly ledger: LedgerId;
  readonly endpoint: string;
  readonly message: string;
  readonly createdAt: Instant;
  readonly status: DeliveryStatus;
  readonly dueAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly attempts: number;
  readonly attemptsBefore: number;
  readonly delaysUsed: number;
  readonly history: readonly AttemptView[];
}

/** Maps by ledger and name, each in the order in which its rows were made. */
interface Tables {
  readonly endpoints: Map<string, StoredEndpoint>;
  readonly leases: Map<string, Lease>;
  readonly messages: Map<string, StoredMessage>;
  readonly deliveries: Map<string, Row>;
  made: number;
}

export function makeMemoryWebhooks(): WebhookStoreService {
  const tables: Tables = {
    endpoints: new Map(),
    leases: new Map(),
    messages: new Map(),
    deliveries: new Map(),
    made: 0,
  };
  const calling =
    <Args extends readonly unknown[], A>(call: (tables: Tables, ...args: Args) => A) =>
    (...args: Args): Effect.Effect<A> =>
      Effect.sync(() => call(tables, ...args));
  const deciding =
    <Arg>(call: (tables: Tables, arg: Arg) => EndpointMoved | undefined) =>
    (arg: Arg): Effect.Effect<void, EndpointMoved> =>
      Effect.suspend(() => call(tables, arg) ?? Effect.void);
  return {
    endpoints: calling(endpointsOf),
    endpoint: calling(({ endpoints }, ledger, id) => endpoints.get(nameOf(ledger, id))),
    endpointByIdempotencyKey: calling((all, ledger, key) =>
      endpointsOf(all, ledger).find(({ idempotencyKey }) => idempotencyKey === key),
    ),
    writeEndpoint: deciding(writeEndpoint),
    removeEndpoint: calling(removeEndpoint),
    lease: calling(lease),
    release: calling(release),
    enqueue: deciding(enqueue),
    due: calling(due),
    settle: calling((all, settlements, health) => {
      settle(all, settlements);
      for (const change of health) {
        const name = nameOf(change.ledger, change.endpoint);
        const known = all.endpoints.get(name);
        if (known !== undefined) all.endpoints.set(name, { ...known, health: change.health });
      }
    }),
    deliveries: calling(deliveries),
    delivery: calling((all, ledger, endpoint, message) => {
      const row = all.deliveries.get(nameOf(ledger, endpoint, message));
      if (row === undefined) return undefined;
      const { body } = messageOf(all, row);
      return { ...viewOf(all, row), body, history: row.history };
    }),
    addDelivery: calling((all, ledger, endpoint, message, at) => {
      if (all.endpoints.has(nameOf(ledger, endpoint))) add(all, ledger, endpoint, message, at);
    }),
    resend: calling((all, ledger, endpoint, message, at) => {
      const row = all.deliveries.get(nameOf(ledger, endpoint, message));
      if (row === undefined) return false;
      waitAgain(all, row, at);
      return true;
    }),
    recover: calling(recover),
    prune: calling(prune),
  };
}

// ── endpoints ────────────────────────────────────────────────────────────────────────────

function endpointsOf({ endpoints }: Tables, ledger: LedgerId): readonly StoredEndpoint[] {
  return [...endpoints.values()].filter((endpoint) => endpoint.ledger === ledger);
}

function writeEndpoint(tables: Tables, endpoint: StoredEndpoint): EndpointMoved | undefined {
  const { ledger, id, version, idempotencyKey } = endpoint;
  const name = nameOf(ledger, id);
  const known = tables.endpoints.get(name);
  if (version === 1) {
    const repeated =
      idempotencyKey !== null &&
      endpointsOf(tables, ledger).some((other) => other.idempotencyKey === idempotencyKey);
    if (known !== undefined || repeated) return new EndpointMoved();
    tables.endpoints.set(name, endpoint);
    return undefined;
  }
  if (known?.version !== version - 1) return new EndpointMoved();
  const { organisation, mode, api, createdAt, cursor, fingerprint } = known;
  const health = endpoint.health === null ? null : known.health;
  const made = { organisation, mode, api, createdAt, fingerprint };
  const kept = { ...made, cursor, health, idempotencyKey: known.idempotencyKey };
  tables.endpoints.set(name, { ...endpoint, ...kept });
  return undefined;
}

function removeEndpoint(tables: Tables, ledger: LedgerId, id: string): boolean {
  const name = nameOf(ledger, id);
  tables.leases.delete(name);
  for (const row of rowsOf(tables, ledger, id)) forget(tables, row);
  return tables.endpoints.delete(name);
}

// ── the worker ───────────────────────────────────────────────────────────────────────────

function lease(tables: Tables, request: LeaseRequest): readonly StoredEndpoint[] {
  const { owner, now, until, renewBefore = Number.POSITIVE_INFINITY } = request;
  const leased = [...tables.endpoints.values()].filter((endpoint) => {
    if (endpoint.disabled !== null) return false;
    const held = tables.leases.get(nameOf(endpoint.ledger, endpoint.id));
    return held === undefined || held.owner === owner || held.until <= now;
  });
  for (const { ledger, id } of leased) {
    const held = tables.leases.get(nameOf(ledger, id));
    const isGoodFor = held !== undefined && held.owner === owner && held.until > now;
    if (isGoodFor && held.until >= renewBefore) continue;
    tables.leases.set(nameOf(ledger, id), { owner, until });
  }
  return leased.sort((a, b) => a.ledger - b.ledger);
}

function release({ leases }: Tables, owner: string): void {
  for (const [name, held] of leases) if (held.owner === owner) leases.delete(name);
}

function enqueue(tables: Tables, enqueued: Enqueued): EndpointMoved | undefined {
  const { ledger, endpoint, from, to, messages, at } = enqueued;
  const name = nameOf(ledger, endpoint);
  const known = tables.endpoints.get(name);
  if (known === undefined || known.cursor !== from) return new EndpointMoved();
  tables.endpoints.set(name, { ...known, cursor: to });
  for (const message of messages) add(tables, ledger, endpoint, message, at);
  return undefined;
}

function add(
  tables: Tables,
  ledger: LedgerId,
  endpoint: string,
  message: StoredMessage,
  at: Instant,
): void {
  const name = nameOf(ledger, endpoint, message.id);
  if (tables.deliveries.has(name)) return;
  const messageName = nameOf(ledger, message.id);
  if (!tables.messages.has(messageName)) tables.messages.set(messageName, message);
  tables.deliveries.set(name, {
    no: ++tables.made,
    ledger,
    endpoint,
    message: message.id,
    createdAt: at,
    status: "waiting",
    dueAt: at,
    finishedAt: null,
    attempts: 0,
    attemptsBefore: 0,
    delaysUsed: 0,
    history: [],
  });
}

function due(tables: Tables, query: DueQuery): DuePage {
  const { ledger, endpoint, now, limit, order } = query;
  const waiting = rowsOf(tables, ledger, endpoint)
    .filter(({ status }) => status === "waiting")
    .map((row) => dueOf(tables, row))
    .sort(byDue);
  const next = order === "due" ? waiting : nextInOrder(waiting);
  return {
    due: next.filter(({ dueAt }) => dueAt <= now).slice(0, order === "due" ? limit : 1),
    waiting: waiting.length,
    nextDueAt: next.length === 0 ? null : Math.min(...next.map(({ dueAt }) => dueAt)),
  };
}

/** The first message of no event, and the first of the ledger. */
function nextInOrder(waiting: readonly DueDelivery[]): readonly DueDelivery[] {
  const ofNoEvent = waiting.filter(({ message }) => message.sequence === null);
  // Sorting is stable, so the messages of one event stay in their order.
  const ofLedger = waiting
    .filter(({ message }) => message.sequence !== null)
    .sort((a, b) => sequenceOf(a) - sequenceOf(b));
  return [...ofNoEvent.slice(0, 1), ...ofLedger.slice(0, 1)];
}

function byDue(a: DueDelivery, b: DueDelivery): number {
  return a.dueAt - b.dueAt || sequenceOf(a) - sequenceOf(b);
}

function sequenceOf({ message }: DueDelivery): number {
  return message.sequence ?? Number.MIN_SAFE_INTEGER;
}

function settle(tables: Tables, settlements: readonly Settlement[]): void {
  const judged = new Map<string, readonly [Row, Settlement]>();
  for (const settlement of settlements) {
    const { ledger, endpoint, message, attempts, attemptsBefore } = settlement;
    const name = nameOf(ledger, endpoint, message);
    const row = tables.deliveries.get(name);
    if (row?.attempts !== attempts || row.attemptsBefore !== attemptsBefore) continue;
    if (judged.has(name)) continue;
    judged.set(name, [row, settlement]);
  }
  for (const [name, [row, settlement]] of judged) {
    const { attempt, status, dueAt, delaysUsed } = settlement;
    tables.deliveries.set(name, {
      ...row,
      status,
      dueAt,
      finishedAt: finishedAtOf(settlement),
      attempts: row.attempts + 1,
      delaysUsed,
      history: [...row.history, attempt],
    });
  }
}

// ── for their owners ─────────────────────────────────────────────────────────────────────

function deliveries(
  tables: Tables,
  ledger: LedgerId,
  filter: DeliveryFilter,
  page: { readonly before?: number | undefined; readonly limit: number },
): DeliveryPage {
  const { before = Number.POSITIVE_INFINITY, limit } = page;
  const wanted = rowsOf(tables, ledger, filter.endpoint)
    .filter((row) => row.no < before && isWanted(viewOf(tables, row), filter))
    .reverse();
  const rows = wanted.slice(0, limit);
  return {
    rows: rows.map((row) => viewOf(tables, row)),
    next: wanted.length > limit ? (rows.at(-1)?.no ?? null) : null,
  };
}

function isWanted(view: DeliveryView, { status, type, since, until }: DeliveryFilter): boolean {
  if (status !== undefined && view.status !== status) return false;
  if (type !== undefined && view.type !== type) return false;
  if (since !== undefined && view.createdAt < since) return false;
  return until === undefined || view.createdAt < until;
}

function recover(tables: Tables, recovery: Recovery): number {
  const { ledger, endpoint, since, until, types, at, limit } = recovery;
  const recovered = rowsOf(tables, ledger, endpoint)
    .filter((row) => {
      if (row.status !== "failed" && row.status !== "aborted") return false;
      if (row.createdAt < since || row.createdAt >= until) return false;
      return types.length === 0 || types.includes(messageOf(tables, row).type);
    })
    .sort((a, b) => a.createdAt - b.createdAt)
    .slice(0, limit);
  for (const row of recovered) waitAgain(tables, row, at);
  return recovered.length;
}

function waitAgain(tables: Tables, row: Row, at: Instant): void {
  tables.deliveries.set(nameOf(row.ledger, row.endpoint, row.message), {
    ...row,
    status: "waiting",
    dueAt: at,
    finishedAt: null,
    attemptsBefore: row.attempts,
    delaysUsed: 0,
  });
}

function prune(tables: Tables, before: Instant, limit: number): number {
  const finished = [...tables.deliveries.values()].filter(
    ({ finishedAt }) => finishedAt !== null && finishedAt < before,
  );
  const pruned = finished.sort((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0)).slice(0, limit);
  for (const row of pruned) forget(tables, row);
  return pruned.length;
}

function forget(tables: Tables, row: Row): void {
  const { ledger, endpoint, message } = row;
  tables.deliveries.delete(nameOf(ledger, endpoint, message));
  const others = [...tables.deliveries.values()];
  if (others.some((other) => other.ledger === ledger && other.message === message)) return;
  tables.messages.delete(nameOf(ledger, message));
}

// ── rows ─────────────────────────────────────────────────────────────────────────────────

function nameOf(ledger: LedgerId, ...ids: readonly string[]): string {
  return JSON.stringify([ledger, ...ids]);
}

function rowsOf({ deliveries: rows }: Tables, ledger: LedgerId, endpoint: string): Row[] {
  return [...rows.values()].filter((row) => row.ledger === ledger && row.endpoint === endpoint);
}

function messageOf({ messages }: Tables, { ledger, message }: Row): StoredMessage {
  return messages.get(nameOf(ledger, message)) as StoredMessage;
}

function viewOf(tables: Tables, row: Row): DeliveryView {
  const { endpoint, message, status, attempts, createdAt, finishedAt, dueAt } = row;
  const { type, sequence } = messageOf(tables, row);
  const times = { nextAttemptAt: dueAt, createdAt, finishedAt };
  return { endpoint, message, type, sequence, status, attempts, ...times };
}

function dueOf(tables: Tables, row: Row): DueDelivery {
  const { createdAt, dueAt, attempts, attemptsBefore, delaysUsed } = row;
  const message = messageOf(tables, row);
  // Whatever waits is due at some time.
  return { message, createdAt, dueAt: dueAt ?? 0, attempts, attemptsBefore, delaysUsed };
}
