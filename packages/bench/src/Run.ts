/** Runs a row in a directory of its own. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Row } from "./Row.js";
import type { RowFigure } from "./Table.js";

/** The figures of a row; its databases are removed before this is done. */
export async function runRow(row: Row, bench: Bench): Promise<readonly RowFigure[]> {
  const directory = join(bench.directory, row.id);
  const say = (progress: string) => bench.say(`${row.id}: ${progress}`);
  mkdirSync(directory);
  say(row.title);
  try {
    const figures = await row.run({ ...bench, directory, say });
    return figures.map((figure) => ({ row: row.id, ...figure }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
