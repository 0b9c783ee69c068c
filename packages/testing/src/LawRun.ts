/** How often laws are tried, and from which seed: from the environment, or at random. */

/** The environment's names for both. */
export const RUNS_VARIABLE = "STOCKBOOK_RUNS";
export const SEED_VARIABLE = "STOCKBOOK_SEED";

const DEFAULT_RUNS = 1_000;

export interface LawRun {
  /** How many cases are tried. */
  readonly runs: number;
  /** The same seed gives the same cases. A 32-bit integer. */
  readonly seed: number;
}

/** Where settings are read from, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment asks for; 1,000 runs from a random seed where it says nothing. */
export function lawRun(environment: Environment = process.env): LawRun {
  return {
    runs: readInteger(environment, RUNS_VARIABLE) ?? DEFAULT_RUNS,
    seed: readInteger(environment, SEED_VARIABLE) ?? randomSeed(),
  };
}

/** `lawRun` as fast-check takes it; a test that is dear may ask for a share of the runs. */
export function propertyOptions(
  share = 1,
  environment: Environment = process.env,
): { readonly numRuns: number; readonly seed: number } {
  const { runs, seed } = lawRun(environment);
  return { numRuns: Math.max(1, Math.round(runs * share)), seed };
}

export function randomSeed(): number {
  return Math.floor(Math.random() * 0x7fff_ffff);
}

function readInteger(environment: Environment, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === "") return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`${name} must be a whole number, not ${JSON.stringify(text)}`);
}
