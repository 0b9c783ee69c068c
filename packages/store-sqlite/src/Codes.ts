/** Numbers that stand for names in the rows. */
import type { Bucket, EntryType, MovementKind } from "@stockbook/core";
import type { KindGrain } from "@stockbook/engine";
import { DamagedRow } from "./SqliteErrors.js";

/** Fixed for ever: they stand in the files. */
export const BUCKET_CODES: { readonly [bucket in Bucket]: number } = {
  available: 0,
  reserved: 1,
  unavailable: 2,
};

/** Fixed for ever: they stand in the files. */
export const GRAIN_CODES: { readonly [grain in KindGrain]: number } = { hour: 0, day: 1 };

/** A movement goes by its kind, any other entry by its type. */
export type Kind = Exclude<EntryType, "movement"> | MovementKind;

/** Fixed for ever: they stand in the files. */
export const KIND_CODES: { readonly [kind in Kind]: number } = {
  opened: 1,
  "item-put": 2,
  "category-put": 3,
  "manufacturer-put": 4,
  "location-put": 5,
  "threshold-set": 6,
  "threshold-removed": 7,
  depleted: 8,
  replenished: 9,
  refused: 10,
  receive: 32,
  issue: 33,
  transfer: 34,
  dispatch: 35,
  arrive: 36,
  adjust: 37,
  count: 38,
  reserve: 39,
  release: 40,
  fulfil: 41,
  hold: 42,
  unhold: 43,
  reverse: 44,
};

/** The codes of movements. */
export const MOVEMENT_CODES: readonly number[] = Object.values(KIND_CODES).filter(isMovement);

const buckets = inverse(BUCKET_CODES);
const kinds = inverse(KIND_CODES);

export function isMovement(code: number): boolean {
  return code >= KIND_CODES.receive;
}

export function bucketOf(code: number): Bucket {
  return named(buckets, code, "bucket");
}

export function kindOf(code: number): Kind {
  return named(kinds, code, "kind of entry");
}

function inverse<Name extends string>(
  codes: { readonly [name in Name]: number },
): ReadonlyMap<number, Name> {
  // Object.entries widens the keys.
  const entries = Object.entries(codes) as [Name, number][];
  return new Map(entries.map(([name, code]) => [code, name]));
}

function named<Name>(names: ReadonlyMap<number, Name>, code: number, what: string): Name {
  const name = names.get(code);
  if (name === undefined) throw new DamagedRow(`there is no ${what} ${code}`);
  return name;
}
