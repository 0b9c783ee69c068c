/** One hot account against many spread ones: contention must not cost anything. */
import type { OpenedStockbook } from "@stockbook/engine";
import type { Measure } from "../Harness.js";
import { checkAccepted, fileIn, openFile } from "../Ledgers.js";
import { asyncRateOf, compareRates, type Rate } from "../Rates.js";
import type { Bench, Figure, Row } from "../Row.js";
import { Traffic } from "../Traffic.js";

export const hot: Row = {
  id: "hot",
  title: "SQLite, one hot account against many spread ones, in batches",
  run: async (bench) => {
    const { scale, directory } = bench;
    const { items } = scale;
    await using spread = await openFile(fileIn(directory, "spread"), items);
    await using single = await openFile(fileIn(directory, "hot"), 1);
    const outcomes = await compareRates(bench, batchRate(spread, items, scale), [
      batchRate(single, 1, scale),
    ]);
    return outcomes.map(
      (outcome): Figure => ({
        subject: "one hot account",
        floor: `${items.toLocaleString("en")} spread accounts`,
        unit: "movements/s",
        ...outcome,
        budgets: [{ of: "ratio", atLeast: 1 }],
      }),
    );
  },
};

function batchRate(
  stock: OpenedStockbook,
  items: number,
  { batch, sampleMs }: Bench["scale"],
): Measure<Rate> {
  const traffic = new Traffic({ items });
  const prepare = () => traffic.take(batch);
  const task = { prepare, run: stock.submitEach, check: checkAccepted, amount: batch };
  return () => asyncRateOf(task, sampleMs / 2);
}
