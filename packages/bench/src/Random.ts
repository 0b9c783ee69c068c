/** Random numbers that are the same in every run, so that every run does the same work. */

/** Draws whole numbers from 0 up to and without `below`. */
export type Draw = (below: number) => number;

/** A generator of its own. Source: mulberry32 by Tommy Ettinger, public domain. */
export function drawsFrom(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
