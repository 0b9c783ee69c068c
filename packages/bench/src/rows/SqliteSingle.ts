/** SQLite with one caller, one command at a time, against the syncs of the disk. */
import type { Receipt } from "@stockbook/engine";
import { DiskSyncs } from "../floors/DiskSyncs.js";
import { checkAccepted, fileIn, openFile } from "../Ledgers.js";
import { asyncRateOf, compareRates, rateOf } from "../Rates.js";
import type { Figure, Row } from "../Row.js";
import { Traffic } from "../Traffic.js";

export const sqliteSingle: Row = {
  id: "sqlite-single",
  title: "SQLite, one caller, one command at a time",
  run: async (bench) => {
    const { scale, directory } = bench;
    const { items, sampleMs } = scale;
    const traffic = new Traffic({ items });
    using disk = new DiskSyncs(directory);
    await using stock = await openFile(fileIn(directory, "single"), items);
    const sync = { prepare: () => {}, run: () => disk.append(), amount: 1 };
    const command = {
      prepare: () => traffic.next(),
      run: stock.submit,
      check: (receipt: Receipt) => checkAccepted([receipt]),
      amount: 1,
    };
    const outcomes = await compareRates(bench, () => rateOf(sync, sampleMs / 2), [
      () => asyncRateOf(command, sampleMs),
    ]);
    return outcomes.map(
      (outcome): Figure => ({
        subject: "1 caller, 1 command at a time",
        floor: "syncs of the disk, 4 KiB each",
        unit: "movements/s",
        ...outcome,
        budgets: [{ of: "ratio", atLeast: 0.75 }],
      }),
    );
  },
};
