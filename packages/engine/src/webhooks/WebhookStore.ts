/**
 * The port to a store of webhooks. It holds no rules: it keeps endpoints and deliveries as they
 * are given, finds what is due, and refuses what was decided on something else than it has.
 *
 * The ledger itself is the queue: each endpoint has a cursor into it, and deliveries are rows
 * only from the moment the cursor passes their event. Cursor and rows move in one transaction.
 */
import type { Instant } from "@stockbook/core";
import { Context, Data, type Effect } from "effect";
import type { Busy, OutcomeUnknown, StoreFault } from "../Errors.js";
import type { LedgerId } from "../Store.js";
import type {
  AttemptView,
  DeliveryDetails,
  DeliveryStatus,
  DeliveryView,
  EndpointView,
} from "./Terms.js";

/** A secret as it is kept: encrypted. */
export interface SealedSecret {
  /** Base64. */
  readonly sealed: string;
  readonly createdAt: Instant;
  /** `null` for the newest; the others sign along until then. */
  readonly expiresAt: Instant | null;
}

/** How an endpoint has fared lately; `null` where it has not failed since it last succeeded. */
export interface EndpointHealth {
  readonly failingSince: Instant;
  /** A failure of the last day that others are measured against. */
  readonly anchorAt: Instant;
}

/** An endpoint as it is kept. */
export interface StoredEndpoint extends EndpointView {
  readonly ledger: LedgerId;
  /** 1 when it is made, one more with every change by `writeEndpoint`. */
  readonly version: number;
  /** Newest first. */
  readonly secrets: readonly SealedSecret[];
  readonly health: EndpointHealth | null;
  /** Of the request that made it; unique among the endpoints of its ledger. */
  readonly idempotencyKey: string | null;
  /** Of that request's content. */
  readonly fingerprint: number;
}

/** What is sent: rendered once, so that every attempt sends the same bytes. */
export interface StoredMessage {
  /** Unique within its ledger. */
  readonly id: string;
  readonly type: string;
  readonly sequence: number | null;
  /** JSON. */
  readonly body: string;
}

/** A delivery that waits, with what is needed to attempt it. */
export interface DueDelivery {
  readonly message: StoredMessage;
  readonly createdAt: Instant;
  readonly dueAt: Instant;
  /** Attempts so far, those before it was sent again included. */
  readonly attempts: number;
  /** How many of them were made before its schedule last began. */
  readonly attemptsBefore: number;
  /** Delays of its schedule that are used up. */
  readonly delaysUsed: number;
}

/** What an attempt has come to. */
export interface Settlement {
  readonly ledger: LedgerId;
  readonly endpoint: string;
  readonly message: string;
  /** Attempts before this one; where there are others by now, nothing is written. */
  readonly attempts: number;
  /** As it was due; where its schedule has begun anew since, nothing is written either. */
  readonly attemptsBefore: number;
  /** Its number is one more than those before. */
  readonly attempt: AttemptView;
  /** A delivery that does not wait any more finished when this attempt ended. */
  readonly status: DeliveryStatus;
  /** When to try again, for one that waits. */
  readonly dueAt: Instant | null;
  readonly delaysUsed: number;
}

/** When a settlement finishes its delivery; `null` where it still waits. */
export function finishedAtOf({ status, attempt }: Settlement): Instant | null {
  return status === "waiting" ? null : Math.round(attempt.at + attempt.durationMs);
}

/** A change of health; written with the settlement that caused it. */
export interface HealthChange {
  readonly ledger: LedgerId;
  readonly endpoint: string;
  readonly health: EndpointHealth | null;
}

export interface Enqueued {
  readonly ledger: LedgerId;
  readonly endpoint: string;
  /** The cursor that was read; if the endpoint has another by now, nothing is written. */
  readonly from: number;
  readonly to: number;
  /** In the order of the ledger; a message that is there already stays as it is. */
  readonly messages: readonly StoredMessage[];
  /** When they became deliveries, and are due. */
  readonly at: Instant;
}

export interface LeaseRequest {
  /** Of the worker; no two have the same. */
  readonly owner: string;
  readonly now: Instant;
  readonly until: Instant;
  /** Leases of its own that hold until then or longer stay as they are; if left out, none does. */
  readonly renewBefore?: Instant | undefined;
}

export interface DueQuery {
  readonly ledger: LedgerId;
  readonly endpoint: string;
  readonly now: Instant;
  readonly limit: number;
  /**
   * `due`: whatever is due, longest first, then by sequence. `sequence`: the first of the ledger
   * that waits, and nothing where that one is not due yet; messages of no event, such as tests,
   * come before it when they are due and hold up nothing when they are not.
   */
  readonly order: "due" | "sequence";
}

