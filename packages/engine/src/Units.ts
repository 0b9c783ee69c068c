/** Units: commands that are judged together, and what deciding them comes to. */
import {
  type Accepted,
  type Command,
  type Decision,
  decide,
  type Entry,
  evolve,
  fork,
  type LedgerState,
  type Needs,
  type Repeated,
} from "@stockbook/core";
import { type Cause, Exit } from "effect";
import type { Cache } from "./Cache.js";
import { Rejected, type StoreError } from "./Errors.js";
import { NodeChanges } from "./NodeChanges.js";
import type { NodeRows } from "./NodeSums.js";
import type { Receipt } from "./Views.js";

/** No further unit is taken into a batch that has come to so many lines. */
const MAX_LINES = 10_000;

/** How commands that are submitted at once stand to each other. */
export type Mode = "each" | "all" | "preview";

/** Commands that get one verdict together. */
export interface Unit {
  readonly request: Request;
  /** Its place among the units of the request. */
  readonly index: number;
  readonly commands: readonly Command[];
}

export type UnitAnswer =
  | { readonly type: "done"; readonly receipts: readonly Receipt[] }
  | { readonly type: "rejected"; readonly rejection: Rejected };

/** What a caller submitted at once; answered when all its units are. */
export class Request {
  readonly units: readonly Unit[];
  private readonly answers: UnitAnswer[] = [];
  private open: number;

  constructor(
    readonly mode: Mode,
    commands: readonly Command[],
    /** Called once, with all answers or with the failure. */
    private readonly done: (exit: Exit.Exit<readonly UnitAnswer[], StoreError>) => void,
  ) {
    const groups = mode === "each" ? commands.map((command) => [command]) : [commands];
    this.units = groups.map((group, index) => ({ request: this, index, commands: group }));
    this.open = groups.length;
  }

  answer(index: number, answer: UnitAnswer): void {
    if (this.open === 0) return;
    this.answers[index] = answer;
    if (--this.open === 0) this.done(Exit.succeed(this.answers));
  }

  /** Ends the request with a failure, unless it is answered already. */
  fail(cause: Cause.Cause<StoreError>): void {
    if (this.open === 0) return;
    this.open = 0;
    this.done(Exit.failCause(cause));
  }
}

/** What deciding a unit came to, before it is durable. */
export type Outcome =
  | { readonly type: "decided"; readonly decisions: readonly (Accepted | Repeated)[] }
  | { readonly type: "rejected"; readonly rejection: Rejected; readonly entries: readonly Entry[] }
  | { readonly type: "defect"; readonly cause: unknown };

/** A round of the loop: what of the batch is decided, and what must wait for the next one. */
export interface Round {
  readonly outcomes: readonly Outcome[];
  readonly entries: readonly Entry[];
  readonly needs: Needs | undefined;
  /** What the entries add to nodes. */
  readonly nodes: NodeRows;
}

/** Decides units in order, each against the state that the ones before it left. */
export function decideUnits(cache: Cache, units: readonly Unit[], recordedAt: number): Round {
  const entries: Entry[] = [];
  const outcomes: Outcome[] = [];
  const look = { recordedAt, entryAt: entryFinder(cache, entries) };
  const nodes = new NodeChanges();
  let lines = 0;
  for (const unit of units) {
    if (lines >= MAX_LINES) break;
    // Its effect reaches beyond what was loaded for the tree as it was before this batch.
    if (entries.length > 0 && changesTree(cache.state, unit)) break;
    const outcome = decideUnit(cache.state, unit, look);
    if (outcome.type === "needs") return { outcomes, entries, needs: outcome, nodes: nodes.rows() };
    const first = entries.length;
    if (unit.request.mode !== "preview") collectEntries(outcome, entries);
    for (let i = first; i < entries.length; i++) {
      const entry = entries[i] as Entry;
      nodes.take(cache.state, entry);
      lines += entry.body.type === "movement" ? entry.body.lines.length : 1;
    }
    outcomes.push(outcome);
  }
  return { outcomes, entries, needs: undefined, nodes: nodes.rows() };
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

function changesTree(state: LedgerState, { commands }: Unit): boolean {
  for (const command of commands) {
    if (command.type === "put-location" && state.locations.has(command.id)) return true;
  }
  return false;
}

function decideUnit(state: LedgerState, unit: Unit, look: Look): Outcome | Needs {
  try {
    return unit.request.mode === "each"
      ? outcomeOf(decide(state, unit.commands[0] as Command, look), 0)
      : decideTogether(fork(state), unit.commands, look);
  } catch (cause) {
    // `decide` changes nothing, so a defect in it leaves the state as it was.
    return { type: "defect", cause };
  }
}

function outcomeOf(decision: Decision, index: number): Outcome | Needs {
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
function decideTogether(
  state: LedgerState,
  commands: readonly Command[],
  look: Look,
): Outcome | Needs {
  const decisions: (Accepted | Repeated)[] = [];
  const fresh: Entry[] = [];
  const head = state.sequence;
  const entryAt = (sequence: number) =>
    sequence > head ? fresh[sequence - head - 1] : look.entryAt(sequence);
  for (const [index, command] of commands.entries()) {
    const decision = decide(state, command, { ...look, entryAt });
    if (decision.type === "needs") return decision;
    // Of commands that are refused together nothing is kept, not even the refusal.
    if (decision.type === "rejected") return outcomeOf({ ...decision, entries: [] }, index);
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

/** What a unit adds to the book. */
function collectEntries(outcome: Outcome, entries: Entry[]): void {
  switch (outcome.type) {
    case "decided":
      for (const decision of outcome.decisions) {
        if (decision.type === "accepted") for (const entry of decision.entries) entries.push(entry);
      }
      return;
    case "rejected":
      for (const entry of outcome.entries) entries.push(entry);
      return;
    case "defect":
      return;
  }
}
