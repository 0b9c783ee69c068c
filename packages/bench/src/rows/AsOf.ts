/** Balances of the past: a long history must not make them slower to read. */
import type { OpenedStockbook } from "@stockbook/engine";
import { type Measure, outcomeOf, runRounds } from "../Harness.js";
import { fileIn, fill, openFile } from "../Ledgers.js";
import { drawsFrom } from "../Random.js";
import type { Bench, Figure, Row } from "../Row.js";
import { percentile } from "../Statistics.js";
import { instantsOf, itemId, SHOP, Traffic } from "../Traffic.js";

const YEAR_MS = 365 * 86_400_000;

/** How long an answer took, in microseconds. */
interface Latency {
  readonly half: number;
  readonly nearlyAll: number;
}

export const asOf: Row = {
  id: "as-of",
  title: "SQLite, the balance at a moment of the past",
  run: async (bench) => {
    const { items } = bench.scale.asOf;
    const spread = await compare(bench, `${items.toLocaleString("en")} items`, items);
    const single = await compare(bench, "one hot item", 1);
    return [...spread, ...single];
  },
};

async function compare(bench: Bench, what: string, items: number): Promise<readonly Figure[]> {
  const { few, many } = bench.scale.asOf;
  await using short = await historyOf(bench, what, items, few);
  await using long = await historyOf(bench, what, items, many);
  const comparison = {
    reference: questions(short, items, bench.scale),
    subjects: [questions(long, items, bench.scale)],
    steadiness: ({ half }: Latency) => half,
  };
  const say = (round: number) => bench.say(`${what}: round ${round}`);
  const done = await runRounds(comparison, bench.rounds, say);
  const figure = (share: string, pick: (latency: Latency) => number): Figure => ({
    subject: `${many.toLocaleString("en")} movements, ${what}, ${share}`,
    floor: `${few.toLocaleString("en")} movements`,
    unit: "µs",
    outcome: outcomeOf(done, 0, pick),
    budgets: [{ of: "ratio", atMost: 2 }],
  });
  return [figure("p50", ({ half }) => half), figure("p99", ({ nearlyAll }) => nearlyAll)];
}

/** A file with a year of movements at one location, so far apart that they fill it. */
async function historyOf(
  { directory, say }: Bench,
  what: string,
  items: number,
  count: number,
): Promise<OpenedStockbook> {
  const instants = instantsOf(count + 1, YEAR_MS / count);
  const file = fileIn(directory, `${items}-${count}`);
  const stock = await openFile(file, items, instants());
  const traffic = new Traffic({ items, instants });
  await fill(stock, traffic.stream(count), (done) =>
    say(`${what}: ${done.toLocaleString("en")} movements in the file`),
  );
  return stock;
}

function questions(
  stock: OpenedStockbook,
  items: number,
  { asOf }: Bench["scale"],
): Measure<Latency> {
  const draw = drawsFrom(2);
  return async () => {
    const latest = Date.now();
    const times: number[] = [];
    for (let i = 0; i < asOf.questions; i++) {
      const at = latest - draw(YEAR_MS);
      const item = itemId(draw(items));
      const start = performance.now();
      await stock.stockAsOf(item, SHOP, { at });
      times.push((performance.now() - start) * 1000);
    }
    return { half: percentile(times, 0.5), nearlyAll: percentile(times, 0.99) };
  };
}
