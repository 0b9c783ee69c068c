/** Reading the items of the catalogue. */
import type { Category, Item } from "@stockbook/core";
import { Effect } from "effect";
import { NotFound, type ReadError } from "../Errors.js";
import type { ItemFilter, ItemsRequest, NumberedPage, NumberedRequest, Page } from "../Ledger.js";
import { limitOf, numberedOf, pageOf, positionOf } from "../Paging.js";
import type { ItemRow, ItemScope } from "../Store.js";
import type { DatedItem } from "../Views.js";
import { catalogueOf, type Source } from "./Source.js";

export function readItems(
  source: Source,
  request: ItemsRequest,
): Effect.Effect<Page<Item>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(request);
    const position = yield* positionOf(request, [0] as readonly [number]);
    const after = position === null ? null : position[0];
    const scope = yield* scopeOf(source, request);
    const query = { ...scope, after, limit: limit + 1 };
    const rows = yield* source.store.items(source.ledger, query);
    return pageOf(
      rows,
      limit,
      ({ no }) => [no],
      ({ item }) => item,
    );
  });
}

export function readItemPage(
  source: Source,
  request: ItemFilter & NumberedRequest,
): Effect.Effect<NumberedPage<DatedItem>, ReadError> {
  return Effect.gen(function* () {
    const numbered = yield* numberedOf(request);
    const scope = yield* scopeOf(source, request);
    const { rows, total } = yield* source.store.itemPage(source.ledger, { ...scope, ...numbered });
    return { rows: rows.map(datedItemOf), total };
  });
}

function scopeOf(source: Source, filter: ItemFilter): Effect.Effect<ItemScope, ReadError> {
  const scope: ItemScope = {
    ids: null,
    query: filter.query ?? null,
    name: filter.name ?? null,
    category: filter.category ?? null,
    categories: null,
    manufacturer: filter.manufacturer ?? null,
    archived: filter.archived ?? null,
  };
  const { categoryTree } = filter;
  if (categoryTree === undefined) return Effect.succeed(scope);
  return Effect.flatMap(catalogueOf(source), ({ categories }) =>
    categories.some(({ id }) => id === categoryTree)
      ? Effect.succeed({ ...scope, categories: withSubcategories(categories, categoryTree) })
      : new NotFound({ what: "category", id: categoryTree }),
  );
}

/** A category and all below it; no category is below itself. */
function withSubcategories(categories: readonly Category[], root: string): readonly string[] {
  const childrenOf = new Map<string | null, string[]>();
  for (const { id, parent } of categories) {
    const known = childrenOf.get(parent);
    if (known === undefined) childrenOf.set(parent, [id]);
    else known.push(id);
  }
  const found = [root];
  for (const id of found) found.push(...(childrenOf.get(id) ?? []));
  return found;
}

export function datedItemOf({ item, updatedAt }: Pick<ItemRow, "item" | "updatedAt">): DatedItem {
  return { ...item, updatedAt };
}
