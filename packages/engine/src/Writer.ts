/**
 * The commit loop: one writer for each ledger.
 *
 * It collects the commands that arrived meanwhile, decides them one by one against the state
 * in memory and appends all their entries in one transaction. A caller is answered when that
 * is durable. Where another process has written, the batch is decided again.
 */
import {
  type Command,
  type Decision,
  decide,
  type Entry,
  evolve,
  fork,
  type LedgerState,
  type Needs,
  rejection,
  shown,
} from "@stockbook/core";
import { Cause, Clock, Deferred, Effect, Exit, Queue, type Scope } from "effect";
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
import { Busy, Rejected, type StoreError, StoreFault } from "./Errors.js";
import type { FaultPoints } from "./FaultPoints.js";
import type { LedgerId, LedgerStoreService } from "./Store.js";
import type { Receipt, Verdict } from "./Views.js";

export interface WriterOptions {
  /** Commands that may wait; beyond, callers are told that the ledger is busy. */
  readonly maxQueued: number;
  /** Commands in one transaction at most. */
  readonly maxBatch: number;
  /** How often a batch is decided again because another process was faster. */
  readonly maxAttempts: number;
}

export const DEFAULT_WRITER_OPTIONS: WriterOptions = {
  maxQueued: 65_536,
  maxBatch: 1_000,
  maxAttempts: 100,
};

type FaultPoint = (typeof FaultPoints)["Service"];

/** How the commands of one unit stand to each other. */
type Mode = "one" | "all" | "preview";

/** Commands that get one verdict together. */
interface Unit {
  readonly mode: Mode;
  readonly commands: readonly Command[];
  readonly answer: Deferred.Deferred<UnitAnswer, StoreError>;
}

type UnitAnswer =
  | { readonly type: "done"; readonly receipts: readonly Receipt[] }
  | { readonly type: "rejected"; readonly rejection: Rejected };

/** What deciding a unit came to, before it is durable. */
type Outcome =
  | { readonly type: "decided"; readonly decisions: readonly Decision[] }
  | { readonly type: "rejected"; readonly rejection: Rejected; readonly entries: readonly Entry[] }
  | { readonly type: "defect"; readonly cause: unknown }
  | Needs;

export interface Writer {
  readonly submit: (command: Command) => Effect.Effect<Receipt, Rejected | StoreError>;
  readonly submitAll: (
    commands: readonly Command[],
    mode: "all" | "preview",
  ) => Effect.Effect<readonly Receipt[], Rejected | StoreError>;
  readonly submitEach: (
    commands: readonly Command[],
  ) => Effect.Effect<readonly Verdict[], StoreError>;
}

/** Starts the writer of a ledger; it ends with the scope. */
export const makeWriter = (
  store: LedgerStoreService,
  ledger: LedgerId,
  options: WriterOptions,
  faultPoint: FaultPoint,
): Effect.Effect<Writer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const queue = yield* Queue.dropping<Unit>(options.maxQueued);
    yield* Effect.addFinalizer(() => close(queue));
    const loop = new CommitLoop(store, ledger, options, faultPoint);
    yield* Effect.forkScoped(
      Effect.forever(
        Effect.flatMap(Queue.takeBetween(queue, 1, options.maxBatch), (units) =>
          loop.commit([...units]),
        ),
      ),
    );

    const enqueue = (mode: Mode, commands: readonly Command[]) =>
      Effect.gen(function* () {
        const answer = yield* Deferred.make<UnitAnswer, StoreError>();
        if (yield* Queue.isShutdown(queue)) return yield* closed();
        const taken = yield* Queue.offer(queue, { mode, commands, answer });
        if (!taken) return yield* new Busy({ message: tooManyWaiting(options) });
        return answer;
      });

    const receipts = (mode: Mode, commands: readonly Command[]) =>
      Effect.flatMap(Effect.zipRight(checkShapes(commands), enqueue(mode, commands)), (answer) =>
        Effect.flatMap(Deferred.await(answer), (done) =>
          done.type === "done" ? Effect.succeed(done.receipts) : Effect.fail(done.rejection),
        ),
      );

    return {
      submit: (command) => Effect.map(receipts("one", [command]), (all) => all[0] as Receipt),
      submitAll: (commands, mode) =>
        commands.length === 0 ? Effect.succeed([]) : receipts(mode, commands),
      submitEach: (commands) =>
        Effect.gen(function* () {
          const answers: Deferred.Deferred<UnitAnswer, StoreError>[] = [];
          for (const command of commands) {
            const fault = shapeFault(command);
            answers.push(
              fault === undefined
                ? yield* enqueue("one", [command])
                : yield* answered({ type: "rejected", rejection: fault }),
            );
          }
          const verdicts: Verdict[] = [];
          for (const answer of answers) verdicts.push(verdictOf(yield* Deferred.await(answer)));
          return verdicts;
        }),
    };
  });

