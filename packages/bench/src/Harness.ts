/**
 * Rounds: what is measured, between two measurements of what it is held against.
 *
 * A machine that others use speeds up and slows down. So the reference is measured before and
 * after in every round, a round in which it moved is thrown away, and only ratios within one
 * round are compared.
 */
import { movement, type Spread, spreadOf } from "./Statistics.js";

/** One measurement; `A` holds its figures. */
export type Measure<A> = () => A | Promise<A>;

export interface Comparison<A> {
  readonly reference: Measure<A>;
  /** Measured in this order in one round, and in the opposite order in the next. */
  readonly subjects: readonly Measure<A>[];
  /** The figure that tells whether the machine moved during a round. */
  readonly steadiness: (figures: A) => number;
}

interface Round<A> {
  readonly before: A;
  /** In the order of the comparison's subjects. */
  readonly subjects: readonly A[];
  readonly after: A;
}

export interface Rounds<A> {
  /** The rounds that count. */
  readonly counted: readonly Round<A>[];
  readonly tried: number;
  /** False when so many rounds moved that they had to be counted after all. */
  readonly steady: boolean;
}

/** Beyond this the reference has moved, and the round is thrown away. */
const MOST_MOVEMENT = 0.1;

/** Measures until `wanted` rounds stood still, or twice as many were tried. */
export async function runRounds<A>(
  comparison: Comparison<A>,
  wanted: number,
  onRound: (tried: number) => void = () => {},
): Promise<Rounds<A>> {
  await runRound(comparison, 0); // warms up, and is not counted
  const all: Round<A>[] = [];
  const still: Round<A>[] = [];
  while (still.length < wanted && all.length < wanted * 2) {
    onRound(all.length + 1);
    const round = await runRound(comparison, all.length);
    all.push(round);
    if (hasStoodStill(round, comparison)) still.push(round);
  }
  const steady = still.length * 2 >= wanted;
  return { counted: steady ? still : all, tried: all.length, steady };
}

function hasStoodStill<A>({ before, after }: Round<A>, { steadiness }: Comparison<A>): boolean {
  return movement(steadiness(before), steadiness(after)) <= MOST_MOVEMENT;
}

async function runRound<A>(
  { reference, subjects }: Comparison<A>,
  index: number,
): Promise<Round<A>> {
  const before = await reference();
  const order = subjects.map((_, i) => (index % 2 === 0 ? i : subjects.length - 1 - i));
  const figures = new Map<number, A>();
  for (const i of order) figures.set(i, await (subjects[i] as Measure<A>)());
  const after = await reference();
  return { before, subjects: subjects.map((_, i) => figures.get(i) as A), after };
}

/** What rounds say of one subject: its figure, the reference's and their ratio. */
export interface Outcome {
  readonly measured: Spread;
  readonly reference: Spread;
  /** Of the subject's figure to the reference's, round by round. */
  readonly ratio: Spread;
  readonly rounds: { readonly counted: number; readonly tried: number; readonly steady: boolean };
}

/** What rounds say of the subject at an index, looking at one figure of each measurement. */
export function outcomeOf<A>(
  { counted, tried, steady }: Rounds<A>,
  subject: number,
  figure: (figures: A) => number,
): Outcome {
  const pairs = counted.map(({ before, subjects, after }) => ({
    measured: figure(subjects[subject] as A),
    reference: (figure(before) + figure(after)) / 2,
  }));
  return {
    measured: spreadOf(pairs.map(({ measured }) => measured)),
    reference: spreadOf(pairs.map(({ reference }) => reference)),
    ratio: spreadOf(pairs.map(({ measured, reference }) => measured / reference)),
    rounds: { counted: counted.length, tried, steady },
  };
}
