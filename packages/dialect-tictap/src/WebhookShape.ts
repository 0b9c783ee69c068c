/** How this API tells of events by webhook. */
import { calendarOf } from "@stockbook/core";
import type { CrossingView, EventView, LedgerService, WebhookShape } from "@stockbook/engine";
import { Effect } from "effect";
import type { Transaction } from "./contract/Views.js";
import {
  type CrossingBody,
  DEPLETED,
  REPLENISHED,
  TRANSACTION_CREATED,
  WEBHOOK_TYPES,
} from "./contract/WebhookBodies.js";
import { timestampOf } from "./mapping/Dates.js";
import { stockItemOf } from "./mapping/StockItems.js";
import { transactionOf } from "./mapping/Transactions.js";

/** What stock items are instances of. */
const DEFINITION = "stock_item";

export const tictapShape: WebhookShape = {
  api: "tictap",
  eventTypes: WEBHOOK_TYPES,
  messages: (event, ledger) => {
    switch (event.type) {
      case "stock.moved":
        return Effect.map(transactionIn(event, ledger), (body) =>
          body === undefined ? [] : [{ type: TRANSACTION_CREATED, body }],
        );
      case "stock.depleted":
      case "stock.replenished":
        return Effect.map(crossingIn(event, ledger), (body) => [{ type: body.event.name, body }]);
      default:
        return Effect.succeed([]);
    }
  },
  test: {
    type: "test",
    body: { message: "This is a test; nothing has happened in the ledger." },
  },
};

type Event<Type extends EventView["type"]> = Extract<EventView, { readonly type: Type }>;

function transactionIn({ data }: Event<"stock.moved">, { locations, settings }: LedgerService) {
  return Effect.map(locations, (all): Transaction | undefined => {
    const names = new Map(all.map(({ id, name }) => [id, name]));
    return transactionOf(data, names, calendarOf(settings.timeZone));
  });
}

function crossingIn(event: Event<"stock.depleted" | "stock.replenished">, ledger: LedgerService) {
  const { data, recordedAt, type } = event;
  return Effect.map(ledger.item(data.item), (item): CrossingBody => {
    const { quantity, minimum, maximum } = data;
    const entity = stockItemOf(item, data.location, { quantity, minimum, maximum });
    const name = type === "stock.depleted" ? DEPLETED : REPLENISHED;
    return {
      entity,
      event: { name, current_snapshot: entity, data: dataOf(entity.id, name, data) },
      // When it was written down: the message is then the same whenever it is made.
      datetime: timestampOf(recordedAt, calendarOf(ledger.settings.timeZone)),
    };
  });
}

function dataOf(
  id: string,
  name: CrossingBody["event"]["name"],
  { quantity, minimum, maximum, replenishment }: CrossingView,
): CrossingBody["event"]["data"] {
  return {
    id,
    definition_id: DEFINITION,
    minimum_stock: minimum,
    current_stock: quantity,
    maximum_stock: maximum,
    ...(name === DEPLETED && { replenishment_quantity: replenishment }),
  };
}
