/** Reading locations as nodes: what there is in them and below, and what lies right below. */
import { formatQuantity, type Location, MAX_PRECISION } from "@stockbook/core";
import { Effect } from "effect";
import { InvalidRequest, type ReadError } from "../Errors.js";
import type { ChildrenRequest, NumberedPage } from "../Ledger.js";
import { MAX_PAGE, numberedOf } from "../Paging.js";
import type { NodeRow, NodeSum } from "../Store.js";
import type { LocationSummary, Money } from "../Views.js";
import { locationIn, type Source } from "./Source.js";
import type { LocationTree } from "./Tree.js";

/** What there is in locations and everything below them; all of one moment. */
export function readSummaries(
  source: Source,
  ids: readonly string[],
): Effect.Effect<readonly LocationSummary[], ReadError> {
  if (ids.length <= MAX_PAGE) {
    return source.trees.reading((tree) => summariesWithin(source, ids, tree));
  }
  return new InvalidRequest({
    field: "locations",
    message: `locations must be at most ${MAX_PAGE}, not ${ids.length}`,
  });
}

function summariesWithin(
  { store, ledger }: Source,
  ids: readonly string[],
  tree: LocationTree,
): Effect.Effect<readonly LocationSummary[], ReadError> {
  return Effect.gen(function* () {
    const locations = yield* Effect.forEach(ids, (id) => locationIn(tree, id));
    const nos = [...new Set(locations.map(({ no }) => no))];
    const { sequence, nodes } = yield* store.nodes(ledger, nos);
    const byNo = new Map(nodes.map((node) => [node.locationNo, node]));
    return locations.map(({ no, location }) => ({
      location,
      children: tree.children.get(no)?.length ?? 0,
      ...figuresOf(byNo.get(no) ?? { locationNo: no, items: 0, depleted: 0, sums: [] }),
      sequence,
    }));
  });
}

/** What lies right below a location, by name, then id. */
export function readChildren(
  { trees }: Source,
  request: ChildrenRequest,
): Effect.Effect<NumberedPage<Location>, ReadError> {
  return Effect.gen(function* () {
    const { offset, limit } = yield* numberedOf(request);
    const tree = yield* trees.latest;
    const { no } = yield* locationIn(tree, request.location);
    const children = tree.children.get(no) ?? [];
    const rows = children.slice(offset, offset + limit).map(({ location }) => location);
    return { rows, total: children.length };
  });
}

function figuresOf({ items, depleted, sums }: NodeRow) {
  return { items, quantity: quantityOf(sums), belowMinimum: depleted, value: worthOf(sums) };
}

/** The sum over units of different precision, as the number nearest to it. */
function quantityOf(sums: readonly NodeSum[]): number {
  let steps = 0n;
  for (const { quantity, precision } of sums) {
    steps += BigInt(quantity) * 10n ** BigInt(MAX_PRECISION - precision);
  }
  const whole = steps / SCALE;
  const rest = Number(steps % SCALE);
  // A whole number and six decimal places, read as one text, are rounded once.
  if (rest === 0) return Number(whole);
  const sign = steps < 0n ? "-" : "";
  const [, decimals] = formatQuantity(Math.abs(rest), MAX_PRECISION).split(".");
  return Number(`${sign}${whole < 0n ? -whole : whole}.${decimals}`);
}

const SCALE = 10n ** BigInt(MAX_PRECISION);

function worthOf(sums: readonly NodeSum[]): readonly Money[] {
  const worth = new Map<string, number>();
  for (const { currency, value } of sums) {
    worth.set(currency, (worth.get(currency) ?? 0) + value);
  }
  return Array.from(worth, ([currency, amount]) => ({ amount, currency }))
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
