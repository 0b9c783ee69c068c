import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { crashRepeatedly } from "./processes/Crash.js";

const BUYER = fileURLToPath(new URL("./processes/buyer.mjs", import.meta.url));
const KILLS = Number(process.env.STOCKBOOK_KILLS ?? 12);
const SEED = Number(process.env.STOCKBOOK_SEED ?? 20261121);
const MOST_MS_PER_KILL = 10_000;

describe("processes", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stockbook-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  // The long version: npm run crash -w packages/store-sqlite -- --kills 200
  it("killed at random moments, lose nothing acknowledged and leave nothing half-done", {
    timeout: KILLS * MOST_MS_PER_KILL,
  }, async () => {
    const report = await crashRepeatedly({ kills: KILLS, seed: SEED });
    console.log(`seed ${SEED}: ${JSON.stringify(report)}`);
    expect(report.faults).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(0);
  });

  it("two of them with 16 buyers each sell a hot item of 1,000 exactly 1,000 times", async () => {
    const file = join(folder, "stock.db");
    const stock = await openStockbook({ store: sqlite(file) });
    await stock.putLocation({ id: "shop" });
    await stock.putItem({ sku: "bolt" });
    await stock.receive({ location: "shop", lines: [{ item: "bolt", quantity: 1000 }] });
    await stock.close();

    // 2 processes × 16 buyers × 157 tries: 5,024 pieces wanted.
    const run = () => promisify(execFile)(process.execPath, [BUYER, file, "16", "157"]);
    const outputs = await Promise.all([run(), run()]);
    const got = outputs.map(({ stdout }) => (JSON.parse(stdout) as { got: number }).got);

    const after = await openStockbook({ store: sqlite(file) });
    const [bolt] = (await after.stock({ item: "bolt" })).rows;
    const verification = await after.verify();
    await after.close();
    expect((got[0] ?? 0) + (got[1] ?? 0)).toBe(1000);
    expect(bolt?.available).toBe(0);
    expect(verification).toMatchObject({ sound: true, entries: 4 + 1000 });
  });
});
