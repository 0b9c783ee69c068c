import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ROWS } from "../src/Rows.js";
import { runRow } from "../src/Run.js";
import { SMOKE_SCALE } from "../src/Scale.js";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "stockbook-bench-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

// How fast it is, is no matter for a test: only that everything is measured.
describe.each(ROWS)("row $id", (row) => {
  it("runs, gives figures and leaves nothing behind", async () => {
    const said: string[] = [];
    const say = (text: string) => said.push(text);
    const figures = await runRow(row, { rounds: 1, scale: SMOKE_SCALE, directory, say });
    expect(figures).not.toHaveLength(0);
    for (const { outcome } of figures) {
      for (const { least, most } of [outcome.measured, outcome.reference, outcome.ratio]) {
        expect(least).toBeGreaterThan(0);
        expect(most).toBeLessThan(Number.POSITIVE_INFINITY);
      }
    }
    expect(said).not.toHaveLength(0);
    expect(readdirSync(directory)).toEqual([]);
  });
});

it("gives every row a name of its own", () => {
  expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length);
});
