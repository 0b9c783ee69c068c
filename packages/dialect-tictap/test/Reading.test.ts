import { Chunk, Effect, Stream } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allOf, evenStreamOf, type ReadPage } from "../src/handlers/Reading.js";

/** A list in pages, which notes how much each page held. */
function listOf(rows: readonly number[]) {
  const held: number[] = [];
  const read: ReadPage<number, never> = ({ after = "0", limit = 100 }) =>
    Effect.sync(() => {
      const from = Number(after);
      const page = rows.slice(from, from + limit);
      held.push(page.reduce((sum, one) => sum + one, 0));
      return { rows: page, next: from + limit < rows.length ? String(from + limit) : null };
    });
  return { read, held };
}

describe("a list that is read to its end", () => {
  it("gives every row once, in order, however its pages are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 300 }), (rows) => {
        const { read } = listOf(rows);
        expect(Effect.runSync(allOf(read))).toEqual(rows);
        const even = evenStreamOf(read, (row) => row);
        expect(Chunk.toReadonlyArray(Effect.runSync(Stream.runCollect(even)))).toEqual(rows);
      }),
    );
  });

  it("holds no more in a page than fits, where its rows are alike", () => {
    const weight = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(weight, fc.integer({ min: 21, max: 3_000 }), (each, count) => {
        const { read, held } = listOf(new Array(count).fill(each));
        Effect.runSync(Stream.runDrain(evenStreamOf(read, (row) => row)));
        for (const one of held.slice(1)) expect(one).toBeLessThanOrEqual(Math.max(5_000, each));
      }),
    );
  });
});
