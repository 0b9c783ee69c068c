/** Handlers of organisations and keys. */
import type { AccessService, Caller, Organisation, Scope } from "@stockbook/engine";
import { Effect } from "effect";
import type { Keys, Organisations } from "../contract/AccessApi.js";
import type { Answer, HandlersOfGroup, RequestContext } from "../kit/Endpoint.js";
import { etagOf, names } from "../kit/Etags.js";
import { type HandlerFailure, MissingScope, PreconditionFailed } from "../kit/Failure.js";
import { idempotencyKeyOf } from "../kit/Headers.js";

export function organisationHandlers(access: AccessService): HandlersOfGroup<typeof Organisations> {
  const find = (id: string) => Effect.map(access.organisation(id), organisationView);
  return {
    own: (_, context) => Effect.map(find(callerOf(context).organisation.id), tagged),
    list: () =>
      Effect.map(access.organisations, (all) => ({ body: { rows: all.map(organisationView) } })),
    create: ({ payload }) =>
      Effect.map(access.createOrganisation(payload), (made) => ({ body: organisationView(made) })),
    get: ({ path }) => Effect.map(find(path.id), tagged),
    change: ({ path, payload }, context) =>
      matching(context, find(path.id), () =>
        Effect.map(access.changeOrganisation(path.id, payload), organisationView),
      ),
  };
}

/** Without the numbers of its ledgers, which mean nothing outside. */
function organisationView({ id, name, createdAt, plan, settings }: Organisation) {
  return { id, name, createdAt, plan, settings };
}

export function keyHandlers(access: AccessService): HandlersOfGroup<typeof Keys> {
  /** A key of the caller's own organisation; those of others are simply not there. */
  const find = (context: RequestContext, id: string) =>
    access.key(callerOf(context).organisation.id, id);
  return {
    list: (_, context) =>
      Effect.map(access.keys(callerOf(context).organisation.id), (rows) => ({ body: { rows } })),
    get: ({ path }, context) => Effect.map(find(context, path.id), tagged),
    create: ({ payload }, context) =>
      Effect.gen(function* () {
        const { key, organisation } = callerOf(context);
        const { mode = key.mode, scopes } = payload;
        yield* checkRights(context, scopes);
        if (key.mode === "test" && mode === "live") {
          return yield* new MissingScope({ required: ["a live key"] });
        }
        const idempotencyKey = idempotencyKeyOf(context.headers["idempotency-key"]);
        const made = { ...payload, mode, organisation: organisation.id, idempotencyKey };
        return { body: yield* access.createKey(made) };
      }),
    change: ({ path, payload }, context) =>
      matching(context, find(context, path.id), () =>
        Effect.zipRight(
          checkRights(context, payload.scopes ?? []),
          access.changeKey(callerOf(context).organisation.id, path.id, payload),
        ),
      ),
    revoke: ({ path }, context) =>
      Effect.map(access.revokeKey(callerOf(context).organisation.id, path.id), tagged),
    rotate: ({ path, payload }, context) =>
      Effect.gen(function* () {
        const { scopes } = yield* find(context, path.id);
        yield* checkRights(context, scopes);
        const { id } = callerOf(context).organisation;
        return { body: yield* access.rotateKey(id, path.id, payload) };
      }),
  };
}

/** Nobody gives a key more than his own has. */
function checkRights(
  context: RequestContext,
  wanted: readonly Scope[],
): Effect.Effect<void, MissingScope> {
  const own = callerOf(context).key.scopes;
  const lacking = wanted.filter((scope) => !own.includes(scope));
  return lacking.length === 0 ? Effect.void : new MissingScope({ required: lacking });
}

function callerOf({ caller }: RequestContext): Caller {
  // None of these endpoints is public.
  return caller as Caller;
}

function tagged<A>(body: A): Answer<A> {
  return { body, headers: { etag: etagOf(body) } };
}

/** Changes a thing that is still as the caller has read it. */
function matching<A>(
  { headers }: RequestContext,
  find: Effect.Effect<A, HandlerFailure>,
  change: () => Effect.Effect<A, HandlerFailure>,
): Effect.Effect<Answer<A>, HandlerFailure> {
  return Effect.gen(function* () {
    const present = etagOf(yield* find);
    if (!names(headers["if-match"] ?? "", present)) return yield* new PreconditionFailed();
    return tagged(yield* change());
  });
}
