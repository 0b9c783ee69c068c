import { Stream } from "effect";
import { describe, expect, it } from "vitest";
import { defineColumns, readTable, writeCsv, writeXlsx } from "../src/index.js";
import { all, bytesOf } from "./support/Run.js";

const columns = defineColumns([
  { name: "sku", type: "text" },
  { name: "onHand", type: "number" },
]);

const rows = Stream.range(1, 100_000).pipe(
  Stream.map((onHand) => ({ sku: `SKU-${onHand}`, onHand })),
);

/** How often a timer gets its turn while something is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  try {
    await work();
    return turns;
  } finally {
    clearInterval(timer);
  }
}

describe("others get their turn while a long table", () => {
  it.each([
    ["CSV", writeCsv],
    ["a workbook", writeXlsx],
  ])("is written as %s and read from memory", async (_, write) => {
    const written = write(columns, rows);
    expect(await turnsDuring(() => all(written))).toBeGreaterThan(20);
    const bytes = await bytesOf(written);
    expect(await turnsDuring(() => all(readTable(columns, bytes)))).toBeGreaterThan(20);
  });
});
