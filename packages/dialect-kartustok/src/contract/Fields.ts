/** Fields: how single values are written, in parameters and in answers. */
import { formatDay } from "@stockbook/core";
import { ParseResult, Schema } from "effect";
import { dayOf } from "./LocalDay.js";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text has the form of an ID. */
export function isPublicId(text: string): boolean {
  return UUID.test(text);
}

/** An ID in an answer. */
export const PublicId = Schema.String.annotations({
  identifier: "PublicId",
  description: "Opaque and random: nothing can be read from it.",
  jsonSchema: { type: "string", format: "uuid" },
});

export const Quantity = Schema.Number.annotations({
  identifier: "Quantity",
  description: "In the item's unit.",
});

/** A quantity of a column that never goes below 0. */
export const Amount = Schema.Number.pipe(Schema.nonNegative()).annotations({
  identifier: "Amount",
  description: "In the item's unit; never negative.",
});

/** A moment as it is shown: with the offset of the company's time zone. */
export const LocalTime = Schema.String.annotations({
  identifier: "LocalTime",
  description: "ISO 8601 with the offset of the company's time zone.",
  jsonSchema: { type: "string", format: "date-time" },
});

export const TRANSACTION_TYPES = [
  "input",
  "output",
  "transfer_in",
  "transfer_out",
  "adjust",
] as const;

export const TransactionType = Schema.Literal(...TRANSACTION_TYPES).annotations({
  identifier: "TransactionType",
});
export type TransactionType = typeof TransactionType.Type;

// ── parameters, which come as text ───────────────────────────────────────────────────────

/** A field that may be left out, and is then not there. */
export const optional = <S extends Schema.Schema.All>(schema: S) =>
  Schema.optionalWith(schema, { exact: true });

/** A text that stands for a value, with what it must be where it does not. */
function written<A>(rule: {
  readonly read: (text: string) => A | undefined;
  readonly write: (value: A) => string;
  readonly mustBe: string;
  readonly description: string;
  readonly jsonSchema: object;
}) {
  const { read, write, mustBe, description, jsonSchema } = rule;
  // What is read is an `A`; whoever writes one has it typed.
  const value = Schema.Any as Schema.Schema<A>;
  return Schema.transformOrFail(Schema.String, value, {
    strict: true,
    decode: (text, _, ast) => {
      const found = read(text);
      return found === undefined
        ? ParseResult.fail(new ParseResult.Type(ast, text, `must be ${mustBe}`))
        : ParseResult.succeed(found);
    },
    encode: (given) => ParseResult.succeed(write(given)),
  }).annotations({ description, jsonSchema: { ...jsonSchema, description } });
}

export const IdParam = (description: string) =>
  written({
    read: (text) => (isPublicId(text) ? text.toLowerCase() : undefined),
    write: (id) => id,
    mustBe: "an ID as this API gives it",
    description,
    jsonSchema: { type: "string", format: "uuid" },
  });

export const DayParam = (description: string) =>
  written({
    read: dayOf,
    write: formatDay,
    mustBe: "a day such as 2026-03-01, from 1900 to 2999",
    description,
    jsonSchema: { type: "string", format: "date" },
  });

export const FlagParam = (description: string) =>
  written({
    read: (text) => FLAGS.get(text),
    write: (flag) => (flag ? "true" : "false"),
    mustBe: "true, false, 1 or 0",
    description,
    jsonSchema: { type: "string", enum: ["true", "false", "1", "0"] },
  });

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

export const TypeParam = written({
  read: (text): TransactionType | undefined => TRANSACTION_TYPES.find((type) => type === text),
  write: (type) => type,
  mustBe: `one of ${TRANSACTION_TYPES.join(", ")}`,
  description: "Only rows of this type.",
  jsonSchema: { type: "string", enum: TRANSACTION_TYPES },
});

const MAX_PER_PAGE = 100;

/** Beyond it, the place of a page's first row would be no exact number. */
const MAX_PAGE = Math.floor(Number.MAX_SAFE_INTEGER / MAX_PER_PAGE);

const wholeNumber = (most: number, description: string, ifLeftOut: number) =>
  written({
    read: (text) => {
      const value = /^\d{1,16}$/.test(text) ? Number(text) : 0;
      return value >= 1 && value <= most ? value : undefined;
    },
    write: String,
    mustBe: `a whole number from 1 to ${most}`,
    description,
    jsonSchema: { type: "integer", minimum: 1, maximum: most, default: ifLeftOut },
  });

/** Which rows of a list are wanted, so many a page where nothing else is asked for. */
export const pageParams = (perPage: number) => ({
  page: optional(wholeNumber(MAX_PAGE, "The first page is 1.", 1)),
  per_page: optional(wholeNumber(MAX_PER_PAGE, "Rows of a page.", perPage)),
});

export const SearchParam = Schema.String.pipe(Schema.maxLength(200)).annotations({
  description: "Part of name or code, without regard to case.",
});
