/**
 * What movements came to, by kind.
 *
 * Of all movements of a time, whole days and hours are read from the roll-ups of kinds; only before
 * the first whole hour and after the last one are movements gone through. What is said of items,
 * locations or references is counted line by line.
 */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import { DAY_MS, HOUR_MS, type MovementKind } from "@stockbook/core";
import type { KindGrain, KindStatistics, LedgerId, TransactionScope } from "@stockbook/engine";
import { Effect } from "effect";
import { GRAIN_CODES, kindOf } from "./Codes.js";
import {
  chainsIn,
  codesOf,
  isAnyLine,
  isMovement,
  type Matching,
  ofEntry,
  ofKind,
  onChain,
  onLine,
  type Range,
  type ReferenceScope,
  type Slice,
  says,
  saysAnything,
  scannedLines,
  unionAll,
  type Where,
  within,
  withReference,
} from "./MovementQueries.js";
import {
  activeIn,
  type Look,
  matchesNothing,
  placesFor,
  scopeRange,
  sliceOfRange,
  whereIn,
} from "./Movements.js";

/** A part of what one kind came to; without a currency, it has no value. */
export interface StatisticsRecord {
  readonly kind: number;
  readonly currency: string | null;
  readonly transactions: number;
  readonly lines: number;
  readonly value: number;
}

export function statistics(
  look: Look,
  scope: TransactionScope,
): Effect.Effect<readonly KindStatistics[]> {
  if (matchesNothing(scope)) return Effect.succeed([]);
  return Effect.map(statisticsRows(look, scope), kindsOf);
}

/** How many movements of some kinds there were in a time. */
export function countTransactions(look: Look, scope: TransactionScope): Effect.Effect<number> {
  return Effect.map(sumsOfAll(look, scope), (rows) =>
    rows.reduce((sum, { transactions }) => sum + transactions, 0),
  );
}

function statisticsRows(look: Look, scope: TransactionScope) {
  const { sql, ask, ledger } = look;
  const { kinds, reference } = scope;
  const range = scopeRange(scope);
  return Effect.gen(function* () {
    if (reference !== null) {
      return yield* ask(sumsByReference(sql, ledger, { ...scope, reference }, range));
    }
    const anyLine = isAnyLine(scope);
    if (anyLine && saysAnything(scope)) return yield* sumsOfAll(look, scope);
    const slice = yield* sliceOfRange(look, kinds, range);
    if (slice === undefined) return [];
    const places = yield* placesFor(look, scope);
    if (places.in === "ledger") return yield* ask(sumsScanned(sql, ledger, scope, range));
    const where = whereIn(yield* activeIn(look, places, slice), slice);
    return yield* ask(sumsAtPlaces(sql, ledger, scope, where, slice, range));
  });
}

/** By roll-ups, as far as they fit into the time. */
function sumsOfAll({ sql, ask, ledger }: Look, scope: TransactionScope) {
  const { kinds } = scope;
  const { whole, edges } = divided(scope);
  return Effect.gen(function* () {
    const rows =
      whole.length === 0 ? [] : [...(yield* ask(sumsOfSpans(sql, ledger, kinds, whole)))];
    for (const edge of edges) {
      rows.push(...(yield* ask(sumsByTime(sql, ledger, kinds, scopeRange(edge)))));
    }
    return rows;
  });
}

/** Whole hours or days, the last one included. */
interface Span {
  readonly grain: KindGrain;
  readonly first: number;
  readonly last: number;
}

type Times = Pick<TransactionScope, "from" | "to">;

/** A time in parts: what roll-ups tell, and what is left at its ends. */
interface Parts {
  readonly whole: readonly Span[];
  readonly edges: readonly Times[];
}

const DAY_HOURS = DAY_MS / HOUR_MS;

/** As few roll-ups as there can be. Hours and days are those of UTC, which are all of one length. */
export function divided({ from, to }: Times): Parts {
  const first = Math.ceil(from / HOUR_MS);
  const end = Math.floor(to / HOUR_MS);
  if (first >= end) return { whole: [], edges: [{ from, to }] };
  const edges = [
    { from, to: first * HOUR_MS },
    { from: end * HOUR_MS, to },
  ];
  return { whole: wholeSpans(first, end), edges: edges.filter((edge) => edge.from < edge.to) };
}

/** @param end the hour after the last one. */
function wholeSpans(first: number, end: number): readonly Span[] {
  const firstDay = Math.ceil(first / DAY_HOURS);
  const endDay = Math.floor(end / DAY_HOURS);
  if (firstDay >= endDay) return [{ grain: "hour", first, last: end - 1 }];
  const spans: readonly Span[] = [
    { grain: "hour", first, last: firstDay * DAY_HOURS - 1 },
    { grain: "day", first: firstDay, last: endDay - 1 },
    { grain: "hour", first: endDay * DAY_HOURS, last: end - 1 },
  ];
  return spans.filter((span) => span.first <= span.last);
}

/** The parts put together, a row for each kind. */
function kindsOf(rows: readonly StatisticsRecord[]): readonly KindStatistics[] {
  const byKind = new Map<number, StatisticsRecord[]>();
  for (const row of rows) {
    const known = byKind.get(row.kind);
    if (known === undefined) byKind.set(row.kind, [row]);
    else known.push(row);
  }
  return Array.from(byKind, ([kind, parts]) => ({
    // Only movements are counted.
    kind: kindOf(kind) as MovementKind,
    transactions: parts.reduce((sum, { transactions }) => sum + transactions, 0),
    lines: parts.reduce((sum, { lines }) => sum + lines, 0),
    value: worthOf(parts),
  }));
}

