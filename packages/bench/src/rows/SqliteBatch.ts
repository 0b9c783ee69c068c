/** SQLite in batches, against the same rows written by hand; and what idempotency keys cost. */
import type { OpenedStockbook } from "@stockbook/engine";
import { HandWritten } from "../floors/HandWritten.js";
import type { Measure } from "../Harness.js";
import { checkAccepted, fileIn, openFile } from "../Ledgers.js";
import { asyncRateOf, compareRates, type Rate, rateOf } from "../Rates.js";
import type { Bench, Budget, Figure, Row } from "../Row.js";
import { type Movement, orderedKeys, randomKeys, Traffic } from "../Traffic.js";

interface Subject {
  readonly name: string;
  readonly keys?: () => string;
  readonly budgets: readonly Budget[];
}

export const sqliteBatch: Row = {
  id: "sqlite-batch",
  title: "SQLite, in batches, without and with idempotency keys",
  run: async (bench) => {
    const { scale, directory } = bench;
    const { items, batch, sampleMs } = scale;
    const subjects: readonly Subject[] = [
      { name: "no keys", budgets: [{ of: "ratio", atLeast: 0.6 }] },
      { name: "time-ordered keys", keys: orderedKeys(), budgets: [] },
      { name: "random keys", keys: randomKeys(), budgets: [] },
    ];
    const traffic = new Traffic({ items });
    using byHand = await HandWritten.open(fileIn(directory, "by-hand"), items);
    const task = {
      prepare: () => traffic.take(batch),
      run: (movements: readonly Movement[]) => byHand.write(movements),
      amount: batch,
    };
    await using files = await openFiles(bench, subjects);
    const measures = subjects.map((subject, i) =>
      batchRate(files.stocks[i] as OpenedStockbook, subject, scale),
    );
    const outcomes = await compareRates(bench, () => rateOf(task, sampleMs / 2), measures);
    return outcomes.map((outcome, i): Figure => {
      const { name, budgets } = subjects[i] as Subject;
      const subject = `batches of ${batch.toLocaleString("en")}, ${name}`;
      const floor = "by hand, same batch, no keys";
      return { subject, floor, unit: "movements/s", ...outcome, budgets };
    });
  },
};

/** A file for each subject, all closed together. */
async function openFiles({ directory, scale }: Bench, subjects: readonly Subject[]) {
  const stocks: OpenedStockbook[] = [];
  for (const { name } of subjects) {
    stocks.push(await openFile(fileIn(directory, name), scale.items));
  }
  return {
    stocks,
    [Symbol.asyncDispose]: async () => {
      for (const stock of stocks) await stock.close();
    },
  };
}

function batchRate(
  stock: OpenedStockbook,
  { keys }: Subject,
  { items, batch, sampleMs }: Bench["scale"],
): Measure<Rate> {
  const traffic = new Traffic({ items, ...(keys && { keys }) });
  const prepare = () => traffic.take(batch);
  const task = { prepare, run: stock.submitEach, check: checkAccepted, amount: batch };
  return () => asyncRateOf(task, sampleMs);
}
