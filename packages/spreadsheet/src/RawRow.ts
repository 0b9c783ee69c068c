/** A row as it stands in a file, before its cells are taken for values of columns. */

/**
 * A cell as it stands: a text, a boolean, or one of the following.
 * - `number`: its digits as they are stored
 * - `moment`: a day or time without zone, as if it were UTC, in milliseconds since 1970
 * - `error`: what a formula came to, such as `#N/A`
 */
export type RawCell =
  | null
  | string
  | boolean
  | { readonly kind: "number"; readonly digits: string }
  | { readonly kind: "moment"; readonly at: number }
  | { readonly kind: "error"; readonly code: string };

export interface RawRow {
  /** The name of its sheet; CSV has none. */
  readonly sheet?: string | undefined;
  /** Counted from 1 as spreadsheets do; in CSV, records are counted. */
  readonly row: number;
  /** From the first column on; cells missing at the end are empty. */
  readonly cells: readonly RawCell[];
}

export const isEmptyRow = ({ cells }: RawRow): boolean => cells.every((cell) => cell === null);