/** One sum for each currency, in alphabetical order. */
function worthOf(parts: readonly StatisticsRecord[]): KindStatistics["value"] {
  const sums = new Map<string, number>();
  for (const { currency, value } of parts) {
    if (currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + value);
  }
  return Array.from(sums, ([currency, amount]) => ({ amount, currency })).sort((a, b) =>
    a.currency < b.currency ? -1 : 1,
  );
}

/** What roll-ups tell about spans. */
export function sumsOfSpans(
  sql: SqlClient,
  ledger: LedgerId,
  kinds: TransactionScope["kinds"],
  spans: readonly Span[],
): Statement<StatisticsRecord> {
  const wanted = spans.map(({ grain, first, last }) => [GRAIN_CODES[grain], first, last]);
  return sql`SELECT kind, nullif(currency, '') AS currency, sum(transactions) AS transactions,
      sum(lines) AS lines, sum(rollup_kinds.value) AS value
    FROM json_each(${JSON.stringify(wanted)}) s
    CROSS JOIN rollup_kinds ON ledger = ${ledger} AND grain = s.value ->> 0
      AND start BETWEEN s.value ->> 1 AND s.value ->> 2
    WHERE kind IN ${sql.in(codesOf(kinds))} GROUP BY kind, currency`;
}

/** All movements of a range, with all their lines. */
export function sumsByTime(
  sql: SqlClient,
  ledger: LedgerId,
  kinds: TransactionScope["kinds"],
  range: Range,
): Statement<StatisticsRecord> {
  // One kind after another, as the index has them, so that nothing is sorted but currencies.
  const ofKinds = codesOf(kinds).map((code) => {
    const movements = sql`FROM entries e INDEXED BY entries_by_time
      WHERE e.ledger = ${ledger} AND e.kind = ${code} AND ${isMovement(sql)}
      AND ${within(sql, range)}`;
    return sql`SELECT ${code} AS kind, NULL AS currency, count(*) AS transactions,
        total(e.line_count) AS lines, 0 AS value ${movements} HAVING count(*) > 0
      UNION ALL
      SELECT ${code}, i.currency, 0, 0, sum(w.value) FROM (
        SELECT l.item, l.value FROM (SELECT e.first_line, e.line_count ${movements}) e
        CROSS JOIN lines l ON ${ofEntry(sql, ledger)}
      ) w CROSS JOIN items i ON i.ledger = ${ledger} AND i.no = w.item GROUP BY i.currency`;
  });
  return sql`${unionAll(sql, ofKinds)}`;
}

export function sumsByReference(
  sql: SqlClient,
  ledger: LedgerId,
  scope: ReferenceScope,
  range: Range,
): Statement<StatisticsRecord> {
  const any = isAnyLine(scope);
  const wanted = onLine(sql, ledger, scope);
  // Without a wish for lines, movements without any count too.
  const join = any ? sql`LEFT JOIN` : sql`JOIN`;
  return summedUp(
    sql,
    ledger,
    sql`SELECT e.kind, e.sequence, l.line, l.item, l.value
      FROM (SELECT e.* ${withReference(sql, ledger, scope, range)}) e
      ${join} lines l ON ${ofEntry(sql, ledger)} AND ${wanted}`,
  );
}

/** All movements of a range that match, found by going through all of them. */
export function sumsScanned(
  sql: SqlClient,
  ledger: LedgerId,
  scope: Matching,
  range: Range,
): Statement<StatisticsRecord> {
  // Without a wish for lines, movements without any count too.
  const lines = isAnyLine(scope)
    ? sql`SELECT e.kind, e.sequence, l.line, l.item, l.value FROM entries e
        LEFT JOIN lines l ON ${ofEntry(sql, ledger)}
        WHERE e.ledger = ${ledger} AND e.sequence > 0 AND ${isMovement(sql)}
        AND ${ofKind(sql, scope.kinds)} AND ${says(sql, scope)} AND ${within(sql, range)}`
    : sql`SELECT k.kind, w.sequence, w.line, w.item, w.value FROM (
          SELECT l.sequence, l.line, l.item, l.value FROM ${scannedLines(sql, ledger, scope, range)}
        ) w CROSS JOIN entries k ON k.ledger = ${ledger} AND k.sequence = w.sequence`;
  return summedUp(sql, ledger, lines);
}

export function sumsAtPlaces(
  sql: SqlClient,
  ledger: LedgerId,
  scope: Matching,
  where: Where,
  slice: Slice,
  range: Range,
): Statement<StatisticsRecord> {
  // A line between two of the places is in two chains.
  return summedUp(
    sql,
    ledger,
    sql`SELECT DISTINCT e.kind, chain.sequence, chain.line, chain.at AS item, chain.value FROM chain
      CROSS JOIN entries e ON e.ledger = ${ledger} AND e.sequence = chain.sequence
        AND ${ofKind(sql, scope.kinds)} AND ${says(sql, scope)}
      WHERE ${within(sql, range, sql`chain`)} AND ${onChain(sql, ledger, scope)}`,
    sql`${chainsIn(sql, ledger, where, slice)},`,
  );
}

/** @param lines gives (kind, sequence, line, item, value) of each; the last three may be null. */
function summedUp(
  sql: SqlClient,
  ledger: LedgerId,
  lines: Fragment,
  before: Fragment = sql``,
): Statement<StatisticsRecord> {
  return sql`WITH RECURSIVE ${before} wanted AS MATERIALIZED (${lines})
    SELECT kind, NULL AS currency, count(DISTINCT sequence) AS transactions,
      count(line) AS lines, 0 AS value
    FROM wanted GROUP BY kind
    UNION ALL
    SELECT w.kind, i.currency, 0, 0, sum(w.value) FROM wanted w
    CROSS JOIN items i ON i.ledger = ${ledger} AND i.no = w.item
    GROUP BY w.kind, i.currency`;
}
