/** What is answered. */
import { FLOWS } from "@stockbook/core";
import { Schema } from "effect";
import { Id, Money, optional, pageOf, Timestamp } from "./Fields.js";

const Amount = Schema.NullOr(Money).annotations({ description: "`null` where it is not known." });

const Image = Schema.Struct({ id: Schema.Null, url: Schema.NullOr(Schema.String) });

const TextOrNull = Schema.NullOr(Schema.String);

// ── products ─────────────────────────────────────────────────────────────────────────────

const Values = Schema.Record({
  key: Schema.String,
  value: Schema.Union(Schema.String, Schema.Number, Schema.Boolean, Schema.Array(Schema.String)),
}).annotations({ description: "Only where products are entities." });

export const Product = Schema.Struct({
  id: Id,
  name: Schema.String,
  description: TextOrNull,
  image: Image,
  image_url: TextOrNull,
  qr_codes: Schema.Array(Schema.String),
  unit_cost: Amount,
  part_number: TextOrNull,
  category_id: TextOrNull,
  manufacturer_id: TextOrNull,
  values: optional(Values),
}).annotations({ identifier: "Product" });
export type Product = typeof Product.Type;

export const ProductList = Schema.Array(Product).annotations({ identifier: "ProductList" });

/** A thing that has been done, in a word. */
export const Message = Schema.Struct({ message: Schema.String }).annotations({
  identifier: "Message",
});

export const Imported = Schema.Struct({
  message: Schema.String,
  created: Schema.Int,
  updated: Schema.Int,
  processed: Schema.Int,
}).annotations({ identifier: "Imported" });
export type Imported = typeof Imported.Type;

// ── stores ───────────────────────────────────────────────────────────────────────────────

export const STORE_SCOPES = ["team", "enterprise"] as const;
export type StoreScope = (typeof STORE_SCOPES)[number];

export const Store = Schema.Struct({
  id: Id,
  name: Schema.String,
  code: TextOrNull,
  type: Schema.String.annotations({ description: "The owner's own word, such as `warehouse`." }),
  scope: Schema.NullOr(Schema.Literal(...STORE_SCOPES)).annotations({
    description: "`null` for a node that is no store.",
  }),
  parent_id: TextOrNull,
}).annotations({ identifier: "Store" });
export type Store = typeof Store.Type;

export const StoreList = Schema.Array(Store).annotations({ identifier: "StoreList" });
export const NodePage = pageOf("NodePage", Store);

export const StoreSummary = Schema.Struct({
  id: Id,
  name: Schema.String,
  parent_id: TextOrNull,
  type: Schema.String,
  children_count: Schema.Int,
  product_count: Schema.Int.annotations({ description: "Products that differ, over the subtree." }),
  total_quantity: Schema.Number,
  below_minimum_count: Schema.Int.annotations({
    description: "Stock items below their minimum, over the subtree.",
  }),
  value: Schema.Array(Money),
  sequence: Schema.Int.annotations({ description: "The position in the ledger it reflects." }),
}).annotations({ identifier: "StoreSummary" });
export type StoreSummary = typeof StoreSummary.Type;

export const SummaryList = Schema.Array(StoreSummary).annotations({ identifier: "SummaryList" });

export const Recalculated = Schema.Struct({
  recalculated: Schema.Int.annotations({ description: "Nodes whose summary was recalculated." }),
  differences: Schema.Array(
    Schema.Struct({ where: Schema.String, stored: Schema.String, expected: Schema.String }),
  ).annotations({ description: "None in a sound store." }),
}).annotations({ identifier: "Recalculated" });

// ── stock items ──────────────────────────────────────────────────────────────────────────

const STOCK_ITEM = {
  id: Id,
  name: Schema.String,
  description: TextOrNull,
  quantity: Schema.Number,
  min_quantity: Schema.Number,
  max_quantity: Schema.Number.annotations({ description: "0 for none." }),
  qr_codes: Schema.Array(Schema.String),
  image_url: TextOrNull,
  image: Image,
  node_id: Id,
  unit_cost: Amount,
  part_number: TextOrNull,
} as const;

export const StockItem = Schema.Struct(STOCK_ITEM).annotations({ identifier: "StockItem" });
export type StockItem = typeof StockItem.Type;

export const StockItemList = Schema.Array(StockItem).annotations({ identifier: "StockItemList" });

export const Replenishment = Schema.Struct({
  ...STOCK_ITEM,
  replenishment_quantity: Schema.Number.annotations({
    description: "What is missing up to the maximum, or to the minimum where there is none.",
  }),
}).annotations({ identifier: "Replenishment" });
export type Replenishment = typeof Replenishment.Type;

export const ReplenishmentList = Schema.Array(Replenishment).annotations({
  identifier: "ReplenishmentList",
});

// ── transactions ─────────────────────────────────────────────────────────────────────────

export const MovementType = Schema.Literal(...FLOWS).annotations({ identifier: "MovementType" });

export const Transaction = Schema.Struct({
  id: Schema.String,
  date_time: Timestamp,
  applied: Schema.NullOr(Timestamp),
  comments: TextOrNull,
  reason: TextOrNull,
  order_number: TextOrNull,
  user_id: TextOrNull,
  movement: Schema.Struct({
    type: MovementType,
    origin: TextOrNull.annotations({ description: "The name of the node." }),
    destination: TextOrNull.annotations({ description: "The name of the node." }),
    origin_id: TextOrNull,
    destination_id: TextOrNull,
  }),
  lines: Schema.Array(
    Schema.Struct({
      product_id: Schema.String,
      product_name: Schema.String,
      quantity: Schema.Number,
      product_unit_cost: Money,
      line_cost: Money,
    }),
  ),
}).annotations({ identifier: "Transaction" });
export type Transaction = typeof Transaction.Type;

export const TransactionPage = pageOf("TransactionPage", Transaction);

const TypeStatistics = Schema.Struct({
  transactions: Schema.Int,
  lines: Schema.Int,
  quantity: Schema.Number,
  cost: Schema.Array(Money),
}).annotations({ identifier: "TypeStatistics" });

export const MovementTypes = Schema.Struct({
  input: TypeStatistics,
  output: TypeStatistics,
  transfer: TypeStatistics,
  adjust: TypeStatistics,
}).annotations({ identifier: "MovementTypes" });
export type MovementTypes = typeof MovementTypes.Type;

export const TransactionSummary = Schema.Struct({
  store: Schema.String,
  from: Timestamp,
  to: Timestamp,
  types: MovementTypes,
}).annotations({ identifier: "TransactionSummary" });

export const DailyStats = Schema.Struct({
  results: Schema.Array(
    Schema.Struct({
      store: Schema.String,
      date: Schema.String.annotations({ jsonSchema: { type: "string", format: "date" } }),
      types: MovementTypes,
    }),
  ),
}).annotations({ identifier: "DailyStats" });

// ── failures ─────────────────────────────────────────────────────────────────────────────

export const Failure = Schema.Struct({
  message: Schema.String.annotations({ description: "What is wrong, and what would be right." }),
  errors: optional(
    Schema.Array(
      Schema.Struct({
        field: Schema.String.annotations({ description: "Such as `products[3].unitCost`." }),
        message: Schema.String,
      }),
    ),
  ),
}).annotations({ identifier: "Failure" });
export type Failure = typeof Failure.Type;
