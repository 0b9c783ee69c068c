import { Chunk, Effect, Either, Stream } from "effect";
import { TableReadError, type TableWriteError } from "../../src/index.js";

/** All of a stream, or its failure as a rejection; no test waits longer than this. */
export const all = async <A>(stream: Stream.Stream<A, unknown>): Promise<readonly A[]> => {
  const read = Stream.runCollect(stream).pipe(Effect.timeout("60 seconds"), Effect.either);
  const result = await Effect.runPromise(read);
  if (Either.isLeft(result)) throw result.left;
  return Chunk.toReadonlyArray(result.right);
};

export const bytesOf = async (
  stream: Stream.Stream<Uint8Array, TableWriteError>,
): Promise<Uint8Array> => new Uint8Array(Buffer.concat(await all(stream)));

/** What was read, or the error that says why not; anything else that goes wrong is thrown. */
export const outcome = async <A>(
  stream: Stream.Stream<A, unknown>,
): Promise<readonly A[] | TableReadError> => {
  try {
    return await all(stream);
  } catch (error) {
    if (error instanceof TableReadError) return error;
    throw error;
  }
};

/** Bytes as they may come over a network, so many at a time. */
export const sliced = (bytes: Uint8Array, size: number): Stream.Stream<Uint8Array> =>
  Stream.fromIterable(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.slice(index * size, (index + 1) * size),
    ),
  ).pipe(Stream.rechunk(1));

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const runs = {
  numRuns: Number(process.env.STOCKBOOK_RUNS ?? 150),
  seed: Number(process.env.STOCKBOOK_SEED ?? 1),
};
