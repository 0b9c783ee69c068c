/** Fields: how a single value is written on the wire. */
import { type Instant, MAX_INSTANT, MIN_INSTANT } from "@stockbook/core";
import { ParseResult, Schema } from "effect";

const ISO_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;
const MOMENT_TEXT = "a moment such as 2026-03-01T12:00:00Z, with its offset, from 1900 to 2999";

/** A moment in ISO 8601 with its offset; milliseconds since 1970 inside. */
export const Moment = Schema.transformOrFail(
  Schema.String.annotations({ jsonSchema: { type: "string", format: "date-time" } }),
  Schema.Number,
  {
    strict: true,
    decode: (text, _, ast) => {
      const instant = instantOf(text);
      return instant === undefined
        ? ParseResult.fail(new ParseResult.Type(ast, text, `must be ${MOMENT_TEXT}`))
        : ParseResult.succeed(instant);
    },
    encode: (instant) => ParseResult.succeed(new Date(instant).toISOString()),
  },
).annotations({
  identifier: "Moment",
  description: "A moment in ISO 8601 with its offset. Answers are in UTC.",
  jsonSchema: { type: "string", format: "date-time" },
});

function instantOf(text: string): Instant | undefined {
  if (!ISO_MOMENT.test(text)) return undefined;
  const instant = Date.parse(text);
  const inRange = instant >= MIN_INSTANT && instant <= MAX_INSTANT;
  return inRange && isDay(text.slice(0, 10)) ? instant : undefined;
}

// `Date.parse` takes 30 February for 2 March.
function isDay(text: string): boolean {
  const day = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(day) && new Date(day).toISOString().startsWith(text);
}

/** The id of an item, a location or another thing that its owner names. */
export const Id = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(100)).annotations({
  identifier: "Id",
  description: "Chosen by its owner: 1 to 100 printable characters, not beginning with @.",
});

const ATTRIBUTE_VALUES = [
  Schema.String.pipe(Schema.maxLength(2_000)),
  Schema.Number,
  Schema.Boolean,
  Schema.Array(Schema.String.pipe(Schema.maxLength(255))),
] as const;

/** What an owner says of a thing besides. */
export const Attributes = Schema.Record({
  key: Schema.String,
  value: Schema.Union(...ATTRIBUTE_VALUES),
}).annotations({
  identifier: "Attributes",
  description: "What its owner says of it besides, by name.",
});

export const AttributeChanges = Schema.Record({
  key: Schema.String,
  value: Schema.Union(...ATTRIBUTE_VALUES, Schema.Null),
}).annotations({
  identifier: "AttributeChanges",
  description:
    "By name: letters, digits, `.`, `_` and `-`, at most 64, a letter first. `null` takes one away; what is not named stays. At most 50 in all.",
});

/** A decimal in the item's unit, as a JSON number or as text. */
export const QuantityInput = Schema.Union(
  Schema.Number,
  Schema.String.pipe(Schema.maxLength(100)),
).annotations({
  identifier: "QuantityInput",
  description:
    "A decimal in the item's unit, as a number or as text (`2.5`, `\"2.5\"`); no more decimal places than the item's precision.",
  jsonSchema: { type: ["number", "string"] },
});

export const Quantity = Schema.Number.annotations({
  identifier: "Quantity",
  description: "A decimal in the item's unit.",
});

export const Amount = Schema.Int.annotations({
  identifier: "Amount",
  description: "Whole minor units of a currency, such as cents.",
  jsonSchema: { type: "integer" },
});

export const Currency = Schema.String.annotations({
  identifier: "Currency",
  description: "An ISO 4217 code.",
  jsonSchema: { type: "string", minLength: 3, maxLength: 3 },
});

export const Sequence = Schema.Int.annotations({
  identifier: "Sequence",
  description: "Position in the ledger's one gapless sequence.",
  jsonSchema: { type: "integer", minimum: 0 },
});

export const Bucket = Schema.Literal("available", "reserved", "unavailable").annotations({
  identifier: "Bucket",
});

// ── parameters, which come as text ───────────────────────────────────────────────────────

function wholeNumber(name: string, least: number, most: number) {
  return Schema.transformOrFail(Schema.String, Schema.Number, {
    strict: true,
    decode: (text, _, ast) => {
      const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
      return value >= least && value <= most
        ? ParseResult.succeed(value)
        : ParseResult.fail(
            new ParseResult.Type(ast, text, `must be a whole number from ${least} to ${most}`),
          );
    },
    encode: (value) => ParseResult.succeed(String(value)),
  }).annotations({
    description: name,
    jsonSchema: { type: "integer", minimum: least, maximum: most },
  });
}

export const SequenceParam = wholeNumber("A sequence.", 0, Number.MAX_SAFE_INTEGER);

export const LimitParam = wholeNumber("Rows of a page, 100 if left out.", 1, 1_000);

export const FlagParam = Schema.transform(Schema.Literal("true", "false"), Schema.Boolean, {
  strict: true,
  decode: (text) => text === "true",
  encode: (flag) => (flag ? "true" : "false"),
}).annotations({ jsonSchema: { type: "boolean" } });

/** Several words in one parameter, parted by commas. */
export function listParam<A extends string>(...words: readonly [A, ...A[]]) {
  return Schema.transformOrFail(Schema.String, Schema.Array(Schema.Literal(...words)), {
    strict: true,
    decode: (text, _, ast) => {
      const parts = text.split(",");
      const known = parts.filter((part): part is A => (words as readonly string[]).includes(part));
      return known.length === parts.length
        ? ParseResult.succeed(known)
        : ParseResult.fail(
            new ParseResult.Type(ast, text, `must be some of ${words.join(", ")}, with commas`),
          );
    },
    encode: (list) => ParseResult.succeed(list.join(",")),
  }).annotations({
    description: `Some of ${words.join(", ")}, with commas between them.`,
    jsonSchema: { type: "string" },
  });
}

/** A field that may be left out, and is then not there. */
export const optional = <S extends Schema.Schema.All>(schema: S) =>
  Schema.optionalWith(schema, { exact: true });

/** What every list takes. */
export const PAGE_PARAMS = {
  cursor: optional(
    Schema.String.pipe(Schema.maxLength(500)).annotations({
      description: "`next` of the page before; the first page, if left out.",
    }),
  ),
  limit: optional(LimitParam),
} as const;

/** A page of rows. */
export const pageOf = <A, I>(name: string, row: Schema.Schema<A, I>) =>
  Schema.Struct({
    rows: Schema.Array(row),
    next: Schema.NullOr(Schema.String).annotations({
      description: "Pass it as `cursor` for the next page; `null` on the last one.",
    }),
  }).annotations({ identifier: name });
