/** Opening the file: whose it is, whether it can be written, and with which settings. */
import { accessSync, constants, type Stats, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { StoreFault, type StoreFaultReason } from "@stockbook/engine";
import Database from "better-sqlite3";
import {
  APPLICATION_ID,
  MIN_SQLITE_VERSION,
  type SqliteConfig,
  sharedPragmas,
  WRITER_PRAGMAS,
} from "./Config.js";

/**
 * Opens the connection that writes.
 *
 * @throws StoreFault, or an error of the driver. A file that is not ours is left as it is.
 */
export function openWriter(config: SqliteConfig): Database.Database {
  const file = usableFile(config);
  const db = new Database(file, { fileMustExist: config.mustExist });
  try {
    assertVersion(db);
    for (const pragma of sharedPragmas(config)) db.pragma(pragma);
    assertOurs(db, file);
    useLog(db, file);
    for (const pragma of WRITER_PRAGMAS) db.pragma(pragma);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The absolute path, once it is known that a file can be there and be written. */
function usableFile({ path, mustExist }: SqliteConfig): string {
  if (path === "" || path === ":memory:") {
    throw fault("unavailable", `${JSON.stringify(path)} is no file; use memory() of the engine`);
  }
  const file = resolve(path);
  const directory = dirname(file);
  if (statOf(directory)?.isDirectory() !== true) {
    throw fault("missing", `the directory ${directory} does not exist; create it first`);
  }
  const found = statOf(file);
  if (found === undefined && mustExist) throw fault("missing", `there is no file ${file}`);
  if (found !== undefined && !found.isFile()) throw fault("unavailable", `${file} is no file`);
  if (found?.size === 0 && mustExist) throw fault("damaged", `the file ${file} is empty`);
  // The log and the memory it shares with other processes lie beside the file.
  assertWritable(directory);
  if (found !== undefined) assertWritable(file);
  return file;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw fault("unavailable", `${path} cannot be looked at (${code})`, error);
  }
}

function assertWritable(path: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw fault("read-only", `this process may not write to ${path}`, cause);
  }
}

function assertVersion(db: Database.Database): void {
  const version = db.prepare<[], string>("SELECT sqlite_version()").pluck().get() ?? "";
  if (isBefore(version.split(".").map(Number), MIN_SQLITE_VERSION)) {
    const needed = MIN_SQLITE_VERSION.join(".");
    throw fault("unavailable", `SQLite ${version} can damage files; ${needed} or later is needed`);
  }
}

/** Whether a version comes before another. */
export function isBefore(version: readonly number[], other: readonly number[]): boolean {
  for (const [i, part] of other.entries()) {
    const own = version[i] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}

function assertOurs(db: Database.Database, file: string): void {
  const id = db.pragma("application_id", { simple: true });
  const things = db.prepare<[], number>("SELECT count(*) FROM sqlite_schema").pluck().get();
  // A file without anything in it is a new one.
  if (id === APPLICATION_ID || (id === 0 && things === 0)) return;
  throw fault("damaged", `${basename(file)} is not a Stockbook file`);
}

// Some file systems cannot share the memory that the log needs.
function useLog(db: Database.Database, file: string): void {
  const mode = db.pragma("journal_mode = WAL", { simple: true });
  if (mode !== "wal") {
    throw fault("unavailable", `the file system of ${file} does not support SQLite's WAL mode`);
  }
}

function fault(reason: StoreFaultReason, message: string, cause?: unknown): StoreFault {
  return new StoreFault({ reason, message, cause });
}
