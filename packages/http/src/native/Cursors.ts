/** Cursors: the wire's word for where a page goes on. */
import { InvalidInput } from "../kit/Failure.js";

/** A request's parameters with the engine's own word for the cursor. */
export function withoutCursor<P extends { readonly cursor?: string }>({
  cursor,
  ...params
}: P): Omit<P, "cursor"> & { readonly after?: string } {
  return cursor === undefined ? params : { ...params, after: cursor };
}

/** The cursor of a list whose pages go on before a number. */
export function numberCursor(number: number): string {
  return JSON.stringify([number]);
}

const NUMBER_CURSOR = /^\[(\d{1,15})\]$/;

/** The number that a cursor stands for, or why it cannot be one. */
export function numberIn(cursor: string): number | InvalidInput {
  const digits = NUMBER_CURSOR.exec(cursor)?.[1];
  if (digits !== undefined) return Number(digits);
  const message = "must be the `next` of the page before";
  return new InvalidInput({ issues: [{ in: "query", path: ["cursor"], message }] });
}
