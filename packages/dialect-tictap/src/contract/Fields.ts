/** Fields: how a single value is written in this API. */
import { isCurrency, isId, isText } from "@stockbook/core";
import { ParseResult, Schema } from "effect";
import { isLocalTime } from "../mapping/Dates.js";

/** A field that may be left out, and is then not there. */
export const optional = <S extends Schema.Schema.All>(schema: S) =>
  Schema.optionalWith(schema, { exact: true });

/** A text with so many characters at most, none of them a control character. */
export const text = (most: number) =>
  Schema.String.pipe(
    Schema.filter((given) => isText(given, most), {
      description: `a text of at most ${most} printable characters`,
      jsonSchema: { maxLength: most },
    }),
  );

/** The name of a thing. */
export const Name = Schema.String.pipe(
  Schema.filter((given) => isText(given, 255) && given.trim() !== "", {
    description: "a text of 1 to 255 printable characters",
    jsonSchema: { minLength: 1, maxLength: 255 },
  }),
);

export const PartNumber = Schema.String.pipe(
  Schema.filter((given) => isId(given), {
    description: "a text of 1 to 100 printable characters, not beginning with @",
    jsonSchema: { minLength: 1, maxLength: 100, description: "SKU or reference." },
  }),
);

/** Whatever a thing is named by: a UUID, a ULID, or what another program chose. */
export const Id = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(300)).annotations({
  identifier: "Id",
});

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ULID = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i;

/** Whether a text has the form of an id that this API gives or takes. */
export function isUuidOrUlid(given: string): boolean {
  return UUID.test(given) || ULID.test(given);
}

/** The id of a product that is made here. */
export const NewId = Schema.String.pipe(
  Schema.filter(isUuidOrUlid, {
    description: "a UUID or a ULID",
    jsonSchema: { description: "A UUID or a ULID." },
  }),
);

// ── money ────────────────────────────────────────────────────────────────────────────────

const AMOUNT_TEXT = "a whole number of minor units, 0 or more, as a number or in digits";

/** An amount as it comes in: a whole number of minor units, as a number or as its digits. */
export const AmountInput = Schema.transformOrFail(
  Schema.Union(Schema.Number, Schema.String),
  Schema.Number,
  {
    strict: true,
    decode: (given, _, ast) => {
      const amount = amountOf(given);
      return amount === undefined
        ? ParseResult.fail(new ParseResult.Type(ast, given, `must be ${AMOUNT_TEXT}`))
        : ParseResult.succeed(amount);
    },
    encode: (amount) => ParseResult.succeed(amount),
  },
).annotations({
  identifier: "AmountInput",
  description: "Whole minor units of a currency, as a number or as digits.",
  jsonSchema: { type: ["integer", "string"], minimum: 0, pattern: "^[0-9]{1,16}$" },
});

function amountOf(given: number | string): number | undefined {
  const amount = typeof given === "number" || /^\d{1,16}$/.test(given) ? Number(given) : Number.NaN;
  return Number.isSafeInteger(amount) && amount >= 0 ? amount : undefined;
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** A currency that there is. */
export const CurrencyInput = Schema.String.pipe(
  Schema.filter((code) => isCurrency(code) && CURRENCIES.has(code), {
    description: "an ISO 4217 code such as EUR",
    jsonSchema: { pattern: "^[A-Z]{3}$", description: "An ISO 4217 code." },
  }),
);

export const Money = Schema.Struct({
  amount: Schema.String.pipe(Schema.pattern(/^-?\d+$/)).annotations({
    description: "Whole minor units, in digits.",
  }),
  currency: Schema.String.annotations({ description: "An ISO 4217 code." }),
}).annotations({ identifier: "Money" });
export type Money = typeof Money.Type;

// ── moments and quantities ───────────────────────────────────────────────────────────────

/** A moment in an answer, in the organisation's zone. */
export const Timestamp = Schema.String.annotations({
  description: "ISO 8601 with an offset, in the organisation's time zone.",
  jsonSchema: { type: "string", format: "date-time" },
});

/** A moment in a query: the organisation's own clock. */
export const LocalTime = Schema.String.pipe(
  Schema.filter(isLocalTime, {
    description: "a date and a time such as 2026-04-24 10:30:00",
    jsonSchema: {
      pattern: "^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$",
      description: "`Y-m-d H:i:s` in the organisation's time zone.",
    },
  }),
);

const MAX_COUNT = 2_147_483_647;

/** A quantity that is written: stock items are counted in whole units. */
export const Count = Schema.Number.pipe(
  Schema.filter((count) => Number.isInteger(count) && count >= 0 && count <= MAX_COUNT, {
    description: `a whole number from 0 to ${MAX_COUNT}`,
    jsonSchema: { type: "integer", minimum: 0, maximum: MAX_COUNT },
  }),
);

/** A quantity that is filtered by. */
export const QuantityParam = Schema.transformOrFail(Schema.String, Schema.Number, {
  strict: true,
  decode: (given, _, ast) => {
    const quantity = /^\d{1,15}(\.\d{1,6})?$/.test(given) ? Number(given) : 0;
    return quantity > 0
      ? ParseResult.succeed(quantity)
      : ParseResult.fail(new ParseResult.Type(ast, given, "must be a decimal number above 0"));
  },
  encode: (quantity) => ParseResult.succeed(String(quantity)),
}).annotations({
  description: "A decimal number above 0.",
  jsonSchema: { type: "number", exclusiveMinimum: 0 },
});

// ── pages ────────────────────────────────────────────────────────────────────────────────

function wholeNumber(what: string, most: number) {
  return Schema.transformOrFail(Schema.String, Schema.Number, {
    strict: true,
    decode: (given, _, ast) => {
      const number = /^\d{1,9}$/.test(given) ? Number(given) : 0;
      return number >= 1 && number <= most
        ? ParseResult.succeed(number)
        : ParseResult.fail(
            new ParseResult.Type(ast, given, `must be a whole number from 1 to ${most}`),
          );
    },
    encode: (number) => ParseResult.succeed(String(number)),
  }).annotations({
    description: what,
    jsonSchema: { type: "integer", minimum: 1, maximum: most },
  });
}

export const PAGE_PARAMS = {
  page: optional(wholeNumber("From 1 on; 1, if left out.", 1_000_000)),
  limit: optional(wholeNumber("Rows of a page; 25, if left out.", 100)),
} as const;

export const pageOf = <A, I>(name: string, row: Schema.Schema<A, I>) =>
  Schema.Struct({
    results: Schema.Array(row),
    total: Schema.Int.annotations({ description: "Rows on all pages." }),
    count: Schema.Int.annotations({ description: "Rows on this page." }),
    pages: Schema.Int,
    page: Schema.Int,
    limit: Schema.Int,
  }).annotations({ identifier: name });

// ── files ────────────────────────────────────────────────────────────────────────────────

export const CSV_MEDIA_TYPE = "text/csv; charset=utf-8";
export const XLSX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const FILE_FORMATS = ["csv", "xlsx"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];
