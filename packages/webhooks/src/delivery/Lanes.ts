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
  /** Sees how far ledgers go, and wakes the lanes of those that went on: all of them, */
  readonly lookAtAll: Effect.Effect<void, StoreError>;
  /** or, where nothing happens, each the more seldom. */
  readonly look: Effect.Effect<void, StoreError>;
  readonly all: () => readonly LeasedLane[];
  /** Forgets some of what finished so long ago. */
  readonly prune: (retentionMs: number) => Effect.Effect<void, StoreError>;
  /** Gives everything back. */
  readonly release: Effect.Effect<void>;
}

const PRUNED_AT_ONCE = 1_000;
/** A ledger that nothing happens in is passed over so many times, at most. */
const MOST_PASSED_OVER = 7;
/** Leases are renewed when so much of them, or less, is left. */
const RENEWED = 2 / 3;

/** What is known of a ledger, and how many looks it is passed over. */
interface Seen {
  readonly head: number;
  readonly passedOver: number;
  readonly left: number;
}

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
    const seen = new Map<LedgerId, Seen>();

    const hold = (endpoint: StoredEndpoint): Held => {
      const lane = makeLane(endpoint, means);
      const { ledger } = endpoint;
      const awake = Effect.unsafeMakeLatch(true);
      const self: Held = {
        ledger,
        lane,
        isHeld: () => held.get(nameOf(endpoint)) === self,
        round: Effect.suspend(() => lane.round(seen.get(ledger)?.head ?? 0)).pipe(
          Effect.provideService(WebhookSecrets, secrets),
        ),
        sleep: (ms) =>
          Effect.raceFirst(Effect.sleep(ms), Effect.zipRight(awake.await, awake.close)),
        wake: () => awake.unsafeOpen(),
      };
      return self;
    };

    const ledgersHeld = () => [...new Set([...held.values()].map(({ ledger }) => ledger))];

    const hasItsTurn = (ledger: LedgerId): boolean => {
      const known = seen.get(ledger);
      if (known === undefined || known.left === 0) return true;
      seen.set(ledger, { ...known, left: known.left - 1 });
      return false;
    };

    const lookAt = (ledger: LedgerId): Effect.Effect<void, StoreError> =>
      Effect.gen(function* () {
        const { sequence: head } = yield* ledgers.head(ledger);
        const before = seen.get(ledger);
        const goesOn = before?.head !== head;
        const passedOver = goesOn ? 0 : Math.min(2 * before.passedOver + 1, MOST_PASSED_OVER);
        seen.set(ledger, { head, passedOver, left: passedOver });
        if (!goesOn) return;
        for (const one of held.values()) if (one.ledger === ledger) one.wake();
      });

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
      lookAtAll: Effect.suspend(() => Effect.forEach(ledgersHeld(), lookAt, { discard: true })),
      look: Effect.suspend(() =>
        Effect.forEach(ledgersHeld().filter(hasItsTurn), lookAt, { discard: true }),
      ),
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
