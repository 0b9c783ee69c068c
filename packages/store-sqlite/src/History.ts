/** Reading the past of places, in a number of questions that does not depend on its length. */

import type { SqlClient } from "@effect/sql/SqlClient";
import { DAY_MS, firstDayOfMonth, HOUR_MS, monthOfDay } from "@stockbook/core";
import type {
  CardLine,
  CardQuery,
  LedgerId,
  Moment,
  Place,
  RollupSums,
  TimelineKey,
  TimelineLine,
} from "@stockbook/engine";
import { Effect } from "effect";
import { cardLineOf } from "./EntryRows.js";
import {
  cardLines,
  firstMonthBeyond,
  firstMonthNear,
  type HourRecord,
  hourSums,
  hoursOf,
  type MonthRecord,
  monthSums,
  monthsOf,
  type Span,
  type SumsRecord,
  spanOfMonth,
  timelineLines,
} from "./HistoryQueries.js";
import { addSums, NO_SUMS } from "./Rows.js";
import type { Ask, AskNow } from "./Snapshot.js";

const EVER = Number.MAX_SAFE_INTEGER;
const NEVER = Number.MIN_SAFE_INTEGER;

// ── what was there at a moment ───────────────────────────────────────────────────────────

export function sumsAt(
  sql: SqlClient,
  ask: Ask,
  ledger: LedgerId,
  places: readonly Place[],
  moment: Moment,
): Effect.Effect<readonly RollupSums[]> {
  return moment.sequence === null
    ? sumsOfAll(sql, ask, ledger, places, moment)
    : sumsAsBookStood(sql, ask, ledger, places, moment, moment.sequence);
}

/** From the whole months on the nearer side of the moment, forwards or back to it by hours. */
function sumsOfAll(
  sql: SqlClient,
  ask: Ask,
  ledger: LedgerId,
  places: readonly Place[],
  moment: Moment,
): Effect.Effect<readonly RollupSums[]> {
  const way = nearerWay(moment.day);
  const spans = places.map(
    ({ itemNo, locationNo }, at): Span => [at, itemNo, locationNo, way.firstDay, way.lastDay],
  );
  return Effect.gen(function* () {
    const months = yield* ask(monthSums(sql, ledger, places, way.before, EVER));
    const hours = yield* ask(hourSums(sql, ledger, spans, moment, way.direction));
    return totals(places.length, [...months, ...hours]);
  });
}

interface Way {
  /** The months before this one are taken whole. */
  readonly before: number;
  readonly direction: "forwards" | "backwards";
  /** The days on which the hours between lie, a day more at the moment's own end: see above. */
  readonly firstDay: number;
  readonly lastDay: number;
}

function nearerWay(day: number): Way {
  const near = firstMonthNear(day);
  const beyond = firstMonthBeyond(day);
  const [first, last] = [firstDayOfMonth(near), firstDayOfMonth(beyond) - 1];
  return day + 1 - first <= last - (day - 1)
    ? { before: near, direction: "forwards", firstDay: first, lastDay: day + 1 }
    : { before: beyond, direction: "backwards", firstDay: day - 1, lastDay: last };
}

/** Without what later entries have changed: months and hours that they touch are looked into. */
function sumsAsBookStood(
  sql: SqlClient,
  ask: Ask,
  ledger: LedgerId,
  places: readonly Place[],
  moment: Moment,
  sequence: number,
): Effect.Effect<readonly RollupSums[]> {
  return Effect.gen(function* () {
    const near = firstMonthNear(moment.day);
    const months = yield* ask(monthSums(sql, ledger, places, near, sequence));
    const range = { from: NEVER, to: near - 1, changedAfter: sequence };
    const changed = yield* ask(monthsOf(sql, ledger, places, range));
    const first = firstDayOfMonth(near);
    const spans = [
      ...places.map(
        ({ itemNo, locationNo }, at): Span => [at, itemNo, locationNo, first, moment.day + 1],
      ),
      ...changed.map(({ at, month }) => spanOfMonth(at, places[at] as Place, month)),
    ];
    const hours = yield* ask(hourSums(sql, ledger, spans, moment, "forwards"));
    return totals(places.length, [...months, ...hours]);
  });
}

