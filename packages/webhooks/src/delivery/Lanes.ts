/** The lanes that a worker holds, and how far their ledgers go. */
import {
  type LedgerId,
  LedgerStore,
  type StoredEndpoint,
  type StoreError,
  WebhookSecrets,
} from "@stockbook/engine";
import { Clock, Effect } from "effect";
import { type Lane, type LaneError, type LaneMeans, makeLane, type Round } from "./Lane.js";

export interface LeasedLane {
  /** Whether it is still this worker's. */
  readonly isHeld: () => boolean;
  readonly round: Effect.Effect<Round, LaneError>;
  /** Until its ledger goes on, but no longer than this. */
  readonly sleep: (ms: number) => Effect.Effect<void>;
}

export interface Lanes {
  /** Takes what is free, and lets go what is another's by now. */
  readonly lease: Effect.Effect<void, StoreError>;
  /** Sees how far each ledger goes, and wakes the lanes of those that went on. */
  readonly look: Effect.Effect<void, StoreError>;
  readonly all: () => readonly LeasedLane[];
  /** Forgets some of what finished so long ago. */
  readonly prune: (retentionMs: number) => Effect.Effect<void, StoreError>;
  /** Gives everything back. */
  readonly release: Effect.Effect<void>;
}

const PRUNED_AT_ONCE = 1_000;
/** Leases are renewed when so much of them, or less, is left. */
const RENEWED = 2 / 3;

interface Held extends LeasedLane {
  readonly ledger: LedgerId;
  readonly lane: Lane;
  readonly wake: () => void;
}

export function makeLanes(
  means: LaneMeans,
  { leaseMs }: { readonly leaseMs: number },
): Effect.Effect<Lanes, never, LedgerStore | WebhookSecrets> {
  return Effect.gen(function* () {
    const { store } = means;
    const ledgers = yield* LedgerStore;
    const secrets = yield* WebhookSecrets;
    const owner = crypto.randomUUID();
    const held = new Map<string, Held>();
    const heads = new Map<LedgerId, number>();

    const hold = (endpoint: StoredEndpoint): Held => {
      const lane = makeLane(endpoint, means);
      const { ledger } = endpoint;
      const awake = Effect.unsafeMakeLatch(true);
      const self: Held = {
        ledger,
        lane,
        isHeld: () => held.get(nameOf(endpoint)) === self,
        round: Effect.suspend(() => lane.round(heads.get(ledger) ?? 0)).pipe(
          Effect.provideService(WebhookSecrets, secrets),
        ),
        sleep: (ms) =>
          Effect.raceFirst(Effect.sleep(ms), Effect.zipRight(awake.await, awake.close)),
        wake: () => awake.unsafeOpen(),
      };
      return self;
    };

    return {
      lease: Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis;
        const until = now + leaseMs;
        // Not at every look, for each renewal is a write.
        const renewBefore = now + RENEWED * leaseMs;
        const endpoints = yield* store.lease({ owner, now, until, renewBefore });
        const names = new Set(endpoints.map(nameOf));
        for (const name of held.keys()) if (!names.has(name)) held.delete(name);
        for (const endpoint of endpoints) {
          const known = held.get(nameOf(endpoint));
          if (known === undefined) held.set(nameOf(endpoint), hold(endpoint));
          else known.lane.update(endpoint);
        }
      }),
      look: Effect.gen(function* () {
        for (const ledger of new Set([...held.values()].map((one) => one.ledger))) {
          const { sequence } = yield* ledgers.head(ledger);
          if (heads.get(ledger) === sequence) continue;
          heads.set(ledger, sequence);
          for (const one of held.values()) if (one.ledger === ledger) one.wake();
        }
      }),
      all: () => [...held.values()],
      prune: (retentionMs) =>
        Effect.gen(function* () {
          const before = (yield* Clock.currentTimeMillis) - retentionMs;
          while ((yield* store.prune(before, PRUNED_AT_ONCE)) === PRUNED_AT_ONCE);
        }),
      release: Effect.ignore(store.release(owner)),
    };
  });
}

function nameOf({ ledger, id }: StoredEndpoint): string {
  return `${ledger}/${id}`;
}
