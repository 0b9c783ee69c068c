/** SQLite with many callers at a time, against one transaction for each command by hand. */
import { HandWritten } from "../floors/HandWritten.js";
import { checkAccepted, fileIn, openFile } from "../Ledgers.js";
import { compareRates, concurrentRateOf, rateOf } from "../Rates.js";
import type { Figure, Row } from "../Row.js";
import { type Movement, Traffic } from "../Traffic.js";

export const sqliteConcurrent: Row = {
  id: "sqlite-concurrent",
  title: "SQLite, many callers at a time, one command each",
  run: async (bench) => {
    const { scale, directory } = bench;
    const { items, callers, sampleMs } = scale;
    const traffic = new Traffic({ items });
    using byHand = await HandWritten.open(fileIn(directory, "by-hand"), items);
    await using stock = await openFile(fileIn(directory, "concurrent"), items);
    const single = {
      prepare: () => traffic.take(1),
      run: (movements: readonly Movement[]) => byHand.write(movements),
      amount: 1,
    };
    const call = async () => checkAccepted([await stock.submit(traffic.next())]);
    const outcomes = await compareRates(bench, () => rateOf(single, sampleMs / 2), [
      () => concurrentRateOf(callers, call, sampleMs),
    ]);
    return outcomes.map(
      (outcome): Figure => ({
        subject: `${callers} callers, 1 command each`,
        floor: "by hand, 1 transaction each",
        unit: "movements/s",
        ...outcome,
        budgets: [{ of: "ratio", atLeast: 10 }],
      }),
    );
  },
};
