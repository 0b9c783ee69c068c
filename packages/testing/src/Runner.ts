/** Running a history on the pure core. */
import { type Command, type Entry, emptyState, type Instant, open } from "@stockbook/core";
import { Book, type Verdict } from "./Book.js";
import type { History } from "./History.js";
import { resolveStep } from "./Resolve.js";
import { foundingCommands, WORLD_BEGINS, type World } from "./World.js";

/** What became of one step. */
export interface StepResult {
  readonly command: Command;
  readonly recordedAt: Instant;
  readonly verdict: Verdict;
  /** The sequence the ledger stood at before. */
  readonly before: number;
}

/** What a history came to. */
export interface Run {
  readonly book: Book;
  /** One for each command given; a step that found nothing to repeat gives none. */
  readonly results: readonly StepResult[];
  /** The sequence of the last entry that furnished the world. */
  readonly founded: number;
}

/** Looks on while a history runs. */
export interface Observer {
  readonly before?: ((book: Book, command: Command, recordedAt: Instant) => void) | undefined;
  readonly after?: ((book: Book, result: StepResult) => void) | undefined;
}

/** Runs a history from an empty ledger; the same history always comes to the same. */
export function runHistory(history: History, observer: Observer = {}): Run {
  const book = foundedBook(history.world);
  const founded = book.state.sequence;
  const results: StepResult[] = [];
  const keyed: Command[] = [];
  let recordedAt = WORLD_BEGINS;
  for (const step of history.steps) {
    recordedAt += step.wait;
    const command = resolveStep(step, book, keyed, recordedAt);
    if (command === undefined) continue;
    observer.before?.(book, command, recordedAt);
    const before = book.state.sequence;
    const result = { command, recordedAt, verdict: book.submit(command, recordedAt), before };
    if (command.idempotencyKey !== undefined && step.type === "submission") keyed.push(command);
    results.push(result);
    observer.after?.(book, result);
  }
  return { book, results, founded };
}

const MOST_WORLDS = 1_000;
const foundings = new Map<string, readonly Entry[]>();

/** A book in which the world is furnished and nothing has moved. */
export function foundedBook(world: World): Book {
  const book = new Book();
  for (const entry of foundingOf(world)) book.record(entry);
  return book;
}

function foundingOf(world: World): readonly Entry[] {
  const key = JSON.stringify(world);
  const known = foundings.get(key);
  if (known !== undefined) return known;
  if (foundings.size >= MOST_WORLDS) foundings.clear();
  const entries = found(world);
  foundings.set(key, entries);
  return entries;
}

function found(world: World): readonly Entry[] {
  const book = new Book();
  const opening = open(emptyState(), world.settings, { recordedAt: WORLD_BEGINS });
  if (opening.type === "rejected") throw new Error(opening.rejection.message);
  for (const entry of opening.entries) book.record(entry);
  for (const command of foundingCommands(world)) {
    const verdict = book.submit(command, WORLD_BEGINS);
    if (verdict.type !== "accepted") throw new Error(`no world: ${JSON.stringify(verdict)}`);
  }
  return book.entries;
}
