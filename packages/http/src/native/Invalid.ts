/** What the engine refuses as it was asked, told in the words of the request. */
import type { InvalidRequest } from "@stockbook/engine";
import { Effect } from "effect";
import { InvalidInput, type Issue, type Part } from "../kit/Failure.js";

/** What the engine calls otherwise than the API, and where it stands. */
const IDEMPOTENCY_KEY = { in: "header", path: ["Idempotency-Key"] } as const;
const CURSOR = { in: "query", path: ["cursor"] } as const;

/** The fault of a field such as `plan.name` or `scopes[2]`. */
export function issueOf({ field, message }: InvalidRequest, part: Part): Issue {
  return { ...placeOf(field, part), message: withoutField(field, message) };
}

function placeOf(field: string, part: Part): Pick<Issue, "in" | "path"> {
  if (field === "idempotencyKey") return IDEMPOTENCY_KEY;
  if (field === "after" && part === "query") return CURSOR;
  return { in: part, path: pathOf(field) };
}

/** Says that what is wrong stands in the body. */
export function inBody<A, E>(
  effect: Effect.Effect<A, E | InvalidRequest>,
): Effect.Effect<A, Exclude<E, InvalidRequest> | InvalidInput> {
  return Effect.mapError(effect, (error) =>
    isInvalid(error)
      ? new InvalidInput({ issues: [issueOf(error, "body")] })
      : (error as Exclude<E, InvalidRequest>),
  );
}

function isInvalid(error: unknown): error is InvalidRequest {
  return (error as { readonly _tag?: unknown })._tag === "InvalidRequest";
}

function pathOf(field: string): Issue["path"] {
  const names = field.split(/[.[\]]+/).filter((name) => name !== "");
  return names.map((name) => (/^\d+$/.test(name) ? Number(name) : name));
}

function withoutField(field: string, message: string): string {
  return [`${field}: `, `${field} `].reduce(
    (rest, start) => (rest.startsWith(start) ? rest.slice(start.length) : rest),
    message,
  );
}
