import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyArbitrary } from "../src/Arbitraries.js";
import { historyLaw, LawBroken, law, must, mustEqual } from "../src/Law.js";
import { lawRun, propertyOptions } from "../src/LawRun.js";
import { runHistory } from "../src/Runner.js";

const nothingIsReceived = historyLaw(
  "nothing received",
  "no goods are ever received",
  historyArbitrary(),
  (history) => {
    const { entries } = runHistory(history).book;
    const received = entries.some(
      ({ body }) => body.type === "movement" && body.kind === "receive",
    );
    must(!received, () => "goods were received");
  },
);

function breachOf(run: () => void): LawBroken {
  try {
    run();
  } catch (error) {
    if (error instanceof LawBroken) return error;
    throw error;
  }
  throw new Error("the law held");
}

describe("a law that is broken", () => {
  it("says so with the smallest history, the seed and the number of runs", () => {
    const breach = breachOf(() => nothingIsReceived.run({ runs: 100, seed: 42 }));
    expect(breach.law).toBe("nothing received");
    expect(breach.seed).toBe(42);
    expect(breach.message).toContain("no goods are ever received");
    expect(breach.message).toContain("goods were received");
    expect(breach.message).toContain("again: STOCKBOOK_SEED=42 STOCKBOOK_RUNS=100");
    expect(breach.message.match(/"type":"receive"/g)).toHaveLength(1);
    expect(breach.message).toContain("→ 11 receive [1");
  });

  it("is broken by the same case again from the same seed", () => {
    const [first, second] = [1, 2].map(() =>
      breachOf(() => nothingIsReceived.run({ runs: 100, seed: 7 })),
    );
    expect(second?.message).toBe(first?.message);
  });

  it("tells a history that throws up to where it throws", () => {
    const throwing = historyLaw("throwing", "nothing", historyArbitrary({ mostSteps: 3 }), () => {
      throw new TypeError("thrown on purpose");
    });
    const { message } = breachOf(() => throwing.run({ runs: 1, seed: 1 }));
    expect(message).toContain("TypeError: thrown on purpose");
  });
});

describe("a law that holds", () => {
  it("is tried as often as asked", () => {
    let tried = 0;
    const counting = law({
      name: "counting",
      says: "anything goes",
      cases: fc.nat(),
      check: () => {
        tried++;
      },
      tell: String,
    });
    counting.run({ runs: 123, seed: 1 });
    expect(tried).toBe(123);
  });

  it("compares by what is written, telling both sides apart", () => {
    expect(() => mustEqual({ a: 1 }, { a: 1 }, "it")).not.toThrow();
    expect(() => mustEqual([1, 2], [2, 1], "the order")).toThrow(/the order\s+is \[1,2\]\s+should/);
  });
});

describe("the environment", () => {
  it("names runs and seed", () => {
    const run = lawRun({ STOCKBOOK_RUNS: "100000", STOCKBOOK_SEED: "-5" });
    expect(run).toEqual({ runs: 100_000, seed: -5 });
  });

  it("gives 1,000 runs from a seed at random where it names none", () => {
    const seeds = new Set(Array.from({ length: 20 }, () => lawRun({}).seed));
    expect(lawRun({ STOCKBOOK_RUNS: "" }).runs).toBe(1_000);
    expect(seeds.size).toBeGreaterThan(1);
  });

  it("is refused where it names something that is no whole number", () => {
    expect(() => lawRun({ STOCKBOOK_RUNS: "many" })).toThrow(/STOCKBOOK_RUNS.*"many"/);
  });

  it("gives dear tests a share of the runs, and at least one", () => {
    const environment = { STOCKBOOK_RUNS: "1000", STOCKBOOK_SEED: "3" };
    expect(propertyOptions(0.05, environment)).toEqual({ numRuns: 50, seed: 3 });
    expect(propertyOptions(0.00001, environment)).toEqual({ numRuns: 1, seed: 3 });
  });
});
