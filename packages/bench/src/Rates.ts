/** Rates: how much of something is done in a second, and what it costs the processor. */
import { type Measure, type Outcome, outcomeOf, runRounds } from "./Harness.js";
import type { Bench } from "./Row.js";

export interface Rate {
  readonly perSecond: number;
  /** Processor time for each, in microseconds; it is less when one waits for the disk. */
  readonly cpu: number;
}

/** Something that is done again and again. Only `run` is timed. */
export interface Task<Input, Result> {
  readonly prepare: () => Input;
  readonly run: (input: Input) => Result;
  /** Throws when a run did not do what was to be measured. */
  readonly check?: (result: Awaited<Result>) => void;
  /** How many of what is counted one run comes to. */
  readonly amount: number;
}

/** The rate of a synchronous task, run for this long and at least once. */
export function rateOf<Input, Result>(task: Task<Input, Result>, milliseconds: number): Rate {
  const meter = new Meter();
  while (meter.goesOn(milliseconds)) {
    const input = task.prepare();
    meter.start();
    const result = task.run(input);
    meter.stop(task.amount);
    task.check?.(result as Awaited<Result>);
  }
  return meter.rate;
}

/** The rate of a task that is awaited, run for this long and at least once. */
export async function asyncRateOf<Input, Result>(
  task: Task<Input, Promise<Result>>,
  milliseconds: number,
): Promise<Rate> {
  const meter = new Meter();
  while (meter.goesOn(milliseconds)) {
    const input = task.prepare();
    meter.start();
    const result = await task.run(input);
    meter.stop(task.amount);
    task.check?.(result as Awaited<Promise<Result>>);
  }
  return meter.rate;
}

/** The rate of callers that do not wait for each other. */
export async function concurrentRateOf(
  callers: number,
  call: () => Promise<void>,
  milliseconds: number,
): Promise<Rate> {
  const meter = new Meter();
  const until = performance.now() + milliseconds;
  let amount = 0;
  const caller = async () => {
    do {
      await call();
      amount++;
    } while (performance.now() < until);
  };
  meter.start();
  await Promise.all(Array.from({ length: callers }, caller));
  meter.stop(amount);
  return meter.rate;
}

/** The rate of so much that is done in one go. */
export async function rateOfOne(amount: number, work: () => Promise<void>): Promise<Rate> {
  const meter = new Meter();
  meter.start();
  await work();
  meter.stop(amount);
  return meter.rate;
}

/** Sums up spans of time in which something was done. */
class Meter {
  private elapsed = 0;
  private cpu = 0;
  private amount = 0;
  private startedAt = 0;
  private cpuAtStart = process.cpuUsage();

  goesOn(milliseconds: number): boolean {
    return this.amount === 0 || this.elapsed < milliseconds;
  }

  start(): void {
    this.cpuAtStart = process.cpuUsage();
    this.startedAt = performance.now();
  }

  stop(amount: number): void {
    this.elapsed += performance.now() - this.startedAt;
    const { user, system } = process.cpuUsage(this.cpuAtStart);
    this.cpu += user + system;
    this.amount += amount;
  }

  get rate(): Rate {
    return { perSecond: (this.amount / this.elapsed) * 1000, cpu: this.cpu / this.amount };
  }
}

/** What rounds say of a rate. */
export interface RateOutcome {
  readonly outcome: Outcome;
  readonly cpu: Outcome;
}

/** Runs rounds of rates against a rate; the outcomes are in the order of the subjects. */
export async function compareRates(
  { rounds, say }: Bench,
  reference: Measure<Rate>,
  subjects: readonly Measure<Rate>[],
): Promise<readonly RateOutcome[]> {
  const steadiness = ({ perSecond }: Rate) => perSecond;
  const comparison = { reference, subjects, steadiness };
  const done = await runRounds(comparison, rounds, (round) => say(`round ${round}`));
  return subjects.map((_, i) => ({
    outcome: outcomeOf(done, i, ({ perSecond }) => perSecond),
    cpu: outcomeOf(done, i, ({ cpu }) => cpu),
  }));
}
