/** Handlers of organisations and keys. */
import {
  type AccessService,
  type KeyView,
  type Organisation,
  withinRanges,
} from "@stockbook/engine";
import { Effect } from "effect";
import type { Keys, Organisations } from "../contract/AccessApi.js";
import type { HandlersOfGroup, RequestContext } from "../kit/Endpoint.js";
import { ExceedsRights, MissingScope } from "../kit/Failure.js";
import { idempotencyKeyOf } from "../kit/Headers.js";
import { inBody } from "./Invalid.js";
import { asRead, callerOf, changed, tagged } from "./Matching.js";
import { REPLAYED } from "./Receipts.js";

export function organisationHandlers(access: AccessService): HandlersOfGroup<typeof Organisations> {
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
      changed(
        Effect.map(
          inBody(access.changeOrganisation(path.id, payload, asRead(context, organisationView))),
          organisationView,
        ),
      ),
  };
}

/** Without the numbers of its ledgers, which mean nothing outside. */
function organisationView({ ledgers: _, ...organisation }: Organisation) {
  return organisation;
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
        const { mode = key.mode, scopes, allowedIps = [], expiresAt = null } = payload;
        yield* checkRights(context, { mode, scopes, allowedIps, expiresAt });
        const idempotencyKey = idempotencyKeyOf(context.headers["idempotency-key"]);
        const made = { ...payload, mode, organisation: organisation.id, idempotencyKey };
        const body = yield* inBody(access.createKey(made));
        return { body, headers: body.secret === null ? REPLAYED : {} };
      }),
    change: ({ path, payload }, context) =>
      Effect.gen(function* () {
        const { mode } = yield* find(context, path.id);
        yield* checkRights(context, { ...payload, mode });
        const { id } = callerOf(context).organisation;
        const condition = asRead(context, (key: KeyView) => key);
        return yield* changed(inBody(access.changeKey(id, path.id, payload, condition)));
      }),
    revoke: ({ path }, context) =>
      Effect.gen(function* () {
        const { mode } = yield* find(context, path.id);
        yield* checkRights(context, { mode });
        return tagged(yield* access.revokeKey(callerOf(context).organisation.id, path.id));
      }),
    rotate: ({ path, payload }, context) =>
      Effect.gen(function* () {
        yield* checkRights(context, yield* find(context, path.id));
        const { id } = callerOf(context).organisation;
        const idempotencyKey = idempotencyKeyOf(context.headers["idempotency-key"]);
        const body = yield* inBody(access.rotateKey(id, path.id, { ...payload, idempotencyKey }));
        return { body, headers: body.secret === null ? REPLAYED : {} };
      }),
  };
}

type Rights = Pick<KeyView, "mode"> & Partial<Pick<KeyView, "scopes" | "allowedIps" | "expiresAt">>;

/** Nobody gives a key more than his own has, and no test key touches what opens live data. */
function checkRights(
  context: RequestContext,
  { mode, scopes = [], allowedIps, expiresAt }: Rights,
): Effect.Effect<void, MissingScope | ExceedsRights> {
  const { key } = callerOf(context);
  if (key.mode === "test" && mode === "live") return new MissingScope({ required: ["a live key"] });
  const lacking = scopes.filter((scope) => !key.scopes.includes(scope));
  if (lacking.length > 0) return new MissingScope({ required: lacking });
  if (allowedIps !== undefined && !withinRanges(allowedIps, key.allowedIps)) {
    const message = "allowedIps must lie within those of the key that is used";
    return new ExceedsRights({ message });
  }
  if (expiresAt !== undefined && !endsWith(key, expiresAt)) {
    const message = "expiresAt must not be later than that of the key that is used";
    return new ExceedsRights({ message });
  }
  return Effect.void;
}

function endsWith({ expiresAt }: KeyView, other: KeyView["expiresAt"]): boolean {
  return expiresAt === null || (other !== null && other <= expiresAt);
}
