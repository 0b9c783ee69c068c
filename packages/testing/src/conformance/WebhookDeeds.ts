/** Arbitrary calls of the port to webhooks, and what they are in a world that others have made. */
import type { Instant } from "@stockbook/core";
import type {
  DeliveryStatus,
  DeliveryView,
  HealthChange,
  LedgerId,
  Settlement,
  StoredEndpoint,
  WebhookStoreService,
} from "@stockbook/engine";
import { Effect } from "effect";
import fc, { type Arbitrary } from "fast-check";
import { maybe, seldom, weighted } from "../Weighted.js";
import { allDeliveries, endpointOf, messageOf, messagesOf, TYPES } from "./WebhookHarness.js";

/** An endpoint by its place: 0 or 1 for the ledger, 0 to 2 for itself. */
interface Place {
  readonly ledgerNo: number;
  readonly endpointNo: number;
}

interface Settling extends Place {
  /** Which of the endpoint's deliveries, latest first. */
  readonly deliveryNo: number;
  readonly status: DeliveryStatus;
  readonly delayMs: number;
  /** 0 for attempts as they are. */
  readonly attemptsOff: number;
}

export type Deed =
  | (Place & {
      readonly type: "create";
      readonly cursor: number;
      readonly keyNo: number | undefined;
    })
  | (Place & {
      readonly type: "change";
      readonly versionOff: number;
      readonly disabled: StoredEndpoint["disabled"];
      readonly headers: StoredEndpoint["headers"];
    })
  | (Place & { readonly type: "remove" })
  | {
      readonly type: "lease";
      readonly ownerNo: number;
      readonly ms: number;
      readonly renewMs: number | undefined;
    }
  | { readonly type: "release"; readonly ownerNo: number }
  | { readonly type: "wait"; readonly ms: number }
  | (Place & {
      readonly type: "enqueue";
      readonly cursorOff: number;
      readonly count: number;
      readonly twice: number;
    })
  | {
      readonly type: "settle";
      readonly settlings: readonly Settling[];
      readonly health: readonly (Place & { readonly failingForMs: number | undefined })[];
    }
  | (Place & { readonly type: "resend"; readonly deliveryNo: number })
  | (Place & {
      readonly type: "recover";
      readonly sinceMs: number;
      readonly untilMs: number;
      readonly types: readonly string[];
      readonly limit: number;
    })
  | (Place & { readonly type: "add"; readonly sequence: number | undefined })
  | { readonly type: "prune"; readonly beforeMs: number; readonly limit: number }
  | (Place & {
      readonly type: "due";
      readonly order: "due" | "sequence";
      readonly laterMs: number;
      readonly limit: number;
    })
  | (Place & {
      readonly type: "deliveries";
      readonly status: DeliveryStatus | undefined;
      readonly kind: string | undefined;
      readonly sinceMs: number | undefined;
      readonly untilMs: number | undefined;
      readonly limit: number;
    })
  | (Place & { readonly type: "delivery"; readonly deliveryNo: number })
  | (Place & { readonly type: "endpoint"; readonly keyNo: number });

// ── arbitrary deeds ──────────────────────────────────────────────────────────────────────

const place = {
  ledgerNo: weighted([3, fc.constant(0)], [1, fc.constant(1)]),
  endpointNo: fc.nat(2),
};
const delay = fc.constantFrom(0, 1_000, 5_000, 20_000);
// Deeds are a second apart, so these often meet the moment of one.
const ago = fc.constantFrom(2_000, 4_000, 6_000, 9_000, 12_000);
const off = weighted([6, fc.constant(0)], [1, fc.constantFrom(-1, 1)]);
const statuses: readonly DeliveryStatus[] = ["waiting", "delivered", "failed", "aborted"];
const deliveryNo = fc.nat(15);
const type = <const A extends string>(name: A) => fc.constant(name);

const settling: Arbitrary<Settling> = fc.record({
  ...place,
  deliveryNo,
  status: fc.constantFrom(...statuses),
  delayMs: delay,
  attemptsOff: off,
});

