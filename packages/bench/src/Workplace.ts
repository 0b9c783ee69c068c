/** The directory that a run puts its databases into, gone when the run is over. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fileSystemOf, IN_MEMORY } from "./Environment.js";

/** Where results are written, beside the sources; git does not look at it. */
export const RESULTS = fileURLToPath(new URL("../results", import.meta.url));

/** A path as it was typed: npm runs a script in its package, not where it was called. */
export function asTyped(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** A new directory on a disk, removed when the process ends, however that comes about. */
export function makeWorkplace(parent: string = diskDirectory()): string {
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, "stockbook-bench-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
  return directory;
}

// Where temporary files are kept in memory, nothing would be written to a disk.
function diskDirectory(): string {
  return fileSystemOf(tmpdir()) === IN_MEMORY ? RESULTS : tmpdir();
}
