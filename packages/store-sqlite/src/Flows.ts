/**
 * What lines came to by day and flow.
 *
 * Lines are gone through in a row, some ten thousand at a time, and added up here: SQLite would
 * sort them all to group them. The lines of a movement follow each other, so that movements are
 * counted as they pass. Where a time is short, its movements are looked up instead.
 */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment, Statement } from "@effect/sql/Statement";
import { DAY_MS, FLOWS, type Flow, type Instant } from "@stockbook/core";
import type { FlowCount, FlowScope, FlowSum, FlowSums, LedgerId } from "@stockbook/engine";
import { Effect } from "effect";
import { FLOW_OF_ROUTE, isOfFlow, routeOf } from "./FlowQueries.js";
import {
  type CountRecord,
  codesOf,
  isMovement,
  onLine,
  unionAll,
  within,
} from "./MovementQueries.js";
import { type Look, lineCount, scopeRange } from "./Movements.js";

/** Lines that are read at once. */
const CHUNK = 50_000;

export function flowSums(look: Look, scope: FlowScope): Effect.Effect<FlowSums> {
  const { sql, ask, ledger, bounds } = look;
  return Effect.gen(function* () {
    const sums = new Sums(scope, yield* ask(kindsOfItems(sql, ledger)));
    const lines = yield* lineCount(look);
    const most = Math.floor(lines / bounds.linesPerLook);
    const [count] = yield* ask(countByTime(sql, ledger, scope, most + 1));
    if (count !== undefined && count.total <= most) {
      for (const columns of yield* ask(linesByTime(sql, ledger, scope))) sums.add(columns);
      return sums.result();
    }
    for (let first = 1; first <= lines; first += CHUNK) {
      const chunk = linesInRow(sql, ledger, scope, first, first + CHUNK - 1);
      for (const columns of yield* ask(chunk)) sums.add(columns);
    }
    return sums.result();
  });
}

// ── questions ────────────────────────────────────────────────────────────────────────────

/** What is added up apart. */
export interface KindOfItemRecord {
  readonly no: number;
  readonly precision: number;
  readonly currency: string;
}

export function kindsOfItems(sql: SqlClient, ledger: LedgerId): Statement<KindOfItemRecord> {
  return sql`SELECT i.no, i.precision, i.currency FROM items i
    WHERE i.ledger = ${ledger} AND i.no > 0`;
}

/** Lines column by column, each a list as JSON: a row for each line would take longer. */
export interface ColumnsRecord {
  readonly sequences: string;
  readonly moments: string;
  readonly items: string;
  readonly routes: string;
  readonly quantities: string;
  readonly values: string;
}

/** Those of so many lines in a row that are wanted. */
export function linesInRow(
  sql: SqlClient,
  ledger: LedgerId,
  scope: FlowScope,
  first: number,
  last: number,
): Statement<ColumnsRecord> {
  return sql`SELECT ${columns(sql)} FROM lines l
    WHERE l.ledger = ${ledger} AND l.line BETWEEN ${first} AND ${last}
    AND l.occurred_at >= ${scope.from} AND l.occurred_at < ${scope.to}
    AND ${isWanted(sql, ledger, scope)}`;
}

/** The lines that are wanted of the movements of a time. */
export function linesByTime(
  sql: SqlClient,
  ledger: LedgerId,
  scope: FlowScope,
): Statement<ColumnsRecord> {
  return sql`SELECT ${columns(sql)}
    FROM (${movementsOf(sql, ledger, scope, sql`e.first_line, e.line_count`)}) moved
    CROSS JOIN lines l ON l.ledger = ${ledger}
      AND l.line BETWEEN moved.first_line AND moved.first_line + moved.line_count - 1
      AND ${isWanted(sql, ledger, scope)}`;
}

/** How many movements there are in a time, up to a limit. */
export function countByTime(
  sql: SqlClient,
  ledger: LedgerId,
  scope: FlowScope,
  limit: number,
): Statement<CountRecord> {
  return sql`SELECT count(*) AS total
    FROM (${movementsOf(sql, ledger, scope, sql`1`)} LIMIT ${limit})`;
}

function movementsOf(sql: SqlClient, ledger: LedgerId, scope: FlowScope, wanted: Fragment) {
  const range = scopeRange(scope);
  const ofKinds = codesOf(null).map(
    (code) => sql`SELECT ${wanted} FROM entries e INDEXED BY entries_by_time
      WHERE e.ledger = ${ledger} AND e.kind = ${code} AND ${isMovement(sql)}
      AND ${within(sql, range)}`,
  );
  return unionAll(sql, ofKinds);
}

