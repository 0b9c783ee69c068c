/** Reading the items of the catalogue. */
import type { Item } from "@stockbook/core";
import { Effect } from "effect";
import type { ReadError } from "../Errors.js";
import type { ItemFilter, Page } from "../Ledger.js";
import { limitOf, pageOf, positionOf } from "../Paging.js";
import type { Source } from "./Source.js";

export function readItems(
  { store, ledger }: Source,
  filter: ItemFilter,
): Effect.Effect<Page<Item>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(filter);
    const position = yield* positionOf(filter, [0] as readonly [number]);
    const after = position === null ? null : position[0];
    const rows = yield* store.items(ledger, {
      after,
      limit: limit + 1,
      ids: null,
      query: filter.query ?? null,
      category: filter.category ?? null,
      manufacturer: filter.manufacturer ?? null,
      archived: filter.archived ?? null,
    });
    return pageOf(
      rows,
      limit,
      ({ no }) => [no],
      ({ item }) => item,
    );
  });
}
