/**
 * The commit loop: decides units one by one against the state in memory and appends all their
 * entries in one transaction. A caller is answered when that is durable. Where another process
 * has written, the batch is decided again.
 *
 * The path that every command takes is chained by hand: a generator costs some 3 µs, and a
 * caller with one command at a time would wait for each of them.
 */
import type { Command, Entry, Needs, Repeated } from "@stockbook/core";
import { Cause, type Clock, Effect } from "effect";
import { batchOf } from "./Batch.js";
import {
  type Cache,
  cacheOf,
  fill,
  fillTimelines,
  isFull,
  lackOf,
  NOTHING,
  noteLooked,
  timelineKeys,
} from "./Cache.js";
import { Busy, type StoreError, StoreFault } from "./Errors.js";
import type { FaultPoints } from "./FaultPoints.js";
import type { LedgerId, LedgerStoreService } from "./Store.js";
import {
  decideUnits,
  type Outcome,
  type Request,
  type Round,
  type Unit,
  type UnitAnswer,
} from "./Units.js";
import type { Receipt } from "./Views.js";

/** What tests hook into; see `FaultPoints`. */
export type ReachPoint = (typeof FaultPoints)["Service"];

export class CommitLoop {
  private cache: Cache | undefined;

  constructor(
    private readonly store: LedgerStoreService,
    private readonly ledger: LedgerId,
    /** Units in one transaction at most. */
    private readonly maxBatch: number,
    /** How often a batch is decided again because another process was faster. */
    private readonly maxAttempts: number,
    private readonly reach: ReachPoint,
    private readonly clock: Clock.Clock,
  ) {}

  /** Commits requests in order; every one is answered, whatever happens. */
  commit(requests: readonly Request[]): Effect.Effect<void> {
    return this.rounds(requests.flatMap(({ units }) => units)).pipe(
      Effect.catchAllCause((cause) =>
        Effect.sync(() => {
          this.cache = undefined;
          for (const request of requests) request.fail(cause);
        }),
      ),
      Effect.uninterruptible,
    );
  }

  private rounds(units: readonly Unit[], attempts = 1): Effect.Effect<void, StoreError> {
    if (units.length === 0) return Effect.void;
    return Effect.flatMap(this.attempt(units.slice(0, this.maxBatch)), (done) => {
      if (done > 0) return this.rounds(units.slice(done));
      return attempts < this.maxAttempts ? this.rounds(units, attempts + 1) : overtaken(attempts);
    });
  }

  /** Decides and commits as many units as it can; 0 when it must be tried again. */
  private attempt(units: readonly Unit[]): Effect.Effect<number, StoreError> {
    const commands = units.flatMap((unit) => unit.commands);
    return Effect.flatMap(this.loaded(commands), (cache) => {
      if (cache === undefined) return Effect.succeed(0);
      const round = decideUnits(cache, units, this.clock.unsafeCurrentTimeMillis());
      if (round.outcomes.length === 0 && round.needs !== undefined) {
        return Effect.as(this.bring(cache, round.needs), 0);
      }
      return this.settle(cache, units, round);
    });
  }

  /** Makes a round durable and answers its units; 0 when another writer was there first. */
  private settle(
    cache: Cache,
    units: readonly Unit[],
    round: Round,
  ): Effect.Effect<number, StoreError> {
    return Effect.flatMap(this.record(cache, round), (stands) => {
      if (!stands) return Effect.succeed(0);
      cache.entries.clear();
      return this.reach("after append, before answer").pipe(
        Effect.zipRight(this.answer(units, round.outcomes)),
        Effect.as(round.outcomes.length),
      );
    });
  }

  /** The cache with all that the commands need; nothing when the ledger has moved on. */
  private loaded(commands: readonly Command[]): Effect.Effect<Cache | undefined, StoreError> {
    const { cache } = this;
    const atHand =
      cache !== undefined && !isFull(cache) && !lackOf(cache, commands, NOTHING_LOOKED);
    return atHand ? Effect.succeed(cache) : this.load(commands);
  }

  private load(commands: readonly Command[]): Effect.Effect<Cache | undefined, StoreError> {
    return Effect.gen(this, function* () {
      if (this.cache !== undefined && isFull(this.cache)) this.cache = undefined;
      const cache = this.cache ?? (yield* this.openCache());
      this.cache = cache;
      const looked = new Set<string>();
      for (let keys = lackOf(cache, commands, looked); keys !== undefined; ) {
        yield* this.reach("before load");
        const slice = yield* this.store.load(this.ledger, keys);
        if (slice.head.sequence !== cache.head.sequence) {
          this.cache = undefined;
          return undefined;
        }
        fill(cache, keys, slice);
        noteLooked(looked, keys, commands);
        keys = lackOf(cache, commands, looked);
      }
      return cache;
    });
  }

