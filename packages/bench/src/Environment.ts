/** Where a run took place: figures of another machine are another matter. */
import { readFileSync, statfsSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, type } from "node:os";
import { resolve } from "node:path";
import Database from "better-sqlite3";

export interface Environment {
  readonly node: string;
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  /** Processes that wanted to run, over the last minute. */
  readonly load: number;
  readonly sqlite: string;
  readonly driver: string;
  readonly directory: string;
  readonly fileSystem: string;
}

/** Facts of this machine, and of the directory that the databases are put into. */
export function environmentOf(directory: string): Environment {
  return {
    node: process.version,
    system: `${type()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    load: loadavg()[0] ?? 0,
    sqlite: sqliteVersion(),
    driver: `better-sqlite3 ${driverVersion()}`,
    directory,
    fileSystem: fileSystemOf(directory),
  };
}

/** The facts in the order in which people read them. */
export function describeEnvironment(environment: Environment): string {
  const { node, system, cpu, cores, load, sqlite, driver, directory, fileSystem } = environment;
  return [
    `node ${node}, ${system}`,
    `${cores} × ${cpu}, load ${load.toFixed(2)}`,
    `SQLite ${sqlite} (${driver}), WAL, synchronous=FULL`,
    `${fileSystem} at ${directory}`,
  ].join("\n");
}

function sqliteVersion(): string {
  const database = new Database(":memory:");
  try {
    return String(database.prepare("SELECT sqlite_version()").pluck().get());
  } finally {
    database.close();
  }
}

function driverVersion(): string {
  const url = new URL("../package.json", import.meta.resolve("better-sqlite3"));
  return (JSON.parse(readFileSync(url, "utf8")) as { readonly version: string }).version;
}

/** On this nothing is durable, and syncs cost nothing. */
export const IN_MEMORY = "tmpfs";

/** The kind of file system a directory is on, such as `ext4`. */
export function fileSystemOf(directory: string): string {
  return mountedAt(resolve(directory)) ?? `file system ${statfsSync(directory).type.toString(16)}`;
}

// Only Linux tells by name.
function mountedAt(directory: string): string | undefined {
  let mounts: string;
  try {
    mounts = readFileSync("/proc/mounts", "utf8");
  } catch {
    return undefined;
  }
  let best: readonly string[] = [];
  for (const line of mounts.split("\n")) {
    const [, place = "", kind = ""] = line.split(" ");
    const holds = directory === place || directory.startsWith(place.replace(/\/?$/, "/"));
    if (holds && place.length >= (best[0]?.length ?? 0)) best = [place, kind];
  }
  return best[1];
}
