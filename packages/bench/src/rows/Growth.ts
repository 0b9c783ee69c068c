/** A large file against a small one: appending must not slow down as the history grows. */
import type { OpenedStockbook } from "@stockbook/engine";
import type { Measure } from "../Harness.js";
import { checkAccepted, fileIn, fill, openFile } from "../Ledgers.js";
import { asyncRateOf, compareRates, type Rate } from "../Rates.js";
import type { Bench, Figure, Row } from "../Row.js";
import { instantsOf, type Movement, Traffic } from "../Traffic.js";

const YEAR_MS = 365 * 86_400_000;

export const growth: Row = {
  id: "growth",
  title: "SQLite, appending to a large file against a small one, in batches",
  run: async (bench) => {
    const { scale } = bench;
    const { early, late } = scale.growth;
    await using small = await grow(bench, "early", early);
    await using large = await grow(bench, "late", late);
    const outcomes = await compareRates(bench, appendRate(small, scale), [
      appendRate(large, scale),
    ]);
    return outcomes.map(
      (outcome): Figure => ({
        subject: `${late.toLocaleString("en")} movements in the file`,
        floor: `${early.toLocaleString("en")} movements in the file`,
        unit: "movements/s",
        ...outcome,
        budgets: [{ of: "ratio", atLeast: 0.7 }],
      }),
    );
  },
};

/** A file with a history, and the traffic that goes on with it. */
interface Grown extends AsyncDisposable {
  readonly stock: OpenedStockbook;
  readonly traffic: Traffic;
}

/** A file of so many movements, as dense in time as a year that holds the larger number. */
async function grow(bench: Bench, name: string, movements: number): Promise<Grown> {
  const { scale, directory, say, rounds } = bench;
  const { items, growth } = scale;
  // Every round may be measured twice, and the first is for warming up.
  const most = growth.late + measuredIn(2 * rounds + 1, scale);
  const instants = instantsOf(most, YEAR_MS / most);
  const stock = await openFile(fileIn(directory, name), items, instants());
  const traffic = new Traffic({ items, instants });
  // The mark is to be the middle of what is measured.
  const before = movements - items - measuredIn(rounds + 1, scale) / 2;
  await fill(stock, traffic.stream(before), (done) =>
    say(`${name} file: ${done.toLocaleString("en")} movements`),
  );
  return { stock, traffic, [Symbol.asyncDispose]: stock.close };
}

/** What so many rounds append to the file that is the reference. */
function measuredIn(rounds: number, { growth, batch }: Bench["scale"]): number {
  return 2 * rounds * growth.batches * batch;
}

function appendRate({ stock, traffic }: Grown, { batch, growth }: Bench["scale"]): Measure<Rate> {
  const task = {
    prepare: () => Array.from({ length: growth.batches }, () => traffic.take(batch)),
    run: async (batches: readonly (readonly Movement[])[]) => {
      for (const commands of batches) checkAccepted(await stock.submitEach(commands));
    },
    amount: growth.batches * batch,
  };
  return () => asyncRateOf(task, 0);
}
