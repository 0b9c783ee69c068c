/** What the engine refuses as it was asked, told in the words of the request. */
import type { InvalidRequest } from "@stockbook/engine";
import { Effect } from "effect";
import { InvalidInput, type Issue, type Part } from "../kit/Failure.js";

/** What the engine calls otherwise than the API, and where it stands. */
const WIRE_NAMES: Readonly<Record<string, Pick<Issue, "in" | "path">>> = {
  after: { in: "query", path: ["cursor"] },
  idempotencyKey: { in: "header", path: ["Idempotency-Key"] },
};

/** The fault of a field such as `plan.name` or `scopes[2]`. */
export function issueOf({ field, message }: InvalidRequest, part: Part): Issue {
  const place = WIRE_NAMES[field] ?? { in: part, path: pathOf(field) };
  return { ...place, message: withoutField(field, message) };
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
