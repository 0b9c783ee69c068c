/** What receivers of webhooks are sent. */
import { Schema } from "effect";
import { optional, Timestamp } from "./Fields.js";
import { StockItem, Transaction } from "./Views.js";

export const TRANSACTION_CREATED = "stock_transaction_created";
export const DEPLETED = "entity_stock_depleted";
export const REPLENISHED = "entity_stock_replenished";

/** The types of messages, all of which every receiver gets. */
export const WEBHOOK_TYPES = [TRANSACTION_CREATED, DEPLETED, REPLENISHED] as const;

/** A transaction, as it is listed. */
export const TransactionBody = Transaction.annotations({ identifier: "TransactionBody" });

const Crossing = Schema.Struct({
  id: Schema.String.annotations({ description: "Of the stock item." }),
  definition_id: Schema.String,
  minimum_stock: Schema.Number,
  current_stock: Schema.Number,
  maximum_stock: Schema.Number,
  replenishment_quantity: optional(
    Schema.Number.annotations({
      description: "Only when depleted: what is missing up to the effective maximum.",
    }),
  ),
});

/** A stock item whose quantity has crossed its minimum. */
export const CrossingBody = Schema.Struct({
  entity: StockItem,
  event: Schema.Struct({
    name: Schema.Literal(DEPLETED, REPLENISHED),
    current_snapshot: StockItem,
    data: Crossing,
  }),
  datetime: Timestamp,
}).annotations({ identifier: "CrossingBody" });
export type CrossingBody = typeof CrossingBody.Type;

export const WEBHOOK_SCHEMAS = [TransactionBody, CrossingBody] as const;
