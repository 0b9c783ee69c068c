/**
 * The lane of one endpoint: the feed becomes deliveries, and what is due is attempted. Lanes share
 * nothing but the store, so one that is slow keeps no other waiting.
 */
import type {
  DisabledReason,
  DueDelivery,
  HealthChange,
  Settlement,
  StoredEndpoint,
  StoreError,
  WebhookSecrets,
  WebhookStoreService,
} from "@stockbook/engine";
import { Clock, Effect, Exit, Random } from "effect";
import { afterBeginning, afterEnding, type Breaker, breakerAllowsAt, CLOSED } from "./Breaker.js";
import type { Feed, FeedError } from "./Feed.js";
import { afterFailure, isGivenUp } from "./Health.js";
import type { SendOutcome } from "./Outcome.js";
import type { Outgoing } from "./Outgoing.js";
import { type Pace, paceAllowsAt, quickened, RESTED } from "./Pace.js";
import type { Recorder } from "./Recorder.js";
import { requestsTo, type Schemes, type ToRequest } from "./Requests.js";
import { succeeded, verdictOn } from "./Retry.js";
import type { Sender } from "./Sender.js";

export interface LaneMeans {
  readonly store: WebhookStoreService;
  readonly feed: Feed;
  readonly sender: Sender;
  readonly schemes: Schemes;
  readonly recorder: Recorder;
  /** Deliveries that wait, at most; more of the feed becomes deliveries when there are fewer. */
  readonly window: number;
}

export type LaneError = StoreError | FeedError;

/** What a round of work has come to. */
export type Round =
  | { readonly type: "worked" }
  /** Nothing to do before `until`, unless something happens; `null`: at all. */
  | { readonly type: "idle"; readonly until: number | null };

export interface Lane {
  /** Goes on with the endpoint as it is now. */
  readonly update: (endpoint: StoredEndpoint) => void;
  /** What there is to do now, for a ledger that goes as far as `head`. */
  readonly round: (head: number) => Effect.Effect<Round, LaneError, WebhookSecrets>;
}

/** Looked at and attempted in one round. */
const DUE_AT_ONCE = 100;
/** Stretches of the feed that become deliveries in one round. */
const STRETCHES_AT_ONCE = 5;

const IDLE: Round = { type: "idle", until: null };
const WORKED: Round = { type: "worked" };

export function makeLane(first: StoredEndpoint, means: LaneMeans): Lane {
  return new EndpointLane(first, means);
}

class EndpointLane implements Lane {
  private endpoint: StoredEndpoint;
  private requestOf: ToRequest;
  private cursor: number;
  private health: StoredEndpoint["health"];
  private breaker: Breaker = CLOSED;
  private pace: Pace = RESTED;
  private waiting = 0;

  constructor(
    endpoint: StoredEndpoint,
    private readonly means: LaneMeans,
  ) {
    this.endpoint = endpoint;
    this.requestOf = requestsTo(endpoint, means.schemes);
    this.cursor = endpoint.cursor;
    this.health = endpoint.health;
  }

  update(endpoint: StoredEndpoint): void {
    if (endpoint.version === this.endpoint.version) return;
    this.endpoint = endpoint;
    this.requestOf = requestsTo(endpoint, this.means.schemes);
    // Whoever changes an endpoint wants to see whether it works now.
    this.breaker = CLOSED;
  }

  readonly round = (head: number): Effect.Effect<Round, LaneError, WebhookSecrets> =>
    Effect.suspend(() => {
      if (this.endpoint.disabled !== null) return Effect.succeed(IDLE);
      return Effect.flatMap(this.fill(head), () => this.deliver);
    });

  /** Makes deliveries of the feed for as long as not too many of them wait. */
  private readonly fill = (head: number): Effect.Effect<void, LaneError> =>
    Effect.gen(this, function* () {
      const { store, feed, window } = this.means;
      const { ledger, id } = this.endpoint;
      for (let done = 0; done < STRETCHES_AT_ONCE && this.waiting < window; done++) {
        if (this.cursor >= head) return;
        const { to, messages } = yield* feed.after(this.endpoint, this.cursor);
        if (to === this.cursor) return;
        const wanted = messages.filter(({ type }) => this.wants(type));
        const at = yield* Clock.currentTimeMillis;
        const enqueued = { ledger, endpoint: id, from: this.cursor, to, messages: wanted, at };
        const isOurs = yield* store.enqueue(enqueued).pipe(
          Effect.as(true),
          Effect.catchTag("EndpointMoved", () => Effect.as(this.reread, false)),
        );
        if (!isOurs) return;
        this.cursor = to;
        this.waiting += wanted.length;
      }
    });

  private wants(type: string): boolean {
    const { events } = this.endpoint;
    return events.length === 0 || events.includes(type);
  }

  /** Another worker has been here, or the endpoint is gone. */
  private readonly reread: Effect.Effect<void, StoreError> = Effect.suspend(() =>
    Effect.map(this.means.store.endpoint(this.endpoint.ledger, this.endpoint.id), (found) => {
      if (found !== undefined) this.cursor = found.cursor;
    }),
  );

