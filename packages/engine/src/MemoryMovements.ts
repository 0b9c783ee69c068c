/** How the memory store answers questions about movements: by going through all of them. */
import { DAY_MS, HOUR_MS, type MovementKind } from "@stockbook/core";
import type { TransactionQuery, TransactionScope } from "./Questions.js";
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
  return matches(rows, query)
    .map(({ entry }) => entry)
    .filter(isBehind)
    .sort((a, b) => sign * (a.occurredAt - b.occurredAt || a.sequence - b.sequence))
    .slice(0, limit);
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
  reference: null,
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

function matches({ entries, lines }: Rows, scope: TransactionScope): readonly Match[] {
  const { kinds, reference, from, to, itemNo, locationNos } = scope;
  const anyLine = itemNo === null && locationNos === null;
  return entries.flatMap((entry) => {
    if (entry.type !== "movement" || entry.occurredAt < from || entry.occurredAt >= to) return [];
    if (kinds !== null && !kinds.includes(kindOf(entry))) return [];
    if (reference !== null && entry.body.reference !== reference) return [];
    const first = entry.firstLine - 1;
    const own = lines.slice(first, first + entry.lineCount);
    const matching = own.filter((line) => lineMatches(line, scope));
    return anyLine || matching.length > 0 ? [{ entry, lines: matching }] : [];
  });
}

function lineMatches(line: LineRow, { itemNo, locationNos }: TransactionScope): boolean {
  if (itemNo !== null && line.itemNo !== itemNo) return false;
  if (locationNos !== null) {
    return locationNos.includes(line.fromNo) || locationNos.includes(line.toNo);
  }
  return true;
}

function kindOf({ body }: EntryRow): MovementKind {
  // The content of a movement names its kind.
  return body.kind as MovementKind;
}
