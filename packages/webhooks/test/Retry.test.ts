import type { AttemptOutcome } from "@stockbook/engine";
import { DEFAULT_RETRY_DELAYS_MS } from "@stockbook/engine";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attempted, verdictOn } from "../src/delivery/Retry.js";

const DAY_MS = 86_400_000;
const NOW = 1_767_225_600_000;

const answered = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  ({ type: "answered", status, headers, body: "", truncated: false }) as const;
const failed = (reason: string): AttemptOutcome => ({ type: "failed", reason, message: reason });

const attempted = (outcome: AttemptOutcome, rest: Partial<Attempted> = {}): Attempted => ({
  outcome,
  durationMs: 20,
  endedAt: NOW,
  attemptsInSchedule: 0,
  delaysUsed: 0,
  retryDelaysMs: DEFAULT_RETRY_DELAYS_MS,
  jitter: 0,
  ...rest,
});

const REASONS = ["not-connected", "unresolved", "timed-out", "broken-off", "bad-answer"] as const;

const unsuccessful: fc.Arbitrary<AttemptOutcome> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(100, 199, 300, 301, 304, 308, 400, 404, 410, 429, 500, 502, 503, 504),
      fc.option(fc.oneof(fc.nat(200_000).map(String), fc.constantFrom("soon", "-5", "1.5", "")), {
        freq: 2,
      }),
    )
    .map(([status, after]) => answered(status, after === null ? {} : { "retry-after": after })),
  fc.constantFrom(...REASONS).map(failed),
);

const delays = fc.array(fc.integer({ min: 1_000, max: DAY_MS }), { maxLength: 10 });
const jitter = fc.double({ min: -1, max: 1, noNaN: true });

describe("the verdict on a delivery", () => {
  it("is that it has arrived, for every 2xx and nothing else", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), jitter, (status, spread) => {
        const { status: verdict } = verdictOn(attempted(answered(status), { jitter: spread }));
        expect(verdict === "delivered").toBe(status >= 200 && status < 300);
      }),
    );
  });

  it("ends every schedule: one attempt more than there are delays, and a hurried one", () => {
    fc.assert(
      fc.property(delays, fc.infiniteStream(fc.tuple(unsuccessful, jitter)), (schedule, stream) => {
        let state = { attemptsInSchedule: 0, delaysUsed: 0, endedAt: NOW };
        for (const [outcome, spread] of stream) {
          const given = attempted(outcome, { ...state, retryDelaysMs: schedule, jitter: spread });
          const { status, dueAt, delaysUsed } = verdictOn(given);
          const attempts = state.attemptsInSchedule + 1;
          expect(attempts).toBeLessThanOrEqual(schedule.length + 2);
          if (status === "failed") {
            expect(dueAt).toBeNull();
            expect(attempts).toBeGreaterThanOrEqual(schedule.length + 1);
            return;
          }
          expect(status).toBe("waiting");
          expect(dueAt).toBeGreaterThanOrEqual(state.endedAt);
          expect(delaysUsed - state.delaysUsed).toBe(dueAt === state.endedAt ? 0 : 1);
          state = { attemptsInSchedule: attempts, delaysUsed, endedAt: dueAt as number };
        }
      }),
    );
  });

  it("waits as scheduled, a fifth more or less, and longer only where it is asked to", () => {
    fc.assert(
      fc.property(
        unsuccessful,
        jitter,
        fc.integer({ min: 1_000, max: DAY_MS }),
        (outcome, j, ms) => {
          const given = attempted(outcome, {
            jitter: j,
            retryDelaysMs: [ms],
            attemptsInSchedule: 1,
          });
          const waited = (verdictOn(given).dueAt as number) - NOW;
          expect(waited).toBeGreaterThanOrEqual(Math.min(DAY_MS, Math.floor(ms * 0.8)));
          expect(waited).toBeLessThanOrEqual(
            Math.min(DAY_MS, Math.max(60_000, Math.ceil(ms * 2.4))),
          );
        },
      ),
    );
  });

  it("heeds Retry-After, in seconds or as a date, between the delay and twice it", () => {
    const waitFor = (after: string, ms = 300_000) => {
      const outcome = answered(503, { "retry-after": after });
      const { dueAt } = verdictOn(attempted(outcome, { retryDelaysMs: [ms] }));
      return (dueAt as number) - NOW;
    };
    expect(waitFor("400")).toBe(400_000);
    expect(waitFor("10")).toBe(300_000);
    expect(waitFor("100000")).toBe(600_000);
    expect(waitFor(new Date(NOW + 450_000).toUTCString())).toBe(450_000);
    expect(waitFor(new Date(NOW - 450_000).toUTCString())).toBe(300_000);
    expect(waitFor("whenever")).toBe(300_000);
    expect(waitFor("999999", DAY_MS)).toBe(DAY_MS);
  });

  it("leaves alone for a minute whoever is overwhelmed", () => {
    for (const outcome of [
      answered(429),
      answered(429, { "retry-after": "1" }),
      failed("timed-out"),
    ]) {
      const { dueAt } = verdictOn(attempted(outcome));
      expect(dueAt).toBe(NOW + 60_000);
    }
  });

  it("tries again at once, but once, where nobody took the connection", () => {
    const refused = failed("not-connected");
    expect(verdictOn(attempted(refused))).toMatchObject({ dueAt: NOW, delaysUsed: 0 });
    const second = verdictOn(attempted(refused, { attemptsInSchedule: 1 }));
    expect(second).toMatchObject({ dueAt: NOW + 5_000, delaysUsed: 1 });
    const slow = verdictOn(attempted(refused, { durationMs: 1_000 }));
    expect(slow).toMatchObject({ dueAt: NOW + 5_000, delaysUsed: 1 });
  });

  it("ends where the receiver wants no more of the message, or nothing more at all", () => {
    const abort = verdictOn(attempted(answered(500, { "webhook-delivery": " Abort-Message" })));
    expect(abort).toMatchObject({ status: "aborted", dueAt: null, disable: null });
    const told = verdictOn(attempted(answered(500, { "webhook-delivery": "disable" })));
    expect(told).toMatchObject({ status: "waiting", disable: "told" });
    const gone = verdictOn(attempted(answered(410)));
    expect(gone).toMatchObject({ status: "waiting", disable: "gone" });
    const thanked = verdictOn(attempted(answered(200, { "webhook-delivery": "disable" })));
    expect(thanked).toMatchObject({ status: "delivered", disable: "told" });
  });
});
