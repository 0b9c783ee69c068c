/** Handlers of the stock reports. */
import type { PlaceFlow } from "@stockbook/core";
import type { LedgerService, StockDetailRow, StockSummaryRow } from "@stockbook/engine";
import { type HandlersOfGroup, InvalidInput } from "@stockbook/http/kit";
import { Effect } from "effect";
import { type Reading, success } from "./Books.js";
import { PER_PAGE, type Stock } from "./contract/Api.js";
import type { TransactionType } from "./contract/Fields.js";
import { type Days, localTime, spanOf } from "./LocalTime.js";
import { askedPage, metaOf, NO_ROWS } from "./Pages.js";
import { idsOf, wantedBy } from "./PublicNames.js";

export function stockHandlers(reading: Reading): HandlersOfGroup<typeof Stock> {
  return {
    summary: ({ urlParams }, context) =>
      reading(context, ({ ledger, calendar }) =>
        Effect.gen(function* () {
          yield* checkOrder(urlParams);
          const asked = askedPage(urlParams, PER_PAGE.reports);
          const wanted = yield* wantedBy(ledger, urlParams);
          const { rows, total } =
            wanted === undefined
              ? NO_ROWS
              : yield* ledger.stockSummary({
                  ...wanted,
                  ...spanOf(calendar, urlParams),
                  offset: asked.offset,
                  limit: asked.perPage,
                });
          return {
            ...success(yield* summaryViews(ledger, rows)),
            meta: metaOf(asked, total),
          };
        }),
      ),
    detail: ({ urlParams }, context) =>
      reading(context, ({ ledger, calendar }) =>
        Effect.gen(function* () {
          yield* checkOrder(urlParams);
          const { transaction_type } = urlParams;
          const asked = askedPage(urlParams, PER_PAGE.reports);
          const { location, item } = (yield* wantedBy(ledger, urlParams)) ?? {};
          const { rows, total } =
            location === undefined
              ? NO_ROWS
              : yield* ledger.stockDetail({
                  location,
                  ...(item !== undefined && { item }),
                  ...(transaction_type !== undefined && { flows: [FLOWS[transaction_type]] }),
                  ...spanOf(calendar, urlParams),
                  offset: asked.offset,
                  limit: asked.perPage,
                });
          const idOf = yield* idsOf(
            ledger,
            "item",
            rows.map((row) => row.item.id),
          );
          const data = rows.map((row) => detailView(row, idOf, (at) => localTime(calendar, at)));
          return { ...success(data), meta: metaOf(asked, total) };
        }),
      ),
  };
}

function checkOrder({ date_from, date_to }: Days): Effect.Effect<void, InvalidInput> {
  if (date_from === undefined || date_to === undefined || date_from <= date_to) return Effect.void;
  const message = "must not be after date_to";
  return new InvalidInput({ issues: [{ in: "query", path: ["date_from"], message }] });
}

function summaryViews(ledger: LedgerService, rows: readonly StockSummaryRow[]) {
  const ids = Effect.all([
    idsOf(
      ledger,
      "item",
      rows.map(({ item }) => item.id),
    ),
    idsOf(
      ledger,
      "location",
      rows.map(({ location }) => location.id),
    ),
  ]);
  return Effect.map(ids, ([itemIdOf, locatorIdOf]) =>
    rows.map(({ item, location, opening, in: inward, out, closing }) => ({
      item_id: itemIdOf(item.id),
      item_code: item.sku,
      item_name: item.name,
      locator_id: locatorIdOf(location.id),
      locator_name: location.name,
      unit: item.unit,
      opening,
      in: inward,
      out,
      closing,
    })),
  );
}

function detailView(
  { occurredAt, item, flow, reference, note, in: inward, out, balance }: StockDetailRow,
  idOf: (item: string) => string,
  shown: (instant: number) => string,
) {
  return {
    time: shown(occurredAt),
    item_id: idOf(item.id),
    item_code: item.sku,
    transaction_type: TYPES[flow],
    reference,
    note,
    in: inward,
    out,
    balance,
  };
}

const FLOWS = {
  input: "input",
  output: "output",
  transfer_in: "transfer-in",
  transfer_out: "transfer-out",
  adjust: "adjust",
} as const satisfies { readonly [type in TransactionType]: PlaceFlow };

const TYPES: { readonly [flow in PlaceFlow]: TransactionType } = {
  input: "input",
  output: "output",
  "transfer-in": "transfer_in",
  "transfer-out": "transfer_out",
  adjust: "adjust",
};
