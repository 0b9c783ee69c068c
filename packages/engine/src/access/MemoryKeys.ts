/** Keys in memory, as the memory store keeps them. */
import { Effect } from "effect";
import {
  type AccessStoreService,
  type KeyQuery,
  KeysMoved,
  type StoredKey,
} from "./AccessStore.js";

export function makeMemoryKeys(): AccessStoreService {
  const keys = new Map<string, StoredKey>();
  const find = (query: KeyQuery) => [...keys.values()].find((key) => answers(key, query));
  return {
    findKey: (query) => Effect.sync(() => find(query)),
    keysOf: (organisation) =>
      Effect.sync(() => [...keys.values()].filter((key) => key.organisation === organisation)),
    writeKeys: (written) =>
      Effect.suspend(() => {
        if (!written.every((key) => fits(key, find))) return new KeysMoved();
        // A key that is there keeps its place.
        for (const key of written) keys.set(placeOf(key), key);
        return Effect.void;
      }),
  };
}

function placeOf({ organisation, id }: StoredKey): string {
  return `${organisation}/${id}`;
}

function answers(key: StoredKey, query: KeyQuery): boolean {
  if (query.by === "hash") return key.hash === query.hash;
  if (key.organisation !== query.organisation) return false;
  return query.by === "id"
    ? key.id === query.id
    : key.idempotencyKey !== null && key.idempotencyKey === query.idempotencyKey;
}

/** Whether a key may be written over what is there. */
function fits(key: StoredKey, find: (query: KeyQuery) => StoredKey | undefined): boolean {
  const { organisation, id, hash, idempotencyKey, version } = key;
  const known = find({ by: "id", organisation, id });
  if (version > 1) return known?.version === version - 1;
  const repeated =
    idempotencyKey === null
      ? undefined
      : find({ by: "idempotency-key", organisation, idempotencyKey });
  return known === undefined && repeated === undefined && find({ by: "hash", hash }) === undefined;
}