const deed: Arbitrary<Deed> = weighted<Deed>(
  [3, fc.record({ type: type("create"), ...place, cursor: fc.nat(3), keyNo: maybe(fc.nat(1)) })],
  [
    2,
    fc.record({
      type: type("change"),
      ...place,
      versionOff: off,
      disabled: fc.constantFrom(null, { reason: "asked", at: 5 } as const),
      headers: fc.constantFrom({}, { "x-a": "b" }),
    }),
  ],
  [0.5, fc.record({ type: type("remove"), ...place })],
  [2, fc.record({ type: type("lease"), ownerNo: fc.nat(2), ms: delay, renewMs: seldom(delay) })],
  [0.5, fc.record({ type: type("release"), ownerNo: fc.nat(2) })],
  [2, fc.record({ type: type("wait"), ms: delay })],
  [
    5,
    fc.record({
      type: type("enqueue"),
      ...place,
      cursorOff: off,
      count: fc.nat(12),
      twice: fc.nat(1),
    }),
  ],
  [
    5,
    fc.record({
      type: type("settle"),
      settlings: fc.array(settling, { maxLength: 14 }),
      health: fc.array(fc.record({ ...place, failingForMs: maybe(delay) }), { maxLength: 2 }),
    }),
  ],
  [2, fc.record({ type: type("resend"), ...place, deliveryNo })],
  [
    3,
    fc.record({
      type: type("recover"),
      ...place,
      sinceMs: fc.constantFrom(6_000, 9_000, 20_000, 100_000),
      untilMs: fc.constantFrom(-1, 0, 2_000, 9_000),
      types: fc.constantFrom([], ["stock.low"], [...TYPES]),
      limit: fc.integer({ min: 1, max: 4 }),
    }),
  ],
  [1, fc.record({ type: type("add"), ...place, sequence: maybe(fc.nat(9)) })],
  [2, fc.record({ type: type("prune"), beforeMs: delay, limit: fc.integer({ min: 1, max: 6 }) })],
  [
    3,
    fc.record({
      type: type("due"),
      ...place,
      order: fc.constantFrom("due", "sequence"),
      laterMs: delay,
      limit: fc.integer({ min: 1, max: 9 }),
    }),
  ],
  [
    5,
    fc.record({
      type: type("deliveries"),
      ...place,
      status: maybe(fc.constantFrom(...statuses)),
      kind: seldom(fc.constantFrom(...TYPES)),
      sinceMs: maybe(ago),
      untilMs: seldom(ago),
      limit: fc.integer({ min: 1, max: 9 }),
    }),
  ],
  [1, fc.record({ type: type("delivery"), ...place, deliveryNo })],
  [1, fc.record({ type: type("endpoint"), ...place, keyNo: fc.nat(1) })],
);

// Two endpoints that share messages, so that there is something to do.
const BEGINNING: readonly Deed[] = [0, 1].flatMap((endpointNo): readonly Deed[] => {
  const at = { ledgerNo: 0, endpointNo };
  return [
    { type: "create", ...at, cursor: endpointNo, keyNo: undefined },
    { type: "enqueue", ...at, cursorOff: 0, count: 5, twice: 0 },
  ];
});

export const deedsArbitrary: Arbitrary<readonly Deed[]> = fc
  .array(deed, { maxLength: 40, size: "max" })
  .map((deeds) => [...BEGINNING, ...deeds]);

// ── what they are ────────────────────────────────────────────────────────────────────────

/** Where deeds are done; `model` is as the store should be. */
export interface WebhookWorld {
  readonly model: WebhookStoreService;
  readonly ledgers: readonly [LedgerId, LedgerId];
  now: Instant;
  /** So far; gives each attempt another duration. */
  attempts: number;
}

export type Call = (webhooks: WebhookStoreService) => Effect.Effect<unknown, unknown>;

