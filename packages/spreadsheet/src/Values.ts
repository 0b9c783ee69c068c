/** Which values a type of column holds. */
import type { CellType } from "./Table.js";

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const LATEST_INSTANT = 8.64e15;

/** Why a value does not fit a type, or nothing if it does. */
export function misfit(type: CellType, value: unknown): string | undefined {
  switch (type) {
    case "text":
      return typeof value === "string" ? undefined : "not a text";
    case "number":
      return Number.isFinite(value) ? undefined : "not a finite number";
    case "decimal":
      return isDecimal(value) ? undefined : 'not a decimal such as "-12.50"';
    case "boolean":
      return typeof value === "boolean" ? undefined : "neither true nor false";
    case "date":
      return isDay(value) ? undefined : "not a day as YYYY-MM-DD";
    case "instant":
      return isInstant(value) ? undefined : "not whole milliseconds since 1970";
  }
}

function isDecimal(value: unknown): value is string {
  return typeof value === "string" && DECIMAL.test(value);
}

/** Whether it is a day that the calendar has, as `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !DAY.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && dayOf(at) === value;
}

function isInstant(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) <= LATEST_INSTANT;
}

/** The day in UTC, as `YYYY-MM-DD`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const SCIENTIFIC = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * A number's text, with or without an exponent, as a plain decimal without superfluous leading
 * zeros; nothing if it is no number. No digit is lost.
 *
 * @example
 * plainDecimal("1.25E-3") // "0.00125"
 * plainDecimal("+007.50") // "7.50"
 */
export function plainDecimal(text: string): string | undefined {
  const match = SCIENTIFIC.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const before = point <= 0 ? "0" : digits.slice(0, point).padEnd(point, "0");
  const after = point <= 0 ? "0".repeat(-point) + digits : digits.slice(point);
  const decimal = before.replace(/^0+(?=\d)/, "") + (after === "" ? "" : `.${after}`);
  return sign === "-" ? `-${decimal}` : decimal;
}
