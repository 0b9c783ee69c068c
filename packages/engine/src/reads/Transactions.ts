/** Reading movements with their lines, and what they came to. */
import { MAX_INSTANT, MIN_INSTANT } from "@stockbook/core";
import { Effect } from "effect";
import { type Busy, InvalidRequest, NotFound, type ReadError, type StoreFault } from "../Errors.js";
import type {
  NumberedPage,
  Page,
  TransactionFilter,
  TransactionPageRequest,
  TransactionsRequest,
} from "../Ledger.js";
import { limitOf, numberedOf, pageOf, positionOf } from "../Paging.js";
import type { TransactionScope } from "../Questions.js";
import { MOVEMENT_KINDS, type TransactionStatistics, type TransactionView } from "../Views.js";
import { amongOf, scopeOfLines } from "./Lines.js";
import { isMovement, itemIdsOf, itemsById, transactionView } from "./Movements.js";
import { readInstant, type Source } from "./Source.js";
import type { LocationTree } from "./Tree.js";

/** Movements by (occurredAt, sequence), page by page. */
export function readTransactions(
  source: Source,
  request: TransactionsRequest,
): Effect.Effect<Page<TransactionView>, ReadError> {
  return withTree(source, request, (tree) => transactionsWithin(source, request, tree));
}

function transactionsWithin(
  source: Source,
  request: TransactionsRequest,
  tree: LocationTree | null,
): Effect.Effect<Page<TransactionView>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(request);
    const after = yield* positionOf(request, [0, 0] as readonly [number, number]);
    const order = yield* orderOf(request);
    const scope = yield* scopeOf(source, request, tree);
    const query = { ...scope, order, after, limit: limit + 1 };
    const found = yield* source.store.transactions(source.ledger, query);
    const entries = found.filter(isMovement);
    const items = yield* itemsById(source, itemIdsOf(entries.slice(0, limit)));
    return pageOf(
      entries,
      limit,
      ({ occurredAt, sequence }) => [occurredAt, sequence],
      (entry) => transactionView(entry, items),
    );
  });
}

/** Movements by (occurredAt, sequence), by numbers. */
export function readTransactionPage(
  source: Source,
  request: TransactionPageRequest,
): Effect.Effect<NumberedPage<TransactionView>, ReadError> {
  return withTree(source, request, (tree) =>
    Effect.gen(function* () {
      const numbered = yield* numberedOf(request);
      const order = yield* orderOf(request);
      const scope = yield* scopeOf(source, request, tree);
      const query = { ...scope, ...numbered, order };
      const { rows, total } = yield* source.store.transactionPage(source.ledger, query);
      const entries = rows.filter(isMovement);
      const items = yield* itemsById(source, itemIdsOf(entries));
      return { rows: entries.map((entry) => transactionView(entry, items)), total };
    }),
  );
}

export function readTransaction(
  source: Source,
  sequence: number,
): Effect.Effect<TransactionView, Busy | StoreFault | NotFound> {
  return Effect.gen(function* () {
    const [entry] = yield* source.store.entries(source.ledger, sequence - 1, 1);
    if (entry === undefined || entry.sequence !== sequence || !isMovement(entry)) {
      return yield* new NotFound({ what: "transaction", id: String(sequence) });
    }
    return transactionView(entry, yield* itemsById(source, itemIdsOf([entry])));
  });
}

/** What movements came to, by kind; kinds that did not occur are left out. */
export function readStatistics(
  source: Source,
  filter: TransactionFilter,
): Effect.Effect<TransactionStatistics, ReadError> {
  return withTree(source, filter, (tree) => statisticsWithin(source, filter, tree));
}

function statisticsWithin(
  source: Source,
  filter: TransactionFilter,
  tree: LocationTree | null,
): Effect.Effect<TransactionStatistics, ReadError> {
  return Effect.gen(function* () {
    const scope = yield* scopeOf(source, filter, tree);
    const found = yield* source.store.statistics(source.ledger, scope);
    const kinds = MOVEMENT_KINDS.flatMap((kind) => found.filter((row) => row.kind === kind));
    return {
      transactions: kinds.reduce((sum, { transactions }) => sum + transactions, 0),
      lines: kinds.reduce((sum, { lines }) => sum + lines, 0),
      kinds,
    };
  });
}

/** Reads with the tree where a filter names a location; without one, none is needed. */
function withTree<A>(
  source: Source,
  filter: TransactionFilter,
  read: (tree: LocationTree | null) => Effect.Effect<A, ReadError>,
): Effect.Effect<A, ReadError> {
  const { location, origin, originAlone, destination, destinationAlone } = filter;
  const named = [location, origin, originAlone, destination, destinationAlone];
  return named.every((id) => id === undefined) ? read(null) : source.trees.reading(read);
}

function scopeOf(
  source: Source,
  filter: TransactionFilter,
  tree: LocationTree | null,
): Effect.Effect<TransactionScope, ReadError> {
  return Effect.gen(function* () {
    const kinds = yield* kindsOf(filter);
    const from = yield* readInstant(filter.from ?? MIN_INSTANT, "from");
    const to = yield* readInstant(filter.to ?? MAX_INSTANT + 1, "to");
    const lines = yield* scopeOfLines(source, filter, tree);
    return {
      ...lines,
      kinds,
      reference: filter.reference ?? null,
      referencePart: partOf(filter.referencePart),
      reasonPart: partOf(filter.reasonPart),
      actor: filter.actor ?? null,
      from,
      to,
    };
  });
}

/** Nothing is part of everything, and of what is not there as well. */
function partOf(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text.toLowerCase();
}

function kindsOf({ kinds }: TransactionFilter) {
  return amongOf(kinds, MOVEMENT_KINDS, "kinds");
}

function orderOf({ order = "descending" }: Pick<TransactionsRequest, "order">) {
  if (order === "ascending" || order === "descending") return Effect.succeed(order);
  return new InvalidRequest({
    field: "order",
    message: `order must be ascending or descending, not ${String(order)}`,
  });
}
