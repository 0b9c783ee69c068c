/** Public names: things of a ledger by the IDs that the API knows them by. */
import type { LedgerService, StoreError } from "@stockbook/engine";
import { Effect } from "effect";

/** Things that have IDs of their own. */
export type Kind = "organisation" | "item" | "category" | "location";

/** The ID of each of these things. */
export type IdOf = (own: string) => string;

export function idsOf(
  ledger: LedgerService,
  kind: Kind,
  own: readonly string[],
): Effect.Effect<IdOf, StoreError> {
  return Effect.map(
    ledger.publicIds(kind, own),
    // All that are asked for have one.
    (ids) => (id) => ids.get(id) as string,
  );
}

/** The thing that has an ID; nothing where none has it. */
export function thingWith(
  ledger: LedgerService,
  kind: Kind,
  id: string,
): Effect.Effect<string | undefined, StoreError> {
  return Effect.map(ledger.ofPublicIds(kind, [id]), (things) => things.get(id));
}

/** Filters of a list by the things they name. */
export interface Filters {
  readonly locator_id?: string;
  readonly item_id?: string;
  readonly category_id?: string;
}

/** The same in the engine's words. */
export interface Wanted {
  readonly location?: string;
  readonly item?: string;
  readonly categoryTree?: string;
}

/** What filters ask for; nothing where one of them names what is not there. */
export function wantedBy(
  ledger: LedgerService,
  { locator_id, item_id, category_id }: Filters,
): Effect.Effect<Wanted | undefined, StoreError> {
  const find = (kind: Kind, id: string | undefined) =>
    id === undefined ? LEFT_OUT : Effect.map(thingWith(ledger, kind, id), (thing) => thing ?? null);
  return Effect.gen(function* () {
    const location = yield* find("location", locator_id);
    const item = yield* find("item", item_id);
    const categoryTree = yield* find("category", category_id);
    if (location === null || item === null || categoryTree === null) return undefined;
    return {
      ...(location !== undefined && { location }),
      ...(item !== undefined && { item }),
      ...(categoryTree !== undefined && { categoryTree }),
    };
  });
}

const LEFT_OUT = Effect.succeed(undefined);
