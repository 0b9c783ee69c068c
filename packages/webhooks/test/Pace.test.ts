import fc from "fast-check";
import { expect, it } from "vitest";
import { type Pace, paceAllowsAt, quickened, RESTED } from "../src/delivery/Pace.js";

it("a pace lets no second that begins with an attempt have more than it may", () => {
  const calls = fc.array(fc.nat(1_500), { maxLength: 60 });
  fc.assert(
    fc.property(calls, fc.integer({ min: 1, max: 5 }), (gaps, most) => {
      let pace: Pace = RESTED;
      let now = 0;
      const begun: number[] = [];
      for (const gap of gaps) {
        now = paceAllowsAt(pace, most, now + gap);
        pace = quickened(pace, now);
        begun.push(now);
      }
      // In any second at all there are no more than those of two seconds that begin with one.
      for (const at of begun) {
        const within = begun.filter((other) => other >= at && other < at + 1_000);
        expect(within.length).toBeLessThan(2 * most + 1);
      }
      const span = (begun.at(-1) ?? 0) - (begun[0] ?? 0);
      expect(begun.length).toBeLessThanOrEqual(most * (Math.floor(span / 1_000) + 1));
    }),
  );
});

it("a pace without a limit never waits", () => {
  expect(paceAllowsAt({ since: 0, count: 1_000_000 }, null, 1)).toBe(1);
});
