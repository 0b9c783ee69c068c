/** Choices that come out the same for the same seed. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Random {
  /** A whole number from 0 up to and without `below`. */
  readonly below: (below: number) => number;
  readonly pick: <A>(all: readonly A[]) => A;
  /** True so often in a hundred times. */
  readonly chance: (percent: number) => boolean;
}

/** The choices of one request: of the seed and its number alone, so that it can be had again. */
export function randomOf(seed: number, index: number): Random {
  const source = xoroshiro128plus(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const below = (most: number) => uniformInt(source, 0, most - 1);
  return {
    below,
    pick: <A>(all: readonly A[]) => all[below(all.length)] as A,
    chance: (percent) => below(100) < percent,
  };
}
