/** Runs the built command as a process, as its users do. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Entry } from "@stockbook/core";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { afterAll } from "vitest";

export const BIN = fileURLToPath(new URL("../../bin/stockbook.js", import.meta.url));

export interface Ran {
  /** `null` where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** Ends it with SIGKILL after so many milliseconds. */
  readonly killAfter?: number;
  /** Interrupts it, as Ctrl-C does, once this holds. */
  readonly interruptWhen?: () => boolean;
}

/** Runs `stockbook` with these words. */
export function stockbook(words: readonly string[], options: RunOptions): Promise<Ran> {
  return run(process.execPath, [BIN, ...words], options);
}

export function run(
  program: string,
  words: readonly string[],
  { cwd, killAfter, interruptWhen }: RunOptions,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const timer =
      killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
    const watch = setInterval(() => {
      if (interruptWhen?.() !== true) return;
      clearInterval(watch);
      child.kill("SIGINT");
    }, 10);
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      clearInterval(watch);
      resolve({ status, stdout, stderr });
    });
  });
}

/** Runs a command that must succeed and gives its JSON. */
export async function json(words: readonly string[], cwd: string): Promise<unknown> {
  const { status, stdout, stderr } = await stockbook([...words, "--json"], { cwd });
  if (status !== 0) throw new Error(`stockbook ${words.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** A directory of its own, gone after the tests of the file. */
export function directory(): string {
  const path = mkdtempSync(join(tmpdir(), "stockbook-cli-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes a file into a directory and gives its name. */
export function file(cwd: string, name: string, content: string | Uint8Array): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

/** The feed of a book, without the moments at which the book learned of things. */
export async function feedOf(path: string): Promise<readonly unknown[]> {
  await using book = await openStockbook({ store: sqlite(path, { mustExist: true }) });
  const entries: unknown[] = [];
  for await (const entry of book.entries()) entries.push(withoutRecording(entry));
  return entries;
}

/** What is not a movement happens when it is recorded. */
function withoutRecording({ recordedAt: _, occurredAt, ...entry }: Entry): unknown {
  const { type } = entry.body;
  const happens = type === "movement" || type === "depleted" || type === "replenished";
  return happens ? { ...entry, occurredAt } : entry;
}
