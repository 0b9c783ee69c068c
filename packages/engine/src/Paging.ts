/** Pages: where the next one goes on, as a text that callers hand back unread. */
import { Effect } from "effect";
import { InvalidRequest } from "./Errors.js";
import type { NumberedRequest, Page, PageRequest } from "./Ledger.js";
import type { Numbered } from "./Questions.js";

const DEFAULT_LIMIT = 100;
export const MAX_PAGE = 1_000;

type Position = readonly (number | string)[];

/** Where a page by numbers begins and ends, within bounds. */
export function numberedOf(request: NumberedRequest): Effect.Effect<Numbered, InvalidRequest> {
  const { offset = 0 } = request;
  if (!Number.isSafeInteger(offset) || offset < 0) {
    return new InvalidRequest({
      field: "offset",
      message: `offset must be a whole number, 0 or more, not ${offset}`,
    });
  }
  return Effect.map(limitOf(request), (limit) => ({ offset, limit }));
}

/** The limit asked for, within bounds. */
export function limitOf({
  limit,
}: Pick<PageRequest, "limit">): Effect.Effect<number, InvalidRequest> {
  if (limit === undefined) return Effect.succeed(DEFAULT_LIMIT);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return Effect.succeed(limit);
  return new InvalidRequest({
    field: "limit",
    message: `limit must be a whole number from 1 to ${MAX_PAGE}, not ${limit}`,
  });
}

/**
 * Where a page begins: the position that `after` stands for, or `null` for the first page.
 *
 * @param shape a position of the kind that is expected.
 */
export function positionOf<A extends Position>(
  { after }: PageRequest,
  shape: A,
): Effect.Effect<A | null, InvalidRequest> {
  if (after === undefined) return Effect.succeed(null);
  const position = parsed(after);
  if (position !== undefined && hasShape(position, shape)) return Effect.succeed(position);
  return new InvalidRequest({
    field: "after",
    message: "after must be the `next` of the page before",
  });
}

/** The text that `positionOf` understands. */
export function cursorOf(position: Position): string {
  return JSON.stringify(position);
}

/** A page of rows that were read one beyond the limit, to see whether there are more. */
export function pageOf<Row, A>(
  rows: readonly Row[],
  limit: number,
  position: (row: Row) => Position,
  view: (row: Row) => A,
): Page<A> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { rows: shown.map(view), next: more ? cursorOf(position(last)) : null };
}

function parsed(after: string): Position | undefined {
  try {
    const position: unknown = JSON.parse(after);
    return Array.isArray(position) ? position : undefined;
  } catch {
    return undefined;
  }
}

function hasShape<A extends Position>(position: Position, shape: A): position is A {
  return (
    position.length === shape.length && position.every((part, i) => typeof part === typeof shape[i])
  );
}