export interface DuePage {
  readonly due: readonly DueDelivery[];
  /** Deliveries that wait, due or not. */
  readonly waiting: number;
  /** When the next that waits is due, in that order; `null` where none waits. */
  readonly nextDueAt: Instant | null;
}

export interface DeliveryFilter {
  readonly endpoint: string;
  readonly status?: DeliveryStatus | undefined;
  readonly type?: string | undefined;
  /** Made at or after. */
  readonly since?: Instant | undefined;
  /** Made before. */
  readonly until?: Instant | undefined;
}

export interface DeliveryPage {
  /** Latest first. */
  readonly rows: readonly DeliveryView[];
  /** Where the next page begins: `before` of the next request; `null` after the last. */
  readonly next: number | null;
}

export interface Recovery {
  readonly ledger: LedgerId;
  readonly endpoint: string;
  /** Made at or after. */
  readonly since: Instant;
  /** Made before. */
  readonly until: Instant;
  /** Empty: of any type. */
  readonly types: readonly string[];
  readonly at: Instant;
  readonly limit: number;
}

/** The endpoint is not as it was when this was decided; nothing was written. */
export class EndpointMoved extends Data.TaggedError("EndpointMoved")<Record<never, never>> {}

type Read<A> = Effect.Effect<A, Busy | StoreFault>;
type Write<A, E = never> = Effect.Effect<A, E | Busy | StoreFault | OutcomeUnknown>;

export interface WebhookStoreService {
  // ── endpoints ──
  /** Oldest first. */
  readonly endpoints: (ledger: LedgerId) => Read<readonly StoredEndpoint[]>;
  readonly endpoint: (ledger: LedgerId, id: string) => Read<StoredEndpoint | undefined>;
  readonly endpointByIdempotencyKey: (
    ledger: LedgerId,
    idempotencyKey: string,
  ) => Read<StoredEndpoint | undefined>;
  /**
   * Writes an endpoint over the version before; version 1 is new, and neither its id nor its
   * idempotency key may be there in its ledger. Of one that is there, cursor, API and what made
   * it are left as they are, and its health is, unless it is written as `null`.
   */
  readonly writeEndpoint: (endpoint: StoredEndpoint) => Write<void, EndpointMoved>;
  /** With all its deliveries. `false` where there is none. */
  readonly removeEndpoint: (ledger: LedgerId, id: string) => Write<boolean>;

  // ── the worker ──
  /**
   * Makes every enabled endpoint of all ledgers that nobody holds, or whose holder's lease is
   * over, the worker's, renews those it has, and returns all of these. A lease is over at its
   * `until`.
   */
  readonly lease: (request: LeaseRequest) => Write<readonly StoredEndpoint[]>;
  /** Gives back whatever the worker holds. */
  readonly release: (owner: string) => Write<void>;
  readonly enqueue: (enqueued: Enqueued) => Write<void, EndpointMoved>;
  readonly due: (query: DueQuery) => Read<DuePage>;
  /**
   * All in one transaction; those that are overtaken or gone are left out, each judged by what
   * was there before, and of several for one delivery all but the first.
   */
  readonly settle: (
    settlements: readonly Settlement[],
    health: readonly HealthChange[],
  ) => Write<void>;

  // ── for their owners ──
  readonly deliveries: (
    ledger: LedgerId,
    filter: DeliveryFilter,
    page: { readonly before?: number | undefined; readonly limit: number },
  ) => Read<DeliveryPage>;
  readonly delivery: (
    ledger: LedgerId,
    endpoint: string,
    message: string,
  ) => Read<DeliveryDetails | undefined>;
  /**
   * One more delivery, due at once; a message that is there already stays as it is, and nothing
   * happens where there is no such endpoint.
   */
  readonly addDelivery: (
    ledger: LedgerId,
    endpoint: string,
    message: StoredMessage,
    at: Instant,
  ) => Write<void>;
  /** Makes a delivery wait again, its schedule anew. `false` where there is none. */
  readonly resend: (
    ledger: LedgerId,
    endpoint: string,
    message: string,
    at: Instant,
  ) => Write<boolean>;
  /** The same for those that failed or were aborted, the oldest first; how many there were. */
  readonly recover: (recovery: Recovery) => Write<number>;
  /**
   * Forgets deliveries finished before, the first to finish first; how many there were. A
   * message is kept as long as a delivery of it.
   */
  readonly prune: (before: Instant, limit: number) => Write<number>;
}

export class WebhookStore extends Context.Tag("@stockbook/engine/WebhookStore")<
  WebhookStore,
  WebhookStoreService
>() {}
