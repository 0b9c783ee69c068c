/** Ledgers to measure: opened through the engine, with every item on the shelf. */
import { join } from "node:path";
import type { Command, Instant } from "@stockbook/core";
import { type OpenedStockbook, type OpenOptions, openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { opening } from "./Traffic.js";

/** Commands that are handed over at once where nothing is measured. */
const PART = 10_000;
const TOLD_EVERY = 100_000;

/** A ledger in a store, with so many items on the shelf since an instant, or since now. */
export async function openLedger(
  store: OpenOptions["store"],
  items: number,
  since?: Instant,
): Promise<OpenedStockbook> {
  const stock = await openStockbook({ store });
  await fill(stock, opening(items, since));
  return stock;
}

/** A ledger in an SQLite file. */
export function openFile(file: string, items: number, since?: Instant): Promise<OpenedStockbook> {
  return openLedger(sqlite(file), items, since);
}

/** A name for a database of its own. */
export function fileIn(directory: string, name: string): string {
  return join(directory, `${name}.db`);
}

/** Submits commands that all must be accepted. */
export async function submitAccepted(
  stock: OpenedStockbook,
  commands: readonly Command[],
): Promise<void> {
  checkAccepted(await stock.submitEach(commands));
}

/** Throws unless every command was accepted: refusals are quick, and would pass for speed. */
export function checkAccepted(verdicts: Awaited<ReturnType<OpenedStockbook["submitEach"]>>): void {
  for (const verdict of verdicts) {
    if (verdict.type === "accepted") continue;
    const why = verdict.type === "rejected" ? verdict.rejection.message : "it is a repetition";
    throw new Error(`a measured command was not accepted: ${why}`);
  }
}

/** Submits many commands, in parts; now and then `onPart` is told how many are done. */
export async function fill(
  stock: OpenedStockbook,
  commands: Iterable<Command>,
  onPart: (done: number) => void = () => {},
): Promise<void> {
  let done = 0;
  let part: Command[] = [];
  const submit = async () => {
    await submitAccepted(stock, part);
    done += part.length;
    part = [];
    if (done % TOLD_EVERY === 0) onPart(done);
  };
  for (const command of commands) {
    part.push(command);
    if (part.length === PART) await submit();
  }
  if (part.length > 0) await submit();
}
