/** Reading lists to their end, a page at a time. */
import type { Page, PageRequest } from "@stockbook/engine";
import { Chunk, Effect, Option, Stream } from "effect";

const ROWS_OF_A_PAGE = 1_000;
const WEIGHT_OF_A_PAGE = 5_000;

/** Reads a page of a list. */
export type ReadPage<A, E> = (page: PageRequest) => Effect.Effect<Page<A>, E>;

/** All rows, one page of them in memory. */
export function streamOf<A, E>(read: ReadPage<A, E>): Stream.Stream<A, E> {
  return evenStreamOf(read, () => 1);
}

/** A first page that is small, whatever its rows turn out to hold. */
const FIRST_PAGE = 20;

/**
 * All rows where some hold much more than others, such as transactions of many lines: each page is
 * as long as those before it let one expect it to hold no more than another.
 *
 * @param weightOf a row, 1 or more.
 */
export function evenStreamOf<A, E>(
  read: ReadPage<A, E>,
  weightOf: (row: A) => number,
): Stream.Stream<A, E> {
  const first: Position = { after: undefined, limit: FIRST_PAGE };
  return Stream.paginateChunkEffect(first, ({ after, limit }) =>
    Effect.map(read({ after, limit }), ({ rows, next }) => {
      const following: Option.Option<Position> =
        next === null
          ? Option.none()
          : Option.some({ after: next, limit: limitAfter(rows.map(weightOf)) });
      return [Chunk.unsafeFromArray(rows), following] as const;
    }),
  );
}

interface Position {
  readonly after: string | undefined;
  readonly limit: number;
}

function limitAfter(weights: readonly number[]): number {
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const fitting = Math.floor((WEIGHT_OF_A_PAGE * weights.length) / Math.max(1, weight));
  return Math.min(ROWS_OF_A_PAGE, Math.max(1, fitting));
}

/** All rows at once, for answers that have no pages. */
export function allOf<A, E>(read: ReadPage<A, E>): Effect.Effect<readonly A[], E> {
  return Effect.map(Stream.runCollect(streamOf(read)), Chunk.toReadonlyArray);
}