function totals(count: number, rows: readonly SumsRecord[]): readonly RollupSums[] {
  const sums: RollupSums[] = Array.from({ length: count }, () => NO_SUMS);
  for (const row of rows) sums[row.at] = addSums(sums[row.at] ?? NO_SUMS, row);
  return sums;
}

// ── a stock card ─────────────────────────────────────────────────────────────────────────

export function card(
  sql: SqlClient,
  ask: Ask,
  ledger: LedgerId,
  query: CardQuery,
): Effect.Effect<readonly CardLine[]> {
  return Effect.gen(function* () {
    const { from, to, limit } = query;
    const range = { from: firstMonthNear(from.day), to: monthOfDay(to.day + 1), changedAfter: 0 };
    const months = enoughMonths(yield* ask(monthsOf(sql, ledger, [query], range)), from.day, limit);
    const spans = months.map(({ month }) => spanOfMonth(0, query, month));
    const firstHour = Math.floor(from.instant / HOUR_MS);
    const lastHour = Math.floor(to.instant / HOUR_MS);
    const hours = yield* ask(hoursOf(sql, ledger, spans, firstHour, lastHour));
    const lastLines = enoughHours(hours, firstHour, limit).map((hour) => hour.last_line);
    const lines = { after: from, before: to.instant, limit };
    return (yield* ask(cardLines(sql, ledger, query, lastLines, lines))).map(cardLineOf);
  });
}

/** The months that a page needs: the one it begins in, full ones, and one more for good measure. */
function enoughMonths(
  months: readonly MonthRecord[],
  day: number,
  limit: number,
): readonly MonthRecord[] {
  const near = monthOfDay(day + 1);
  let sure = 0;
  const end = months.findIndex(({ month, lines }) => {
    if (sure >= limit) return true;
    if (month > near) sure += lines;
    return false;
  });
  // Where clocks go back over midnight, the next month may begin before this one ends.
  return end === -1 ? months : months.slice(0, end + 1);
}

/** The hours that a page needs. Two days may share one. */
function enoughHours(
  hours: readonly HourRecord[],
  first: number,
  limit: number,
): readonly HourRecord[] {
  let sure = 0;
  const end = hours.findIndex(({ hour, lines }, i) => {
    if (sure >= limit && hour !== hours[i - 1]?.hour) return true;
    if (hour > first) sure += lines;
    return false;
  });
  return end === -1 ? hours : hours.slice(0, end);
}

// ── timelines ────────────────────────────────────────────────────────────────────────────

/** The lines that touched balances, in the order of the keys. */
export function timelines(
  sql: SqlClient,
  ask: AskNow,
  ledger: LedgerId,
  keys: readonly TimelineKey[],
): readonly (readonly TimelineLine[])[] {
  if (keys.length === 0) return [];
  // No zone is a whole day away from UTC.
  const firstDays = keys.map(({ since }) => Math.floor(since / DAY_MS) - 1);
  const from = monthOfDay(Math.min(...firstDays));
  const months = ask(monthsOf(sql, ledger, keys, { from, to: EVER, changedAfter: 0 }));
  const spans = months.flatMap(({ at, month }): readonly Span[] => {
    const [, item, location, first, last] = spanOfMonth(at, keys[at] as TimelineKey, month);
    const begin = Math.max(first, firstDays[at] ?? first);
    return begin > last ? [] : [[at, item, location, begin, last]];
  });
  const found: TimelineLine[][] = keys.map(() => []);
  for (const { at, ...line } of ask(timelineLines(sql, ledger, keys, spans))) found[at]?.push(line);
  return found;
}
