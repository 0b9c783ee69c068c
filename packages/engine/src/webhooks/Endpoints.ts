/** Endpoints: read, judged by the decider, written over what the judgement rests on. */
import { Clock, Effect } from "effect";
import { type RandomBytes, randomCharacters } from "../access/KeyFormat.js";
import { MOST_ATTEMPTS, overtaken } from "../access/Keys.js";
import { NotFound, Stale } from "../Errors.js";
import { toBase64 } from "./Base64.js";
import { SECRET_PREFIX, secretFault } from "./Checks.js";
import {
  decideEndpoint,
  type EndpointCommand,
  type EndpointDecision,
  type EndpointDraft,
} from "./Decide.js";
import { checkId, type FindError, type Means } from "./Means.js";
import type { CreatedEndpoint, EndpointView, NewEndpoint } from "./Terms.js";
import type { StoredEndpoint } from "./WebhookStore.js";
import type { Owner, WebhookError, WebhookService } from "./Webhooks.js";

const ID_LENGTH = 20;
const SECRET_BYTES = 32;

type Endpoints = Pick<
  WebhookService,
  "endpoints" | "endpoint" | "createEndpoint" | "changeEndpoint" | "removeEndpoint" | "rotateSecret"
>;

export function makeEndpoints(means: Means): Endpoints {
  const { store, ledgerOf, stored } = means;
  return {
    endpoints: (owner) =>
      Effect.map(Effect.flatMap(ledgerOf(owner), store.endpoints), (found) => found.map(viewOf)),
    endpoint: (owner, id) => Effect.map(stored(owner, id), viewOf),
    createEndpoint: (request) => done(means, createCommand(means, request)),
    changeEndpoint: (owner, id, changes, { onlyIf } = {}) => {
      const command = Effect.flatMap(stored(owner, id), (endpoint) =>
        onlyIf === undefined || onlyIf(viewOf(endpoint))
          ? Effect.succeed({ type: "change", endpoint, changes } as const)
          : new Stale(),
      );
      return Effect.map(done(means, command), ({ endpoint }) => endpoint);
    },
    removeEndpoint: (owner, id) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(owner);
        yield* checkId("endpoint", id);
        const removed = yield* store.removeEndpoint(ledger, id);
        if (!removed) return yield* new NotFound({ what: "endpoint", id });
      }),
    rotateSecret: (owner, id, options = {}) => rotateSecret(means, owner, id, options),
  };
}

function createCommand(
  { ledgers, store, ledgerOf }: Means,
  request: NewEndpoint,
): Effect.Effect<EndpointCommand, FindError> {
  return Effect.gen(function* () {
    const ledger = yield* ledgerOf(request);
    const { idempotencyKey } = request;
    const earlier =
      typeof idempotencyKey === "string"
        ? yield* store.endpointByIdempotencyKey(ledger, idempotencyKey)
        : undefined;
    const { sequence: head } = yield* ledgers.head(ledger);
    const { length: endpoints } = yield* store.endpoints(ledger);
    return { type: "create", request, facts: { ledger, head, endpoints, earlier } };
  });
}

type RotateOptions = NonNullable<Parameters<WebhookService["rotateSecret"]>[2]>;

function rotateSecret(
  means: Means,
  owner: Owner,
  id: string,
  { overlapMs, secret }: RotateOptions,
): Effect.Effect<CreatedEndpoint, WebhookError> {
  return Effect.gen(function* () {
    const fault = secret === undefined ? undefined : secretFault(secret);
    if (fault !== undefined) return yield* fault;
    const plain = secret ?? newSecret(means.random);
    const command = Effect.gen(function* () {
      const endpoint = yield* means.stored(owner, id);
      const sealed = yield* means.secrets.seal(plain, { ledger: endpoint.ledger, endpoint: id });
      return { type: "rotate", endpoint, sealed, overlapMs } as const;
    });
    const { endpoint } = yield* done(means, command);
    return { endpoint, secret: plain };
  });
}

/** Does what a command comes to, as often as it takes to be the first. */
function done<E>(
  means: Means,
  read: Effect.Effect<EndpointCommand, E | FindError>,
  attempt = 1,
): Effect.Effect<CreatedEndpoint, E | WebhookError> {
  return Effect.gen(function* () {
    const command = yield* read;
    const now = yield* Clock.currentTimeMillis;
    return yield* carriedOut(means, decideEndpoint(command, now, means.rules));
  }).pipe(
    Effect.catchTag("EndpointMoved", () =>
      attempt < MOST_ATTEMPTS ? done(means, read, attempt + 1) : overtaken(),
    ),
  );
}

function carriedOut(means: Means, decision: EndpointDecision) {
  return Effect.gen(function* () {
    switch (decision.type) {
      case "refuse":
        return yield* decision.refusal;
      case "keep":
        return { endpoint: viewOf(decision.endpoint), secret: null };
      case "write":
        yield* means.store.writeEndpoint(decision.endpoint);
        return { endpoint: viewOf(decision.endpoint), secret: null };
      case "make": {
        const { draft, secret = newSecret(means.random) } = decision;
        const endpoint = yield* made(means, draft, secret);
        yield* means.store.writeEndpoint(endpoint);
        return { endpoint: viewOf(endpoint), secret };
      }
    }
  });
}

/** The endpoint of a draft, with its secret encrypted for it. */
function made({ random, secrets }: Means, draft: EndpointDraft, secret: string) {
  const id = `whe_${randomCharacters(ID_LENGTH, random)}`;
  const { ledger, createdAt } = draft;
  return Effect.map(secrets.seal(secret, { ledger, endpoint: id }), (sealed): StoredEndpoint => {
    return { ...draft, id, version: 1, secrets: [{ sealed, createdAt, expiresAt: null }] };
  });
}

function newSecret(random: RandomBytes): string {
  return SECRET_PREFIX + toBase64(random(SECRET_BYTES));
}

/** The endpoint as its owner sees it: these fields and no other. */
function viewOf(endpoint: StoredEndpoint): EndpointView {
  const { id, organisation, mode, url, description, api, events, format, headers } = endpoint;
  const { ordered, maxConcurrent, maxPerSecond, retryDelaysMs } = endpoint;
  const { createdAt, disabled, cursor } = endpoint;
  const target = { url, description, api, events, format, headers };
  const pace = { ordered, maxConcurrent, maxPerSecond, retryDelaysMs };
  return { id, organisation, mode, ...target, ...pace, createdAt, disabled, cursor };
}
