/** What the API answers. */
import { Schema } from "effect";
import { Amount, LocalTime, PublicId, Quantity, TransactionType } from "./Fields.js";

export const Health = Schema.Struct({
  ok: Schema.Literal(true),
  time: LocalTime,
}).annotations({ identifier: "Health" });

export const Company = Schema.Struct({
  id: PublicId,
  name: Schema.String,
  slug: Schema.String.annotations({ description: "The name of its host." }),
  currency: Schema.String.annotations({ description: "An ISO 4217 code." }),
  timezone: Schema.String.annotations({ description: "Its days are days of this time zone." }),
}).annotations({ identifier: "Company" });

export const Item = Schema.Struct({
  id: PublicId,
  code: Schema.String,
  name: Schema.String,
  unit: Schema.String,
  category_id: Schema.NullOr(PublicId),
  is_active: Schema.Boolean,
  updated_at: LocalTime,
}).annotations({ identifier: "Item" });

export const Category = Schema.Struct({
  id: PublicId,
  name: Schema.String,
  parent_id: Schema.NullOr(PublicId),
}).annotations({ identifier: "ItemCategory" });

export const Locator = Schema.Struct({
  id: PublicId,
  code: Schema.NullOr(Schema.String),
  name: Schema.String,
  type: Schema.String,
  is_active: Schema.Boolean,
}).annotations({ identifier: "Locator" });

export const SummaryRow = Schema.Struct({
  item_id: PublicId,
  item_code: Schema.String,
  item_name: Schema.String,
  locator_id: PublicId,
  locator_name: Schema.String,
  unit: Schema.String,
  opening: Quantity.annotations({ description: "Before the first day." }),
  in: Amount,
  out: Amount,
  closing: Quantity.annotations({ description: "opening + in - out" }),
}).annotations({ identifier: "StockSummaryRow" });

export const DetailRow = Schema.Struct({
  time: LocalTime,
  item_id: PublicId,
  item_code: Schema.String,
  transaction_type: TransactionType,
  reference: Schema.NullOr(Schema.String),
  note: Schema.NullOr(Schema.String),
  in: Amount,
  out: Amount,
  balance: Quantity.annotations({
    description: "Of the item at the warehouse after this row, whatever rows are left out.",
  }),
}).annotations({ identifier: "StockDetailRow" });

export const Meta = Schema.Struct({
  page: Schema.Int,
  per_page: Schema.Int,
  total: Schema.Int.annotations({ description: "Rows of all pages." }),
  total_pages: Schema.Int.annotations({ description: "0 where there are no rows." }),
}).annotations({ identifier: "Meta" });

const status = Schema.Literal("success");

/** An answer with one thing, or with a whole list. */
export const success = <A, I>(name: string, data: Schema.Schema<A, I>) =>
  Schema.Struct({ status, data }).annotations({ identifier: name });

/** An answer with a page of a list. */
export const page = <A, I>(name: string, row: Schema.Schema<A, I>) =>
  Schema.Struct({ status, data: Schema.Array(row), meta: Meta }).annotations({ identifier: name });

/** Every refusal and every fault. */
export const ErrorAnswer = Schema.Struct({
  status: Schema.Literal("error"),
  message: Schema.String,
  errors: Schema.optionalWith(
    Schema.Record({ key: Schema.String, value: Schema.Array(Schema.String) }),
    { exact: true },
  ).annotations({ description: "What is wrong, by parameter; with 422 alone." }),
}).annotations({ identifier: "Error" });
export type ErrorAnswer = typeof ErrorAnswer.Type;
