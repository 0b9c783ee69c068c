/** Killing a writing process at random moments, and what must be there afterwards. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";

const WRITER = fileURLToPath(new URL("./writer.mjs", import.meta.url));
/** After so many kills a new file is begun, so that checking does not take longer and longer. */
const KILLS_PER_FILE = 20;

export interface CrashOptions {
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: ((done: number, acknowledged: number) => void) | undefined;
}

export interface CrashReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly entries: number;
  /** What is wrong; empty when nothing is. */
  readonly faults: readonly string[];
}

export async function crashRepeatedly(options: CrashOptions): Promise<CrashReport> {
  const random = randomOf(options.seed);
  const faults: string[] = [];
  let acknowledged = 0;
  let entries = 0;
  for (let done = 0; done < options.kills; ) {
    const folder = await mkdtemp(join(tmpdir(), "stockbook-crash-"));
    const file = join(folder, "stock.db");
    const known = new Set<string>();
    const rounds = Math.min(KILLS_PER_FILE, options.kills - done);
    let inFile = 0;
    for (let i = 0; i < rounds; i++) {
      for (const key of await writeUntilKilled(file, `run${done}`, random)) known.add(key);
      const checked = await check(file, known);
      faults.push(...checked.faults.map((fault) => `after kill ${done + 1}: ${fault}`));
      inFile = checked.entries;
      done++;
      options.onKill?.(done, acknowledged + known.size);
    }
    acknowledged += known.size;
    entries += inFile;
    await rm(folder, { recursive: true });
  }
  return { kills: options.kills, acknowledged, entries, faults };
}

/** Runs a writer, kills it after a random time, and gives the keys it had acknowledged. */
async function writeUntilKilled(
  file: string,
  run: string,
  random: () => number,
): Promise<readonly string[]> {
  const writers = String(1 + Math.floor(random() * 16));
  const child = spawn(process.execPath, [WRITER, file, run, writers], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const keys: string[] = [];
  const delayMs = random() * 120;
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    if (line === "ready") killAfter(child, delayMs);
    else keys.push(...line.split(" "));
  });
  // A kill while the file is still being opened is as good as any other.
  if (random() < 0.1) killAfter(child, 150 + delayMs * 2);
  await Promise.all([once(child, "close"), once(lines, "close")]);
  if (child.signalCode !== "SIGKILL")
    throw new Error(`the writer ended by itself (${child.exitCode})`);
  return keys;
}

function killAfter(child: ChildProcess, delayMs: number): void {
  setTimeout(() => child.kill("SIGKILL"), delayMs).unref();
}

/** Every acknowledged command is there once, pairs are whole, and every figure adds up. */
async function check(file: string, acknowledged: ReadonlySet<string>) {
  const stock = await openStockbook({ store: sqlite(file) });
  try {
    const found = new Map<string, number>();
    for await (const { key } of stock.entries()) {
      if (key !== null) found.set(key, (found.get(key) ?? 0) + 1);
    }
    const faults: string[] = [];
    for (const key of acknowledged) {
      const times = found.get(key) ?? 0;
      if (times !== 1) faults.push(`${key} was acknowledged and is there ${times} times`);
    }
    for (const key of found.keys()) {
      const other = key.endsWith("+1") ? key.replace(/1$/, "2") : key;
      if (!found.has(other)) faults.push(`${key} is there without ${other}`);
    }
    const { sound, differences, entries } = await stock.verify();
    if (!sound) faults.push(`not sound: ${JSON.stringify(differences[0])}`);
    return { faults, entries };
  } finally {
    await stock.close();
  }
}

/** Numbers from 0 to 1, the same ones for the same seed (a linear congruential generator). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}
