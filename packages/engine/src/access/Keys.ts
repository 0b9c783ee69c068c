/** Keys of organisations: read, judged by the decider, written over what the judgement rests on. */
import { Clock, Effect } from "effect";
import { Busy, NotFound, Stale, type StoreError } from "../Errors.js";
import type { Organisation } from "../Store.js";
import type { AccessError, AccessService } from "./Access.js";
import type { AccessStoreService, StoredKey } from "./AccessStore.js";
import { decideKey, type KeyCommand, type KeyDecision, type KeyDraft } from "./Decide.js";
import type { KeyCache } from "./KeyCache.js";
import {
  hintOf,
  type KeyFormat,
  makeSecret,
  type ParsedKey,
  parseSecret,
  type RandomBytes,
  randomCharacters,
} from "./KeyFormat.js";
import { hashOf } from "./Secrets.js";
import type { CreatedKey, KeyView, NewKey } from "./Terms.js";

interface Means {
  readonly store: AccessStoreService;
  readonly organisation: (id: string) => Effect.Effect<Organisation, StoreError | NotFound>;
  readonly format: KeyFormat;
  readonly random: RandomBytes;
  readonly cache: KeyCache;
}

type Keys = Pick<
  AccessService,
  "keys" | "key" | "createKey" | "changeKey" | "revokeKey" | "rotateKey"
>;

type Once = Pick<NewKey, "organisation" | "idempotencyKey">;

/** How often a command is decided again because another writer was faster. */
export const MOST_ATTEMPTS = 20;
const ID_LENGTH = 20;

export function makeKeys(means: Means): Keys {
  const { store, organisation } = means;

  const stored = (owner: string, id: string): Effect.Effect<StoredKey, StoreError | NotFound> =>
    Effect.gen(function* () {
      yield* organisation(owner);
      // What is given for an id may be a secret by mistake, and errors are logged.
      if (!isKeyId(id)) return yield* new NotFound({ what: "key", id: "of such an id" });
      const found = yield* store.findKey({ by: "id", organisation: owner, id });
      return found ?? (yield* new NotFound({ what: "key", id }));
    });

  const earlierOf = ({ organisation, idempotencyKey }: Once) =>
    typeof idempotencyKey === "string"
      ? store.findKey({ by: "idempotency-key", organisation, idempotencyKey })
      : Effect.succeed(undefined);

  /** Does what a command comes to, as often as it takes to be the first. */
  const done = <E>(
    read: Effect.Effect<KeyCommand, E | StoreError | NotFound>,
    attempt = 1,
  ): Effect.Effect<CreatedKey, AccessError | E> =>
    Effect.gen(function* () {
      const command = yield* read;
      const now = yield* Clock.currentTimeMillis;
      return yield* carriedOut(means, decideKey(command, now));
    }).pipe(
      Effect.catchTag("KeysMoved", () =>
        attempt < MOST_ATTEMPTS ? done(read, attempt + 1) : overtaken(),
      ),
    );

  return {
    keys: (owner) =>
      Effect.map(Effect.zipRight(organisation(owner), store.keysOf(owner)), (keys) =>
        keys.map(viewOf),
      ),
    key: (owner, id) => Effect.map(stored(owner, id), viewOf),
    createKey: (key) =>
      done(
        Effect.gen(function* () {
          yield* organisation(key.organisation);
          return { type: "create", key, earlier: yield* earlierOf(key) } as const;
        }),
      ),
    changeKey: (owner, id, changes, { onlyIf } = {}) =>
      Effect.map(
        done(
          Effect.flatMap(stored(owner, id), (key) =>
            onlyIf === undefined || onlyIf(viewOf(key))
              ? Effect.succeed({ type: "change", key, changes } as const)
              : new Stale(),
          ),
        ),
        ({ key }) => key,
      ),
    revokeKey: (owner, id) =>
      Effect.map(
        done(Effect.map(stored(owner, id), (key) => ({ type: "revoke", key }))),
        ({ key }) => key,
      ),
    rotateKey: (owner, id, { overlapMs, idempotencyKey } = {}) =>
      done(
        Effect.gen(function* () {
          const key = yield* stored(owner, id);
          const earlier = yield* earlierOf({ organisation: owner, idempotencyKey });
          return { type: "rotate", key, overlapMs, idempotencyKey, earlier } as const;
        }),
      ),
  };
}

function carriedOut(means: Means, decision: KeyDecision) {
  return Effect.gen(function* () {
    switch (decision.type) {
      case "refuse":
        return yield* decision.refusal;
      case "keep":
        return { key: viewOf(decision.key), secret: null };
      case "write":
        yield* written(means, [decision.key]);
        return { key: viewOf(decision.key), secret: null };
      case "make": {
        const { secret, key } = made(means, decision.draft);
        const { replaced } = decision;
        yield* written(means, replaced === undefined ? [key] : [replaced, key]);
        return { key: viewOf(key), secret };
      }
    }
  });
}

/** Whatever comes of it, what was known of the keys may no longer be so. */
function written({ store, cache }: Means, keys: readonly StoredKey[]) {
  const ids = new Set(keys.map(({ id }) => id));
  return Effect.ensuring(
    store.writeKeys(keys),
    Effect.sync(() => cache.forget(({ key }) => ids.has(key.id))),
  );
}

/** The key of a draft, and the secret that nobody else will ever see. */
function made({ format, random }: Means, draft: KeyDraft) {
  const secret = makeSecret(format, draft.mode, random);
  // It has just been written in this format.
  const parsed = parseSecret(format, secret) as ParsedKey;
  const id = `key_${randomCharacters(ID_LENGTH, random)}`;
  const key: StoredKey = { ...draft, id, hash: hashOf(secret), hint: hintOf(parsed), version: 1 };
  return { secret, key };
}

/** The key as its owner sees it: these fields and no other. */
export function viewOf(key: StoredKey): KeyView {
  const { id, organisation, mode, name, hint, scopes, allowedIps } = key;
  const { active, createdAt, expiresAt, revokedAt } = key;
  const rights = { scopes, allowedIps, active, createdAt, expiresAt, revokedAt };
  return { id, organisation, mode, name, hint, ...rights };
}

function isKeyId(id: unknown): boolean {
  return typeof id === "string" && /^key_\w{1,64}$/.test(id);
}

/** What it comes to when all attempts are used up. */
export function overtaken(): Busy {
  const message = `another writer was faster ${MOST_ATTEMPTS} times; nothing happened, try again`;
  return new Busy({ message });
}