function isWanted(sql: SqlClient, ledger: LedgerId, { locationNos }: FlowScope): Fragment {
  const nothing = { itemNo: null, fromNos: null, toNos: null, flows: null, quantities: null };
  return sql`${isOfFlow(sql, sql`l`, FLOWS)} AND ${onLine(sql, ledger, { ...nothing, locationNos })}`;
}

function columns(sql: SqlClient): Fragment {
  return sql`json_group_array(l.sequence) AS sequences,
    json_group_array(l.occurred_at) AS moments, json_group_array(l.item) AS items,
    json_group_array(${routeOf(sql, sql`l`)}) AS routes,
    json_group_array(l.quantity) AS quantities, json_group_array(l.value) AS "values"`;
}

// ── adding up ────────────────────────────────────────────────────────────────────────────

interface Count {
  readonly day: number;
  readonly flow: Flow;
  transactions: number;
  latest: number;
}

/** What is added up together: items of one precision and currency, under a number. */
interface Kind {
  readonly no: number;
  readonly precision: number;
  readonly currency: string;
}

interface Sum {
  readonly day: number;
  readonly flow: Flow;
  readonly precision: number;
  readonly currency: string;
  lines: number;
  quantity: number;
  /** What would no longer be exact in `quantity`. */
  carried: bigint;
  value: number;
}

class Sums {
  private readonly kindOf = new Map<number, Kind>();
  private readonly kindCount: number;
  private readonly counts = new Map<number, Count>();
  private readonly sums = new Map<number, Sum>();

  constructor(
    private readonly scope: FlowScope,
    items: readonly KindOfItemRecord[],
  ) {
    const kinds = new Map<string, Kind>();
    for (const { no, precision, currency } of items) {
      const key = `${precision} ${currency}`;
      const kind = kinds.get(key) ?? { no: kinds.size, precision, currency };
      kinds.set(key, kind);
      this.kindOf.set(no, kind);
    }
    this.kindCount = kinds.size;
  }

  add(columns: ColumnsRecord): void {
    const sequences = numbers(columns.sequences);
    const moments = numbers(columns.moments);
    const items = numbers(columns.items);
    const routes = numbers(columns.routes);
    const quantities = numbers(columns.quantities);
    const values = numbers(columns.values);
    for (let i = 0; i < sequences.length; i++) {
      // The columns are of one length, and only routes with a flow are asked for.
      const day = dayOf(this.scope, moments[i] as number);
      const flow = FLOW_OF_ROUTE.get(routes[i] as number) as Flow;
      this.count(day, flow, sequences[i] as number);
      const kind = this.kindOf.get(items[i] as number) as Kind;
      this.sum(day, flow, kind, quantities[i] as number, Math.abs(values[i] as number));
    }
  }

  private count(day: number, flow: Flow, sequence: number): void {
    const key = keyOf(day, flow);
    const known = this.counts.get(key);
    if (known === undefined) {
      this.counts.set(key, { day, flow, transactions: 1, latest: sequence });
    } else if (known.latest !== sequence) {
      known.transactions += 1;
      known.latest = sequence;
    }
  }

  private sum(
    day: number,
    flow: Flow,
    { no, precision, currency }: Kind,
    quantity: number,
    value: number,
  ): void {
    const key = keyOf(day, flow) * this.kindCount + no;
    const known = this.sums.get(key);
    if (known === undefined) {
      const first = { lines: 1, quantity, carried: 0n, value };
      this.sums.set(key, { day, flow, precision, currency, ...first });
      return;
    }
    known.lines += 1;
    known.value += value;
    if (Number.isSafeInteger(known.quantity + quantity)) known.quantity += quantity;
    else {
      known.carried += BigInt(known.quantity);
      known.quantity = quantity;
    }
  }

  result(): FlowSums {
    return {
      counts: Array.from(this.counts.values(), ({ latest: _, ...count }): FlowCount => count),
      sums: Array.from(this.sums.values(), ({ carried, ...sum }): FlowSum => {
        return { ...sum, quantity: carried + BigInt(sum.quantity) };
      }),
    };
  }
}

function numbers(text: string): readonly number[] {
  // A list that SQLite made of columns of whole numbers.
  return JSON.parse(text) as number[];
}

/** The day an instant is on: that of the last run that begins at it or before. */
function dayOf({ days }: FlowScope, instant: Instant): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle]?.start ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  const run = days[low - 1];
  return run === undefined ? 0 : run.first + Math.floor((instant - run.start) / DAY_MS);
}

/** One number for a day and a flow: texts would take longer to look up. */
function keyOf(day: number, flow: Flow): number {
  return day * FLOWS.length + FLOWS.indexOf(flow);
}
