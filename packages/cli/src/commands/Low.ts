/** `stockbook low`: what has fallen below its minimum. */
import * as Command from "@effect/cli/Command";
import type { ThresholdView } from "@stockbook/engine";
import { Effect } from "effect";
import { allRows, openBook, told } from "../Book.js";
import { type Column, table } from "../output/Table.js";
import { count, number } from "../output/Text.js";
import { dbOption, describe, jsonOption, print, printJson } from "./Shared.js";

export const lowCommand = Command.make("low", { db: dbOption, json: jsonOption }, ({ db, json }) =>
  Effect.gen(function* () {
    const book = yield* openBook(db);
    const rows = yield* told(
      db,
      allRows((page) => book.thresholds({ depleted: true, ...page })),
    );
    yield* json ? printJson({ low: rows }) : print(lowText(rows));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Shows what has fallen below its minimum.",
      [
        "A minimum is set for an item at a location and counts everything below that location. " +
          "What would replenish it goes up to the maximum, or to the minimum where none is set.",
      ],
      ["stockbook low", "stockbook low --db shop.db --json"],
    ),
  ),
);

const figure = (title: string, of: (row: ThresholdView) => number): Column<ThresholdView> => ({
  title,
  align: "number",
  cell: (row) => number(of(row)),
});

const COLUMNS: readonly Column<ThresholdView>[] = [
  { title: "SKU", cell: ({ sku }) => sku },
  { title: "Name", most: 36, cell: ({ name }) => name },
  { title: "Location", cell: ({ location }) => location },
  figure("On hand", ({ quantity }) => quantity),
  figure("Minimum", ({ minimum }) => minimum),
  {
    title: "Maximum",
    align: "number",
    cell: ({ maximum }) => (maximum === 0 ? "–" : number(maximum)),
  },
  figure("To replenish", ({ replenishment }) => replenishment),
];

/** What is low as a table. */
function lowText(rows: readonly ThresholdView[]): string {
  if (rows.length === 0) return "Nothing is below its minimum.";
  return `${table(COLUMNS, rows)}\n\n${count(rows.length, "item")} below the minimum`;
}
