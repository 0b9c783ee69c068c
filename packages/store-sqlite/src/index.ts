/** The SQLite store of Stockbook: one file, durable, embedded. */
export type { SqliteOptions } from "./Config.js";
export { makeSqliteStore, sqlite } from "./Store.js";
