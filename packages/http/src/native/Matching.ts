/** Changing a thing only as its caller has read it. */
import { type Caller, type OnlyIf, Stale } from "@stockbook/engine";
import { Effect } from "effect";
import type { Answer, RequestContext } from "../kit/Endpoint.js";
import { etagOf, names } from "../kit/Etags.js";
import { PreconditionFailed } from "../kit/Failure.js";

/** Whose key it is, at an endpoint that is not public. */
export function callerOf({ caller }: RequestContext): Caller {
  return caller as Caller;
}

export function tagged<A>(body: A): Answer<A> {
  return { body, headers: { etag: etagOf(body) } };
}

/** The condition that a thing, as it is shown, is the one that `If-Match` names. */
export function asRead<Present, View>(
  { headers }: RequestContext,
  shown: (present: Present) => View,
): OnlyIf<Present> {
  const match = headers["if-match"] ?? "";
  return { onlyIf: (present) => names(match, etagOf(shown(present)), "strong") };
}

/** The answer after such a change. */
export function changed<A, E>(
  change: Effect.Effect<A, E | Stale>,
): Effect.Effect<Answer<A>, Exclude<E, Stale> | PreconditionFailed> {
  return Effect.mapBoth(change, {
    onSuccess: tagged,
    onFailure: (error) =>
      error instanceof Stale ? new PreconditionFailed() : (error as Exclude<E, Stale>),
  });
}
