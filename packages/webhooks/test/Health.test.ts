import type { EndpointHealth } from "@stockbook/engine";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterFailure, isGivenUp } from "../src/delivery/Health.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When an endpoint that fails at these moments is given up. */
function givenUpAt(failures: readonly number[]): number | undefined {
  let health: EndpointHealth | null = null;
  for (const at of failures) {
    health = afterFailure(health, at);
    if (isGivenUp(health, at)) return at;
  }
  return undefined;
}

const every = (ms: number, count: number) => Array.from({ length: count }, (_, i) => i * ms);

describe("an endpoint that fails", () => {
  it("is given up after five days", () => {
    expect(givenUpAt(every(HOUR_MS, 1_000))).toBe(5 * DAY_MS);
  });

  it("is not given up for a failure in the morning and one five days later", () => {
    expect(givenUpAt([0, 5 * DAY_MS, 5 * DAY_MS + HOUR_MS])).toBeUndefined();
    expect(givenUpAt([0, 5 * DAY_MS, 5 * DAY_MS + 12 * HOUR_MS])).toBe(5.5 * DAY_MS);
  });

  it("has always failed for five days, and twice within a day, half a day apart", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 2 * DAY_MS }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, (between) => {
        const failures = [0];
        for (const gap of between) failures.push((failures.at(-1) ?? 0) + gap);
        const end = givenUpAt(failures);
        if (end === undefined) return;
        expect(end).toBeGreaterThanOrEqual(5 * DAY_MS);
        const apart = failures.filter((at) => end - at >= 12 * HOUR_MS && end - at <= DAY_MS);
        expect(apart.length).toBeGreaterThan(0);
      }),
    );
  });
});
