/** Reading the entries: one by one, or as a feed that can be taken up anywhere. */
import type { Entry } from "@stockbook/core";
import { Chunk, Effect, Option, Stream } from "effect";
import { type Busy, NotFound, type StoreFault } from "../Errors.js";
import type { Source } from "./Source.js";

const PAGE = 1_000;

/** Entries after a sequence, in order and without a gap, up to the latest one. */
export function readEntries(
  { store, ledger }: Source,
  after: number,
): Stream.Stream<Entry, Busy | StoreFault> {
  return Stream.paginateChunkEffect(after, (from) =>
    Effect.map(store.entries(ledger, from, PAGE), (page) => {
      const last = page.at(-1);
      const more = page.length === PAGE && last !== undefined;
      return [Chunk.unsafeFromArray(page), more ? Option.some(last.sequence) : Option.none()];
    }),
  );
}

export function readEntry(
  { store, ledger }: Source,
  sequence: number,
): Effect.Effect<Entry, Busy | StoreFault | NotFound> {
  return Effect.flatMap(store.entries(ledger, sequence - 1, 1), ([entry]) =>
    entry === undefined || entry.sequence !== sequence
      ? new NotFound({ what: "entry", id: String(sequence) })
      : Effect.succeed(entry),
  );
}
