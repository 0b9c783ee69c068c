export { type CellReading, readCell } from "./CellReading.js";
export type { Delimiter } from "./csv/Delimiter.js";
export { guarded, unguarded } from "./csv/Guard.js";
export { type CsvReadOptions, readCsv } from "./csv/ReadCsv.js";
export { type CsvWriteOptions, writeCsv } from "./csv/WriteCsv.js";
export { detect, type TableFormat } from "./Detect.js";
export { type Place, type ReadFault, TableReadError, TableWriteError } from "./Errors.js";
export { defaultLimits, type Limits } from "./Limits.js";
export type { RawCell, RawRow } from "./RawRow.js";
export {
  type ReadOptions,
  type ReadTableOptions,
  readRows,
  readTable,
  type TableRow,
} from "./ReadTable.js";
export type { Source } from "./Source.js";
export {
  type CellType,
  type CellValues,
  type Column,
  type Columns,
  defineColumns,
  type Row,
  type RowOf,
} from "./Table.js";
export { readXlsx, type SheetChoice, type XlsxReadOptions } from "./xlsx/ReadXlsx.js";
export { MAX_ROWS_PER_SHEET, writeXlsx, type XlsxWriteOptions } from "./xlsx/WriteXlsx.js";
