/** Documents: the lines of a sales file, read and put together by their document number. */
import {
  type Instant,
  isId,
  isText,
  MAX_INSTANT,
  MIN_INSTANT,
  maxQuantity,
  parseQuantity,
  type Quantity,
  toUnits,
} from "@stockbook/core";
import type { Csv, CsvRecord } from "./Csv.js";
import type { Columns, Mapping } from "./Mapping.js";
import { wallClock } from "./WallTime.js";

/** What a document does to the stock. */
type DocumentKind = "sale" | "return" | "write-off";

interface DocumentLine {
  /** The physical line it stands on. */
  readonly line: number;
  readonly sku: string;
  /** In ledger steps, above 0. */
  readonly quantity: Quantity;
}

export interface SalesDocument {
  readonly number: string;
  /** The physical line of its first line. */
  readonly line: number;
  /** The earliest time on its lines. */
  readonly occurredAt: Instant;
  readonly kind: DocumentKind;
  readonly lines: readonly DocumentLine[];
}

/** A document that sells some items and takes back others. */
interface Exchange {
  readonly number: string;
  readonly line: number;
}

export interface Sales {
  /** In the order they happened; those of one moment in the order of the file. */
  readonly documents: readonly SalesDocument[];
  /** Left out: no one movement can say what they do. */
  readonly exchanges: readonly Exchange[];
  /** Documents without goods. */
  readonly empty: number;
  /** Whole lines in the file, below its header. */
  readonly lines: number;
  /** Lines of codes that are no goods. */
  readonly skippedLines: number;
  /** Physical lines with the quantity 0. */
  readonly zeroLines: readonly number[];
  /** Names by SKU: the first description in the file. */
  readonly names: ReadonlyMap<string, string>;
  /** The physical line the file breaks off on. */
  readonly cutOff: number | null;
}

/** What is wrong with the file, and where. */
export interface SalesFault {
  readonly line: number | null;
  readonly column?: string;
  readonly fault: string;
}

const MAX_NAME = 255;
const MAX_NUMBER = 200;

/** Reads and checks every line. `now` is the latest time a document may carry. */
export function readSales(csv: Csv, mapping: Mapping, now: Instant): Sales | SalesFault {
  const columns = findColumns(csv.header, mapping.columns);
  if ("fault" in columns) return columns;
  if (csv.records.length === 0 && csv.cutOff === null) {
    return { line: null, fault: "there is nothing below the header" };
  }
  const reader = new LineReader(mapping, columns, now);
  const gathering = new Gathering(mapping);
  const width = csv.header.fields.length;
  for (const record of csv.records) {
    if (record.fields.length !== width) return misfit(record, width);
    const read = reader.read(record);
    if ("fault" in read) return read;
    gathering.add(read);
  }
  return gathering.done(csv.records.length, csv.cutOff);
}

type Positions = { readonly [column in keyof Columns]: number };

/** Where the columns stand in the file; a description that was not asked for may be missing. */
function findColumns(header: CsvRecord, columns: Columns): Positions | SalesFault {
  const names = header.fields.map((name) => name.trim());
  const position = (name: string) => names.indexOf(name);
  const required = [columns.document, columns.sku, columns.quantity, columns.time];
  if (columns.description !== null) required.push(columns.description);
  const missing = required.find((name) => position(name) === -1);
  if (missing !== undefined) {
    const there = names.map((name) => JSON.stringify(name)).join(", ");
    const fault = `there is no column "${missing}"; there are ${there}`;
    return { line: header.line, fault: `${fault}; name the columns in a mapping` };
  }
  return {
    document: position(columns.document),
    sku: position(columns.sku),
    quantity: position(columns.quantity),
    time: position(columns.time),
    description: position(columns.description ?? "description"),
  };
}

function misfit({ line, fields }: CsvRecord, width: number): SalesFault {
  const columns = fields.length === 1 ? "1 column" : `${fields.length} columns`;
  return { line, fault: `it has ${columns} where the header has ${width}` };
}

interface ReadLine {
  readonly line: number;
  readonly document: string;
  readonly sku: string;
  readonly description: string;
  readonly quantity: Quantity;
  readonly occurredAt: Instant;
}

class LineReader {
  private readonly instantOf: (local: number) => Instant;
  private readonly times = new Map<string, Instant | SalesFault>();

  constructor(
    private readonly mapping: Mapping,
    private readonly at: Positions,
    private readonly now: Instant,
  ) {
    this.instantOf = wallClock(mapping.timeZone);
  }

  read(record: CsvRecord): ReadLine | SalesFault {
    const { line } = record;
    const { columns } = this.mapping;
    const text = (position: number) => (record.fields[position] ?? "").trim();

    const document = text(this.at.document);
    if (!isText(document, MAX_NUMBER) || document === "" || document.startsWith("@")) {
      const fault = `a document number of 1 to ${MAX_NUMBER} characters is needed`;
      return { line, column: columns.document, fault: not(fault, document) };
    }
    const sku = this.mapping.skuOf(text(this.at.sku));
    if (!isId(sku)) {
      const fault = "an item code of 1 to 100 characters, not beginning with @, is needed";
      return { line, column: columns.sku, fault: not(fault, sku) };
    }
    const quantity = this.quantity(text(this.at.quantity));
    if (typeof quantity === "string") return { line, column: columns.quantity, fault: quantity };
    const occurredAt = this.time(text(this.at.time));
    if (typeof occurredAt !== "number") return { ...occurredAt, line, column: columns.time };
    return { line, document, sku, description: text(this.at.description), quantity, occurredAt };
  }

