/**
 * Quantities: exact decimals outside, safe integers inside.
 *
 * A caller writes a quantity in the item's unit (`2.5`, `"2.5"`). The ledger counts it in
 * steps of 10^-precision of that unit, as a safe integer. No float is ever added up.
 */

/** A quantity as a caller writes it: a decimal in the item's unit. */
export type QuantityInput = number | string;

/** A quantity as the ledger counts it: a safe integer of 10^-precision of the item's unit. */
export type Quantity = number;

/** Decimal places of an item's unit, 0 to 6. */
export type Precision = number;

export const MAX_PRECISION: Precision = 6;

/** Fifteen significant digits: the most a decimal JavaScript number carries without loss. */
const MAX_FRACTIONAL_QUANTITY: Quantity = 999_999_999_999_999;

/** The largest quantity or balance of an item with this precision, in ledger steps. */
export function maxQuantity(precision: Precision): Quantity {
  return precision === 0 ? Number.MAX_SAFE_INTEGER : MAX_FRACTIONAL_QUANTITY;
}

export type QuantityFault = "not-a-number" | "too-many-decimals" | "too-large";

const DECIMAL = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/;

/**
 * Reads a quantity exactly, or names what is wrong with it. The sign is kept.
 *
 * @example
 * parseQuantity("2.5", 1) // 25
 * parseQuantity(2.55, 1)  // "too-many-decimals"
 */
export function parseQuantity(
  input: QuantityInput,
  precision: Precision,
): Quantity | QuantityFault {
  if (typeof input === "string") return parseDecimal(input, precision);
  if (typeof input !== "number" || !Number.isFinite(input)) return "not-a-number";
  if (precision === 0 && Number.isSafeInteger(input)) return input === 0 ? 0 : input;
  if (Math.abs(input) >= 1e21) return "too-large";
  const text = String(input);
  // Below 1e-6 JavaScript writes an exponent, and no precision reaches that far.
  return text.includes("e") ? "too-many-decimals" : parseDecimal(text, precision);
}

function parseDecimal(text: string, precision: Precision): Quantity | QuantityFault {
  const match = DECIMAL.exec(text);
  if (match === null) return "not-a-number";
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > precision) return "too-many-decimals";
  const magnitude = Number(`${match[2]}${fraction.padEnd(precision, "0")}`);
  if (magnitude > maxQuantity(precision)) return "too-large";
  return match[1] === "-" && magnitude !== 0 ? -magnitude : magnitude;
}

/** The quantity in the item's unit, as a number that prints exactly. */
export function toUnits(quantity: Quantity, precision: Precision): number {
  return precision === 0 ? quantity : Number(formatQuantity(quantity, precision));
}

/** The quantity in the item's unit, written with all its decimal places. */
export function formatQuantity(quantity: Quantity, precision: Precision): string {
  if (precision === 0) return String(quantity);
  const digits = String(Math.abs(quantity)).padStart(precision + 1, "0");
  const whole = digits.slice(0, -precision);
  return `${quantity < 0 ? "-" : ""}${whole}.${digits.slice(-precision)}`;
}
