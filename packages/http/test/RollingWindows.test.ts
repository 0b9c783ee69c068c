import { Effect } from "effect";
import fc from "fast-check";
import { expect, it } from "vitest";
import { memoryRateLimits } from "../src/kit/index.js";
import { rollingWindows } from "../src/kit/RollingWindows.js";

// In steps, so that requests often fall on the very end of a window.
const steps = (min: number, max: number) => fc.integer({ min, max }).map((count) => count * 50);

const asked = fc.record({
  after: steps(0, 8),
  bucket: fc.constantFrom("a", "b"),
});

it("counts as a log of all requests does", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      steps(1, 20),
      fc.array(asked, { maxLength: 60 }),
      (requests, windowMs, history) => {
        const limits = memoryRateLimits();
        const quota = { name: "q", requests, windowMs, window: "rolling" } as const;
        const log: { readonly bucket: string; readonly at: number }[] = [];
        let now = 1_000;
        for (const { after, bucket } of history) {
          now += after;
          const within = (at: number) =>
            log.filter((one) => one.bucket === bucket && at - one.at < windowMs && one.at <= at);
          const allowed = within(now).length < requests;
          log.push({ bucket, at: now });
          const standing = Effect.runSync(limits.take(bucket, quota, now));
          expect(standing.allowed).toBe(allowed);
          expect(standing.remaining).toBe(Math.max(0, requests - within(now).length));
          expect(Effect.runSync(limits.look(bucket, quota, now))).toEqual({
            ...standing,
            allowed: within(now).length < requests,
          });
          if (standing.remaining > 0) continue;
          // Asked nothing more, one is allowed when it says, and not a millisecond before.
          expect(within(now + standing.resetMs).length).toBeLessThan(requests);
          expect(within(now + standing.resetMs - 1).length).toBeGreaterThanOrEqual(requests);
        }
      },
    ),
  );
});

it("stays bounded, however many ask, and forgets who asked longest ago", () => {
  const limits = rollingWindows(10);
  const quota = { name: "q", requests: 1, windowMs: 1_000, window: "rolling" } as const;
  const take = (bucket: string, now: number) =>
    Effect.runSync(limits.take(bucket, quota, now)).allowed;
  for (let i = 0; i < 11; i++) take(`bucket ${i}`, 0);
  expect(take("bucket 10", 0)).toBe(false);
  expect(take("bucket 0", 0)).toBe(true);
});
