/** Handlers of organisations and keys. */
import type { AccessService, KeyView, Organisation, Scope } from "@stockbook/engine";
import { Effect } from "effect";
import type { Keys, Organisations } from "../contract/AccessApi.js";
import type { HandlersOfGroup, RequestContext } from "../kit/Endpoint.js";
import { MissingScope } from "../kit/Failure.js";
import { idempotencyKeyOf } from "../kit/Headers.js";
import { inBody } from "./Invalid.js";
import { callerOf, makeMatching, tagged } from "./Matching.js";
import { REPLAYED } from "./Receipts.js";

export function organisationHandlers(access: AccessService): HandlersOfGroup<typeof Organisations> {
  const matching = makeMatching();
  const find = (id: string) => Effect.map(access.organisation(id), organisationView);
  return {
    own: (_, context) => Effect.map(find(callerOf(context).organisation.id), tagged),
    list: () =>
      Effect.map(access.organisations, (all) => ({ body: { rows: all.map(organisationView) } })),
    create: ({ payload }) =>
      Effect.map(inBody(access.createOrganisation(payload)), (made) => ({
        body: organisationView(made),
      })),
    get: ({ path }) => Effect.map(find(path.id), tagged),
    change: ({ path, payload }, context) =>
      matching(context, find(path.id), () =>
        Effect.map(inBody(access.changeOrganisation(path.id, payload)), organisationView),
      ),
  };
}

/** Without the numbers of its ledgers, which mean nothing outside. */
function organisationView({ id, name, createdAt, plan, settings }: Organisation) {
  return { id, name, createdAt, plan, settings };
}

export function keyHandlers(access: AccessService): HandlersOfGroup<typeof Keys> {
  const matching = makeMatching();
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
        yield* checkRights(context, scopes, mode);
        const idempotencyKey = idempotencyKeyOf(context.headers["idempotency-key"]);
        const made = { ...payload, mode, organisation: organisation.id, idempotencyKey };
        const body = yield* inBody(access.createKey(made));
        return { body, headers: body.secret === null ? REPLAYED : {} };
      }),
    change: ({ path, payload }, context) =>
      matching(context, find(context, path.id), ({ mode }) =>
        Effect.zipRight(
          checkRights(context, payload.scopes ?? [], mode),
          inBody(access.changeKey(callerOf(context).organisation.id, path.id, payload)),
        ),
      ),
    revoke: ({ path }, context) =>
      Effect.gen(function* () {
        const { mode } = yield* find(context, path.id);
        yield* checkRights(context, [], mode);
        return tagged(yield* access.revokeKey(callerOf(context).organisation.id, path.id));
      }),
    rotate: ({ path, payload }, context) =>
      Effect.gen(function* () {
        const { scopes, mode } = yield* find(context, path.id);
        yield* checkRights(context, scopes, mode);
        const { id } = callerOf(context).organisation;
        return { body: yield* inBody(access.rotateKey(id, path.id, payload)) };
      }),
  };
}

/** Nobody gives a key more than his own has, and no test key touches what opens live data. */
function checkRights(
  context: RequestContext,
  wanted: readonly Scope[],
  mode: KeyView["mode"],
): Effect.Effect<void, MissingScope> {
  const { key } = callerOf(context);
  if (key.mode === "test" && mode === "live") return new MissingScope({ required: ["a live key"] });
  const lacking = wanted.filter((scope) => !key.scopes.includes(scope));
  return lacking.length === 0 ? Effect.void : new MissingScope({ required: lacking });
}
