/** `stockbook card`: the movements of one item at one place, with the balance after each. */
import * as Args from "@effect/cli/Args";
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import { calendarOf, DAY_MS, type Instant, type Item } from "@stockbook/core";
import type { Card, CardRow, LedgerService } from "@stockbook/engine";
import { Effect, Option } from "effect";
import { allRows, itemNamed, locationNamed, openBook, told } from "../Book.js";
import { Failure } from "../Failure.js";
import { isoFormat } from "../import/DateFormat.js";
import { wallClock } from "../import/WallTime.js";
import { type Column, table } from "../output/Table.js";
import { clockOf, count, money, number } from "../output/Text.js";
import { dbOption, describe, jsonOption, print, printJson } from "./Shared.js";

const sku = Args.text({ name: "sku" }).pipe(Args.withDescription("The item's code."));

const location = Options.text("location").pipe(
  Options.withPseudoName("id"),
  Options.withDescription("The location; not needed where the item has only one."),
  Options.optional,
);

const from = Options.text("from").pipe(
  Options.withPseudoName("date"),
  Options.withDescription("From this day or moment on, such as 2010-12-01."),
  Options.optional,
);

const to = Options.text("to").pipe(
  Options.withPseudoName("date"),
  Options.withDescription("Up to the end of this day, or up to this moment."),
  Options.optional,
);

export const cardCommand = Command.make(
  "card",
  { sku, db: dbOption, location, from, to, json: jsonOption },
  ({ sku, db, location, from, to, json }) =>
    Effect.gen(function* () {
      const book = yield* openBook(db);
      const { timeZone } = book.settings;
      const item = yield* itemNamed(book, db, sku);
      const request = {
        item: item.id,
        location: yield* placeOf(book, db, item, Option.getOrUndefined(location)),
        from: yield* momentOf("--from", Option.getOrUndefined(from), timeZone, "beginning"),
        to: yield* momentOf("--to", Option.getOrUndefined(to), timeZone, "end"),
      };
      const card = yield* wholeCard(book, db, request);
      yield* json ? printJson(card) : print(cardText(card, timeZone));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Shows the movements of an item at a location, with the balance after each.",
      ["Days and times are those of the book's own time zone."],
      [
        "stockbook card 85123A",
        "stockbook card 85123A --from 2010-12-01 --to 2010-12-07",
        "stockbook card 85123A --location warehouse --db shop.db --json",
      ],
    ),
  ),
);

/** The location that is asked for, or the only one it can be. */
const placeOf = (book: LedgerService, db: string, item: Item, named: string | undefined) =>
  Effect.gen(function* () {
    if (named !== undefined) return (yield* locationNamed(book, db, named)).id;
    const rows = yield* told(
      db,
      allRows((page) => book.stock({ item: item.id, ...page })),
    );
    const places = [...new Set(rows.map((row) => row.location))];
    const [only] = places;
    if (only !== undefined && places.length === 1) return only;
    const message =
      only === undefined
        ? `${db}: item ${item.sku} has never moved`
        : `${db}: item ${item.sku} is at ${places.join(", ")}; name one with --location`;
    return yield* new Failure({ message });
  });

type Edge = "beginning" | "end";

/** The instant at an edge of the day that is given, or the moment that is given itself. */
function momentOf(option: string, text: string | undefined, timeZone: string, edge: Edge) {
  if (text === undefined) return Effect.succeed(undefined);
  const moment = readMoment(text, timeZone, edge);
  if (moment !== undefined) return Effect.succeed(moment);
  const right = "a day such as 2010-12-01 or a moment such as 2010-12-01T08:26";
  return new Failure({ message: `${option} must be ${right}, not ${JSON.stringify(text)}` });
}

/** Reads a day or a moment; a day stands for one of its edges. */
function readMoment(text: string, timeZone: string, edge: Edge): Instant | undefined {
  const written = isoFormat.read(text);
  if (written === undefined) return undefined;
  const { local, offset } = written;
  if (!/[T ]/.test(text)) {
    return calendarOf(timeZone).startOfDay(local / DAY_MS + (edge === "end" ? 1 : 0));
  }
  return offset === null ? wallClock(timeZone)(local) : local - offset * 60_000;
}

type Request = Parameters<LedgerService["card"]>[0];

/** The card with the rows of all its pages. */
const wholeCard = (book: LedgerService, db: string, request: Request) =>
  Effect.gen(function* () {
    let card = yield* told(db, book.card({ ...request, limit: 1_000 }));
    while (card.next !== null) {
      const next: Card = yield* told(db, book.card({ ...request, limit: 1_000, after: card.next }));
      const { closing, next: after } = next;
      card = { ...card, rows: [...card.rows, ...next.rows], closing, next: after };
    }
    return card;
  });

/** The card as a table between what there was before and after. */
function cardText(card: Card, timeZone: string): string {
  const { item, location, rows } = card;
  const title = `${item.sku}  ${item.name}\nat ${location.name} (${location.id}), in ${item.unit}`;
  const opening = `opening ${number(card.opening)}`;
  if (rows.length === 0) return `${title}\n\n${opening}, no movements`;
  const sum = (of: (row: CardRow) => number) => number(exactSum(rows.map(of), item.precision));
  const totals = [
    opening,
    `in ${sum((row) => row.in)}`,
    `out ${sum((row) => row.out)}`,
    `closing ${number(card.closing)}`,
  ];
  const movements = count(rows.length, "movement");
  return `${title}\n\n${table(columnsFor(card, timeZone), rows)}\n\n${movements}: ${totals.join(", ")}`;
}

/** Adds up decimals in whole steps of the unit, so that no sum is off by a float's error. */
function exactSum(values: readonly number[], precision: number): number {
  const steps = 10 ** precision;
  return values.reduce((sum, value) => sum + Math.round(value * steps), 0) / steps;
}

function columnsFor({ item, rows }: Card, timeZone: string): readonly Column<CardRow>[] {
  const clock = clockOf(timeZone);
  const some = (value: number) => (value === 0 ? "" : number(value));
  const columns: Column<CardRow>[] = [
    { title: "When", cell: ({ occurredAt }) => clock(occurredAt) },
    { title: "What", cell: ({ kind }) => kind },
    { title: "In", align: "number", cell: (row) => some(row.in) },
    { title: "Out", align: "number", cell: (row) => some(row.out) },
    { title: "On hand", align: "number", cell: ({ onHand }) => number(onHand) },
  ];
  if (rows.some(({ onHand, available }) => onHand !== available)) {
    columns.push({ title: "Available", align: "number", cell: (row) => number(row.available) });
  }
  if (rows.some(({ value }) => value !== 0)) {
    const cell = ({ value }: CardRow) => money(value, item.currency);
    columns.push({ title: "Value", align: "right", cell });
  }
  columns.push(
    { title: "From or to", cell: ({ counterpart }) => counterpart },
    { title: "Reference", most: 24, cell: ({ reference }) => reference ?? "" },
    { title: "Entry", align: "right", cell: ({ sequence }) => String(sequence) },
  );
  return columns;
}
