/** Which lines a filter wants, in the numbers of a store. */
import { FLOWS, MAX_PRECISION, parseQuantity } from "@stockbook/core";
import { Effect } from "effect";
import { type Busy, InvalidRequest, type NotFound, type ReadError } from "../Errors.js";
import type { TransactionFilter } from "../Ledger.js";
import type { LineScope } from "../Questions.js";
import { itemNoOf, locationIn, type Source, subtreeNosOf } from "./Source.js";
import type { LocationTree } from "./Tree.js";

/** @param tree is there if the filter names a location. */
export function scopeOfLines(
  source: Source,
  filter: TransactionFilter,
  tree: LocationTree | null,
): Effect.Effect<LineScope, ReadError> {
  const { location, origin, originAlone, destination, destinationAlone } = filter;
  return Effect.gen(function* () {
    const flows = yield* amongOf(filter.flows, FLOWS, "flows");
    const quantities = yield* quantitiesOf(filter);
    const itemNo = yield* itemNoOf(source, filter);
    const locationNos = yield* nosOf(tree, location, undefined);
    const fromNos = yield* nosOf(tree, origin, originAlone);
    const toNos = yield* nosOf(tree, destination, destinationAlone);
    return { itemNo, locationNos, fromNos, toNos, flows, quantities };
  });
}

/** Those of a list that are known, each once; `null` for no list. */
export function amongOf<A extends string>(
  given: readonly A[] | undefined,
  known: readonly A[],
  field: string,
): Effect.Effect<readonly A[] | null, InvalidRequest> {
  const unknown = given?.find((one) => !known.includes(one));
  if (unknown === undefined)
    return Effect.succeed(given === undefined ? null : [...new Set(given)]);
  return new InvalidRequest({
    field,
    message: `${field} must be among ${known.join(", ")}, not ${unknown}`,
  });
}

/** What is in a subtree and is a place itself; `null` where neither is asked for. */
function nosOf(
  tree: LocationTree | null,
  root: string | undefined,
  alone: string | undefined,
): Effect.Effect<readonly number[] | null, Busy | NotFound> {
  return Effect.gen(function* () {
    if (tree === null) return null;
    const below = root === undefined ? null : yield* subtreeNosOf(tree, root);
    if (alone === undefined) return below;
    const { no } = yield* locationIn(tree, alone);
    return below === null || below.includes(no) ? [no] : [];
  });
}

const PRECISIONS = Array.from({ length: MAX_PRECISION + 1 }, (_, precision) => precision);

/** A quantity in the steps of every precision. */
function quantitiesOf({
  quantity,
}: TransactionFilter): Effect.Effect<LineScope["quantities"], InvalidRequest> {
  if (quantity === undefined) return Effect.succeed(null);
  const parsed = PRECISIONS.map((precision) => parseQuantity(quantity, precision));
  if (parsed.includes("not-a-number") || parsed.some((steps) => Number(steps) < 0)) {
    return new InvalidRequest({
      field: "quantity",
      message: `quantity must be a number from 0 in the item's unit, not ${quantity}`,
    });
  }
  return Effect.succeed(parsed.map((steps) => (typeof steps === "number" ? steps : null)));
}
