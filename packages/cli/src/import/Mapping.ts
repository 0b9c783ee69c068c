/** The mapping: what the columns of a sales file mean, and how its items begin. */
import {
  isCurrency,
  isId,
  isText,
  isTimeZone,
  MAX_PRECISION,
  NEGATIVE_POLICIES,
  type NegativePolicy,
} from "@stockbook/core";
import { Either, ParseResult, Schema } from "effect";
import { type DateFormat, dateFormatOf } from "./DateFormat.js";
import { isEncoding } from "./Encoding.js";
import { type Figures, figureFor, readFigures } from "./Figures.js";

export interface Columns {
  readonly document: string;
  readonly sku: string;
  readonly quantity: string;
  readonly time: string;
  /** `null`: `description` where there is such a column. */
  readonly description: string | null;
}

export interface Mapping {
  readonly columns: Columns;
  readonly dateFormat: DateFormat;
  readonly timeZone: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly decimalSeparator: string;
  readonly location: { readonly id: string; readonly name: string };
  readonly unit: string;
  readonly precision: number;
  /** `null`: that of the ledger. */
  readonly currency: string | null;
  /** `null`: that of the ledger. */
  readonly negativePolicy: NegativePolicy | null;
  /** The code that an item is known by. */
  readonly skuOf: (code: string) => string;
  /** Codes that are no goods. */
  readonly skip: ReadonlySet<string>;
  /** Documents whose number begins with this are returns; `null`: none are. */
  readonly returnsPrefix: string | null;
  readonly openingStock: Figures;
  readonly minimum: Figures;
  readonly maximum: Figures;
  /** Minor units for one unit of the item. */
  readonly unitCost: Figures;
}

/** A mapping, or where it is wrong and what would be right there. */
export type ReadMapping =
  | { readonly type: "mapping"; readonly mapping: Mapping }
  | { readonly type: "fault"; readonly fault: string };

/** So long that an idempotency key can still be made of it and an item's code. */
const MAX_LOCATION_ID = 80;

const described = <A, I>(schema: Schema.Schema<A, I>, expected: string): Schema.Schema<A, I> =>
  schema.annotations({ message: () => ({ message: `must be ${expected}`, override: true }) });

const text = (expected: string, holds: (given: string) => boolean): Schema.Schema<string> =>
  described(Schema.String.pipe(Schema.filter(holds)), expected);

const optional = <A, I>(schema: Schema.Schema<A, I>) =>
  Schema.optionalWith(schema, { exact: true });

const withDefault = <A, I>(schema: Schema.Schema<A, I>, value: NoInfer<A>) =>
  Schema.optionalWith(schema, { exact: true, default: () => value });

const ColumnName = text("the name of a column", (given) => given.trim() !== "");
const Name = text(
  "a text of 1 to 255 characters",
  (given) => given.trim() !== "" && isText(given, 255),
);

const Decimal = Schema.Union(Schema.Number, Schema.String);

const figures = (of: string, example: string) =>
  described(
    Schema.Union(
      Decimal,
      Schema.Struct({
        each: optional(Decimal),
        items: optional(Schema.Record({ key: Schema.String, value: Decimal })),
      }),
    ),
    `${of} such as ${example}, or {"each": ${example}, "items": {"A1": ${example}}}`,
  );

const ColumnsFields = Schema.Struct({
  document: withDefault(ColumnName, "document"),
  sku: withDefault(ColumnName, "sku"),
  quantity: withDefault(ColumnName, "quantity"),
  time: withDefault(ColumnName, "time"),
  description: optional(ColumnName),
});

const LocationFields = Schema.Struct({
  id: text(
    `a text of 1 to ${MAX_LOCATION_ID} printable characters, not beginning with @`,
    (given) => isId(given) && given.length <= MAX_LOCATION_ID,
  ),
  name: optional(Name),
});

