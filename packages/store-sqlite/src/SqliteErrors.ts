/** The one place where errors of the driver become errors of the port. */
import { statfsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Busy, OutcomeUnknown, StoreFault, type StoreFaultReason } from "@stockbook/engine";

/** A row says what no row of ours can say. */
export class DamagedRow extends Error {
  override readonly name = "DamagedRow";
}

interface Meaning {
  /** Beginning of SQLite's codes that mean it. */
  readonly code: RegExp;
  readonly reason: StoreFaultReason;
  readonly says: string;
}

const FULL: Meaning = {
  code: /^SQLITE_FULL/,
  reason: "full",
  says: "cannot grow: the disk is full; free some space and try again",
};

const MEANINGS: readonly Meaning[] = [
  FULL,
  {
    code: /^SQLITE_(CORRUPT|NOTADB|FORMAT)/,
    reason: "damaged",
    says: "is damaged or not a database; restore it from a backup",
  },
  {
    code: /^SQLITE_(READONLY|PERM)/,
    reason: "read-only",
    says: "cannot be written; give this process write access to the file and its directory",
  },
  {
    code: /^SQLITE_CONSTRAINT/,
    reason: "damaged",
    says: "contradicts what was to be written to it",
  },
];

/** What an error met before or without a commit means. Nothing happened. */
export function faultOf(error: unknown, path: string): Busy | StoreFault {
  if (error instanceof Busy || error instanceof StoreFault) return error;
  const cause = driverError(error);
  const code = codeOf(cause);
  const file = basename(path);
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) {
    return new Busy({ message: `another process is writing to ${file}; try again` });
  }
  if (cause instanceof DamagedRow) {
    return new StoreFault({ reason: "damaged", message: `${file}: ${cause.message}`, cause });
  }
  const meaning = /^SQLITE_IOERR/.test(code) && hasNoRoom(path) ? FULL : meaningOf(code);
  const { reason, says } = meaning ?? { reason: "unavailable", says: "cannot be used" };
  return new StoreFault({ reason, message: `${file} ${says} (${messageOf(cause)})`, cause });
}

function meaningOf(code: string): Meaning | undefined {
  return MEANINGS.find((known) => known.code.test(code));
}

// The memory shared between processes is a file too; SQLite makes room for it in such pieces.
const LEAST_ROOM = 65_536;

function hasNoRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < LEAST_ROOM;
  } catch {
    return false;
  }
}

// A frame of the log that could not be written whole is not read as a commit later on.
const NOTHING_COMMITTED = /^SQLITE_(BUSY|LOCKED|FULL|READONLY|IOERR_WRITE|NOMEM|CONSTRAINT)/;

/** What an error of COMMIT itself means. After a failed sync it may or may not have happened. */
export function commitFaultOf(error: unknown, path: string): Busy | StoreFault | OutcomeUnknown {
  const cause = driverError(error);
  if (NOTHING_COMMITTED.test(codeOf(cause))) return faultOf(cause, path);
  const file = basename(path);
  return new OutcomeUnknown({
    message: `${file} broke off while it was committing (${messageOf(cause)})`,
    cause,
  });
}

function driverError(error: unknown): unknown {
  const tagged = error as { readonly _tag?: unknown; readonly cause?: unknown } | null;
  return tagged?._tag === "SqlError" ? tagged.cause : error;
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" ? code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