  private openCache(): Effect.Effect<Cache, StoreError> {
    return Effect.flatMap(
      this.store.load(this.ledger, { ...NOTHING, catalogue: true }),
      (slice) => {
        const { catalogue } = slice;
        return catalogue === undefined
          ? new StoreFault({ reason: "damaged", message: "the store gave no catalogue" })
          : Effect.succeed(cacheOf({ ...slice, catalogue }));
      },
    );
  }

  /** Loads the past that a backdated command asks for. */
  private bring(cache: Cache, needs: Needs): Effect.Effect<void, StoreError> {
    return Effect.gen(this, function* () {
      const timelines = timelineKeys(cache, needs.timelines);
      const keys = { ...NOTHING, timelines, entries: needs.entries };
      const slice = yield* this.store.load(this.ledger, keys);
      if (slice.head.sequence !== cache.head.sequence) {
        this.cache = undefined;
        return;
      }
      fill(cache, keys, slice);
      fillTimelines(cache, needs.timelines, slice);
    });
  }

  /** Makes a round durable; false when another writer was there first. */
  private record(cache: Cache, round: Round): Effect.Effect<boolean, StoreError> {
    const { entries } = round;
    if (entries.length === 0) return this.stillCurrent(cache, round);
    const rows = batchOf(cache.state, cache.calendar, cache.head, entries);
    const batch = { ...rows, ...round.nodes };
    const append = Effect.andThen(
      this.reach("before append"),
      this.store.append(this.ledger, batch),
    );
    return append.pipe(
      Effect.map(() => {
        cache.head = batch.head;
        return true;
      }),
      Effect.tapError(() => this.forget()),
      Effect.catchTag("HeadMoved", () => Effect.succeed(false)),
    );
  }

  private forget(): Effect.Effect<void> {
    return Effect.sync(() => {
      this.cache = undefined;
    });
  }

  /** A refusal rests on the state; it counts only if no other process has changed that. */
  private stillCurrent(cache: Cache, { outcomes }: Round): Effect.Effect<boolean, StoreError> {
    const { shared } = this.store.capabilities;
    if (!shared || !outcomes.some(restsOnState)) return Effect.succeed(true);
    return Effect.map(this.store.head(this.ledger), (head) => {
      const current = head.sequence === cache.head.sequence;
      if (!current) this.cache = undefined;
      return current;
    });
  }

  private answer(
    units: readonly Unit[],
    outcomes: readonly Outcome[],
  ): Effect.Effect<void, StoreError> {
    return Effect.map(this.firstEntries(outcomes), (firstEntries) => {
      for (const [i, outcome] of outcomes.entries()) {
        const { request, index } = units[i] as Unit;
        if (outcome.type === "defect") request.fail(Cause.die(outcome.cause));
        else request.answer(index, answerOf(outcome, firstEntries));
      }
    });
  }

  /** For commands that are repeated: the entries they made the first time, by their sequence. */
  private firstEntries(
    outcomes: readonly Outcome[],
  ): Effect.Effect<ReadonlyMap<number, readonly Entry[]>, StoreError> {
    const repeated: Repeated[] = [];
    for (const outcome of outcomes) {
      if (outcome.type !== "decided") continue;
      for (const decision of outcome.decisions) {
        if (decision.type === "repeated") repeated.push(decision);
      }
    }
    if (repeated.length === 0) return Effect.succeed(new Map());
    return Effect.map(
      Effect.forEach(repeated, ({ sequence, span }) =>
        Effect.map(
          this.store.entries(this.ledger, sequence - 1, span),
          (entries) => [sequence, entries] as const,
        ),
      ),
      (found) => new Map(found),
    );
  }
}

const NOTHING_LOOKED: ReadonlySet<string> = new Set();

function overtaken(attempts: number): Busy {
  return new Busy({
    message: `another writer was faster ${attempts} times; nothing happened, try again`,
  });
}

function answerOf(
  outcome: Exclude<Outcome, { readonly type: "defect" }>,
  firstEntries: ReadonlyMap<number, readonly Entry[]>,
): UnitAnswer {
  if (outcome.type === "rejected") return { type: "rejected", rejection: outcome.rejection };
  const receipts = outcome.decisions.map((decision) => {
    if (decision.type === "accepted") return receiptOf("accepted", decision.entries);
    return receiptOf("repeated", firstEntries.get(decision.sequence) ?? []);
  });
  return { type: "done", receipts };
}

function restsOnState(outcome: Outcome): boolean {
  return outcome.type === "rejected" || outcome.type === "decided";
}

function receiptOf(type: Receipt["type"], entries: readonly Entry[]): Receipt {
  const { sequence, occurredAt, recordedAt } = entries[0] as Entry;
  return { type, sequence, occurredAt, recordedAt, entries };
}
