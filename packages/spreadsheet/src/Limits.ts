/** How much of a file is read before it is refused. */

export interface Limits {
  /** Bytes of the file as it comes. 64 MiB. */
  readonly bytes: number;
  /** Rows with something in them, the headings included. 1,048,576. */
  readonly rows: number;
  /** Columns, whether there is something in them or not. 1,024. */
  readonly columns: number;
  /** UTF-16 units of one cell. 32,767, as in Excel. */
  readonly cellLength: number;
  /** Files in a workbook's archive. 1,000. */
  readonly parts: number;
  /** Bytes of all files of the archive, unpacked. 512 MiB. */
  readonly unpackedBytes: number;
  /** Unpacked bytes for each packed one, in any file of more than 1 MiB. 250. */
  readonly ratio: number;
}

const MEBIBYTE = 1_048_576;

export const defaultLimits: Limits = {
  bytes: 64 * MEBIBYTE,
  rows: 1_048_576,
  columns: 1_024,
  cellLength: 32_767,
  parts: 1_000,
  unpackedBytes: 512 * MEBIBYTE,
  ratio: 250,
};

/** Files below this may be packed as well as they like: they can do no harm. */
export const RATIO_FLOOR_BYTES: number = MEBIBYTE;
