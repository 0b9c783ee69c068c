/** A table: named columns of known types, and rows as records of plain values. */

/** What the cells of each type of column hold. An empty cell holds `null`, in every type. */
export interface CellValues {
  /** Any text without lone surrogates. The empty text is read back as `null`. */
  readonly text: string;
  /** A finite double. */
  readonly number: number;
  /** A decimal of any length as text, such as `"-12.50"`: for money, which no float may touch. */
  readonly decimal: string;
  readonly boolean: boolean;
  /** A calendar day as `YYYY-MM-DD`, without a time zone. */
  readonly date: string;
  /** A moment, in whole milliseconds since 1970. */
  readonly instant: number;
}

export type CellType = keyof CellValues;

export interface Column<Name extends string = string, Type extends CellType = CellType> {
  /** The key of its cells in a row. */
  readonly name: Name;
  readonly type: Type;
  /** What stands above it in a file; its name, if left out. */
  readonly heading?: string | undefined;
}

export type Columns = ReadonlyArray<Column>;

/** A row of a table with these columns. */
export type RowOf<C extends Columns> = {
  readonly [Each in C[number] as Each["name"]]: CellValues[Each["type"]] | null;
};

/** Any row. */
export type Row = Readonly<Record<string, CellValues[CellType] | null>>;

/**
 * Columns whose names and types are kept in their type.
 *
 * @example
 * const columns = defineColumns([
 *   { name: "sku", type: "text", heading: "SKU" },
 *   { name: "onHand", type: "number", heading: "On hand" },
 * ]);
 * type Line = RowOf<typeof columns>; // { sku: string | null; onHand: number | null }
 */
export const defineColumns = <const C extends Columns>(columns: C): C => columns;

export const headingOf = ({ heading, name }: Column): string => heading ?? name;

const LETTERS = 26;

/** The letters of a column, counted from 0: `A`, `B`, … `Z`, `AA`. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / LETTERS);
  const letter = String.fromCharCode(65 + (index % LETTERS));
  return rest === 0 ? letter : columnLetters(rest - 1) + letter;
}
