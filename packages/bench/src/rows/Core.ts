/** The core: deciding and evolving, against a bare loop over two maps. */
import { TwoMaps } from "../floors/TwoMaps.js";
import type { Measure } from "../Harness.js";
import { PureLedger } from "../PureLedger.js";
import { compareRates, type Rate, rateOf } from "../Rates.js";
import type { Bench, Budget, Figure, Row } from "../Row.js";
import { type Movement, Traffic, type TrafficOptions } from "../Traffic.js";

interface Subject extends TrafficOptions {
  readonly subject: string;
  readonly linesPerMovement: number;
  readonly budgets: readonly Budget[];
}

export const core: Row = {
  id: "core",
  title: "core: decide and evolve",
  run: async (bench) => {
    const { scale } = bench;
    const maps = new TwoMaps();
    const spread = { items: scale.items, linesPerMovement: 1 };
    const floor = lineRate(spread, scale, (movements) => maps.apply(movements));
    const subjects = subjectsOf(scale);
    const measures = subjects.map((subject) => {
      const ledger = new PureLedger(subject.items);
      return lineRate(subject, scale, (movements) => ledger.apply(movements));
    });
    const outcomes = await compareRates(bench, floor, measures);
    return outcomes.map((outcome, i): Figure => {
      const { subject, budgets } = subjects[i] as Subject;
      return { subject, floor: "bare loop over two Maps", unit: "lines/s", ...outcome, budgets };
    });
  },
};

function subjectsOf({ items }: Bench["scale"]): readonly Subject[] {
  const count = items.toLocaleString("en");
  return [
    {
      subject: `1 line per movement, ${count} items`,
      items,
      linesPerMovement: 1,
      budgets: [
        { of: "measured", atLeast: 1_000_000 },
        { of: "ratio", atLeast: 0.25 },
      ],
    },
    { subject: `10 lines per movement, ${count} items`, items, linesPerMovement: 10, budgets: [] },
    { subject: "1 line per movement, one hot item", items: 1, linesPerMovement: 1, budgets: [] },
  ];
}

function lineRate(
  options: TrafficOptions & { readonly linesPerMovement: number },
  { batch, sampleMs }: Bench["scale"],
  run: (movements: readonly Movement[]) => void,
): Measure<Rate> {
  const traffic = new Traffic(options);
  // As many at a time as the engine decides in one batch; more would not stay in the caches.
  const prepare = () => traffic.take(batch / options.linesPerMovement);
  return () => rateOf({ prepare, run, amount: batch }, sampleMs / 2);
}
