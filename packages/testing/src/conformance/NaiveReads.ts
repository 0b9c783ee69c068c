/** What reads must answer, told from the entries alone by going through all of them. */
import {
  type Entry,
  flowOf,
  type Item,
  itemOf,
  type Line,
  type Movement,
  toUnits,
} from "@stockbook/core";
import type {
  EventView,
  TransactionFilter,
  TransactionStatistics,
  TransactionView,
} from "@stockbook/engine";
import { MOVEMENT_KINDS } from "@stockbook/engine";
import type { Book } from "../Book.js";

/** A movement and those of its lines that match a filter. */
interface Match {
  readonly entry: Entry & { readonly body: Movement };
  readonly lines: readonly Line[];
}

/** The movements that match, in the order of (occurredAt, sequence). */
export function naiveTransactions(
  book: Book,
  filter: TransactionFilter,
): readonly TransactionView[] {
  return matches(book, filter).map(({ entry }) => naiveTransaction(book, entry));
}

export function naiveStatistics(book: Book, filter: TransactionFilter): TransactionStatistics {
  const found = matches(book, filter);
  const kinds = MOVEMENT_KINDS.flatMap((kind) => {
    const own = found.filter(({ entry }) => entry.body.kind === kind);
    if (own.length === 0) return [];
    const lines = own.flatMap((match) => match.lines);
    return [{ kind, transactions: own.length, lines: lines.length, value: worthOf(book, lines) }];
  });
  const lines = kinds.reduce((sum, row) => sum + row.lines, 0);
  return { transactions: found.length, lines, kinds };
}

/** Sums by currency, in alphabetical order. */
export function worthOf(
  book: Book,
  amounts: readonly { readonly item: string; readonly value: number }[],
): TransactionStatistics["kinds"][number]["value"] {
  const currencies = [...new Set(amounts.map(({ item }) => knownItem(book, item).currency))].sort();
  return currencies.map((currency) => ({
    amount: amounts
      .filter(({ item }) => knownItem(book, item).currency === currency)
      .reduce((sum, { value }) => sum + value, 0),
    currency,
  }));
}

function matches(book: Book, filter: TransactionFilter): readonly Match[] {
  const { kinds, from = -Infinity, to = Infinity } = filter;
  const anyLine = OF_LINES.every((name) => filter[name] === undefined);
  return [...book.entries]
    .sort((a, b) => a.occurredAt - b.occurredAt || a.sequence - b.sequence)
    .flatMap((entry) => {
      const { body, occurredAt } = entry;
      if (body.type !== "movement" || occurredAt < from || occurredAt >= to) return [];
      if (kinds !== undefined && !kinds.includes(body.kind)) return [];
      if (!says(body, filter)) return [];
      const lines = body.lines.filter((line) => isWanted(book, line, filter));
      return anyLine || lines.length > 0 ? [{ entry: { ...entry, body }, lines }] : [];
    });
}

/** What a filter may ask of a line. */
const OF_LINES = [
  "item",
  "location",
  "origin",
  "originAlone",
  "destination",
  "destinationAlone",
  "flows",
  "quantity",
] as const;

function says(body: Movement, filter: TransactionFilter): boolean {
  const { reference, referencePart, reasonPart, actor } = filter;
  const hasPart = (text: string | null, part: string | undefined) =>
    part === undefined || part === "" || !!text?.toLowerCase().includes(part.toLowerCase());
  return (
    (reference === undefined || body.reference === reference) &&
    (actor === undefined || body.actor === actor) &&
    hasPart(body.reference, referencePart) &&
    hasPart(body.reason, reasonPart)
  );
}

function isWanted(book: Book, line: Line, filter: TransactionFilter): boolean {
  const { item, location, origin, originAlone, destination, destinationAlone } = filter;
  const { flows, quantity } = filter;
  const within = (id: string, root: string | undefined) =>
    root === undefined || isBelow(book, id, root);
  const flow = flowOf(line.from, line.to);
  const { precision } = knownItem(book, line.item);
  return (
    (item === undefined || line.item === item) &&
    (within(line.from, location) || within(line.to, location)) &&
    within(line.from, origin) &&
    (originAlone === undefined || line.from === originAlone) &&
    within(line.to, destination) &&
    (destinationAlone === undefined || line.to === destinationAlone) &&
    (flows === undefined || (flow !== null && flows.includes(flow))) &&
    (quantity === undefined || toUnits(line.quantity, precision) === Number(quantity))
  );
}

/** Whether a location is another one or somewhere below it. */
export function isBelow(book: Book, location: string, root: string): boolean {
  if (location === root) return true;
  const parent = book.state.locations.get(location)?.location.parent ?? null;
  return parent !== null && isBelow(book, parent, root);
}

export function naiveTransaction(book: Book, entry: Match["entry"]): TransactionView {
  const { sequence, occurredAt, recordedAt, body } = entry;
  const { type: _type, destination: _destination, lines, ...said } = body;
  return {
    sequence,
    occurredAt,
    recordedAt,
    ...said,
    lines: lines.map((line) => {
      const { sku, name, precision, currency } = knownItem(book, line.item);
      return { ...line, sku, name, currency, quantity: toUnits(line.quantity, precision) };
    }),
  };
}

/** The feed as events. */
export function naiveEvents(book: Book): readonly EventView[] {
  return book.entries.map((entry) => {
    const { sequence, occurredAt, recordedAt } = entry;
    // Each kind of entry has one type of event, whose data is what is told of it below.
    return { sequence, occurredAt, recordedAt, ...naiveContent(book, entry) } as EventView;
  });
}

function naiveContent(book: Book, entry: Entry): { readonly type: string; readonly data: unknown } {
  const { body } = entry;
  switch (body.type) {
    case "movement":
      return { type: "stock.moved", data: naiveTransaction(book, { ...entry, body }) };
    case "depleted":
    case "replenished": {
      const { item, location, minimum, maximum } = body.threshold;
      const { sku } = knownItem(book, item);
      const { previous, quantity, replenishment } = body;
      const amounts = inUnits(book, item, { previous, quantity, minimum, maximum, replenishment });
      const data = { item, sku, location, ...amounts, cause: body.cause };
      return { type: `stock.${body.type}`, data };
    }
    case "item-put":
      return { type: "item.changed", data: body.item };
    case "category-put":
      return { type: "category.changed", data: body.category };
    case "manufacturer-put":
      return { type: "manufacturer.changed", data: body.manufacturer };
    case "location-put":
      return { type: "location.changed", data: body.location };
    case "threshold-set": {
      const { item, location, ...amounts } = body.threshold;
      const data = { item, location, ...inUnits(book, item, amounts) };
      return { type: "threshold.changed", data };
    }
    case "threshold-removed":
      return { type: "threshold.removed", data: { item: body.item, location: body.location } };
    case "opened":
      return { type: "ledger.opened", data: body.settings };
    case "refused":
      return {
        type: "command.refused",
        data: { command: body.command, rejection: body.rejection },
      };
  }
}

function inUnits(
  book: Book,
  item: string,
  amounts: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const { precision } = knownItem(book, item);
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, toUnits(amount, precision)]),
  );
}

/** An item that entries speak of, which is therefore there. */
function knownItem({ state }: Book, id: string): Item {
  const found = itemOf(state, id);
  if (found === undefined) throw new Error(`there is no item ${id}`);
  return found.item;
}
