/** Changing a thing only as its caller has read it. */
import type { Caller } from "@stockbook/engine";
import { Effect } from "effect";
import type { Answer, RequestContext } from "../kit/Endpoint.js";
import { etagOf, names } from "../kit/Etags.js";
import { type HandlerFailure, PreconditionFailed } from "../kit/Failure.js";

/** Whose key it is, at an endpoint that is not public. */
export function callerOf({ caller }: RequestContext): Caller {
  return caller as Caller;
}

export function tagged<A>(body: A): Answer<A> {
  return { body, headers: { etag: etagOf(body) } };
}

/**
 * Makes what changes a thing that is still as the caller has read it. One at a time: the store
 * compares nothing, so that of two with the same ETag both would find it as it was.
 */
export function makeMatching() {
  const turn = Effect.unsafeMakeSemaphore(1);
  return <A>(
    { headers }: RequestContext,
    find: Effect.Effect<A, HandlerFailure>,
    change: (present: A) => Effect.Effect<A, HandlerFailure>,
  ): Effect.Effect<Answer<A>, HandlerFailure> =>
    Effect.gen(function* () {
      const present = yield* find;
      const isAsRead = names(headers["if-match"] ?? "", etagOf(present), "strong");
      if (!isAsRead) return yield* new PreconditionFailed();
      return tagged(yield* change(present));
    }).pipe(turn.withPermits(1));
}
