/** What came in, went out, was moved and was corrected, all together or day by day. */
import {
  type Calendar,
  DAY_MS,
  FLOWS,
  type Flow,
  formatDay,
  type Instant,
  MAX_PRECISION,
} from "@stockbook/core";
import { Effect } from "effect";
import { InvalidRequest, type ReadError } from "../Errors.js";
import type { FlowRequest } from "../Ledger.js";
import { sumByCurrency } from "../MemoryMovements.js";
import type { DayRun, FlowSum, FlowSums } from "../Questions.js";
import type { FlowFigures, FlowStatistics } from "../Views.js";
import { readInstant, type Source, subtreeNosOf } from "./Source.js";

const MOST_DAYS = 3_660;

export function readFlowStatistics(
  source: Source,
  request: FlowRequest,
): Effect.Effect<readonly FlowStatistics[], ReadError> {
  return source.trees.reading((tree) =>
    Effect.gen(function* () {
      const from = yield* readInstant(request.from, "from");
      const to = yield* readInstant(request.to, "to");
      if (from >= to) {
        return yield* new InvalidRequest({ field: "from", message: "from must be before to" });
      }
      const days = yield* daysOf(source.calendar, request);
      const locationNos = yield* subtreeNosOf(tree, request.location);
      const scope = { locationNos, from, to, days: runsOf(days ?? []) };
      return rowsOf(days, yield* source.store.flowSums(source.ledger, scope));
    }),
  );
}

/** A local day that is wanted. */
interface Day {
  readonly day: number;
  readonly start: Instant;
}

/** The days from that of `from` to that of the last instant; `null` where none are asked for. */
function daysOf(
  calendar: Calendar,
  { from, to, per }: FlowRequest,
): Effect.Effect<readonly Day[] | null, InvalidRequest> {
  if (per === "range") return Effect.succeed(null);
  if (per !== "day") {
    return new InvalidRequest({
      field: "per",
      message: `per must be range or day, not ${String(per)}`,
    });
  }
  // Days of a clock change are longer or shorter, by far less than a day in all.
  if (to - from > (MOST_DAYS + 1) * DAY_MS) return tooManyDays();
  const days: Day[] = [];
  let day = calendar.positionOf(from).day - 1;
  for (let start = calendar.startOfDay(day); start < to; day++) {
    const next = calendar.startOfDay(day + 1);
    // A date that was left out, as when a zone went over the date line, is no day.
    if (next > Math.max(start, from)) days.push({ day, start });
    start = next;
  }
  return days.length > MOST_DAYS ? tooManyDays() : Effect.succeed(days);
}

function tooManyDays() {
  return new InvalidRequest({
    field: "to",
    message: `to must be so that there are at most ${MOST_DAYS} days`,
  });
}

/** Days as few runs of days of 24 hours. */
function runsOf(days: readonly Day[]): readonly DayRun[] {
  const runs: DayRun[] = [];
  for (const [first, { start }] of days.entries()) {
    const run = runs.at(-1);
    if (run !== undefined && start === run.start + (first - run.first) * DAY_MS) continue;
    runs.push({ start, first });
  }
  return runs;
}

/** A row for each day, or one for all, with every flow whether it occurred or not. */
function rowsOf(days: readonly Day[] | null, sums: FlowSums): readonly FlowStatistics[] {
  const labels = days === null ? [null] : days.map(({ day }) => formatDay(day));
  const countsOf = grouped(sums.counts);
  const sumsOf = grouped(sums.sums);
  return labels.map((day, i) => {
    const figuresOf = (flow: Flow): FlowFigures => {
      const key = `${i},${flow}`;
      const [count] = countsOf.get(key) ?? [];
      return { transactions: count?.transactions ?? 0, ...totalOf(sumsOf.get(key) ?? []) };
    };
    const flows = FLOWS.map((flow) => [flow, figuresOf(flow)] as const);
    // There is one for each flow.
    return { day, flows: Object.fromEntries(flows) as FlowStatistics["flows"] };
  });
}

function grouped<Row extends { readonly day: number; readonly flow: Flow }>(rows: readonly Row[]) {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.day},${row.flow}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return groups;
}

function totalOf(sums: readonly FlowSum[]): Omit<FlowFigures, "transactions"> {
  return {
    lines: sums.reduce((lines, sum) => lines + sum.lines, 0),
    quantity: exactSum(sums),
    value: sumByCurrency(sums.map(({ value, currency }) => ({ amount: value, currency }))),
  };
}

/** Quantities of several precisions, added up in steps of the finest. */
function exactSum(sums: readonly FlowSum[]): number {
  const finest = sums.reduce(
    (total, { quantity, precision }) => total + quantity * 10n ** BigInt(MAX_PRECISION - precision),
    0n,
  );
  const digits = finest.toString().padStart(MAX_PRECISION + 1, "0");
  return Number(`${digits.slice(0, -MAX_PRECISION)}.${digits.slice(-MAX_PRECISION)}`);
}
