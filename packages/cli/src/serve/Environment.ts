/** Reading settings: what was said, where, and what is wrong with it. */
import { Either } from "effect";
import { Failure } from "../Failure.js";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value, and where it was said. */
export interface Told {
  readonly name: string;
  readonly text: string;
}

/** What a variable says; an empty one says nothing. */
export function toldBy(environment: Environment, name: string): Told | undefined {
  const text = environment[name]?.trim() ?? "";
  return text === "" ? undefined : { name, text };
}

export function wholeNumber(
  { name, text }: Told,
  least: number,
  most: number,
): Either.Either<number, Failure> {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return Either.right(value);
  const range =
    most === Number.MAX_SAFE_INTEGER ? `above ${least - 1}` : `from ${least} to ${most}`;
  const message = `${name} must be a whole number ${range}, not ${JSON.stringify(text)}`;
  return Either.left(new Failure({ message }));
}
