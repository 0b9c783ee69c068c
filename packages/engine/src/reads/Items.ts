/** Reading the items of the catalogue. */
import type { Item } from "@stockbook/core";
import { Effect } from "effect";
import type { ReadError } from "../Errors.js";
import type { ItemFilter, ItemsRequest, NumberedPage, NumberedRequest, Page } from "../Ledger.js";
import { limitOf, numberedOf, pageOf, positionOf } from "../Paging.js";
import type { ItemRow, ItemScope } from "../Store.js";
import type { DatedItem } from "../Views.js";
import { categoriesBelow } from "./Categories.js";
import type { Source } from "./Source.js";

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

/** A scope that leaves no item out. */
export const ANY_ITEM: ItemScope = {
  ids: null,
  query: null,
  name: null,
  category: null,
  categories: null,
  manufacturer: null,
  archived: null,
};

function scopeOf(source: Source, filter: ItemFilter): Effect.Effect<ItemScope, ReadError> {
  const { query = null, name = null, category = null } = filter;
  const { manufacturer = null, archived = null } = filter;
  return Effect.map(categoriesBelow(source, filter.categoryTree), (categories) => {
    return { ...ANY_ITEM, query, name, category, categories, manufacturer, archived };
  });
}

export function datedItemOf({ item, updatedAt }: Pick<ItemRow, "item" | "updatedAt">): DatedItem {
  return { ...item, updatedAt };
}
