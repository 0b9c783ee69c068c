/** Rules: the demo's thresholds, and how its sales go with the months and the days. */
import { type Place, type Season, WAREHOUSE, type Ware } from "./Shop.js";

/** When to refill a place, and up to where. In steps. */
export interface Refill {
  readonly minimum: number;
  readonly maximum: number;
}

export function refillOf(place: Place, { shopMinimum }: Ware): Refill {
  return place === WAREHOUSE
    ? { minimum: shopMinimum * 3, maximum: shopMinimum * 8 }
    : { minimum: shopMinimum, maximum: shopMinimum * 3 };
}

/** Customers of a shop on a usual day, by the month. */
const CUSTOMERS = [32, 31, 32, 33, 32, 31, 30, 30, 33, 36, 42, 58] as const;

/** Sunday, when the shops are closed, to Saturday. */
const WEEKDAYS = [0, 0.85, 0.9, 0.95, 1, 1.15, 1.45] as const;

const SEASONS: { readonly [season in Season]: readonly number[] } = {
  even: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  winter: [1.5, 1.4, 1.1, 0.9, 0.7, 0.6, 0.5, 0.6, 0.8, 1.1, 1.4, 1.6],
  summer: [0.4, 0.4, 0.6, 0.9, 1.3, 1.7, 1.9, 1.8, 1.2, 0.8, 0.5, 0.4],
  gifts: [0.6, 0.8, 0.8, 0.9, 1, 0.8, 0.7, 0.7, 0.8, 1, 1.6, 2.6],
};

const SUNDAY = 0;
const HOLIDAYS: readonly string[] = ["01-01", "12-25", "12-26"];

/** Not on Sundays and holidays. */
export function isOpen(date: Date): boolean {
  return date.getUTCDay() !== SUNDAY && !HOLIDAYS.includes(date.toISOString().slice(5, 10));
}

/** How many customers to expect on a day. */
export function customersOn(date: Date): number {
  if (!isOpen(date)) return 0;
  const month = CUSTOMERS[date.getUTCMonth()] ?? 0;
  return month * (WEEKDAYS[date.getUTCDay()] ?? 0);
}

/** How likely each ware is to be bought in a month. */
export function weightsIn(month: number, wares: readonly Ware[]): readonly number[] {
  return wares.map(({ popularity, season }) => popularity * (SEASONS[season][month] ?? 1));
}
