/** Delivering what happens in ledgers to the endpoints that asked for it. */
import {
  Stockbook,
  type StoredEndpoint,
  type StoreError,
  WebhookSecrets,
  type WebhookShape,
  WebhookStore,
} from "@stockbook/engine";
import { Clock, Effect, Layer, type Scope } from "effect";
import { makeFeed } from "./Feed.js";
import { type Lane, type LaneError, makeLane, type Round } from "./Lane.js";
import { makeRecorder } from "./Recorder.js";
import type { Schemes } from "./Requests.js";
import { DEFAULT_SENDER_OPTIONS, makeSender, type Sender, type SenderOptions } from "./Sender.js";

export interface DeliveryOptions {
  /** How each API tells of events. */
  readonly shapes: readonly WebhookShape[];
  /** How each API signs; by Standard Webhooks where it is not among them. */
  readonly schemes: Schemes;
  readonly sender: SenderOptions;
  /** How often is looked for what has happened. */
  readonly pollMs: number;
  /** So long an endpoint stays with a worker that does not say it is alive. */
  readonly leaseMs: number;
  /** Deliveries of one endpoint that wait, at most; the rest stays in the feed until then. */
  readonly window: number;
}

export const DEFAULT_DELIVERY_OPTIONS: Omit<DeliveryOptions, "shapes"> = {
  schemes: {},
  sender: DEFAULT_SENDER_OPTIONS,
  pollMs: 250,
  leaseMs: 30_000,
  window: 1_000,
};

export interface Delivery {
  /**
   * Does everything that is due by now and tells when there will be more; `null`: when something
   * happens. For clocks that do not run by themselves.
   */
  readonly runDue: Effect.Effect<number | null, LaneError>;
  /** Goes on for as long as it is let. What goes wrong is logged and tried again. */
  readonly run: Effect.Effect<never>;
}

type Needs = Stockbook | WebhookStore | WebhookSecrets;

/** A worker. When the scope closes it gives its endpoints back. */
export function makeDelivery(
  options: Pick<DeliveryOptions, "shapes"> & Partial<DeliveryOptions>,
): Effect.Effect<Delivery, never, Needs | Scope.Scope> {
  const settings = { ...DEFAULT_DELIVERY_OPTIONS, ...options };
  return Effect.flatMap(makeSender(settings.sender), (sender) => deliveryOver(sender, settings));
}

/** Delivers in the background. */
export function delivering(
  options: Pick<DeliveryOptions, "shapes"> & Partial<DeliveryOptions>,
): Layer.Layer<never, never, Needs> {
  return Layer.scopedDiscard(
    Effect.flatMap(makeDelivery(options), ({ run }) => Effect.forkScoped(run)),
  );
}

function deliveryOver(
  sender: Sender,
  { shapes, schemes, window, pollMs, leaseMs }: DeliveryOptions,
): Effect.Effect<Delivery, never, Needs | Scope.Scope> {
  return Effect.gen(function* () {
    const store = yield* WebhookStore;
    const secrets = yield* WebhookSecrets;
    const feed = makeFeed(yield* Stockbook, shapes);
    const means = { store, feed, sender, schemes, window, recorder: makeRecorder(store) };
    const owner = crypto.randomUUID();
    const lanes = new Map<string, Lane>();
    yield* Effect.addFinalizer(() => Effect.ignore(store.release(owner)));

    /** Takes what is free, and lets go what is another's by now. */
    const lease: Effect.Effect<void, StoreError> = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis;
      const held = yield* store.lease({ owner, now, until: now + leaseMs });
      const names = new Set(held.map(nameOf));
      for (const name of lanes.keys()) if (!names.has(name)) lanes.delete(name);
      for (const endpoint of held) {
        const lane = lanes.get(nameOf(endpoint));
        if (lane === undefined) lanes.set(nameOf(endpoint), makeLane(endpoint, means));
        else lane.update(endpoint);
      }
    });

    const roundOf = (lane: Lane) => Effect.provideService(lane.round, WebhookSecrets, secrets);

    const drained = (lane: Lane): Effect.Effect<number | null, LaneError> =>
      Effect.flatMap(roundOf(lane), (round) =>
        round.type === "worked" ? drained(lane) : Effect.succeed(round.until),
      );

    const runDue = Effect.gen(function* () {
      yield* lease;
      const all = [...lanes.values()];
      const untils = yield* Effect.forEach(all, drained, { concurrency: "unbounded" });
      return untils.reduce(earlier, null);
    });

    /** Works for one lane until it is not ours any more. */
    const keepTo = (name: string, lane: Lane): Effect.Effect<void> =>
      Effect.gen(function* () {
        while (lanes.get(name) === lane) {
          const round = yield* Effect.catchAll(roundOf(lane), troubled);
          if (round.type === "worked") continue;
          const now = yield* Clock.currentTimeMillis;
          yield* Effect.sleep(Math.min(pollMs, Math.max(0, (round.until ?? now + pollMs) - now)));
        }
      });

    const run = Effect.gen(function* () {
      const running = new Map<string, Lane>();
      while (true) {
        yield* Effect.catchAll(lease, troubled);
        for (const [name, lane] of lanes) {
          if (running.get(name) === lane) continue;
          running.set(name, lane);
          yield* Effect.fork(
            Effect.ensuring(
              keepTo(name, lane),
              Effect.sync(() => running.get(name) === lane && running.delete(name)),
            ),
          );
        }
        yield* Effect.sleep(Math.min(LEASE_EVERY_MS, leaseMs / 3));
      }
    });

    return { runDue, run };
  });
}

const LEASE_EVERY_MS = 1_000;
const PAUSE_MS = 1_000;

function nameOf({ ledger, id }: StoredEndpoint): string {
  return `${ledger}/${id}`;
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

/** Nothing is lost by waiting: what was not recorded is sent again. */
function troubled({ message }: LaneError): Effect.Effect<Round> {
  return Effect.logWarning(`webhooks wait for a moment: ${message}`).pipe(
    Effect.zipRight(Effect.sleep(PAUSE_MS)),
    Effect.as({ type: "worked" } as const),
  );
}