/** What is no command at all is refused before it comes near the others. */
function shapeFault(command: unknown, index = 0): Rejected | undefined {
  if (typeof command === "object" && command !== null) return undefined;
  const details = { field: "command", expected: "an object with a type", given: shown(command) };
  return new Rejected({ rejection: rejection("invalid-field", details), command: index });
}

function checkShapes(commands: readonly Command[]): Effect.Effect<void, Rejected> {
  const fault = commands.map(shapeFault).find((found) => found !== undefined);
  return fault ?? Effect.void;
}

function answered(answer: UnitAnswer) {
  return Effect.tap(Deferred.make<UnitAnswer, StoreError>(), (deferred) =>
    Deferred.succeed(deferred, answer),
  );
}

const closed = () => new Busy({ message: "the ledger is closed; nothing happened" });

/** What still waits when the ledger is closed is told that nothing happened. */
function close(queue: Queue.Queue<Unit>): Effect.Effect<void> {
  return Effect.flatMap(Queue.takeAll(queue), (units) =>
    Effect.andThen(refuseAll([...units], Exit.fail(closed())), Queue.shutdown(queue)),
  );
}

function refuseAll(
  units: readonly Unit[],
  failure: Exit.Exit<never, StoreError>,
): Effect.Effect<void> {
  return Effect.forEach(units, (unit) => Deferred.done(unit.answer, failure), { discard: true });
}

function tooManyWaiting({ maxQueued }: WriterOptions): string {
  return `${maxQueued} commands are waiting already; nothing happened, try again`;
}

function verdictOf(answer: UnitAnswer): Verdict {
  if (answer.type === "done") return answer.receipts[0] as Receipt;
  return { type: "rejected", rejection: answer.rejection.rejection };
}

/** A round of the loop: what of the batch is decided, and what must wait for the next one. */
interface Round {
  readonly outcomes: readonly Outcome[];
  readonly entries: readonly Entry[];
  readonly needs: Needs | undefined;
}

class CommitLoop {
  private cache: Cache | undefined;

  constructor(
    private readonly store: LedgerStoreService,
    private readonly ledger: LedgerId,
    private readonly options: WriterOptions,
    private readonly faultPoint: FaultPoint,
  ) {}

  /** Commits units in order; every one is answered, whatever happens. */
  commit(units: readonly Unit[]): Effect.Effect<void> {
    return this.rounds(units).pipe(
      Effect.catchAllCause((cause) =>
        Effect.andThen(this.forget(), refuseAll(units, Exit.failCause(cause))),
      ),
      Effect.uninterruptible,
    );
  }

  private rounds(units: readonly Unit[]): Effect.Effect<void, StoreError> {
    return Effect.gen(this, function* () {
      let rest = units;
      let attempts = 0;
      while (rest.length > 0) {
        const done = yield* this.attempt(rest);
        if (done === 0 && ++attempts >= this.options.maxAttempts) {
          return yield* new Busy({
            message: `another writer was faster ${attempts} times; nothing happened, try again`,
          });
        }
        if (done > 0) attempts = 0;
        rest = rest.slice(done);
      }
    });
  }

  /** Decides and commits as many units as it can; 0 when it must be tried again. */
  private attempt(units: readonly Unit[]): Effect.Effect<number, StoreError> {
    return Effect.gen(this, function* () {
      const commands = units.flatMap((unit) => unit.commands);
      const cache = yield* this.loaded(commands);
      if (cache === undefined) return 0;
      const recordedAt = yield* Clock.currentTimeMillis;
      const round = decideUnits(cache, units, recordedAt);
      if (round.outcomes.length === 0 && round.needs !== undefined) {
        yield* this.bring(cache, round.needs);
        return 0;
      }
      const stands = yield* this.record(cache, round);
      if (!stands) return 0;
      cache.entries.clear();
      yield* this.faultPoint("after append, before answer");
      yield* this.answer(units, round.outcomes);
      return round.outcomes.length;
    });
  }

