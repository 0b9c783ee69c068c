/** `stockbook plan`: what to order, and why. */
import * as Command from "@effect/cli/Command";
import type { PlanRow } from "@stockbook/engine";
import { Effect } from "effect";
import { openBook, told } from "../Book.js";
import { type Column, table } from "../output/Table.js";
import { count, number } from "../output/Text.js";
import { dbOption, describe, jsonOption, print, printJson } from "./Shared.js";

export const planCommand = Command.make(
  "plan",
  { db: dbOption, json: jsonOption },
  ({ db, json }) =>
    Effect.gen(function* () {
      const book = yield* openBook(db);
      const rows = yield* told(db, book.plan);
      yield* json ? printJson({ plan: rows }) : print(planText(rows));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Shows what to order, and how each quantity came about.",
      [
        "What is on hand and on its way, less what is reserved, is held against the minimum; " +
          "an order goes up to the maximum, within the bounds set for one order.",
      ],
      ["stockbook plan", "stockbook plan --db shop.db --json"],
    ),
  ),
);

const COLUMNS: readonly Column<PlanRow>[] = [
  { title: "SKU", cell: ({ sku }) => sku },
  { title: "Name", most: 30, cell: ({ name }) => name },
  { title: "For", cell: ({ location }) => location },
  { title: "Order", align: "number", cell: ({ quantity }) => number(quantity) },
  { title: "Why", cell: whyOrder },
];

/** The plan as a table. */
function planText(rows: readonly PlanRow[]): string {
  if (rows.length === 0) return "Nothing to order.";
  return `${table(COLUMNS, rows)}\n\n${count(rows.length, "order")} to place`;
}

/** The derivation of an order in words. */
export function whyOrder({ onHand, incoming, reserved, derivation }: PlanRow): string {
  const { position, trigger, target, need, afterMinimum, afterRounding, quantity } = derivation;
  const terms = [`${number(onHand)} on hand`];
  if (incoming !== 0) terms.push(`+ ${number(incoming)} incoming`);
  if (reserved !== 0) terms.push(`− ${number(reserved)} reserved`);
  if (terms.length > 1) terms.push(`= ${number(position)}`);
  const steps = [
    `${terms.join(" ")}, below ${number(trigger)}`,
    `${number(need)} more reach ${number(target)}`,
  ];
  if (afterMinimum !== need) steps.push(`the smallest order is ${number(afterMinimum)}`);
  if (afterRounding !== afterMinimum) steps.push(`whole packs make ${number(afterRounding)}`);
  if (quantity !== afterRounding) steps.push(`the largest order is ${number(quantity)}`);
  return steps.join("; ");
}
