/** Where the bytes of a file come from. */
import { Chunk, Effect, Option, Stream } from "effect";
import { readError, type TableReadError } from "./Errors.js";
import type { Limits } from "./Limits.js";
import { letOthersRun } from "./Turns.js";

/** A file: all of its bytes, or a stream of them. */
export type Source<E = never, R = never> = Uint8Array | Stream.Stream<Uint8Array, E, R>;

/** So much at a time, so that other work gets its turn. */
const SLICE_BYTES = 65_536;

export interface Peeked<E, R> {
  /** The first bytes. */
  readonly head: Uint8Array;
  /** All of them, the first too. */
  readonly all: Stream.Stream<Uint8Array, E, R>;
}

/** The bytes of a source, in slices, no more than the limit. */
export function bytesOf<E, R>(
  source: Source<E, R>,
  { bytes }: Limits,
): Stream.Stream<Uint8Array, E | TableReadError, R> {
  const slices =
    source instanceof Uint8Array
      ? Stream.fromIterable(slicesOf(source))
      : source.pipe(Stream.mapConcat(slicesOf));
  return Stream.suspend(() => {
    let seen = 0;
    return slices.pipe(
      Stream.tap((slice) => {
        seen += slice.length;
        return seen > bytes ? Effect.fail(tooManyBytes(bytes)) : letOthersRun;
      }),
    );
  });
}

/** Reads so many bytes ahead, or all if there are fewer. */
export const peek = <E, R>(stream: Stream.Stream<Uint8Array, E, R>, bytes: number) =>
  Effect.gen(function* () {
    const pull = yield* Stream.toPull(stream);
    const read: Uint8Array[] = [];
    let length = 0;
    while (length < bytes) {
      const next = yield* orEnd(pull);
      if (Option.isNone(next)) break;
      for (const slice of next.value) {
        read.push(slice);
        length += slice.length;
      }
    }
    const rest = Stream.repeatEffectChunkOption(pull);
    const all = Stream.concat(Stream.fromChunk(Chunk.unsafeFromArray(read)), rest);
    return { head: joined(read), all } satisfies Peeked<E, R>;
  });

/** What was pulled, or nothing at the end of the stream. */
const orEnd = <A, E, R>(
  pull: Effect.Effect<A, Option.Option<E>, R>,
): Effect.Effect<Option.Option<A>, E, R> =>
  pull.pipe(
    Effect.asSome,
    Effect.catchAll(Option.match({ onNone: () => Effect.succeedNone, onSome: Effect.fail })),
  );

/** The whole file in memory. */
export const collect = <E, R>(stream: Stream.Stream<Uint8Array, E, R>) =>
  Stream.runCollect(stream).pipe(Effect.map((slices) => joined(Chunk.toReadonlyArray(slices))));

export function joined(slices: readonly Uint8Array[]): Uint8Array {
  const [only] = slices;
  if (only !== undefined && slices.length === 1) return only;
  const bytes = new Uint8Array(slices.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const slice of slices) {
    bytes.set(slice, at);
    at += slice.length;
  }
  return bytes;
}

function slicesOf(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / SLICE_BYTES) }, (_, index) =>
    bytes.subarray(index * SLICE_BYTES, (index + 1) * SLICE_BYTES),
  );
}

const tooManyBytes = (limit: number) => readError("too-large", `more than ${limit} bytes`);