  /** The quantity in ledger steps, or what is wrong with it. */
  private quantity(text: string): Quantity | string {
    const { decimalSeparator, precision } = this.mapping;
    const decimal = decimalSeparator === "." ? text : text.replace(",", ".");
    const quantity = text.includes(".") && decimalSeparator !== "." ? "not-a-number" : decimal;
    const parsed = parseQuantity(quantity, precision);
    switch (parsed) {
      case "not-a-number":
        return not(`a decimal number such as 12 or 2${decimalSeparator}5 is needed`, text);
      case "too-many-decimals": {
        const most = precision === 0 ? "no decimal places" : `at most ${precision} decimal places`;
        return not(`${most} can be counted; set "precision" in the mapping`, text);
      }
      case "too-large":
        return not(`at most ${toUnits(maxQuantity(precision), precision)} is possible`, text);
      default:
        return parsed;
    }
  }

  private time(text: string): Instant | SalesFault {
    const known = this.times.get(text);
    if (known !== undefined) return known;
    const read = this.readTime(text);
    this.times.set(text, read);
    return read;
  }

  private readTime(text: string): Instant | SalesFault {
    const { dateFormat } = this.mapping;
    const written = dateFormat.read(text);
    if (written === undefined) {
      return { line: null, fault: not(`a date as ${dateFormat.shape} is needed`, text) };
    }
    const { local, offset } = written;
    const instant = offset === null ? this.instantOf(local) : local - offset * 60_000;
    if (instant > this.now) {
      return { line: null, fault: not("a date that is not in the future is needed", text) };
    }
    if (instant < MIN_INSTANT || instant > MAX_INSTANT) {
      return { line: null, fault: not("a year from 1900 to 2999 is needed", text) };
    }
    return instant;
  }
}

interface Gathered {
  readonly number: string;
  readonly line: number;
  occurredAt: Instant;
  readonly lines: DocumentLine[];
}

/** Puts lines together by their document, wherever in the file they stand. */
class Gathering {
  private readonly documents = new Map<string, Gathered>();
  private readonly names = new Map<string, string>();
  private readonly zeroLines: number[] = [];
  private skippedLines = 0;

  constructor(private readonly mapping: Mapping) {}

  add({ line, document, sku, description, quantity, occurredAt }: ReadLine): void {
    const gathered = this.document(document, line, occurredAt);
    if (occurredAt < gathered.occurredAt) gathered.occurredAt = occurredAt;
    if (this.mapping.skip.has(sku)) {
      this.skippedLines++;
      return;
    }
    if (!this.names.has(sku) && description !== "") this.names.set(sku, nameOf(description));
    if (quantity === 0) this.zeroLines.push(line);
    else gathered.lines.push({ line, sku, quantity });
  }

  done(lines: number, cutOff: number | null): Sales {
    const documents: SalesDocument[] = [];
    const exchanges: Exchange[] = [];
    let empty = 0;
    for (const gathered of this.documents.values()) {
      const classified = classify(gathered, this.mapping.returnsPrefix);
      if (classified === "empty") empty++;
      else if (classified === "exchange") exchanges.push(gathered);
      else documents.push(classified);
    }
    documents.sort((a, b) => a.occurredAt - b.occurredAt || a.line - b.line);
    const { names, skippedLines, zeroLines } = this;
    return { documents, exchanges, empty, lines, skippedLines, zeroLines, names, cutOff };
  }

  private document(number: string, line: number, occurredAt: Instant): Gathered {
    const known = this.documents.get(number);
    if (known !== undefined) return known;
    const made: Gathered = { number, line, occurredAt, lines: [] };
    this.documents.set(number, made);
    return made;
  }
}

function classify(
  { number, line, occurredAt, lines }: Gathered,
  returnsPrefix: string | null,
): SalesDocument | "empty" | "exchange" {
  const whole = signsIn(lines) === "both" ? netted(lines) : lines;
  const signs = signsIn(whole);
  if (signs === "none") return "empty";
  if (signs === "both") return "exchange";
  const returned = returnsPrefix !== null && number.startsWith(returnsPrefix);
  const kind = returned ? "return" : signs === "above" ? "sale" : "write-off";
  return { number, line, occurredAt, kind, lines: whole.map(unsigned) };
}

type Signs = "none" | "above" | "below" | "both";

function signsIn(lines: readonly DocumentLine[]): Signs {
  const above = lines.some(({ quantity }) => quantity > 0);
  const below = lines.some(({ quantity }) => quantity < 0);
  return above ? (below ? "both" : "above") : below ? "below" : "none";
}

/** One line for each item with what is left of it; an item that comes to 0 is left out. */
function netted(lines: readonly DocumentLine[]): readonly DocumentLine[] {
  const net = new Map<string, DocumentLine>();
  for (const line of lines) {
    const sum = (net.get(line.sku)?.quantity ?? 0) + line.quantity;
    net.set(line.sku, { ...(net.get(line.sku) ?? line), quantity: sum });
  }
  return [...net.values()].filter(({ quantity }) => quantity !== 0);
}

function unsigned(line: DocumentLine): DocumentLine {
  return { ...line, quantity: Math.abs(line.quantity) };
}

/** A description as a name: one line of printable text. */
function nameOf(description: string): string {
  const printable = description.replace(/[\p{Cc}\p{Surrogate}]+/gu, " ").trim();
  return printable.slice(0, MAX_NAME).replace(/\p{Surrogate}$/u, "") || "?";
}

function not(expected: string, given: string): string {
  const text = given.length > 40 ? `${given.slice(0, 39)}…` : given;
  return `${expected}, not ${JSON.stringify(text)}`;
}