  /** The cache with all that the commands need; nothing when the ledger has moved on. */
  private loaded(commands: readonly Command[]): Effect.Effect<Cache | undefined, StoreError> {
    return Effect.gen(this, function* () {
      if (this.cache !== undefined && isFull(this.cache)) this.cache = undefined;
      const cache = this.cache ?? (yield* this.openCache());
      this.cache = cache;
      const looked = new Set<string>();
      for (let keys = lackOf(cache, commands, looked); keys !== undefined; ) {
        yield* this.faultPoint("before load");
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
    const batch = batchOf(cache.state, cache.calendar, cache.head, entries);
    const append = Effect.andThen(
      this.faultPoint("before append"),
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
    return Effect.forEach(outcomes, (outcome, i) => this.answerOne(units[i] as Unit, outcome), {
      discard: true,
    });
  }

  private answerOne(unit: Unit, outcome: Outcome): Effect.Effect<void, StoreError> {
    switch (outcome.type) {
      case "decided":
        return Effect.flatMap(
          Effect.forEach(outcome.decisions, (decision) => this.receipt(decision)),
          (receipts) => Deferred.succeed(unit.answer, { type: "done", receipts }),
        );
      case "rejected":
        return Deferred.succeed(unit.answer, { type: "rejected", rejection: outcome.rejection });
      case "defect":
        return Deferred.failCause(unit.answer, Cause.die(outcome.cause));
      case "needs":
        return Effect.void;
    }
  }

  private receipt(decision: Decision): Effect.Effect<Receipt, StoreError> {
    switch (decision.type) {
      case "accepted":
        return Effect.succeed(receiptOf("accepted", decision.entries));
      case "repeated":
        return Effect.map(
          this.store.entries(this.ledger, decision.sequence - 1, decision.span),
          (entries) => receiptOf("repeated", entries),
        );
      case "rejected":
      case "needs":
        return Effect.dieMessage(`a ${decision.type} decision has no receipt`);
    }
  }
}

function restsOnState(outcome: Outcome): boolean {
  return outcome.type === "rejected" || outcome.type === "decided";
}

function receiptOf(type: Receipt["type"], entries: readonly Entry[]): Receipt {
  const { sequence, occurredAt, recordedAt } = entries[0] as Entry;
  return { type, sequence, occurredAt, recordedAt, entries };
}

/** Decides units in order, each against the state that the ones before it left. */
function decideUnits(cache: Cache, units: readonly Unit[], recordedAt: number): Round {
  const entries: Entry[] = [];
  const outcomes: Outcome[] = [];
  const look = { recordedAt, entryAt: entryFinder(cache, entries) };
  for (const unit of units) {
    // Its effect reaches beyond what was loaded for the tree as it was before this batch.
    if (entries.length > 0 && unit.commands.some(changesTree(cache.state))) break;
    const outcome = decideUnit(cache.state, unit, look);
    if (outcome.type === "needs") {
      return { outcomes, entries, needs: outcome };
    }
    for (const entry of recordedBy(unit, outcome)) {
      evolve(cache.state, entry);
      entries.push(entry);
    }
    outcomes.push(outcome);
  }
  return { outcomes, entries, needs: undefined };
}

interface Look {
  readonly recordedAt: number;
  readonly entryAt: (sequence: number) => Entry | undefined;
}

function entryFinder(cache: Cache, decided: readonly Entry[]) {
  const { sequence: head } = cache.head;
  return (sequence: number): Entry | undefined =>
    sequence > head ? decided[sequence - head - 1] : cache.entries.get(sequence);
}

function changesTree(state: LedgerState) {
  return (command: Command): boolean =>
    command.type === "put-location" && state.locations.has(command.id);
}

function decideUnit(state: LedgerState, unit: Unit, look: Look): Outcome {
  try {
    return unit.mode === "one"
      ? outcomeOf(decide(state, unit.commands[0] as Command, look), 0)
      : decideTogether(fork(state), unit.commands, look);
  } catch (cause) {
    // `decide` changes nothing, so a defect in it leaves the state as it was.
    return { type: "defect", cause };
  }
}

function outcomeOf(decision: Decision, index: number): Outcome {
  switch (decision.type) {
    case "accepted":
    case "repeated":
      return { type: "decided", decisions: [decision] };
    case "rejected":
      return {
        type: "rejected",
        rejection: new Rejected({ rejection: decision.rejection, command: index }),
        entries: decision.entries,
      };
    case "needs":
      return decision;
  }
}

/** Decides commands one after another on a state of their own, so that all can be dropped. */
function decideTogether(state: LedgerState, commands: readonly Command[], look: Look): Outcome {
  const decisions: Decision[] = [];
  const fresh: Entry[] = [];
  const head = state.sequence;
  const entryAt = (sequence: number) =>
    sequence > head ? fresh[sequence - head - 1] : look.entryAt(sequence);
  for (const [index, command] of commands.entries()) {
    const decision = decide(state, command, { ...look, entryAt });
    if (decision.type === "needs") return decision;
    if (decision.type === "rejected") {
      return { ...outcomeOf(decision, index), entries: [] } as Outcome;
    }
    if (decision.type === "accepted") {
      for (const entry of decision.entries) {
        evolve(state, entry);
        fresh.push(entry);
      }
    }
    decisions.push(decision);
  }
  return { type: "decided", decisions };
}

function recordedBy(unit: Unit, outcome: Outcome): readonly Entry[] {
  if (unit.mode === "preview") return [];
  switch (outcome.type) {
    case "decided":
      return outcome.decisions.flatMap((decision) =>
        decision.type === "accepted" ? decision.entries : [],
      );
    case "rejected":
      return outcome.entries;
    case "defect":
    case "needs":
      return [];
  }
}
