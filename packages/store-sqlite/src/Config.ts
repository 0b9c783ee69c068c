/** What a caller may choose about an SQLite store, and what is settled for all of them. */
import { Duration } from "effect";

export interface SqliteOptions {
  /** Fail with `missing` where there is no file, instead of making one. */
  readonly mustExist?: boolean | undefined;
  /** How long to wait while another process writes, before `Busy`; 10 seconds, if left out. */
  readonly patience?: Duration.DurationInput | undefined;
}

/** The options with nothing left out. */
export interface SqliteConfig {
  readonly path: string;
  readonly mustExist: boolean;
  readonly patience: Duration.Duration;
}

export function configOf(path: string, options: SqliteOptions): SqliteConfig {
  return {
    path,
    mustExist: options.mustExist ?? false,
    patience: Duration.decode(options.patience ?? "10 seconds"),
  };
}

/** Marks a file as one of ours: "Stkb" as a number. */
export const APPLICATION_ID = 0x53_74_6b_62;

/** Before it, two connections could corrupt a file while one of them reset the log. */
export const MIN_SQLITE_VERSION = [3, 51, 3] as const;

// SQLite waits by blocking the event loop, so it waits briefly and is asked again.
const MAX_BLOCKING_MS = 100;

/** Settings of every connection. */
export function sharedPragmas({ patience }: SqliteConfig): readonly string[] {
  const blocking = Math.min(Duration.toMillis(patience), MAX_BLOCKING_MS);
  return [`busy_timeout = ${Math.ceil(blocking)}`, "cache_size = -65536", "temp_store = memory"];
}

/** Settings of the connection that writes: what is acknowledged survives a power cut. */
export const WRITER_PRAGMAS: readonly string[] = [
  "synchronous = FULL",
  // Apple's disks keep a plain sync in their cache.
  "fullfsync = ON",
  "checkpoint_fullfsync = ON",
  "foreign_keys = OFF",
  "wal_autocheckpoint = 4000",
  "journal_size_limit = 67108864",
];
