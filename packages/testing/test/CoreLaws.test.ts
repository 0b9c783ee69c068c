import { describe, expect, it } from "vitest";
import { lawRun } from "../src/LawRun.js";
import { CORE_LAWS } from "../src/Laws.js";

const run = lawRun();

describe(`the core, tried ${run.runs} times from seed ${run.seed},`, () => {
  for (const { number, law } of CORE_LAWS) {
    it(`keeps law ${number}, ${law.name}: ${law.says}`, () => law.run(run));
  }
});

describe("the laws of the core", () => {
  it("are those of the design, each with a name of its own", () => {
    const names = CORE_LAWS.map(({ law }) => law.name);
    expect(new Set(names).size).toBe(names.length);
    const numbers = new Set(CORE_LAWS.map(({ number }) => number));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, i) => i));
  });
});
