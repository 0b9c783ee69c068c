/** How the memory store answers questions about movements: by going through all of them. */
import {
  DAY_MS,
  type Flow,
  flowOf,
  HOUR_MS,
  type MovementKind,
  VIRTUAL_LOCATIONS,
} from "@stockbook/core";
import type {
  FlowCount,
  FlowScope,
  FlowSum,
  FlowSums,
  LineScope,
  NumberedTransactionQuery,
  TransactionQuery,
  TransactionScope,
} from "./Questions.js";
import type { EntryRow, ItemRow, KindGrain, LineRow, StoredKindRollup } from "./Store.js";
import type { KindStatistics, Money } from "./Views.js";

/** What is gone through. */
interface Rows {
  readonly entries: readonly EntryRow[];
  readonly lines: readonly LineRow[];
  readonly items: ReadonlyMap<number, ItemRow>;
}

/** A movement and those of its lines that match. */
interface Match {
  readonly entry: EntryRow;
  readonly lines: readonly LineRow[];
}

/** The movements of a page, in order. */
export function transactions(rows: Rows, query: TransactionQuery): readonly EntryRow[] {
  const { after, order, limit } = query;
  const sign = order === "ascending" ? 1 : -1;
  const isBehind = ({ occurredAt, sequence }: EntryRow) =>
    after === null || sign * (occurredAt - after[0] || sequence - after[1]) > 0;
  return inOrder(rows, query).filter(isBehind).slice(0, limit);
}

/** The movements of a page by its number, in order. */
export function numberedTransactions(
  rows: Rows,
  query: NumberedTransactionQuery,
): readonly EntryRow[] {
  return inOrder(rows, query).slice(query.offset, query.offset + query.limit);
}

export function countTransactions(rows: Rows, scope: TransactionScope): number {
  return matches(rows, scope).length;
}

function inOrder(rows: Rows, query: NumberedTransactionQuery | TransactionQuery) {
  const sign = query.order === "ascending" ? 1 : -1;
  return matches(rows, query)
    .map(({ entry }) => entry)
    .sort((a, b) => sign * (a.occurredAt - b.occurredAt || a.sequence - b.sequence));
}

/** What lines came to by day and flow. */
export function flowSums(rows: Rows, scope: FlowScope): FlowSums {
  const movements = new Map<string, FlowCount & { readonly sequences: Set<number> }>();
  const sums = new Map<string, FlowSum>();
  for (const { sequence, occurredAt, itemNo, fromNo, toNo, quantity, value } of rows.lines) {
    if (occurredAt < scope.from || occurredAt >= scope.to) continue;
    if (!scope.locationNos.some((no) => no === fromNo || no === toNo)) continue;
    const flow = flowOfNumbers(fromNo, toNo);
    if (flow === null) continue;
    const day = dayOf(scope, occurredAt);
    const { precision, currency } = (rows.items.get(itemNo) as ItemRow).item;
    const key = [day, flow].join();
    const sequences = (movements.get(key)?.sequences ?? new Set()).add(sequence);
    movements.set(key, { day, flow, transactions: sequences.size, sequences });
    const part = [day, flow, precision, currency].join();
    const known = sums.get(part) ?? { lines: 0, quantity: 0n, value: 0 };
    sums.set(part, {
      day,
      flow,
      precision,
      currency,
      lines: known.lines + 1,
      quantity: known.quantity + BigInt(quantity),
      value: known.value + Math.abs(value),
    });
  }
  const counts = Array.from(movements.values(), ({ sequences: _, ...count }) => count);
  return { counts, sums: [...sums.values()] };
}

function dayOf({ days }: FlowScope, instant: number): number {
  const run = days.findLast(({ start }) => start <= instant);
  return run === undefined ? 0 : run.first + Math.floor((instant - run.start) / DAY_MS);
}

/** Locations that are no virtual ones are alike to the flow, as long as they are two. */
function flowOfNumbers(fromNo: number, toNo: number): Flow | null {
  const idOf = (no: number) => VIRTUAL_LOCATIONS[no - 1] ?? String(no);
  return flowOf(idOf(fromNo), idOf(toNo));
}

export function statistics(rows: Rows, scope: TransactionScope): readonly KindStatistics[] {
  const byKind = new Map<MovementKind, Match[]>();
  for (const match of matches(rows, scope)) {
    const kind = kindOf(match.entry);
    byKind.set(kind, [...(byKind.get(kind) ?? []), match]);
  }
  return Array.from(byKind, ([kind, found]) => {
    const lines = found.flatMap((match) => match.lines);
    const value = sumByCurrency(
      lines.map((line) => ({
        amount: line.value,
        currency: (rows.items.get(line.itemNo) as ItemRow).item.currency,
      })),
    );
    return { kind, transactions: found.length, lines: lines.length, value };
  });
}