/** What a deed asks of a store. */
export function callOf(world: WebhookWorld, deed: Deed): Call {
  world.now += 1_000;
  const { now } = world;
  switch (deed.type) {
    case "create":
    case "change":
      return writing(world, deed);
    case "remove":
      return (store) => store.removeEndpoint(ledgerOf(world, deed), idOf(deed));
    case "lease": {
      const renewBefore = deed.renewMs === undefined ? undefined : now + deed.renewMs;
      const owner = `worker ${deed.ownerNo}`;
      const request = { owner, now, until: now + deed.ms, renewBefore };
      return (store) => store.lease(request);
    }
    case "release":
      return (store) => store.release(`worker ${deed.ownerNo}`);
    case "wait":
      world.now += deed.ms;
      return () => Effect.void;
    case "enqueue":
      return enqueuing(world, deed);
    case "settle":
      return settlingAll(world, deed);
    case "resend": {
      const message = messageAt(world, deed, deed.deliveryNo);
      return (store) => store.resend(ledgerOf(world, deed), idOf(deed), message, now);
    }
    case "recover": {
      const { sinceMs, untilMs, types, limit } = deed;
      const range = { since: now - sinceMs, until: now - untilMs };
      const of = { ledger: ledgerOf(world, deed), endpoint: idOf(deed) };
      return (store) => store.recover({ ...of, ...range, types, at: now, limit });
    }
    case "add": {
      const message =
        deed.sequence === undefined
          ? { id: `test_${now}`, type: "test", sequence: null, body: "{}" }
          : { ...messageOf(deed.sequence), body: "another" };
      return (store) => store.addDelivery(ledgerOf(world, deed), idOf(deed), message, now);
    }
    case "prune":
      return (store) => store.prune(now - deed.beforeMs, deed.limit);
    default:
      return reading(world, deed);
  }
}

function writing(world: WebhookWorld, deed: Deed & { readonly type: "create" | "change" }): Call {
  const ledger = ledgerOf(world, deed);
  if (deed.type === "create") {
    const { cursor, keyNo } = deed;
    const idempotencyKey = keyNo === undefined ? null : `key ${keyNo}`;
    const made = { ...endpointOf(ledger, idOf(deed)), cursor, idempotencyKey };
    return (store) => store.writeEndpoint(made);
  }
  const { disabled, headers, versionOff } = deed;
  const known = endpointAt(world, deed) ?? endpointOf(ledger, idOf(deed));
  const version = Math.max(2, known.version + 1 + versionOff);
  // Of all but version, headers and the state, the store has its own; health can be cleared.
  const health = disabled === null ? null : { failingSince: 1, anchorAt: 2 };
  const changed = { ...known, version, headers, disabled, cursor: 99, health, api: "other" };
  return (store) => store.writeEndpoint(changed);
}

function enqueuing(world: WebhookWorld, deed: Deed & { readonly type: "enqueue" }): Call {
  const ledger = ledgerOf(world, deed);
  const from = (endpointAt(world, deed)?.cursor ?? 0) + deed.cursorOff;
  const to = from + deed.count;
  const all = messagesOf(from, to);
  const messages = [...all, ...all.slice(0, deed.twice)];
  const enqueued = { ledger, endpoint: idOf(deed), from, to, messages, at: world.now };
  return (store) => store.enqueue(enqueued);
}

function settlingAll(world: WebhookWorld, deed: Deed & { readonly type: "settle" }): Call {
  const settlements = deed.settlings.map((settled) => settlementOf(world, settled));
  const health = deed.health.map(({ failingForMs, ...at }): HealthChange => {
    const { now } = world;
    const health =
      failingForMs === undefined ? null : { failingSince: now - failingForMs, anchorAt: now };
    return { ledger: ledgerOf(world, at), endpoint: idOf(at), health };
  });
  return (store) => store.settle(settlements, health);
}

function settlementOf(world: WebhookWorld, settled: Settling): Settlement {
  const { status, delayMs, attemptsOff, deliveryNo: no } = settled;
  const [ledger, endpoint] = [ledgerOf(world, settled), idOf(settled)];
  const message = messageAt(world, settled, no);
  const known = Effect.runSync(world.model.delivery(ledger, endpoint, message));
  const attempts = (known?.attempts ?? 0) + attemptsOff;
  const { now } = world;
  const query = {
    ledger,
    endpoint,
    now: Number.MAX_SAFE_INTEGER,
    limit: 1_000,
    order: "due",
  } as const;
  const { due } = Effect.runSync(world.model.due(query));
  const attemptsBefore = due.find((one) => one.message.id === message)?.attemptsBefore ?? 0;
  return {
    ledger,
    endpoint,
    message,
    attempts,
    attemptsBefore,
    attempt: attemptOf(attempts + 1, now, ++world.attempts),
    status,
    dueAt: status === "waiting" ? now + delayMs : null,
    delaysUsed: attempts,
  };
}

