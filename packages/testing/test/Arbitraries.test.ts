import type { Command, RejectionCode } from "@stockbook/core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { historyArbitrary } from "../src/Arbitraries.js";
import { runHistory, type StepResult } from "../src/Runner.js";
import { digestOf, snapshotOf } from "../src/Snapshot.js";

const SEED = 20_240_331;

describe("generated histories", () => {
  let results: readonly StepResult[] = [];
  beforeAll(() => {
    const histories = fc.sample(historyArbitrary(), { numRuns: 1_500, seed: SEED });
    results = histories.flatMap((history) => runHistory(history).results);
  });

  const acceptedOf = (type: Command["type"]) =>
    results.filter(({ command, verdict }) => command.type === type && verdict.type === "accepted");

  it.each<[Command["type"], number]>([
    ["receive", 2_000],
    ["issue", 500],
    ["transfer", 300],
    ["dispatch", 200],
    ["arrive", 50],
    ["adjust", 500],
    ["count", 500],
    ["reserve", 500],
    ["release", 50],
    ["fulfil", 80],
    ["hold", 200],
    ["unhold", 50],
    ["reverse", 400],
    ["set-threshold", 500],
    ["remove-threshold", 50],
    ["put-item", 100],
    ["put-category", 50],
    ["put-manufacturer", 30],
    ["put-location", 300],
  ])("get a %s accepted more than %i times in 1,500", (type, least) => {
    expect(acceptedOf(type).length).toBeGreaterThan(least);
  });

  it.each<RejectionCode>([
    "idempotency-conflict",
    "invalid-field",
    "occurred-in-future",
    "unknown-location",
    "archived-location",
    "same-location",
    "unknown-reservation",
    "unknown-shipment",
    "unknown-entry",
    "not-reversible",
    "unknown-item",
    "archived-item",
    "invalid-quantity",
    "too-many-decimals",
    "quantity-too-large",
    "not-in-reservation",
    "not-in-shipment",
    "expectation-failed",
    "insufficient-stock",
    "balance-too-large",
    "duplicate-sku",
    "unknown-parent",
    "circular-parent",
    "unknown-category",
    "unknown-manufacturer",
    "fixed-once-moved",
    "in-use",
    "unknown-threshold",
  ])("meet %s", (code) => {
    const met = results.some(
      ({ verdict }) => verdict.type === "rejected" && verdict.rejection.code === code,
    );
    expect(met).toBe(true);
  });

  it("cross thresholds both ways, correct values, fall short in the past", () => {
    const bodies = results.flatMap(({ verdict }) =>
      verdict.type === "repeated" ? [] : verdict.entries.map(({ body }) => body),
    );
    expect(bodies.filter(({ type }) => type === "depleted").length).toBeGreaterThan(50);
    expect(bodies.filter(({ type }) => type === "replenished").length).toBeGreaterThan(50);
    const corrections = bodies.flatMap((body) =>
      body.type === "movement" ? body.lines.filter(({ to }) => to === "@revaluation") : [],
    );
    expect(corrections.length).toBeGreaterThan(100);
    const shortInThePast = results.filter(
      ({ verdict }) => verdict.type === "rejected" && verdict.rejection.at !== undefined,
    );
    expect(shortInThePast.length).toBeGreaterThan(100);
  });

  it("are backdated often, and repeat commands", () => {
    const accepted = results.flatMap(({ verdict }) =>
      verdict.type === "accepted" ? verdict.entries : [],
    );
    const backdated = accepted.filter(({ occurredAt, recordedAt }) => occurredAt < recordedAt);
    expect(backdated.length / accepted.length).toBeGreaterThan(0.15);
    expect(results.filter(({ verdict }) => verdict.type === "repeated").length).toBeGreaterThan(
      200,
    );
  });

  it("are the same from the same seed, and come to the same", () => {
    const [first, second] = [1, 2].map(() =>
      fc.sample(historyArbitrary(), { numRuns: 20, seed: 9 }),
    );
    expect(second).toEqual(first);
    const digests = first?.map((history) => digestOf(runHistory(history).book.state));
    expect(second?.map((history) => digestOf(runHistory(history).book.state))).toEqual(digests);
    expect(new Set(digests).size).toBe(20);
  });

  it("leave out faults and keys where told", () => {
    const cases = historyArbitrary({ faults: false, keys: false, commands: ["receive", "issue"] });
    const codes = fc
      .sample(cases, { numRuns: 200, seed: SEED })
      .flatMap((history) => runHistory(history).results)
      .flatMap(({ verdict }) => (verdict.type === "rejected" ? [verdict.rejection.code] : []));
    expect(new Set(codes)).toEqual(new Set(["insufficient-stock"]));
  });
});

describe("a snapshot", () => {
  it("differs when one quantity, key or rule differs", () => {
    const digests = fc.sample(historyArbitrary(), { numRuns: 50, seed: 11 }).flatMap((history) => {
      const seen: string[] = [];
      runHistory(history, {
        after: ({ state }, { verdict }) => {
          if (verdict.type === "accepted") seen.push(snapshotOf(state));
        },
      });
      return [new Set(seen).size === seen.length];
    });
    expect(digests.every(Boolean)).toBe(true);
  });
});
