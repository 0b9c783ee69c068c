/** Reports on many places: a long history must not make their pages slower to read. */
import type { Command } from "@stockbook/core";
import type { OpenedStockbook } from "@stockbook/engine";
import { type Measure, outcomeOf, runRounds } from "../Harness.js";
import { fileIn, fill, openFile } from "../Ledgers.js";
import { drawsFrom } from "../Random.js";
import type { Bench, Figure, Row } from "../Row.js";
import { percentile } from "../Statistics.js";
import { instantsOf, itemId } from "../Traffic.js";

const YEAR_MS = 365 * 86_400_000;
const DAY_MS = 86_400_000;
const PAGE = 50;

/** How long an answer took, in microseconds. */
interface Latency {
  readonly half: number;
  readonly nearlyAll: number;
}

/** Asks for one page; `draw` chooses which. */
type Ask = (stock: OpenedStockbook, scene: Scene) => Promise<unknown>;

interface Scene {
  readonly draw: (below: number) => number;
  readonly items: number;
  readonly locations: number;
  readonly now: number;
}

const PAGES: Readonly<Record<string, Ask>> = {
  "summary, one location": (stock, scene) =>
    stock.stockSummary({ location: someLocation(scene), ...someDays(scene), limit: PAGE }),
  "summary, everywhere": (stock, scene) => stock.stockSummary({ ...someDays(scene), limit: PAGE }),
  "detail, first page": (stock, scene) =>
    stock.stockDetail({ location: someLocation(scene), limit: PAGE }),
  "detail, deep page": (stock, scene) =>
    stock.stockDetail({ location: someLocation(scene), offset: 20 * PAGE, limit: PAGE }),
  "detail, some days": (stock, scene) =>
    stock.stockDetail({ location: someLocation(scene), ...someDays(scene), limit: PAGE }),
  "detail, one item": (stock, scene) =>
    stock.stockDetail({
      location: someLocation(scene),
      item: itemId(scene.draw(scene.items)),
      limit: PAGE,
    }),
  "detail, one flow": (stock, scene) =>
    stock.stockDetail({ location: someLocation(scene), flows: ["adjust"], limit: PAGE }),
};

export const reports: Row = {
  id: "reports",
  title: "SQLite, pages of reports, a long history against a short one",
  run: async (bench) => {
    const { few, many } = bench.scale.reports;
    await using short = await historyOf(bench, few);
    await using long = await historyOf(bench, many);
    const figures: Figure[] = [];
    for (const [name, ask] of Object.entries(PAGES)) {
      const comparison = {
        reference: pages(short, ask, bench.scale),
        subjects: [pages(long, ask, bench.scale)],
        steadiness: ({ half }: Latency) => half,
      };
      const done = await runRounds(comparison, bench.rounds, (round) =>
        bench.say(`${name}: round ${round}`),
      );
      const figure = (share: string, pick: (latency: Latency) => number): Figure => ({
        subject: `${many.toLocaleString("en")} movements, ${name}, ${share}`,
        floor: `${few.toLocaleString("en")} movements`,
        unit: "µs",
        outcome: outcomeOf(done, 0, pick),
        budgets: [],
      });
      figures.push(
        figure("p50", ({ half }) => half),
        figure("p99", ({ nearlyAll }) => nearlyAll),
      );
    }
    return figures;
  },
};

/** A file with a year of movements, spread over items and locations. */
async function historyOf(
  { directory, say, scale }: Bench,
  count: number,
): Promise<OpenedStockbook> {
  const { items } = scale.reports;
  const instants = instantsOf(count + 1, YEAR_MS / count);
  const stock = await openFile(fileIn(directory, `reports-${count}`), items, instants());
  await fill(stock, movements(scale, count, instants), (done) =>
    say(`${done.toLocaleString("en")} movements in the file`),
  );
  return stock;
}

/** Receipts, and now and then an adjustment. */
function* movements(
  { reports: { items, locations } }: Bench["scale"],
  count: number,
  instants: () => number,
): Iterable<Command> {
  const draw = drawsFrom(3);
  for (let i = 0; i < locations; i++) yield { type: "put-location", id: locationId(i) };
  for (let i = 0; i < count; i++) {
    const location = locationId(draw(locations));
    const lines = [{ item: itemId(draw(items)), quantity: 1 + draw(9) }];
    const type = i % 20 === 0 ? "adjust" : "receive";
    yield { type, location, lines, occurredAt: instants() };
  }
}

function locationId(index: number): string {
  return `place-${index + 1}`;
}

function someLocation({ draw, locations }: Scene): string {
  return locationId(draw(locations));
}

/** A month that ended some time in the past year. */
function someDays({ draw, now }: Scene) {
  const to = now - draw(330) * DAY_MS;
  return { from: to - 30 * DAY_MS, to };
}

function pages(stock: OpenedStockbook, ask: Ask, { reports }: Bench["scale"]): Measure<Latency> {
  const draw = drawsFrom(4);
  const { items, locations, questions } = reports;
  return async () => {
    const scene = { draw, items, locations, now: Date.now() };
    const times: number[] = [];
    for (let i = 0; i < questions; i++) {
      const start = performance.now();
      await ask(stock, scene);
      times.push((performance.now() - start) * 1000);
    }
    return { half: percentile(times, 0.5), nearlyAll: percentile(times, 0.99) };
  };
}
