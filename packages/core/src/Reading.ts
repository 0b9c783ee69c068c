/** Reading a command's fields: what is given becomes ledger terms, or a fault. */
import { type Instant, MAX_INSTANT, MIN_INSTANT } from "./Calendar.js";
import type { Faults } from "./Faults.js";
import { isAmount } from "./Money.js";
import {
  maxQuantity,
  type Precision,
  parseQuantity,
  type Quantity,
  type QuantityFault,
  toUnits,
} from "./Quantity.js";
import { type RejectionDetails, shown } from "./Rejection.js";
import { type ItemState, itemOf, type LedgerState, type LocationState } from "./State.js";

export const MAX_LINES = 10_000;
/** How far a caller's clock may run ahead of the ledger's. */
export const CLOCK_TOLERANCE_MS = 300_000;

/** Which quantities a field takes. */
export type Sign = "above-zero" | "zero-or-more" | "not-zero";

const SIGN_TEXTS: { readonly [sign in Sign]: string } = {
  "above-zero": "a decimal number above 0",
  "zero-or-more": "a decimal number, 0 or more",
  "not-zero": "a decimal number other than 0",
};

/** The quantity in ledger steps; 0 where there is a fault. */
export function readQuantity(
  input: unknown,
  item: ItemState,
  sign: Sign,
  field: string,
  line: number | undefined,
  faults: Faults,
): Quantity {
  const quantity = parseQuantity(input as number | string, item.item.precision);
  if (typeof quantity === "number" && hasSign(quantity, sign)) return quantity;
  const fault = typeof quantity === "number" ? "not-a-number" : quantity;
  const details = { field, ...atLine(line), item: item.item.id, given: shown(input) };
  noteQuantityFault(fault, item.item.precision, sign, details, faults);
  return 0;
}

function hasSign(quantity: Quantity, sign: Sign): boolean {
  switch (sign) {
    case "above-zero":
      return quantity > 0;
    case "zero-or-more":
      return quantity >= 0;
    case "not-zero":
      return quantity !== 0;
  }
}

function noteQuantityFault(
  fault: QuantityFault,
  precision: Precision,
  sign: Sign,
  details: RejectionDetails,
  faults: Faults,
): void {
  switch (fault) {
    case "not-a-number":
      faults.add("invalid-quantity", { ...details, expected: SIGN_TEXTS[sign] });
      return;
    case "too-many-decimals":
      faults.add("too-many-decimals", {
        ...details,
        expected: precision === 0 ? "no decimal places" : `at most ${precision} decimal places`,
      });
      return;
    case "too-large": {
      const limit = toUnits(maxQuantity(precision), precision);
      faults.add("quantity-too-large", { ...details, expected: String(limit) });
      return;
    }
  }
}

function atLine(line: number | undefined): { readonly line?: number } {
  return line === undefined ? {} : { line };
}

/** An id as it was given, or what stands in its place, fit to be kept. */
function named(id: unknown): string {
  return isText(id, 100) ? id : shown(id);
}

/** A real location that takes part in movements, or nothing and a fault. */
export function readLocation(
  state: LedgerState,
  id: unknown,
  field: string,
  faults: Faults,
): LocationState | undefined {
  const location = typeof id === "string" ? state.locations.get(id) : undefined;
  if (location === undefined || location.virtual) {
    faults.add("unknown-location", { field, location: named(id) });
    return undefined;
  }
  if (location.location.archived) {
    faults.add("archived-location", { field, location: location.location.id });
  }
  return location;
}

/** An item that can move, or nothing and a fault. */
export function readItem(
  state: LedgerState,
  id: unknown,
  line: number | undefined,
  faults: Faults,
): ItemState | undefined {
  const item = typeof id === "string" ? itemOf(state, id) : undefined;
  if (item === undefined) {
    faults.add("unknown-item", { ...atLine(line), item: named(id) });
    return undefined;
  }
  if (item.item.archived) faults.add("archived-item", { ...atLine(line), item: item.item.id });
  return item;
}

export function readLot(input: unknown, line: number, faults: Faults): string | null {
  if (input === undefined || input === null) return null;
  if (isText(input, 64) && input !== "") return input;
  invalid(faults, { field: "lot", line }, "a text of 1 to 64 characters", input);
  return null;
}

export function readCost(
  input: unknown,
  field: string,
  line: number,
  faults: Faults,
): number | null {
  if (input === undefined) return null;
  if (isAmount(input)) return input;
  invalid(faults, { field, line }, "a whole number of minor units, 0 or more", input);
  return null;
}

export function readOccurredAt(input: unknown, recordedAt: Instant, faults: Faults): Instant {
  if (input === undefined) return recordedAt;
  if (!Number.isInteger(input) || !isWithinYears(input as number)) {
    invalid(
      faults,
      { field: "occurredAt" },
      "whole milliseconds since 1970, from 1900 to 2999",
      input,
    );
    return recordedAt;
  }
  // JSON knows no -0, and what is recorded must come back as it was.
  const instant = (input as number) === 0 ? 0 : (input as number);
  if (instant > recordedAt + CLOCK_TOLERANCE_MS) {
    faults.add("occurred-in-future", {
      given: new Date(instant).toISOString(),
      expected: `at most ${new Date(recordedAt).toISOString()}`,
    });
  }
  return instant;
}

function isWithinYears(instant: Instant): boolean {
  return instant >= MIN_INSTANT && instant <= MAX_INSTANT;
}

/** Optional text; `null` when left out. */
export function readText(
  input: unknown,
  field: string,
  most: number,
  faults: Faults,
): string | null {
  if (input === undefined || input === null) return null;
  if (isText(input, most)) return input;
  invalid(faults, { field }, `a text of at most ${most} characters`, input);
  return null;
}

/** The lines of a command; none where there is a fault. */
export function readLines<A>(lines: unknown, faults: Faults): readonly A[] {
  const wellFormed =
    Array.isArray(lines) && lines.length > 0 && lines.length <= MAX_LINES && areObjects(lines);
  if (wellFormed) return lines as readonly A[];
  faults.add("invalid-field", { field: "lines", expected: `a list of 1 to ${MAX_LINES} lines` });
  return [];
}

function areObjects(values: readonly unknown[]): boolean {
  for (const value of values) {
    if (typeof value !== "object" || value === null) return false;
  }
  return true;
}

/** An id or SKU that a caller may choose. */
export function isId(input: unknown): input is string {
  return isText(input, 100) && input.trim() !== "" && !input.startsWith("@");
}

export const ID_TEXT = "a text of 1 to 100 printable characters, not beginning with @";

/** Control characters and broken surrogates do not survive every database and every wire. */
const UNSAFE = /(?![\t\n\r])\p{Cc}|\p{Surrogate}/u;
/** Nearly every text is of these alone, and that is quicker to see. */
const PRINTABLE_ASCII = /^[ -~]*$/;

export function isText(input: unknown, most: number): input is string {
  if (typeof input !== "string" || input.length > most) return false;
  return PRINTABLE_ASCII.test(input) || !UNSAFE.test(input);
}

export function invalid(
  faults: Faults,
  at: { readonly field: string; readonly line?: number },
  expected: string,
  given: unknown,
): void {
  faults.add("invalid-field", { ...at, expected, given: shown(given) });
}
