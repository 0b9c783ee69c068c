/** Handlers of inventory reports. */
import { formatQuantity, type Item, parseQuantity } from "@stockbook/core";
import type { LedgerService, StockItemView } from "@stockbook/engine";
import type { HandlerFailure, HandlersOfGroup, LedgerOf } from "@stockbook/http/kit";
import { Effect, Option, Stream } from "effect";
import type { Reports } from "../contract/ReportApi.js";
import { storesAmong } from "../mapping/Stores.js";
import { fileOf } from "./Files.js";
import { settingsFor } from "./Requests.js";
import { stockItemsIn } from "./StoreHandlers.js";
import { type Holding, holdingLine, STORE_REPORT_COLUMNS, TEAM_REPORT_COLUMNS } from "./Tables.js";

export function reportHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Reports> {
  return {
    store: ({ path: { id, format }, urlParams }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const { currency = ledger.settings.currency } = urlParams;
        const lines = Stream.map(holdingsIn(ledger, id), (row) => holdingLine(row, currency));
        const settings = settingsFor(context);
        return fileOf({ name: "report", format, settings, columns: STORE_REPORT_COLUMNS, lines });
      }),
    team: ({ path: { format }, urlParams }, context) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(context);
        const { currency = ledger.settings.currency } = urlParams;
        const stores = storesAmong(yield* ledger.locations, undefined);
        const lines = Stream.flatMap(Stream.fromIterable(stores), ({ id, name }) =>
          Stream.map(holdingsIn(ledger, id), (row) => ({
            store_id: id,
            store: name,
            ...holdingLine(row, currency),
          })),
        );
        const settings = settingsFor(context);
        return fileOf({ name: "report", format, settings, columns: TEAM_REPORT_COLUMNS, lines });
      }),
  };
}

/** What a node's subtree holds, a row for each product: its stock items come one after another. */
function holdingsIn(
  ledger: LedgerService,
  location: string,
): Stream.Stream<Holding, HandlerFailure> {
  const items = stockItemsIn(ledger, location);
  const parts = Stream.map(items, Option.some).pipe(
    Stream.concat(Stream.make(Option.none<StockItemView>())),
  );
  return parts.pipe(
    Stream.mapAccum(undefined as Sum | undefined, (sum, part) => {
      if (Option.isNone(part)) return [undefined, sum] as const;
      const { item } = part.value;
      if (sum?.item.id === item.id) return [added(sum, part.value), undefined] as const;
      return [added({ item, steps: 0, value: 0 }, part.value), sum] as const;
    }),
    Stream.filterMap(Option.fromNullable),
    Stream.map(holdingOf),
  );
}

/** What was counted so far, in steps of the item's unit. */
interface Sum {
  readonly item: Item;
  readonly steps: number;
  readonly value: number;
}

function added({ item, steps, value }: Sum, part: StockItemView): Sum {
  const more = parseQuantity(part.onHand, item.precision);
  return { item, steps: steps + Number(more), value: value + part.value };
}

function holdingOf({ item, steps, value }: Sum): Holding {
  return { item, quantity: Number(formatQuantity(steps, item.precision)), value };
}
