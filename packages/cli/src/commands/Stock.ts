/** `stockbook stock`: what there is, by item and location. */
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import type { StockView } from "@stockbook/engine";
import { Effect, Option } from "effect";
import { allRows, locationNamed, openBook, told } from "../Book.js";
import { type Column, table } from "../output/Table.js";
import { count, money, number } from "../output/Text.js";
import { dbOption, describe, jsonOption, print, printJson } from "./Shared.js";

const location = Options.text("location").pipe(
  Options.withPseudoName("id"),
  Options.withDescription("Only this location and everything below it."),
  Options.optional,
);

const all = Options.boolean("all").pipe(Options.withDescription("Also what has nothing on hand."));

export const stockCommand = Command.make(
  "stock",
  { db: dbOption, location, all, json: jsonOption },
  ({ db, location, all, json }) =>
    Effect.gen(function* () {
      const book = yield* openBook(db);
      const within = Option.getOrUndefined(location);
      if (within !== undefined) yield* locationNamed(book, db, within);
      const filter = { location: within, nonZero: !all };
      const rows = yield* told(
        db,
        allRows((page) => book.stock({ ...filter, ...page })),
      );
      const sorted = [...rows].sort(bySkuThenLocation);
      yield* json ? printJson({ stock: sorted }) : print(stockText(sorted));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Shows what there is of each item at each location.",
      ["On hand is available, reserved and unavailable together."],
      [
        "stockbook stock",
        "stockbook stock --location warehouse --db shop.db",
        "stockbook stock --all --json",
      ],
    ),
  ),
);

function bySkuThenLocation(a: StockView, b: StockView): number {
  return compare(a.sku, b.sku) || compare(a.location, b.location) || compare(a.lot, b.lot);
}

function compare(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : (a ?? "") > (b ?? "") ? 1 : 0;
}

/** The stock as a table, with a line that sums it up. */
function stockText(rows: readonly StockView[]): string {
  if (rows.length === 0) return "Nothing on hand.";
  return `${table(columnsFor(rows), rows)}\n\n${summary(rows)}`;
}

function columnsFor(rows: readonly StockView[]): readonly Column<StockView>[] {
  const figure = (title: string, of: (row: StockView) => number): Column<StockView> => ({
    title,
    align: "number",
    cell: (row) => number(of(row)),
  });
  const columns: Column<StockView>[] = [
    { title: "SKU", cell: ({ sku }) => sku },
    { title: "Name", most: 36, cell: ({ name }) => name },
    { title: "Location", cell: ({ location }) => location },
  ];
  if (rows.some(({ lot }) => lot !== null)) {
    columns.push({ title: "Lot", cell: ({ lot }) => lot ?? "" });
  }
  columns.push(figure("On hand", ({ onHand }) => onHand));
  if (rows.some(({ onHand, available }) => onHand !== available)) {
    columns.push(
      figure("Available", ({ available }) => available),
      figure("Reserved", ({ reserved }) => reserved),
      figure("Unavailable", ({ unavailable }) => unavailable),
    );
  }
  if (rows.some(({ unit }) => unit !== "piece")) {
    columns.push({ title: "Unit", cell: ({ unit }) => unit });
  }
  if (rows.some(({ value }) => value !== 0)) {
    const cell = ({ value, currency }: StockView) => money(value, currency);
    columns.push({ title: "Value", align: "right", cell });
  }
  return columns;
}

function summary(rows: readonly StockView[]): string {
  const items = count(new Set(rows.map(({ item }) => item)).size, "item");
  const places = count(new Set(rows.map(({ location }) => location)).size, "location");
  const worth = new Map<string, number>();
  for (const { value, currency } of rows) worth.set(currency, (worth.get(currency) ?? 0) + value);
  const valued = [...worth].filter(([, value]) => value !== 0);
  const value = valued.map(([currency, amount]) => money(amount, currency)).join(" and ");
  return `${items} at ${places}${value === "" ? "" : `, worth ${value}`}`;
}
