import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AttemptResult,
  afterBeginning,
  afterEnding,
  type Breaker,
  breakerAllowsAt,
  CLOSED,
} from "../src/delivery/Breaker.js";

const MINUTE_MS = 60_000;

const through = (results: readonly AttemptResult[], everyMs = 1_000, from: Breaker = CLOSED) =>
  results.reduce((breaker, result, i) => afterEnding(breaker, result, i * everyMs), from);

const times = (count: number, result: AttemptResult) => Array<AttemptResult>(count).fill(result);

describe("a breaker", () => {
  it("opens when seven of ten attempts have failed, and not before", () => {
    expect(through(times(9, "failure")).type).toBe("closed");
    expect(through(times(10, "failure"))).toEqual({ type: "open", until: 9_000 + 30_000 });
    expect(through([...times(3, "success"), ...times(7, "failure")]).type).toBe("open");
    expect(through([...times(4, "success"), ...times(6, "failure")]).type).toBe("closed");
  });

  it("forgets attempts after five minutes", () => {
    expect(through(times(100, "failure"), MINUTE_MS).type).toBe("closed");
  });

  it("lets one attempt through when its time is over, whose outcome decides", () => {
    const open: Breaker = { type: "open", until: 1_000 };
    expect(breakerAllowsAt(open, 999)).toBe(1_000);
    expect(breakerAllowsAt(open, 1_500)).toBe(1_500);
    const probing = afterBeginning(open);
    expect(breakerAllowsAt(probing, 1_500)).toBe(Number.POSITIVE_INFINITY);
    expect(afterEnding(probing, "success", 2_000)).toEqual(CLOSED);
    expect(afterEnding(probing, "failure", 2_000)).toEqual({ type: "open", until: 32_000 });
  });

  it("never opens while attempts succeed, and always allows again within half a minute", () => {
    const results = fc.array(
      fc.record({
        result: fc.constantFrom<AttemptResult>("success", "failure"),
        afterMs: fc.nat(400_000),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(results, (attempts) => {
        let breaker: Breaker = CLOSED;
        let now = 0;
        for (const { result, afterMs } of attempts) {
          const allowedAt = breakerAllowsAt(breaker, now);
          expect(allowedAt - now).toBeLessThanOrEqual(30_000);
          now = Math.max(now + afterMs, allowedAt);
          breaker = afterEnding(afterBeginning(breaker), result, now);
          if (result === "success") expect(breaker.type).toBe("closed");
        }
      }),
    );
  });
});
