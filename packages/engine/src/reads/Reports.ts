/** Reports on the stock: what came in and went out over a time, in sum and line by line. */
import {
  type Location,
  MAX_INSTANT,
  MIN_INSTANT,
  type Movement,
  onHand,
  PLACE_FLOWS,
  type PlaceFlow,
  placeFlowOf,
  toUnits,
} from "@stockbook/core";
import { Clock, Effect } from "effect";
import { InvalidRequest, type ReadError, StoreFault } from "../Errors.js";
import type { NumberedPage, StockDetailRequest, StockSummaryRequest } from "../Ledger.js";
import { numberedOf } from "../Paging.js";
import type { DetailLine, SummaryPlace } from "../ReportQuestions.js";
import type { StockDetailRow, StockSummaryRow } from "../Views.js";
import { categoriesBelow } from "./Categories.js";
import { itemNoOf, locationIn, readInstant, type Source } from "./Source.js";
import { momentOf } from "./Stock.js";
import type { LocationTree } from "./Tree.js";

// ── summary ──────────────────────────────────────────────────────────────────────────────

/** Opening, in, out and closing by item and location. */
export function readStockSummary(
  source: Source,
  request: StockSummaryRequest,
): Effect.Effect<NumberedPage<StockSummaryRow>, ReadError> {
  return source.trees.reading((tree) => summaryWithin(source, request, tree));
}

function summaryWithin(
  source: Source,
  request: StockSummaryRequest,
  tree: LocationTree,
): Effect.Effect<NumberedPage<StockSummaryRow>, ReadError> {
  return Effect.gen(function* () {
    const { offset, limit } = yield* numberedOf(request);
    const from = yield* readInstant(request.from ?? MIN_INSTANT, "from");
    // What happens at this very moment has happened.
    const now = Math.max(from, (yield* Clock.currentTimeMillis) + 1);
    const to = yield* endOf(from, request.to ?? now);
    const itemNo = yield* itemNoOf(source, request);
    const locationNo =
      request.location === undefined ? null : (yield* locationIn(tree, request.location)).no;
    const page = yield* source.store.summary(source.ledger, {
      offset,
      limit,
      itemNo,
      locationNo,
      categories: yield* categoriesBelow(source, request.categoryTree),
      to,
      opening: momentOf(source, from - 1, null),
      closing: momentOf(source, to - 1, null),
    });
    const rows = yield* Effect.forEach(page.rows, (row) => summaryRow(row, tree));
    return { total: page.total, rows };
  });
}

function summaryRow(
  { item, locationNo, opening, closing }: SummaryPlace,
  tree: LocationTree,
): Effect.Effect<StockSummaryRow, StoreFault> {
  const units = (quantity: number) => toUnits(quantity, item.precision);
  return Effect.map(locationWith(tree, locationNo), (location) => ({
    item,
    location,
    opening: units(onHand(opening)),
    in: units(closing.inward - opening.inward),
    out: units(closing.outward - opening.outward),
    closing: units(onHand(closing)),
  }));
}

// ── detail ───────────────────────────────────────────────────────────────────────────────

/** The lines that change what is on hand at a location. */
export function readStockDetail(
  source: Source,
  request: StockDetailRequest,
): Effect.Effect<NumberedPage<StockDetailRow>, ReadError> {
  return source.trees.reading((tree) => detailWithin(source, request, tree));
}

function detailWithin(
  source: Source,
  request: StockDetailRequest,
  tree: LocationTree,
): Effect.Effect<NumberedPage<StockDetailRow>, ReadError> {
  return Effect.gen(function* () {
    const { offset, limit } = yield* numberedOf(request);
    const flows = yield* flowsOf(request);
    const from = yield* readInstant(request.from ?? MIN_INSTANT, "from");
    const to = yield* endOf(from, request.to ?? MAX_INSTANT + 1);
    const { no: locationNo } = yield* locationIn(tree, request.location);
    const page = yield* source.store.detail(source.ledger, {
      offset,
      limit,
      locationNo,
      itemNo: yield* itemNoOf(source, request),
      flows,
      from,
      to,
      momentOf: (instant) => momentOf(source, instant, null),
    });
    return { total: page.total, rows: page.rows.map((row) => detailRow(row, locationNo, tree)) };
  });
}

function detailRow(
  { line, item, onHand: left }: DetailLine,
  locationNo: number,
  tree: LocationTree,
): StockDetailRow {
  const units = (quantity: number) => toUnits(quantity, item.precision);
  const idOf = (no: number) => tree.byNo.get(no)?.location.id ?? "";
  // Such a line always belongs to a movement.
  const { reference, note } = line.body as unknown as Omit<Movement, "lines">;
  const comes = line.toNo === locationNo;
  return {
    sequence: line.sequence,
    occurredAt: line.occurredAt,
    item,
    // The store gives only lines that have a flow here.
    flow: placeFlowOf(idOf(line.fromNo), idOf(line.toNo), idOf(locationNo)) as PlaceFlow,
    reference,
    note,
    in: comes ? units(line.quantity) : 0,
    out: comes ? 0 : units(line.quantity),
    balance: units(left),
  };
}

function flowsOf({ flows }: StockDetailRequest) {
  const unknown = flows?.find((flow) => !PLACE_FLOWS.includes(flow));
  if (unknown === undefined) {
    return Effect.succeed(flows === undefined ? null : [...new Set(flows)]);
  }
  return new InvalidRequest({
    field: "flows",
    message: `flows must be among ${PLACE_FLOWS.join(", ")}, not ${unknown}`,
  });
}

// ── both ─────────────────────────────────────────────────────────────────────────────────

/** The end of a time that does not lie before its beginning. */
function endOf(from: number, to: number): Effect.Effect<number, InvalidRequest> {
  return Effect.flatMap(readInstant(to, "to"), (end) =>
    end >= from
      ? Effect.succeed(end)
      : new InvalidRequest({
          field: "to",
          message: `to must not be before from, which is ${from}`,
        }),
  );
}

/** A failure here makes the read begin anew, with a tree that has the location. */
function locationWith(tree: LocationTree, no: number): Effect.Effect<Location, StoreFault> {
  const found = tree.byNo.get(no);
  return found === undefined
    ? new StoreFault({ reason: "damaged", message: `there is no location ${no}` })
    : Effect.succeed(found.location);
}
