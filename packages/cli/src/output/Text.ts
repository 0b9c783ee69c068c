/** Figures and times as people read them. */
import type { Currency, Instant } from "@stockbook/core";
import { offsetsOf } from "../import/WallTime.js";

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

/** `1,234.5` */
export function number(value: number): string {
  return numbers.format(value);
}

/** `1,234 lines`, `1 line` */
export function count(value: number, what: string, plural = `${what}s`): string {
  return `${number(value)} ${value === 1 ? what : plural}`;
}

const decimalPlaces = new Map<Currency, number>();

/** `1,234.56 GBP` from minor units. */
export function money(amount: number, currency: Currency): string {
  const places = placesOf(currency);
  const format = { minimumFractionDigits: places, maximumFractionDigits: places };
  return `${(amount / 10 ** places).toLocaleString("en", format)} ${currency}`;
}

function placesOf(currency: Currency): number {
  const known = decimalPlaces.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  const places = format.resolvedOptions().maximumFractionDigits ?? 2;
  decimalPlaces.set(currency, places);
  return places;
}

const MINUTE_MS = 60_000;

/** `2010-12-01 08:26` on the clock of a zone. */
export function clockOf(timeZone: string): (instant: Instant) => string {
  const offsetAt = offsetsOf(timeZone);
  const known = new Map<number, string>();
  return (instant) => {
    const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
    const found = known.get(minute) ?? reading(minute + offsetAt(minute));
    known.set(minute, found);
    return found;
  };
}

function reading(local: number): string {
  return new Date(local).toISOString().slice(0, 16).replace("T", " ");
}

/** `3.4 s`, `2 min 5 s` */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** How many a second, rounded to what one would say. */
export function rate(amount: number, milliseconds: number): string {
  const perSecond = amount / Math.max(milliseconds / 1000, 0.001);
  return number(perSecond < 100 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
}
