import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Progress, type SeenIds, seenInMemory } from "../src/index.js";
import { numRuns } from "./support/Messages.js";

const HOUR_MS = 3_600_000;

function arrange(options: { readonly ttlMs?: number; readonly maxIds?: number } = {}) {
  const clock = { ms: 0 };
  const seen = seenInMemory({ ...options, now: () => clock.ms });
  return { clock, seen };
}

describe("ids that were seen", () => {
  it("are new, then busy, then done", () => {
    const { seen } = arrange();
    expect(seen.begin("a")).toBe("new");
    expect(seen.begin("a")).toBe("busy");
    seen.finish("a");
    expect(seen.begin("a")).toBe("done");
    expect(seen.begin("b")).toBe("new");
  });

  it("are new again when they are forgotten", () => {
    const { seen } = arrange();
    seen.begin("a");
    seen.forget("a");
    expect(seen.begin("a")).toBe("new");
  });

  it("are known for longer than any schedule of retries: 75 h 35 min, with a fifth of jitter", () => {
    const { seen, clock } = arrange();
    seen.begin("a");
    seen.finish("a");
    clock.ms += 75.6 * 1.2 * HOUR_MS;
    expect(seen.begin("a")).toBe("done");
    clock.ms = 96 * HOUR_MS - 1;
    expect(seen.begin("a")).toBe("done");
    clock.ms += 1;
    expect(seen.begin("a")).toBe("new");
  });

  it("are known from when they were done", () => {
    const { seen, clock } = arrange({ ttlMs: 10 });
    seen.begin("a");
    seen.begin("b");
    clock.ms = 9;
    seen.finish("a");
    clock.ms = 18;
    expect([seen.begin("a"), seen.begin("b")]).toEqual(["done", "new"]);
  });

  it("are no more than the bound: the oldest go", () => {
    const { seen } = arrange({ maxIds: 3 });
    for (const id of ["a", "b", "c", "d"]) {
      seen.begin(id);
      seen.finish(id);
    }
    expect(["b", "c", "d", "a"].map((id) => seen.begin(id))).toEqual([
      "done",
      "done",
      "done",
      "new",
    ]);
  });

  it("behave like a list of all that happened, looked through from the end", () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 60 }), (all) => {
        const { seen, clock } = arrange({ ttlMs: TTL_MS });
        const past: Past[] = [];
        for (const step of all) {
          clock.ms += step.waitMs;
          const known = knownOf(past, step.id, clock.ms);
          const progress = seen[step.act](step.id);
          if (step.act === "begin") expect(progress).toBe(known);
          past.push({ id: step.id, ...after(step.act, known, clock.ms) });
        }
      }),
      numRuns(500),
    );
  });
});

const TTL_MS = 10;

const steps = fc.record({
  id: fc.constantFrom("a", "b", "c"),
  act: fc.constantFrom("begin", "finish", "forget"),
  waitMs: fc.nat(4),
});

interface Past {
  readonly id: string;
  readonly state: Progress | "unchanged";
  readonly atMs: number;
}

function knownOf(past: readonly Past[], id: string, nowMs: number) {
  const last = past.findLast((entry) => entry.id === id && entry.state !== "unchanged");
  return last !== undefined && nowMs < last.atMs + TTL_MS ? last.state : "new";
}

function after(act: keyof SeenIds, known: Past["state"], atMs: number) {
  if (act === "finish") return { state: "done", atMs } as const;
  if (act === "forget") return { state: "new", atMs } as const;
  return { state: known === "new" ? "busy" : "unchanged", atMs } as const;
}
