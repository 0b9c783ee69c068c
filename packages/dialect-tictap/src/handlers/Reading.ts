/** Reading lists to their end, a page at a time. */
import type { Page, PageRequest } from "@stockbook/engine";
import { Chunk, Effect, Option, Stream } from "effect";

const ROWS_OF_A_PAGE = 1_000;

/** Reads a page of a list. */
export type ReadPage<A, E> = (page: PageRequest) => Effect.Effect<Page<A>, E>;

/** All rows, one page of them in memory. */
export function streamOf<A, E>(read: ReadPage<A, E>): Stream.Stream<A, E> {
  return Stream.paginateChunkEffect(undefined as string | undefined, (after) =>
    Effect.map(read({ after, limit: ROWS_OF_A_PAGE }), ({ rows, next }) => {
      const following = next === null ? Option.none<string>() : Option.some(next);
      return [Chunk.unsafeFromArray(rows), following] as const;
    }),
  );
}

/** All rows at once, for answers that have no pages. */
export function allOf<A, E>(read: ReadPage<A, E>): Effect.Effect<readonly A[], E> {
  return Effect.map(Stream.runCollect(streamOf(read)), Chunk.toReadonlyArray);
}
