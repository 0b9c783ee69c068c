/** Transactions: movements of the ledger that changed what is on hand. */
import { type Calendar, type Flow, flowOf } from "@stockbook/core";
import type { FlowStatistics, TransactionLine, TransactionView } from "@stockbook/engine";
import type { MovementTypes, Transaction } from "../contract/Views.js";
import { timestampOf } from "./Dates.js";
import { moneyOf, moniesOf, unitCostOf } from "./Money.js";

/** Names of locations by their ids. */
export type Names = ReadonlyMap<string, string>;

/** The movement as a transaction; nothing where it changed nothing of what is on hand. */
export function transactionOf(
  movement: TransactionView,
  names: Names,
  calendar: Pick<Calendar, "offsetOf">,
): Transaction | undefined {
  const lines = movement.lines.filter(({ from, to }) => flowOf(from, to) !== null);
  const [first] = lines;
  if (first === undefined) return undefined;
  const origin = placeOf(lines.map(({ from }) => from));
  const destination = placeOf(lines.map(({ to }) => to));
  return {
    id: String(movement.sequence),
    date_time: timestampOf(movement.occurredAt, calendar),
    applied: timestampOf(movement.recordedAt, calendar),
    comments: movement.note,
    reason: movement.reason,
    order_number: movement.reference,
    user_id: movement.actor,
    movement: {
      type: flowOf(first.from, first.to) as Flow,
      origin: nameOf(origin, names),
      destination: nameOf(destination, names),
      origin_id: origin,
      destination_id: destination,
    },
    lines: lines.map(lineOf),
  };
}

/** The one node of all lines; `null` where it is none that there is, or not the same one. */
function placeOf(ids: readonly string[]): string | null {
  const [first] = ids;
  if (first === undefined || first.startsWith("@")) return null;
  return ids.every((id) => id === first) ? first : null;
}

function nameOf(id: string | null, names: Names): string | null {
  return id === null ? null : (names.get(id) ?? id);
}

function lineOf(line: TransactionLine): Transaction["lines"][number] {
  const { item, name, quantity, value, currency } = line;
  return {
    product_id: item,
    product_name: name,
    quantity,
    product_unit_cost: moneyOf(unitCostOf(value, quantity), currency),
    line_cost: moneyOf(Math.abs(value), currency),
  };
}

/** What movements came to, by type. */
export function typesOf({ flows }: FlowStatistics): MovementTypes {
  const { input, output, transfer, adjust } = flows;
  return {
    input: statisticsOf(input),
    output: statisticsOf(output),
    transfer: statisticsOf(transfer),
    adjust: statisticsOf(adjust),
  };
}

function statisticsOf(flow: FlowStatistics["flows"][Flow]): MovementTypes[keyof MovementTypes] {
  const { transactions, lines, quantity, value } = flow;
  return { transactions, lines, quantity, cost: moniesOf(value) };
}
