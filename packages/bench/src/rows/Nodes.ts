/** What is in locations and below, and what is low: a long history must not make it slower to read. */
import type { Command } from "@stockbook/core";
import type { OpenedStockbook } from "@stockbook/engine";
import { type Measure, outcomeOf, runRounds } from "../Harness.js";
import { fileIn, fill, openFile } from "../Ledgers.js";
import { drawsFrom } from "../Random.js";
import type { Bench, Figure, Row } from "../Row.js";
import { percentile } from "../Statistics.js";
import { itemId, Traffic } from "../Traffic.js";

const ROOT = "root";
const PER_AISLE = 25;
/** So many items share a rule that is not kept. */
const EVERY_LOW = 50;
/** Above all that is on the shelves. */
const MINIMUM = 10_000_000;

/** How long an answer took, in microseconds. */
interface Latency {
  readonly half: number;
  readonly nearlyAll: number;
}

type Question = (stock: OpenedStockbook, aisle: string) => Promise<unknown>;

const QUESTIONS: Readonly<Record<string, Question>> = {
  "summary of all": (stock) => stock.summaries([ROOT]),
  "summary of an aisle": (stock, aisle) => stock.summaries([aisle]),
  "page below its minimum": (stock) => stock.stockItems({ belowMinimum: true }),
  "page below its minimum, in an aisle": (stock, aisle) =>
    stock.stockItems({ location: aisle, belowMinimum: true }),
  "page of all stock items below the root": (stock) => stock.stockItems({ location: ROOT }),
};

export const nodes: Row = {
  id: "nodes",
  title: "SQLite, what is in locations and below",
  run: async (bench) => {
    const { few, many } = bench.scale.nodes;
    await using short = await ledgerOf(bench, few);
    await using long = await ledgerOf(bench, many);
    const figures: Figure[] = [];
    for (const [what, ask] of Object.entries(QUESTIONS)) {
      figures.push(...(await compare(bench, what, ask, short, long)));
    }
    return figures;
  },
};

async function compare(
  bench: Bench,
  what: string,
  ask: Question,
  short: OpenedStockbook,
  long: OpenedStockbook,
): Promise<readonly Figure[]> {
  const { few, many } = bench.scale.nodes;
  const comparison = {
    reference: questions(short, ask, bench.scale),
    subjects: [questions(long, ask, bench.scale)],
    steadiness: ({ half }: Latency) => half,
  };
  const done = await runRounds(comparison, bench.rounds, (round) =>
    bench.say(`${what}: round ${round}`),
  );
  const figure = (share: string, pick: (latency: Latency) => number): Figure => ({
    subject: `${many.toLocaleString("en")} movements, ${what}, ${share}`,
    floor: `${few.toLocaleString("en")} movements`,
    unit: "µs",
    outcome: outcomeOf(done, 0, pick),
    budgets: [{ of: "ratio", atMost: 2 }],
  });
  return [figure("p50", ({ half }) => half), figure("p99", ({ nearlyAll }) => nearlyAll)];
}

/** A file with a tree of three levels, whose items are moved about in the shelves. */
async function ledgerOf({ directory, scale, say }: Bench, count: number): Promise<OpenedStockbook> {
  const { items, locations } = scale.nodes;
  const stock = await openFile(fileIn(directory, String(count)), items);
  const shelves = Array.from({ length: locations - 1 }, (_, i) => `shelf-${i}`);
  await fill(stock, furnishing(shelves, items));
  const draw = drawsFrom(3);
  const shelf = () => shelves[draw(shelves.length)] as string;
  await fill(stock, moving(new Traffic({ items }).stream(count), shelf), (done) =>
    say(`${done.toLocaleString("en")} movements in the file`),
  );
  return stock;
}

function aisleOf(shelf: number): string {
  return `aisle-${Math.floor(shelf / PER_AISLE)}`;
}

/** The tree, with every item on one of its shelves, and rules, some of them not kept. */
function* furnishing(shelves: readonly string[], items: number): Iterable<Command> {
  yield { type: "put-location", id: ROOT };
  const aisles = new Set(shelves.map((_, i) => aisleOf(i)));
  for (const id of aisles) yield { type: "put-location", id, parent: ROOT };
  for (const [i, id] of shelves.entries()) {
    yield { type: "put-location", id, parent: aisleOf(i) };
  }
  for (let i = 0; i < items; i++) {
    const item = itemId(i);
    const location = shelves[i % shelves.length] as string;
    yield { type: "receive", location, lines: [{ item, quantity: 1_000, cost: 1_000 }] };
    const minimum = i % EVERY_LOW === 0 ? MINIMUM : 1;
    yield { type: "set-threshold", item, location, minimum };
  }
}

/** Everything comes to one shelf or another; what goes out comes from the shop. */
function* moving(traffic: ReturnType<Traffic["stream"]>, shelf: () => string): Iterable<Command> {
  for (const movement of traffic) {
    yield movement.type === "receive" ? { ...movement, location: shelf() } : movement;
  }
}

function questions(
  stock: OpenedStockbook,
  ask: Question,
  { nodes: { questions: count, locations } }: Bench["scale"],
): Measure<Latency> {
  const draw = drawsFrom(2);
  return async () => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const aisle = aisleOf(draw(locations - 1));
      const start = performance.now();
      await ask(stock, aisle);
      times.push((performance.now() - start) * 1000);
    }
    return { half: percentile(times, 0.5), nearlyAll: percentile(times, 0.99) };
  };
}
