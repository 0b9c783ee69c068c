export * from "./access/Access.js";
export * from "./Errors.js";
export { FAULT_POINTS, type FaultPoint, FaultPoints } from "./FaultPoints.js";
export type * from "./Ledger.js";
export { makeMemoryStore, memory } from "./MemoryStore.js";
export {
  type CommandInput,
  type OpenedStockbook,
  type OpenOptions,
  openStockbook,
} from "./Promise.js";
export type * from "./Questions.js";
export * from "./Stockbook.js";
export * from "./Store.js";
export * from "./Views.js";
export { DEFAULT_WRITER_OPTIONS, type WriterOptions } from "./Writer.js";
