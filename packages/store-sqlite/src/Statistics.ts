/** What movements came to, by kind. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import type { MovementKind } from "@stockbook/core";
import type { KindStatistics, LedgerId, TransactionScope } from "@stockbook/engine";
import { Effect } from "effect";
import { kindOf } from "./Codes.js";
import {
  chainsIn,
  codesOf,
  isMovement,
  ofEntry,
  ofKind,
  type Range,
  type ReferenceScope,
  type Slice,
  touches,
  unionAll,
  type Where,
  within,
  withReference,
} from "./MovementQueries.js";
import { activeIn, type Look, placesFor, scopeRange, sliceOfRange, whereIn } from "./Movements.js";

/** Of one kind: its movements in the row without a currency, its value in one for each. */
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
  if (scope.kinds?.length === 0) return Effect.succeed([]);
  return Effect.map(statisticsRows(look, scope), kindsOf);
}

function statisticsRows(look: Look, scope: TransactionScope) {
  const { sql, ask, ledger } = look;
  const { kinds, reference } = scope;
  const range = scopeRange(scope);
  return Effect.gen(function* () {
    if (reference !== null) {
      return yield* ask(sumsByReference(sql, ledger, { ...scope, reference }, range));
    }
    if (scope.itemNo === null && scope.locationNos === null) {
      return yield* ask(sumsByTime(sql, ledger, kinds, range));
    }
    const slice = yield* sliceOfRange(look, kinds, range);
    if (slice === undefined) return [];
    const places = yield* placesFor(look, scope);
    const where = whereIn(yield* activeIn(look, places, slice), slice);
    return yield* ask(sumsAtPlaces(sql, ledger, kinds, where, slice, range));
  });
}

function kindsOf(rows: readonly StatisticsRecord[]): readonly KindStatistics[] {
  return rows
    .filter(({ currency }) => currency === null)
    .map(({ kind, transactions, lines }) => ({
      // Only movements are counted.
      kind: kindOf(kind) as MovementKind,
      transactions,
      lines,
      value: rows.flatMap((row) =>
        row.kind === kind && row.currency !== null
          ? [{ amount: row.value, currency: row.currency }]
          : [],
      ),
    }));
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
  const { itemNo, locationNos } = scope;
  const any = itemNo === null && locationNos === null;
  const wanted = any ? sql`true` : touches(sql, scope);
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

export function sumsAtPlaces(
  sql: SqlClient,
  ledger: LedgerId,
  kinds: TransactionScope["kinds"],
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
        AND ${ofKind(sql, kinds)}
      WHERE ${within(sql, range, sql`chain`)}`,
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
