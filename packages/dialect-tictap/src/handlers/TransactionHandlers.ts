/** Handlers of transactions and of what they came to. */
import { calendarOf, FLOWS } from "@stockbook/core";
import type { LedgerService, TransactionFilter } from "@stockbook/engine";
import type { HandlersOfGroup, InvalidInput, LedgerOf } from "@stockbook/http/kit";
import { Effect, Stream } from "effect";
import type { TransactionParams, Transactions } from "../contract/TransactionApi.js";
import { momentsOf, rangeOf, timestampOf } from "../mapping/Dates.js";
import { pageOf, rangeOfPage } from "../mapping/Pages.js";
import { type Names, transactionOf, typesOf } from "../mapping/Transactions.js";
import { fileOf } from "./Files.js";
import { evenStreamOf } from "./Reading.js";
import { invalid, settingsFor } from "./Requests.js";
import { TRANSACTION_COLUMNS, transactionLines } from "./Tables.js";

export function transactionHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Transactions> {
  return {
    list: ({ path: { format }, urlParams }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const filter = yield* filterOf(ledger, urlParams);
        const told = yield* teller(ledger);
        if (format === "json") {
          const range = rangeOfPage(urlParams);
          const { offset, limit } = range;
          const { rows, total } = yield* ledger.transactionPage({ ...filter, offset, limit });
          return { body: pageOf(rows.flatMap(told), total, range) };
        }
        const movements = evenStreamOf(
          (page) => ledger.transactions({ ...filter, ...page }),
          ({ lines }) => lines.length,
        );
        const lines = Stream.mapConcat(movements, (movement) =>
          told(movement).flatMap(transactionLines),
        );
        const settings = settingsFor(context);
        return fileOf({
          name: "transactions",
          format,
          settings,
          columns: TRANSACTION_COLUMNS,
          lines,
        });
      }),
    summary: ({ urlParams: { store, from, to } }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const calendar = calendarOf(ledger.settings.timeZone);
        const range = yield* wholeRangeOf(ledger, from, to);
        const request = { location: store, ...range, per: "range" } as const;
        const [all] = yield* ledger.flowStatistics(request);
        return {
          body: {
            store,
            from: timestampOf(range.from, calendar),
            to: timestampOf(momentsOf(to, calendar).last, calendar),
            types: typesOf(all as NonNullable<typeof all>),
          },
        };
      }),
    dailyStats: ({ urlParams }, context) =>
      Effect.gen(function* () {
        const { from, to, "stores[]": stores } = urlParams;
        const ledger = yield* ledgerOf(context);
        const range = yield* wholeRangeOf(ledger, from, to);
        const days = yield* Effect.forEach(stores, (store) =>
          Effect.map(ledger.flowStatistics({ location: store, ...range, per: "day" }), (rows) =>
            rows.map((row) => ({ store, date: row.day as string, types: typesOf(row) })),
          ),
        );
        return { body: { results: days.flat() } };
      }),
  };
}

/** Tells movements as transactions, with the names that their nodes have now. */
function teller(ledger: LedgerService) {
  const calendar = calendarOf(ledger.settings.timeZone);
  return Effect.map(ledger.locations, (locations) => {
    const names: Names = new Map(locations.map(({ id, name }) => [id, name]));
    return (movement: Parameters<typeof transactionOf>[0]) => {
      const transaction = transactionOf(movement, names, calendar);
      return transaction === undefined ? [] : [transaction];
    };
  });
}

function filterOf(
  ledger: LedgerService,
  params: TransactionParams,
): Effect.Effect<TransactionFilter, InvalidInput> {
  const { from_date, to_date, origin_store, destination_store, movement_type } = params;
  if (origin_store === undefined && destination_store === undefined) return withoutStore();
  const range = rangeOf(from_date, to_date, calendarOf(ledger.settings.timeZone));
  if (isReversed(range)) return invalid("query", "from_date", "must not be after to_date");
  return Effect.succeed({
    ...range,
    flows: movement_type === undefined ? FLOWS : [movement_type],
    item: params.product_id,
    origin: origin_store,
    destination: destination_store,
    originAlone: params.origin_node,
    destinationAlone: params.destination_node,
    quantity: params.quantity,
    referencePart: params.order_number,
    reasonPart: params.reason,
    actor: params.user_id,
  });
}

function withoutStore(): InvalidInput {
  const message = "is missing; give it or destination_store";
  return invalid("query", "origin_store", message);
}

function wholeRangeOf(
  ledger: LedgerService,
  from: string,
  to: string,
): Effect.Effect<{ readonly from: number; readonly to: number }, InvalidInput> {
  const range = rangeOf(from, to, calendarOf(ledger.settings.timeZone));
  if (isReversed(range)) return invalid("query", "from", "must not be after to");
  // Both ends were given.
  return Effect.succeed(range as Required<typeof range>);
}

function isReversed({ from, to }: { readonly from?: number; readonly to?: number }): boolean {
  return from !== undefined && to !== undefined && from >= to;
}
