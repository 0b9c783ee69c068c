/** From loops and parsers that throw, to effects that fail. */
import { Effect } from "effect";
import { readError, TableReadError, TableWriteError } from "./Errors.js";

/** Runs code that throws a `TableWriteError`; whatever else it throws is a defect. */
export const attemptWrite = <A>(run: () => A): Effect.Effect<A, TableWriteError> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(run());
    } catch (error) {
      return error instanceof TableWriteError ? Effect.fail(error) : Effect.die(error);
    }
  });

/** Runs code over a file; what a parser of others throws means that the file is broken. */
export const attemptRead = <A>(run: () => A): Effect.Effect<A, TableReadError> =>
  Effect.try({ try: run, catch: asReadError });

export const attemptReadPromise = <A>(run: () => Promise<A>): Effect.Effect<A, TableReadError> =>
  Effect.tryPromise({ try: run, catch: asReadError });

export function asReadError(error: unknown): TableReadError {
  if (error instanceof TableReadError) return error;
  return readError("broken", error instanceof Error ? error.message : String(error));
}
