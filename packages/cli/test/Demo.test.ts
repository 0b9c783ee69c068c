import { existsSync } from "node:fs";
import { join } from "node:path";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { runActs } from "../src/demo/Runner.js";
import { CURRENCY, TIME_ZONE } from "../src/demo/Shop.js";
import { yearOf } from "../src/demo/Year.js";
import { Rehearsal } from "../src/import/Rehearsal.js";
import { directory, file, json, stockbook } from "./support/Cli.js";

const rehearse = (seed: number) => {
  const rehearsal = new Rehearsal(Date.UTC(2026, 0, 1));
  rehearsal.open({ timeZone: TIME_ZONE, currency: CURRENCY, negativePolicy: "deny" });
  return Effect.runSync(
    runActs(
      yearOf(seed),
      (commands) => Effect.sync(() => commands.map((command) => rehearsal.submit(command))),
      () => Effect.void,
    ),
  );
};

describe("the demo's year", () => {
  it("is the same for the same seed, and another for another", () => {
    const plain = (seed: number) => yearOf(seed).filter((act) => act.type === "command");
    expect(plain(7)).toEqual(plain(7));
    expect(plain(7)).not.toEqual(plain(8));
  });

  it.each([1, 7, 2025])("from seed %i is refused nothing but what is not there", (seed) => {
    const { movements, refused } = rehearse(seed);
    expect(movements).toBeGreaterThan(20_000);
    expect(movements).toBeLessThan(30_000);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ rejection }) => rejection.code))).toEqual(
      new Set(["insufficient-stock"]),
    );
  });
});

describe("stockbook demo", () => {
  const cwd = directory();

  it("makes a book, shows what came out, and its suggestions work", async () => {
    const { status, stdout } = await stockbook(["demo"], { cwd });
    expect(status).toBe(0);
    for (const heading of [
      "Stock by location",
      "Below the minimum, and since when",
      "What to order, and why",
      "Is every balance the fold of its postings?",
      "What to try next",
    ]) {
      expect(stdout).toContain(`── ${heading} ─`);
    }
    expect(stdout).toMatch(/Sound: all /);
    const suggestions = [...stdout.matchAll(/npx stockbook (.*?)(?: {2,}.*)?$/gm)];
    expect(suggestions.length).toBeGreaterThan(3);
    for (const [, words = ""] of suggestions) {
      const tried = await stockbook(words.split(" "), { cwd });
      expect({ words, status: tried.status }).toEqual({ words, status: 0 });
    }
  }, 300_000);

  it("is made anew over an earlier one", async () => {
    const first = await json(["demo"], cwd);
    expect(first).toMatchObject({ db: "demo.db", verification: { sound: true } });
    expect(existsSync(join(cwd, "demo-2.db"))).toBe(false);
  });

  it("leaves a file alone that somebody has used", async () => {
    {
      await using book = await openStockbook({ store: sqlite(join(cwd, "demo.db")) });
      await book.adjust({ location: "warehouse", lines: [{ item: "CUP-STONE", quantity: 1 }] });
    }
    expect(await json(["demo"], cwd)).toMatchObject({ db: "demo-2.db" });
    const { status, stderr } = await stockbook(["demo", "--db", "demo.db"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^stockbook: demo\.db: the demo did not make this file/);
  });

  it("leaves a file alone that is no book", async () => {
    file(cwd, "letter.db", "Dear Sir or Madam");
    const { status, stderr } = await stockbook(["demo", "--db", "letter.db"], { cwd });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^stockbook: letter\.db: the demo did not make this file/),
    });
  });
});
