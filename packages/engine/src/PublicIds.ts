/**
 * Public ids: what things are named by where their own ids must not be told. They are random, so
 * nothing can be read from them, and are made when a thing is first spoken of.
 */
import { Effect } from "effect";
import type { RandomBytes } from "./access/KeyFormat.js";
import type { Busy, StoreError, StoreFault } from "./Errors.js";
import type { LedgerId, LedgerStoreService } from "./Store.js";

/** A thing's own id, and the one it is known by outside. */
export interface PublicId {
  readonly id: string;
  readonly publicId: string;
}

export interface PublicIds {
  /** The public ids of things of one kind, by their own ids; made where there are none yet. */
  readonly publicIds: (
    kind: string,
    ids: readonly string[],
  ) => Effect.Effect<ReadonlyMap<string, string>, StoreError>;
  /** The own ids of things of one kind, by their public ids; those that are none are left out. */
  readonly ofPublicIds: (
    kind: string,
    publicIds: readonly string[],
  ) => Effect.Effect<ReadonlyMap<string, string>, Busy | StoreFault>;
}

/** The public ids of one ledger; those of another are others. */
export function makePublicIds(
  store: LedgerStoreService,
  ledger: LedgerId,
  random: RandomBytes,
): PublicIds {
  const find = (kind: string, by: keyof PublicId, wanted: readonly string[]) =>
    wanted.length === 0 ? Effect.succeed([]) : store.publicIds(ledger, kind, by, wanted);
  return {
    publicIds: (kind, ids) =>
      Effect.gen(function* () {
        const known = byId(yield* find(kind, "id", ids));
        const missing = [...new Set(ids)].filter((id) => !known.has(id));
        if (missing.length === 0) return known;
        const made = missing.map((id) => ({ id, publicId: randomUuid(random) }));
        yield* store.addPublicIds(ledger, kind, made);
        // Another process may have made some of them first, and those count.
        return byId(yield* find(kind, "id", ids));
      }),
    ofPublicIds: (kind, publicIds) =>
      Effect.map(
        find(kind, "publicId", publicIds),
        (rows) => new Map(rows.map(({ id, publicId }) => [publicId, id])),
      ),
  };
}

function byId(rows: readonly PublicId[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ id, publicId }) => [id, publicId]));
}

/** A UUID of version 4 (RFC 9562): 122 random bits. */
function randomUuid(random: RandomBytes): string {
  const bytes = random(16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
