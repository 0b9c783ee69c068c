import { describe, expect, it } from "vitest";
import { outcomeOf, runRounds } from "../src/Harness.js";

const itself = (figure: number) => figure;

/** A measure that gives these figures one after another, the last for ever. */
function figures(...values: readonly number[]): () => number {
  let next = 0;
  return () => values[Math.min(next++, values.length - 1)] as number;
}

describe("runRounds", () => {
  it("measures the reference before and after, and the subjects in alternating order", async () => {
    const calls: string[] = [];
    const measure = (name: string) => () => {
      calls.push(name);
      return 1;
    };
    const comparison = {
      reference: measure("floor"),
      subjects: [measure("a"), measure("b")],
      steadiness: itself,
    };
    await runRounds(comparison, 2);
    const warmUp = ["floor", "a", "b", "floor"];
    const rounds = ["floor", "a", "b", "floor", "floor", "b", "a", "floor"];
    expect(calls).toEqual([...warmUp, ...rounds]);
  });

  it("throws away a round in which the reference moved, and runs another", async () => {
    const reference = figures(1, 1, 100, 130, 100, 101);
    const rounds = await runRounds({ reference, subjects: [() => 50], steadiness: itself }, 1);
    expect(rounds).toMatchObject({ tried: 2, steady: true });
    expect(rounds.counted).toEqual([{ before: 100, subjects: [50], after: 101 }]);
  });

  it("counts what there is when the machine never stands still, and says so", async () => {
    let count = 0;
    const reference = () => (count++ % 2 === 0 ? 100 : 200);
    const rounds = await runRounds({ reference, subjects: [() => 50], steadiness: itself }, 3);
    expect(rounds).toMatchObject({ tried: 6, steady: false });
    expect(rounds.counted).toHaveLength(6);
  });

  it("waits for measures that take their time", async () => {
    const later = async () => 3;
    const rounds = await runRounds({ reference: later, subjects: [later], steadiness: itself }, 1);
    expect(rounds.counted).toEqual([{ before: 3, subjects: [3], after: 3 }]);
  });
});

describe("outcomeOf", () => {
  it("takes ratios within a round, to the mean of the reference before and after", () => {
    const counted = [
      { before: 90, subjects: [50], after: 110 },
      { before: 200, subjects: [50], after: 200 },
    ];
    const outcome = outcomeOf({ counted, tried: 3, steady: true }, 0, itself);
    expect(outcome.ratio).toEqual({ median: 0.375, least: 0.25, most: 0.5 });
    expect(outcome.reference).toEqual({ median: 150, least: 100, most: 200 });
    expect(outcome.rounds).toEqual({ counted: 2, tried: 3, steady: true });
  });
});
