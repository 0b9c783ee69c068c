/**
 * Rejections: why a command was refused, as data.
 *
 * `REJECTIONS` is the one table of codes. Its order is the precedence: where a command has
 * several faults, the one that stands first here is reported. Tests and docs are made from it.
 */
import type { Bucket } from "./Account.js";
import type { Instant } from "./Calendar.js";

/** What a rejection may say besides its code. Quantities are in the item's unit. */
export interface RejectionDetails {
  /** Index of the command's line at fault, from 0. */
  readonly line?: number;
  /** The field of the command, or of that line, at fault. */
  readonly field?: string;
  readonly item?: string;
  readonly location?: string;
  readonly lot?: string;
  readonly bucket?: Bucket;
  readonly wanted?: number;
  readonly available?: number;
  /** The entry the command collides with or speaks of. */
  readonly sequence?: number;
  /** The moment at which stock would be short, for a command that is backdated. */
  readonly at?: Instant;
  /** What was given, as text, cut at 100 characters. */
  readonly given?: string;
  /** What would be right. */
  readonly expected?: string;
}

interface RejectionRow {
  readonly code: string;
  /** What the code means, for the docs. */
  readonly meaning: string;
  readonly message: (details: RejectionDetails) => string;
}

const line = (d: RejectionDetails) => (d.line === undefined ? "" : `lines[${d.line}]: `);
const field = (d: RejectionDetails) => d.field ?? "the field";
const given = (d: RejectionDetails) => (d.given === undefined ? "" : `, not ${d.given}`);
const place = (d: RejectionDetails) =>
  `${d.item}${d.lot === undefined ? "" : ` (lot ${d.lot})`} at ${d.location}`;