  private readonly deliver: Effect.Effect<Round, LaneError, WebhookSecrets> = Effect.gen(
    this,
    function* () {
      // What could not be written down is still due, and would be sent again with every round.
      yield* this.means.recorder.flush;
      const now = yield* Clock.currentTimeMillis;
      const allowedAt = this.allowedAt(now);
      const { ledger, id, ordered, maxConcurrent } = this.endpoint;
      const limit = ordered ? 1 : DUE_AT_ONCE;
      const order = ordered ? "sequence" : "due";
      const page = yield* this.means.store.due({ ledger, endpoint: id, now, limit, order });
      this.waiting = page.waiting;
      if (page.due.length === 0) return { type: "idle", until: page.nextDueAt } as const;
      if (allowedAt > now) return { type: "idle", until: allowedAt } as const;
      // One that cannot be made ready must not break off those that are under way.
      const attempts = yield* Effect.forEach(page.due, (one) => Effect.exit(this.attempt(one)), {
        concurrency: maxConcurrent,
      });
      yield* this.means.recorder.flush;
      const trouble = attempts.find(Exit.isFailure);
      if (trouble !== undefined) yield* trouble;
      return WORKED;
    },
  );

  private allowedAt(now: number): number {
    const { maxPerSecond } = this.endpoint;
    return Math.max(breakerAllowsAt(this.breaker, now), paceAllowsAt(this.pace, maxPerSecond, now));
  }

  private mayAttempt(now: number): boolean {
    return this.endpoint.disabled === null && this.allowedAt(now) <= now;
  }

  private readonly attempt = (
    delivery: DueDelivery,
  ): Effect.Effect<void, LaneError, WebhookSecrets> =>
    Effect.gen(this, function* () {
      const now = yield* Clock.currentTimeMillis;
      // The attempts before it may have changed what is allowed; it is due in the next round, too.
      if (!this.mayAttempt(now)) return;
      const request = yield* this.requestOf(delivery.message, now);
      if (!this.mayAttempt(now)) return;
      this.breaker = afterBeginning(this.breaker);
      this.pace = quickened(this.pace, now);
      const sent = yield* this.means.sender.send(request);
      const jitter = (yield* Random.next) * 2 - 1;
      const endedAt = yield* Clock.currentTimeMillis;
      const disable = this.settle(delivery, { request, sent, now, endedAt, jitter });
      if (disable !== null) yield* this.disable(disable, endedAt);
    });

  /** Hands the outcome to the recorder; tells why the endpoint is to get nothing more, if so. */
  private settle(delivery: DueDelivery, attempted: Attempted): DisabledReason | null {
    const { request, sent, now, endedAt, jitter } = attempted;
    const { durationMs, ...outcome } = sent;
    const verdict = verdictOn({
      outcome,
      durationMs,
      endedAt,
      attemptsInSchedule: delivery.attempts - delivery.attemptsBefore,
      delaysUsed: delivery.delaysUsed,
      retryDelaysMs: this.endpoint.retryDelaysMs,
      jitter,
    });
    const result = succeeded(outcome) ? "success" : "failure";
    this.breaker = afterEnding(this.breaker, result, endedAt);
    const { ledger, id } = this.endpoint;
    const { url, headers } = request;
    const settlement: Settlement = {
      ledger,
      endpoint: id,
      message: delivery.message.id,
      attempts: delivery.attempts,
      attemptsBefore: delivery.attemptsBefore,
      attempt: {
        number: delivery.attempts + 1,
        at: now,
        durationMs,
        request: { url, headers },
        outcome,
      },
      status: verdict.status,
      dueAt: verdict.dueAt,
      delaysUsed: verdict.delaysUsed,
    };
    this.means.recorder.add(settlement, this.healthChange(result, endedAt));
    if (verdict.disable !== null) return verdict.disable;
    const isOver = result === "failure" && this.health !== null && isGivenUp(this.health, endedAt);
    return isOver ? "failing" : null;
  }

  private healthChange(result: "success" | "failure", at: number): HealthChange | undefined {
    const health = result === "success" ? null : afterFailure(this.health, at);
    if (health === this.health) return undefined;
    this.health = health;
    return { ledger: this.endpoint.ledger, endpoint: this.endpoint.id, health };
  }

  /**
   * Unless its owner has changed it meanwhile; then it is looked at as it is now. Once it is
   * enabled again, its five days begin anew.
   */
  private disable(reason: DisabledReason, at: number): Effect.Effect<void, StoreError> {
    return Effect.suspend(() => {
      if (this.endpoint.disabled !== null) return Effect.void;
      const version = this.endpoint.version + 1;
      this.endpoint = { ...this.endpoint, disabled: { reason, at }, health: null, version };
      this.health = null;
      const { store, recorder } = this.means;
      return Effect.zipRight(recorder.flush, store.writeEndpoint(this.endpoint)).pipe(
        Effect.catchTag("EndpointMoved", () => this.lookAgain(reason, at)),
      );
    });
  }

  private lookAgain(reason: DisabledReason, at: number): Effect.Effect<void, StoreError> {
    const { ledger, id } = this.endpoint;
    return Effect.flatMap(this.means.store.endpoint(ledger, id), (found) => {
      if (found === undefined) return Effect.void;
      this.update(found);
      return this.disable(reason, at);
    });
  }
}

interface Attempted {
  readonly request: Outgoing;
  readonly sent: SendOutcome;
  readonly now: number;
  readonly endedAt: number;
  readonly jitter: number;
}
