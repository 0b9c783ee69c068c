/**
 * Whose a secret is. Every request asks, so the way of a known key is chained by hand: one
 * hash, one look into the cache.
 */
import { Effect } from "effect";
import { type StoreError, StoreFault } from "../Errors.js";
import type { LedgerStoreService } from "../Store.js";
import type { AccessStoreService } from "./AccessStore.js";
import { refusalOf } from "./Decide.js";
import type { KeyCache } from "./KeyCache.js";
import { type KeyFormat, parseSecret } from "./KeyFormat.js";
import { viewOf } from "./Keys.js";
import { hashOf, sameHash } from "./Secrets.js";
import { type Caller, RefusedKey } from "./Terms.js";

interface Means {
  readonly ledgers: LedgerStoreService;
  readonly store: AccessStoreService;
  readonly format: KeyFormat;
  readonly cache: KeyCache;
}

type Asked = Effect.Effect<Caller, StoreError | RefusedKey>;

export function makeAuthenticate(means: Means): (secret: string) => Asked {
  const { format, cache } = means;
  return (secret) =>
    Effect.clockWith((clock): Asked => {
      if (typeof secret !== "string" || secret === "") return new RefusedKey({ reason: "missing" });
      const parsed = parseSecret(format, secret);
      if (parsed === undefined) return new RefusedKey({ reason: "malformed" });
      const hash = hashOf(secret);
      const now = clock.unsafeCurrentTimeMillis();
      const known = cache.find(hash, now);
      if (known !== undefined) return admitted(known.caller, known.hash, hash, now);
      return Effect.flatMap(lookUp(means, hash, now), (found) =>
        found === undefined
          ? new RefusedKey({ reason: "unknown" })
          : admitted(found.caller, found.hash, hash, now),
      );
    });
}

function admitted(caller: Caller, known: string, asked: string, now: number): Asked {
  // The index has compared them already, in whatever time it took.
  if (!sameHash(known, asked)) return new RefusedKey({ reason: "unknown" });
  const reason = refusalOf(caller.key, now);
  return reason === undefined ? Effect.succeed(caller) : new RefusedKey({ reason });
}

function lookUp({ ledgers, store, cache }: Means, hash: string, readAt: number) {
  return Effect.gen(function* () {
    const begun = cache.begin();
    const key = yield* store.findKey({ by: "hash", hash });
    if (key === undefined) return undefined;
    const organisation = yield* ledgers.organisation(key.organisation);
    if (organisation === undefined) return yield* ownerless(key.id);
    const found = { caller: { key: viewOf(key), organisation }, hash: key.hash, readAt };
    cache.remember(found, begun);
    return found;
  });
}

function ownerless(id: string): StoreFault {
  return new StoreFault({ reason: "damaged", message: `the key ${id} belongs to no organisation` });
}
