/** What the commands about keys are given in words. */
import type { Instant } from "@stockbook/core";
import type { Scope } from "@stockbook/engine";
import { Effect } from "effect";
import { Failure } from "../Failure.js";

/** Stands for every scope of a tenant. */
const ALL = "all";

export const readScopes = (given: readonly string[]): Effect.Effect<readonly Scope[], Failure> =>
  Effect.gen(function* () {
    const { OPERATOR_SCOPES, SCOPES } = yield* Effect.promise(() => import("@stockbook/engine"));
    const tenants = SCOPES.filter((scope) => !OPERATOR_SCOPES.includes(scope));
    const known = `${ALL}, ${SCOPES.join(", ")}`;
    if (given.length === 0) {
      return yield* new Failure({ message: `--scope must be given at least once: ${known}` });
    }
    const wanted = new Set(given.flatMap((word) => (word === ALL ? tenants : [word])));
    const scopes = SCOPES.filter((scope) => wanted.delete(scope));
    const [unknown] = wanted;
    if (unknown === undefined) return scopes;
    return yield* new Failure({ message: `there is no scope ${unknown}; there are ${known}` });
  });

const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** A day that begins in UTC, or a time with its distance from UTC. */
export function readInstant(option: string, text: string): Effect.Effect<Instant, Failure> {
  const instant = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  const exists = new Date(`${text.slice(0, 10)}T00:00Z`);
  const sameDay =
    !Number.isNaN(exists.getTime()) && exists.toISOString().startsWith(text.slice(0, 10));
  if (!Number.isNaN(instant) && sameDay) return Effect.succeed(instant);
  const right = "a day such as 2027-01-31, or a time such as 2027-01-31T18:00Z";
  return new Failure({ message: `${option} must be ${right}, not ${JSON.stringify(text)}` });
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `0`, `90s`, `30m`, `24h` or `7d` in milliseconds. */
export function readDuration(option: string, text: string): Effect.Effect<number, Failure> {
  if (text === "0") return Effect.succeed(0);
  const [, amount = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (!Number.isNaN(milliseconds)) return Effect.succeed(milliseconds);
  const message = `${option} must be 0, or a time such as 30m, 24h or 7d, not ${JSON.stringify(text)}`;
  return new Failure({ message });
}
