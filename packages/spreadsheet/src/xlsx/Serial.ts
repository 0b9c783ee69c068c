/** Days and moments as the numbers that spreadsheets keep them as. */

const DAY_MS = 86_400_000;
/** The serial of 1970-01-01 where days are counted from 1900. */
const UNIX_EPOCH = 25_569;
/** How many days later days are counted from, in files of an old Mac. */
const DAYS_TO_1904 = 1_462;
/** 1900-03-01. Excel believes in a 29th of February before it, so earlier days are off by one. */
const FIRST_CERTAIN = 61;
/** The day after 9999-12-31. */
const END = 2_958_466;

export type Epoch = "1900" | "1904";

/** The serial of a moment, as if it were UTC; nothing where a spreadsheet has none that is sure. */
export function serialOf(at: number): number | undefined {
  const serial = at / DAY_MS + UNIX_EPOCH;
  return serial >= FIRST_CERTAIN && serial < END ? serial : undefined;
}

/** The moment of a serial, to the millisecond; nothing where there is none. */
export function momentOf(serial: number, epoch: Epoch): number | undefined {
  const since1900 = epoch === "1904" ? serial + DAYS_TO_1904 : serial;
  if (!(since1900 >= 0 && since1900 < END)) return undefined;
  const real = since1900 < FIRST_CERTAIN - 1 ? since1900 + 1 : since1900;
  return Math.round((real - UNIX_EPOCH) * DAY_MS);
}
