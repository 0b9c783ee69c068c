/** Choices between arbitraries. */
import fc, { type Arbitrary, type WeightedArbitrary } from "fast-check";

const SHARES = 100;

/** One of several, by weight; those that fail shrink towards the first. */
export function weighted<A>(
  ...choices: readonly (readonly [number, Arbitrary<A>])[]
): Arbitrary<A> {
  const arbitraries = choices
    .filter(([weight]) => weight > 0)
    .map(([weight, arbitrary]): WeightedArbitrary<A> => {
      return { weight: Math.round(weight * SHARES), arbitrary };
    });
  return fc.oneof({ withCrossShrink: true }, ...arbitraries);
}

/** Given half of the time. */
export function maybe<A>(arbitrary: Arbitrary<A>): Arbitrary<A | undefined> {
  return weighted<A | undefined>([1, fc.constant(undefined)], [1, arbitrary]);
}

/** Given once in five times. */
export function seldom<A>(arbitrary: Arbitrary<A>): Arbitrary<A | undefined> {
  return weighted<A | undefined>([4, fc.constant(undefined)], [1, arbitrary]);
}