const MappingFields = Schema.Struct({
  columns: withDefault(ColumnsFields, {
    document: "document",
    sku: "sku",
    quantity: "quantity",
    time: "time",
  }),
  dateFormat: withDefault(
    text('a format such as "dd/MM/yyyy HH:mm"', () => true),
    "iso",
  ),
  timeZone: withDefault(text("a time zone such as Europe/London", isTimeZone), "UTC"),
  encoding: withDefault(text("an encoding such as utf-8 or windows-1252", isEncoding), "utf-8"),
  delimiter: withDefault(
    text('one character such as ",", ";" or "\\t"', (given) => /^[^"\r\n]$/u.test(given)),
    ",",
  ),
  decimalSeparator: withDefault(
    text('"." or ","', (given) => given === "." || given === ","),
    ".",
  ),
  location: withDefault(LocationFields, { id: "main", name: "Main" }),
  unit: withDefault(Name, "piece"),
  precision: withDefault(
    described(
      Schema.Int.pipe(Schema.between(0, MAX_PRECISION)),
      `a whole number from 0 to ${MAX_PRECISION}`,
    ),
    0,
  ),
  currency: optional(text("an ISO 4217 code such as GBP", isCurrency)),
  negativePolicy: optional(described(Schema.Literal(...NEGATIVE_POLICIES), '"deny" or "allow"')),
  skuCase: withDefault(described(Schema.Literal("keep", "ignore"), '"keep" or "ignore"'), "keep"),
  skip: withDefault(
    described(Schema.Array(Schema.String), 'a list of item codes such as ["POST", "FEE"]'),
    [],
  ),
  returnsPrefix: optional(text('a text such as "C"', (given) => given !== "")),
  openingStock: optional(figures("a quantity", "100")),
  minimum: optional(figures("a quantity", "100")),
  maximum: optional(figures("a quantity", "100")),
  unitCost: optional(figures("minor units of the currency", "250")),
}).annotations({ parseOptions: { onExcessProperty: "error", errors: "first" } });

type MappingFile = typeof MappingFields.Type;

const decode = Schema.decodeUnknownEither(MappingFields);

/** Reads the text of a mapping file. */
export function readMapping(text: string): ReadMapping {
  let json: unknown;
  try {
    // Some editors begin a file with a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return failed(syntaxFault(text, error));
  }
  return mappingOf(json);
}

/** The mapping that is used when none is given. */
export function defaultMapping(): Mapping {
  const read = mappingOf({});
  if (read.type === "fault") throw new Error(read.fault);
  return read.mapping;
}

function mappingOf(json: unknown): ReadMapping {
  const decoded = decode(json);
  if (Either.isLeft(decoded)) return failed(describeIssue(decoded.left));
  const file = decoded.right;
  const format = dateFormatOf(file.dateFormat);
  if ("fault" in format) return failed(`dateFormat is no date format: ${format.fault}`);
  const skuOf = skuReader(file.skuCase);
  const ledgerFigures = figuresOf(file, skuOf);
  if (typeof ledgerFigures === "string") return failed(ledgerFigures);
  const { columns, location, skip, ...rest } = file;
  return {
    type: "mapping",
    mapping: {
      ...rest,
      ...ledgerFigures,
      columns: { ...columns, description: columns.description ?? null },
      dateFormat: format,
      location: { id: location.id, name: location.name ?? location.id },
      currency: file.currency ?? null,
      negativePolicy: file.negativePolicy ?? null,
      skuOf,
      skip: new Set(skip.map(skuOf)),
      returnsPrefix: file.returnsPrefix ?? null,
    },
  };
}

function skuReader(skuCase: "keep" | "ignore"): (code: string) => string {
  return skuCase === "ignore" ? (code) => code.trim().toUpperCase() : (code) => code.trim();
}

type LedgerFigures = Pick<Mapping, "openingStock" | "minimum" | "maximum" | "unitCost">;

function figuresOf(file: MappingFile, skuOf: (code: string) => string): LedgerFigures | string {
  const { precision } = file;
  const openingStock = readFigures("openingStock", file.openingStock, precision, skuOf);
  if (typeof openingStock === "string") return openingStock;
  const minimum = readFigures("minimum", file.minimum, precision, skuOf);
  if (typeof minimum === "string") return minimum;
  const maximum = readFigures("maximum", file.maximum, precision, skuOf);
  if (typeof maximum === "string") return maximum;
  const unitCost = readFigures("unitCost", file.unitCost, 0, skuOf);
  if (typeof unitCost === "string") return unitCost;
  return maximumFault(minimum, maximum) ?? { openingStock, minimum, maximum, unitCost };
}

/** A maximum below the minimum would be refused item by item; it is found here once. */
function maximumFault(minimum: Figures, maximum: Figures): string | undefined {
  const fits = (least: number | null, most: number | null) =>
    least === null || most === null || most === 0 || most >= least;
  if (!fits(minimum.each, maximum.each)) return "maximum must be 0 or at least the minimum";
  const wrong = [...minimum.items.keys(), ...maximum.items.keys()].find(
    (sku) => !fits(figureFor(minimum, sku), figureFor(maximum, sku)),
  );
  return wrong === undefined
    ? undefined
    : `maximum of item ${wrong} must be 0 or at least its minimum`;
}

/** The first issue in one line: where, and what would be right. */
function describeIssue(error: ParseResult.ParseError): string {
  const [issue] = ParseResult.ArrayFormatter.formatErrorSync(error);
  if (issue === undefined) return "it cannot be read";
  const path = issue.path.map(String);
  const field = path.length === 0 ? "the mapping" : path.join(".");
  switch (issue._tag) {
    case "Unexpected":
      return `there is no field ${field}; there are ${knownFields(path.slice(0, -1)).join(", ")}`;
    case "Missing":
      return `${field} is missing`;
    default: {
      const own = issue.message.startsWith("must be");
      return `${field} ${own ? issue.message : "must be an object of fields in braces"}`;
    }
  }
}

function knownFields([parent]: readonly string[]): readonly string[] {
  switch (parent) {
    case "columns":
      return Object.keys(ColumnsFields.fields);
    case "location":
      return Object.keys(LocationFields.fields);
    default:
      return Object.keys(MappingFields.fields);
  }
}

function syntaxFault(text: string, error: unknown): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  const before = position === undefined ? "" : text.slice(0, Number(position));
  const where = position === undefined ? "" : ` on line ${before.split("\n").length}`;
  return `it is not JSON: there is a mistake${where}, such as a missing comma or quote`;
}

function failed(fault: string): ReadMapping {
  return { type: "fault", fault };
}
