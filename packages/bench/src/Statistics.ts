/** What many measurements come to: the middle one, and how far they lie apart. */

/** Median, least and most of what was measured. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The middle value; the mean of the middle two of an even number. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const upper = sorted.length >>> 1;
  const lower = sorted.length % 2 === 0 ? upper - 1 : upper;
  return (at(sorted, lower) + at(sorted, upper)) / 2;
}

/** The least value that at least `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  return at(ascending(values), Math.max(0, Math.ceil(values.length * share) - 1));
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = ascending(values);
  return { median: median(sorted), least: at(sorted, 0), most: at(sorted, sorted.length - 1) };
}

/** How far two measurements of one thing lie apart, as a share of their mean. */
export function movement(before: number, after: number): number {
  return Math.abs(after - before) / ((after + before) / 2);
}

function ascending(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError("there is nothing to take a statistic of");
  return value;
}
