/** What the commands about webhooks are given in words. */
import { Effect, Option } from "effect";
import { Failure } from "../Failure.js";
import { readDuration } from "../keys/Reading.js";

/** `Name: value`, once for each header. */
export function readHeaders(
  given: readonly string[],
): Effect.Effect<{ readonly [name: string]: string }, Failure> {
  return Effect.map(Effect.forEach(given, readHeader), Object.fromEntries);
}

/** A fault is told without what was given, which may hold a secret. */
function readHeader(given: string): Effect.Effect<readonly [string, string], Failure> {
  const [, name, value] = /^([^:\s]+):\s*(\S.*)$/.exec(given.trim()) ?? [];
  if (name !== undefined && value !== undefined) return Effect.succeed([name, value]);
  return new Failure({ message: '--header must be a name and a value such as "X-Shop: 12"' });
}

export function readDelays(given: readonly string[]): Effect.Effect<readonly number[], Failure> {
  return Effect.forEach(given, (text) => readDuration("--retry-delay", text));
}

/** A whole number, or `none`. */
export function readMost(text: string): Effect.Effect<number | null, Failure> {
  if (text === "none") return Effect.succeed(null);
  if (/^\d{1,9}$/.test(text)) return Effect.succeed(Number(text));
  const message = `--max-per-second must be a whole number, or none, not ${JSON.stringify(text)}`;
  return new Failure({ message });
}

/** What is read from an option, where it is given. */
export function ifGiven<A, B, E>(
  option: Option.Option<A>,
  read: (value: A) => Effect.Effect<B, E>,
): Effect.Effect<B | undefined, E> {
  return Option.match(option, {
    onNone: () => Effect.succeed(undefined),
    onSome: read,
  });
}

/** The same for an option that may be given several times. */
export function ifAny<A, B, E>(
  given: readonly A[],
  read: (values: readonly A[]) => Effect.Effect<B, E>,
): Effect.Effect<B | undefined, E> {
  return given.length === 0 ? Effect.succeed(undefined) : read(given);
}