export function attemptOf(number: number, at: Instant, durationMs: number): Settlement["attempt"] {
  const outcome =
    number % 2 === 0
      ? ({ type: "failed", reason: "timeout", message: "no answer in 15 s" } as const)
      : ({
          type: "answered",
          status: 500,
          headers: { a: "b" },
          body: "ö",
          truncated: false,
        } as const);
  const request = { url: "https://example.com/", headers: { "webhook-id": `no ${number}` } };
  return { number, at, durationMs, request, outcome };
}

type ReadingDeed = Deed & { readonly type: "due" | "deliveries" | "delivery" | "endpoint" };

function reading(world: WebhookWorld, deed: ReadingDeed): Call {
  const { now } = world;
  const [ledger, endpoint] = [ledgerOf(world, deed), idOf(deed)];
  switch (deed.type) {
    case "due": {
      const { order, limit, laterMs } = deed;
      return (store) => store.due({ ledger, endpoint, now: now + laterMs, limit, order });
    }
    case "deliveries": {
      const { status, kind, limit, sinceMs, untilMs } = deed;
      const since = sinceMs === undefined ? undefined : now - sinceMs;
      const until = untilMs === undefined ? undefined : now - untilMs;
      const filter = { endpoint, status, type: kind, since, until };
      return (store) => allDeliveries(store, ledger, filter, limit);
    }
    case "delivery": {
      const message = messageAt(world, deed, deed.deliveryNo);
      return (store) => store.delivery(ledger, endpoint, message);
    }
    case "endpoint":
      return (store) =>
        Effect.all([
          store.endpoint(ledger, endpoint),
          store.endpointByIdempotencyKey(ledger, `key ${deed.keyNo}`),
        ]);
  }
}

/** Everything that a store tells of the ledgers of a world. */
export const everything: (world: WebhookWorld) => Call = (world) => (store) =>
  Effect.forEach(world.ledgers, (ledger) =>
    Effect.gen(function* () {
      const endpoints = yield* store.endpoints(ledger);
      const told = endpoints.map(({ id: endpoint }) =>
        Effect.gen(function* () {
          const [rows = []] = yield* allDeliveries(store, ledger, { endpoint }, 1_000);
          const details = rows.map(({ message }) => store.delivery(ledger, endpoint, message));
          const query = { ledger, endpoint, now: world.now, limit: 1_000 };
          const due = yield* store.due({ ...query, order: "due" });
          const next = yield* store.due({ ...query, order: "sequence" });
          return { rows, details: yield* Effect.all(details), due, next };
        }),
      );
      return { endpoints, told: yield* Effect.all(told) };
    }),
  );

function ledgerOf({ ledgers }: WebhookWorld, { ledgerNo }: Pick<Place, "ledgerNo">): LedgerId {
  return ledgerNo === 0 ? ledgers[0] : ledgers[1];
}

function idOf({ endpointNo }: Pick<Place, "endpointNo">): string {
  return `whe_${endpointNo}`;
}

function endpointAt(world: WebhookWorld, at: Place): StoredEndpoint | undefined {
  return Effect.runSync(world.model.endpoint(ledgerOf(world, at), idOf(at)));
}

/** The message of one of an endpoint's deliveries, or of none where it has none. */
function messageAt(world: WebhookWorld, at: Place, no: number): string {
  const filter = { endpoint: idOf(at) };
  const pages = allDeliveries(world.model, ledgerOf(world, at), filter, 1_000);
  const rows: readonly DeliveryView[] = Effect.runSync(pages).flat();
  return rows.length === 0 ? "msg_1" : (rows[no % rows.length]?.message ?? "msg_1");
}