export const REJECTIONS = [
  {
    code: "idempotency-conflict",
    meaning: "The idempotency key was used before for a command with other content.",
    message: (d) =>
      `the idempotency key ${d.given} belongs to entry ${d.sequence}, a command with other ` +
      "content; use a new key for a new command",
  },
  {
    code: "changed-since",
    meaning: "What is to be changed is not as `ifDigest` says.",
    message: (d) =>
      d.expected === "absent"
        ? `${d.given} is there already`
        : `${d.given} is not as it was read; read it again, and decide anew`,
  },
  {
    code: "invalid-field",
    meaning: "A field is missing or has a value that it cannot have.",
    message: (d) => `${line(d)}${field(d)} must be ${d.expected}${given(d)}`,
  },
  {
    code: "occurred-in-future",
    meaning: "occurredAt lies ahead of the ledger's clock by more than five minutes.",
    message: (d) => `occurredAt lies in the future${given(d)}; it must be ${d.expected}`,
  },
  {
    code: "unknown-location",
    meaning: "There is no such location in this ledger.",
    message: (d) => `${field(d)}: there is no location ${d.location}; create it first`,
  },
  {
    code: "archived-location",
    meaning: "The location is archived and takes part in no movement.",
    message: (d) => `${field(d)}: location ${d.location} is archived`,
  },
  {
    code: "same-location",
    meaning: "A transfer must go to another location.",
    message: (d) => `from and to are both ${d.location}; a transfer needs two locations`,
  },
  {
    code: "unknown-reservation",
    meaning: "There is no open reservation with this sequence.",
    message: (d) => `there is no open reservation ${d.sequence}`,
  },
  {
    code: "unknown-shipment",
    meaning: "There is no shipment in transit with this sequence.",
    message: (d) => `there is no shipment in transit ${d.sequence}`,
  },
  {
    code: "unknown-entry",
    meaning: "There is no entry with this sequence.",
    message: (d) => `there is no entry ${d.sequence}`,
  },
  {
    code: "not-reversible",
    meaning: "The entry is not a movement, or what it opened has been used since.",
    message: (d) => `entry ${d.sequence} cannot be reversed: ${d.expected}`,
  },
  {
    code: "already-reversed",
    meaning: "The movement has been reversed before.",
    message: (d) => `entry ${d.sequence} has already been reversed`,
  },
  {
    code: "unknown-item",
    meaning: "There is no such item in this ledger.",
    message: (d) => `${line(d)}there is no item ${d.item}; create it first`,
  },
  {
    code: "archived-item",
    meaning: "The item is archived and cannot move.",
    message: (d) => `${line(d)}item ${d.item} is archived`,
  },
  {
    code: "invalid-quantity",
    meaning: "The quantity is not a decimal number, or not of the sign that is needed.",
    message: (d) => `${line(d)}${field(d)} must be ${d.expected}${given(d)}`,
  },
  {
    code: "too-many-decimals",
    meaning: "The quantity has more decimal places than the item's precision.",
    message: (d) => `${line(d)}${field(d)} must have ${d.expected}${given(d)}`,
  },
  {
    code: "quantity-too-large",
    meaning: "The quantity is beyond what the ledger counts exactly.",
    message: (d) => `${line(d)}${field(d)} must be at most ${d.expected}${given(d)}`,
  },
  {
    code: "not-in-reservation",
    meaning: "The reservation holds less of this item than the line takes.",
    message: (d) =>
      `${line(d)}reservation ${d.sequence} holds ${d.available} of ${place(d)}, not ${d.wanted}`,
  },
  {
    code: "not-in-shipment",
    meaning: "The shipment carries less of this item than the line takes.",
    message: (d) =>
      `${line(d)}shipment ${d.sequence} carries ${d.available} of ${place(d)}, not ${d.wanted}`,
  },
  {
    code: "expectation-failed",
    meaning: "A count expected another quantity than the book has.",
    message: (d) =>
      `${line(d)}the book has ${d.available} of ${place(d)} on hand, not the expected ${d.wanted}`,
  },
  {
    code: "insufficient-stock",
    meaning: "The movement takes more than there is, now or at a later moment of the history.",
    message: (d) =>
      `${line(d)}${place(d)}: wanted ${d.wanted}, ${d.bucket} ${d.available}` +
      (d.at === undefined ? "" : ` (at ${new Date(d.at).toISOString()})`),
  },
  {
    code: "balance-too-large",
    meaning: "A balance or a value would grow beyond what the ledger counts exactly.",
    message: (d) => `${line(d)}the balance of ${place(d)} would grow beyond ${d.expected}`,
  },
  {
    code: "duplicate-sku",
    meaning: "Another item has this SKU.",
    message: (d) => `sku ${d.given} belongs to item ${d.item}`,
  },
  {
    code: "unknown-parent",
    meaning: "There is no such parent location or category.",
    message: (d) => `parent: there is no ${d.expected} ${d.given}; create it first`,
  },
  {
    code: "circular-parent",
    meaning: "A location or category would become its own ancestor.",
    message: (d) => `parent: ${d.given} is ${d.expected} itself or lies below it`,
  },
  {
    code: "unknown-category",
    meaning: "There is no such category.",
    message: (d) => `category: there is no category ${d.given}; create it first`,
  },
  {
    code: "unknown-manufacturer",
    meaning: "There is no such manufacturer.",
    message: (d) => `manufacturer: there is no manufacturer ${d.given}; create it first`,
  },
  {
    code: "fixed-once-moved",
    meaning: "Precision and currency cannot change once the item has moved.",
    message: (d) => `${field(d)} of item ${d.item} is fixed at ${d.expected}: the item has moved`,
  },
  {
    code: "in-use",
    meaning: "It cannot be archived while there is stock.",
    message: (d) => `${d.expected} cannot be archived while there is stock`,
  },
  {
    code: "unknown-threshold",
    meaning: "There is no threshold for this item at this location.",
    message: (d) => `there is no threshold for ${place(d)}`,
  },
] as const satisfies readonly RejectionRow[];

export type RejectionCode = (typeof REJECTIONS)[number]["code"];

export interface Rejection extends RejectionDetails {
  readonly code: RejectionCode;
  readonly message: string;
}

const rows: ReadonlyMap<RejectionCode, RejectionRow> = new Map(
  REJECTIONS.map((row) => [row.code, row]),
);

/** The rejection with its message. */
export function rejection(code: RejectionCode, details: RejectionDetails): Rejection {
  const row = rows.get(code) as RejectionRow;
  return { code, message: row.message(details), ...details };
}

/** Text for `given`: short, and telling text from number. */
export function shown(value: unknown): string {
  const text = typeof value === "number" ? String(value) : written(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

// JSON has no words for a bigint, nor for a value that contains itself.
function written(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `a ${typeof value} that is not plain data`;
  }
}