const GRAIN_MS: { readonly [grain in KindGrain]: number } = { hour: HOUR_MS, day: DAY_MS };

const EVERYTHING: TransactionScope = {
  kinds: null,
  itemNo: null,
  locationNos: null,
  fromNos: null,
  toNos: null,
  flows: null,
  quantities: null,
  reference: null,
  referencePart: null,
  reasonPart: null,
  actor: null,
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
};

/** What the movements of every hour or day come to, by kind and currency. */
export function kindRollups(rows: Rows, grain: KindGrain): readonly StoredKindRollup[] {
  const rollups = new Map<string, StoredKindRollup>();
  for (const { entry, lines } of matches(rows, EVERYTHING)) {
    const kind = kindOf(entry);
    const start = Math.floor(entry.occurredAt / GRAIN_MS[grain]);
    const counted = lines.map(({ itemNo, value }, i) => ({
      currency: (rows.items.get(itemNo) as ItemRow).item.currency,
      sums: { transactions: i === 0 ? 1 : 0, lines: 1, value },
    }));
    const none = { currency: null, sums: { transactions: 1, lines: 0, value: 0 } };
    for (const { currency, sums } of counted.length === 0 ? [none] : counted) {
      const key = [start, kind, currency].join();
      const known = rollups.get(key)?.sums ?? { transactions: 0, lines: 0, value: 0 };
      const total = {
        transactions: known.transactions + sums.transactions,
        lines: known.lines + sums.lines,
        value: known.value + sums.value,
      };
      rollups.set(key, { kind, currency, start, sums: total });
    }
  }
  return [...rollups.values()];
}

/** One sum for each currency, in alphabetical order. */
export function sumByCurrency(amounts: readonly Money[]): readonly Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return [...sums]
    .map(([currency, amount]) => ({ amount, currency }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function matches({ entries, lines, items }: Rows, scope: TransactionScope): readonly Match[] {
  const { kinds, from, to } = scope;
  const anyLine = isAnyLine(scope);
  return entries.flatMap((entry) => {
    if (entry.type !== "movement" || entry.occurredAt < from || entry.occurredAt >= to) return [];
    if (kinds !== null && !kinds.includes(kindOf(entry))) return [];
    if (!says(entry, scope)) return [];
    const first = entry.firstLine - 1;
    const own = lines.slice(first, first + entry.lineCount);
    const matching = own.filter((line) => lineMatches(line, scope, items));
    return anyLine || matching.length > 0 ? [{ entry, lines: matching }] : [];
  });
}

/** Whether nothing is said of lines. */
function isAnyLine(scope: LineScope): boolean {
  const { itemNo, locationNos, fromNos, toNos, flows, quantities } = scope;
  return [itemNo, locationNos, fromNos, toNos, flows, quantities].every((part) => part === null);
}

function says({ body }: EntryRow, scope: TransactionScope): boolean {
  const { reference, referencePart, reasonPart, actor } = scope;
  if (reference !== null && body.reference !== reference) return false;
  if (actor !== null && body.actor !== actor) return false;
  return hasPart(body.reference, referencePart) && hasPart(body.reason, reasonPart);
}

function hasPart(text: unknown, part: string | null): boolean {
  return part === null || (typeof text === "string" && text.toLowerCase().includes(part));
}

function lineMatches(line: LineRow, scope: LineScope, items: Rows["items"]): boolean {
  const { itemNo, locationNos, fromNos, toNos, flows, quantities } = scope;
  const { fromNo, toNo } = line;
  if (itemNo !== null && line.itemNo !== itemNo) return false;
  if (locationNos !== null && !locationNos.includes(fromNo) && !locationNos.includes(toNo)) {
    return false;
  }
  if (fromNos !== null && !fromNos.includes(fromNo)) return false;
  if (toNos !== null && !toNos.includes(toNo)) return false;
  if (quantities !== null) {
    const { precision } = (items.get(line.itemNo) as ItemRow).item;
    if (quantities[precision] !== line.quantity) return false;
  }
  const flow = flowOfNumbers(fromNo, toNo);
  return flows === null || (flow !== null && flows.includes(flow));
}

function kindOf({ body }: EntryRow): MovementKind {
  // The content of a movement names its kind.
  return body.kind as MovementKind;
}
