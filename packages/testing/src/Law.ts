/** A law: a property that no history breaks, with a way to try it and to tell a breach. */
import fc, { type Arbitrary } from "fast-check";
import type { History } from "./History.js";
import { type LawRun, lawRun, RUNS_VARIABLE, SEED_VARIABLE } from "./LawRun.js";
import { storyOf } from "./Story.js";

export interface Law {
  /** Short, such as `conservation`. */
  readonly name: string;
  /** One sentence that is always true. */
  readonly says: string;
  /** Tries the law; throws a `LawBroken` with the smallest case that breaks it. */
  readonly run: (options?: Partial<LawRun>) => void;
}

/** A case breaks a law. */
export class LawBroken extends Error {
  override readonly name = "LawBroken";

  constructor(
    readonly law: string,
    readonly seed: number,
    message: string,
  ) {
    super(message);
  }
}

/** What a law says about each case of a kind. */
export interface LawOf<A> {
  readonly name: string;
  readonly says: string;
  readonly cases: Arbitrary<A>;
  /** Throws when the case breaks the law. */
  readonly check: (given: A) => void;
  /** The case as a person reads it. */
  readonly tell: (given: A) => string;
  /** Cases that are a little smaller, beyond what shrinking finds. */
  readonly smaller?: ((given: A) => readonly A[]) | undefined;
}

export function law<A>(of: LawOf<A>): Law {
  const { name, says, cases, check } = of;
  const run = (options: Partial<LawRun> = {}): void => {
    const { runs, seed } = { ...lawRun(), ...options };
    const details = fc.check(fc.property(cases, check), { numRuns: runs, seed });
    if (!details.failed) return;
    const [given] = details.counterexample ?? [];
    const breach = given === undefined ? String(details.errorInstance) : breachOf(of, given);
    throw new LawBroken(
      name,
      seed,
      [
        `the law of ${name} is broken: ${says}`,
        breach,
        `case ${details.numRuns} of ${runs}, made smaller ${details.numShrinks} times`,
        `again: ${SEED_VARIABLE}=${seed} ${RUNS_VARIABLE}=${runs}`,
      ].join("\n\n"),
    );
  };
  return { name, says, run };
}

function breachOf<A>({ check, tell, smaller }: LawOf<A>, given: A): string {
  let least = given;
  for (;;) {
    const next = smaller?.(least).find((one) => errorOf(check, one) !== undefined);
    if (next === undefined) return `${reasonOf(errorOf(check, least))}\n\n${tell(least)}`;
    least = next;
  }
}

function errorOf<A>(check: (given: A) => void, given: A): unknown {
  try {
    check(given);
    return undefined;
  } catch (error) {
    return error ?? "nothing was thrown";
  }
}

/** The history with one step less, in every way there is. */
export function withStepsLeftOut(history: History): readonly History[] {
  return history.steps.map((_, i) => ({ ...history, steps: history.steps.toSpliced(i, 1) }));
}

/** A law about whole histories. */
export function historyLaw(
  name: string,
  says: string,
  cases: Arbitrary<History>,
  check: (history: History) => void,
): Law {
  return law({ name, says, cases, check, tell: storyOf, smaller: withStepsLeftOut });
}

/** Fails with both sides as text when they differ. */
export function mustEqual(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [shownAs(actual), shownAs(expected)];
  if (is !== should) throw new Error(`${what}\n      is ${is}\n  should ${should}`);
}

export function must(condition: boolean, what: () => string): void {
  if (!condition) throw new Error(what());
}

function shownAs(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Error" ? error.message : (error.stack ?? error.message);
}
