/** Delivering what happens in ledgers to the endpoints that asked for it. */
import {
  type LedgerStore,
  Stockbook,
  type WebhookSecrets,
  type WebhookShape,
  WebhookStore,
} from "@stockbook/engine";
import { Clock, Effect, Layer, type Scope } from "effect";
import { makeFeed } from "./Feed.js";
import type { LaneError } from "./Lane.js";
import { type Lanes, type LeasedLane, makeLanes } from "./Lanes.js";
import { makeRecorder } from "./Recorder.js";
import type { Schemes } from "./Requests.js";
import { DEFAULT_SENDER_OPTIONS, makeSender, type Sender, type SenderOptions } from "./Sender.js";

export interface DeliveryOptions {
  /** How each API tells of events. */
  readonly shapes: readonly WebhookShape[];
  /** How each API signs; by Standard Webhooks where it is not among them. */
  readonly schemes: Schemes;
  readonly sender: SenderOptions;
  /** How often is looked for what has happened; every eighth time where nothing does. */
  readonly pollMs: number;
  /** So long an endpoint stays with a worker that does not say it is alive. */
  readonly leaseMs: number;
  /** Deliveries of one endpoint that wait, at most; the rest stays in the feed until then. */
  readonly window: number;
  /** So long finished deliveries can be looked at and sent again. */
  readonly retentionMs: number;
}

export const DEFAULT_DELIVERY_OPTIONS: Omit<DeliveryOptions, "shapes"> = {
  schemes: {},
  sender: DEFAULT_SENDER_OPTIONS,
  pollMs: 250,
  leaseMs: 30_000,
  window: 1_000,
  retentionMs: 90 * 86_400_000,
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

type Needs = Stockbook | LedgerStore | WebhookStore | WebhookSecrets;

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
  options: DeliveryOptions,
): Effect.Effect<Delivery, never, Needs | Scope.Scope> {
  return Effect.gen(function* () {
    const store = yield* WebhookStore;
    const { schemes, window, shapes } = options;
    const feed = makeFeed(yield* Stockbook, shapes);
    const means = { store, feed, sender, schemes, window, recorder: makeRecorder(store) };
    const lanes = yield* makeLanes(means, options);
    // What has arrived is not sent again by whoever comes next.
    yield* Effect.addFinalizer(() =>
      Effect.zipRight(Effect.ignore(means.recorder.flush), lanes.release),
    );
    return { runDue: runDue(lanes), run: run(lanes, options) };
  });
}

function runDue(lanes: Lanes): Delivery["runDue"] {
  const drained = (lane: LeasedLane): Effect.Effect<number | null, LaneError> =>
    Effect.flatMap(lane.round, (round) =>
      round.type === "worked" ? drained(lane) : Effect.succeed(round.until),
    );
  return Effect.gen(function* () {
    yield* lanes.lease;
    yield* lanes.lookAtAll;
    const untils = yield* Effect.forEach(lanes.all(), drained, { concurrency: "unbounded" });
    return untils.reduce(earlier, null);
  });
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

const LEASE_EVERY_MS = 1_000;
const PRUNE_EVERY_MS = 60_000;
/** A lane that nobody woke looks for itself: another process may have sent something again. */
const LOOK_EVERY_MS = 2_000;
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

function run(
  lanes: Lanes,
  { pollMs, leaseMs, retentionMs }: DeliveryOptions,
): Effect.Effect<never> {
  const running = new Set<LeasedLane>();

  /** Works for one lane until it is not ours any more. */
  const keepTo = (lane: LeasedLane): Effect.Effect<void> =>
    Effect.gen(function* () {
      let troubles = 0;
      while (lane.isHeld()) {
        const round = yield* Effect.catchAll(lane.round, (trouble) =>
          Effect.as(troubled(trouble, ++troubles), undefined),
        );
        if (round === undefined) continue;
        troubles = 0;
        if (round.type === "worked") continue;
        const now = yield* Clock.currentTimeMillis;
        const untilMs = Math.max(0, (round.until ?? now + LOOK_EVERY_MS) - now);
        yield* lane.sleep(Math.min(LOOK_EVERY_MS, untilMs));
      }
    });

  const start = Effect.suspend(() =>
    Effect.forEach(lanes.all(), (lane) => {
      if (running.has(lane)) return Effect.void;
      running.add(lane);
      const over = Effect.sync(() => running.delete(lane));
      return Effect.fork(Effect.ensuring(keepTo(lane), over));
    }),
  );

  const leasing = Effect.zipRight(lanes.lease, start);
  return Effect.all(
    [
      every(Math.min(LEASE_EVERY_MS, leaseMs / 3), leasing),
      every(pollMs, lanes.look),
      every(PRUNE_EVERY_MS, lanes.prune(retentionMs)),
    ],
    { concurrency: "unbounded" },
  ).pipe(Effect.zipRight(Effect.never));
}

function every<A>(ms: number, effect: Effect.Effect<A, LaneError>): Effect.Effect<never> {
  const tried = Effect.catchAll(effect, (trouble) => troubled(trouble, 1));
  return Effect.forever(Effect.zipRight(tried, Effect.sleep(ms)));
}

/** Nothing is lost by waiting, longer each time: what was not recorded is sent again. */
function troubled({ message }: LaneError, times: number): Effect.Effect<void> {
  const pauseMs = Math.min(PAUSE_MS * 2 ** (times - 1), LONGEST_PAUSE_MS);
  return Effect.logWarning(`webhooks wait for a moment: ${message}`).pipe(
    Effect.zipRight(Effect.sleep(pauseMs)),
  );
}
