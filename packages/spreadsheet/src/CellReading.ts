/** From a cell as it stands in a file to the value of a column. */
import type { RawCell } from "./RawRow.js";
import type { CellType, CellValues } from "./Table.js";
import { dayOf, isDay, plainDecimal } from "./Values.js";

/** A value, or why there is none. */
export type CellReading =
  | { readonly ok: true; readonly value: CellValues[CellType] | null }
  | { readonly ok: false; readonly detail: string };

const DAY_MS = 86_400_000;
/** So many digits of a double are certain; further ones are noise of the last binary place. */
const CERTAIN_DIGITS = 15;

/** Takes a cell for a value of a type; whoever collects all that is wrong with a file asks this. */
export function readCell(type: CellType, cell: RawCell): CellReading {
  if (cell === null) return value(null);
  if (typeof cell === "object" && cell.kind === "error") return refused(`the error ${cell.code}`);
  switch (type) {
    case "text":
      return textOf(cell);
    case "number":
      return numberOf(cell);
    case "decimal":
      return decimalOf(cell);
    case "boolean":
      return booleanOf(cell);
    case "date":
      return dateOf(cell);
    case "instant":
      return instantOf(cell);
  }
}

const value = (read: CellValues[CellType] | null): CellReading => ({ ok: true, value: read });

const refused = (detail: string): CellReading => ({ ok: false, detail });

type Filled = Exclude<RawCell, null | { readonly kind: "error" }>;

function textOf(cell: Filled): CellReading {
  if (typeof cell === "string") return value(cell);
  if (typeof cell === "boolean") return value(cell ? "TRUE" : "FALSE");
  if (cell.kind === "moment") return value(momentText(cell.at));
  return decimalOf(cell);
}

const momentText = (at: number): string =>
  at % DAY_MS === 0 ? dayOf(at) : new Date(at).toISOString();

function numberOf(cell: Filled): CellReading {
  const digits = digitsOf(cell);
  if (digits === undefined || plainDecimal(digits) === undefined) return notA("number", cell);
  const number = Number(digits);
  return Number.isFinite(number) ? value(number) : refused("a number too large");
}

function decimalOf(cell: Filled): CellReading {
  const digits = digitsOf(cell);
  const decimal = digits === undefined ? undefined : plainDecimal(digits);
  if (digits === undefined || decimal === undefined) return notA("decimal number", cell);
  return value(typeof cell === "string" ? decimal : withoutNoise(digits, decimal));
}

/** What was meant by a double such as 0.30000000000000004, or 12.300000000000001. */
function withoutNoise(digits: string, decimal: string): string {
  const certain = decimal.replace(/^-?0*\.?0*|\./g, "").length <= CERTAIN_DIGITS;
  if (certain) return decimal;
  return plainDecimal(String(Number(Number(digits).toPrecision(CERTAIN_DIGITS)))) ?? decimal;
}

function digitsOf(cell: Filled): string | undefined {
  if (typeof cell === "string") return cell.trim();
  return typeof cell === "object" && cell.kind === "number" ? cell.digits : undefined;
}

const TRUTHS: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  "1": true,
  "0": false,
};

function booleanOf(cell: Filled): CellReading {
  if (typeof cell === "boolean") return value(cell);
  const truth = TRUTHS[digitsOf(cell)?.toLowerCase() ?? ""];
  return truth === undefined ? notA("true or false", cell) : value(truth);
}

function dateOf(cell: Filled): CellReading {
  if (typeof cell === "string") {
    const day = cell.trim();
    return isDay(day) ? value(day) : notA("day as YYYY-MM-DD", cell);
  }
  if (typeof cell !== "object" || cell.kind !== "moment") return notA("day", cell);
  return cell.at % DAY_MS === 0 ? value(dayOf(cell.at)) : refused("a day with a time");
}

/** A zone is asked for: without one, a text would mean another moment on another machine. */
const INSTANT =
  /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

function instantOf(cell: Filled): CellReading {
  if (typeof cell === "object" && cell.kind === "moment") return value(cell.at);
  if (typeof cell !== "string" || !INSTANT.test(cell.trim())) {
    return notA("moment such as 2026-11-27T09:30:00Z", cell);
  }
  const at = Date.parse(cell.trim());
  return Number.isNaN(at) ? notA("moment of the calendar", cell) : value(at);
}

/** So much of a cell is shown. */
const SHOWN = 40;

function notA(what: string, cell: Filled): CellReading {
  return refused(`no ${what}: ${shown(cell)}`);
}

function shown(cell: Filled): string {
  if (typeof cell === "string") {
    return JSON.stringify(cell.length > SHOWN ? `${cell.slice(0, SHOWN)}…` : cell);
  }
  if (typeof cell === "boolean") return String(cell);
  return cell.kind === "number" ? cell.digits.slice(0, SHOWN) : momentText(cell.at);
}
