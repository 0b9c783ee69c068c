/** Handlers of items, their categories, and warehouses. */
import type { Calendar } from "@stockbook/core";
import { type DatedItem, type LedgerService, NotFound } from "@stockbook/engine";
import type { HandlersOfGroup } from "@stockbook/http/kit";
import { Effect } from "effect";
import { type Reading, success } from "./Books.js";
import { type Categories, type Items, type Locators, PER_PAGE } from "./contract/Api.js";
import { localTime } from "./LocalTime.js";
import { askedPage, metaOf, NO_ROWS } from "./Pages.js";
import { type IdOf, idsOf, thingWith, wantedBy } from "./PublicNames.js";

export function itemHandlers(reading: Reading): HandlersOfGroup<typeof Items> {
  return {
    list: ({ urlParams }, context) =>
      reading(context, ({ ledger, calendar }) =>
        Effect.gen(function* () {
          const { q, is_active, category_id, ...page } = urlParams;
          const asked = askedPage(page, PER_PAGE.items);
          const wanted = yield* wantedBy(ledger, category_id === undefined ? {} : { category_id });
          const { rows, total } =
            wanted === undefined
              ? NO_ROWS
              : yield* ledger.itemPage({
                  ...wanted,
                  ...(q !== undefined && { query: q }),
                  ...(is_active !== undefined && { archived: !is_active }),
                  offset: asked.offset,
                  limit: asked.perPage,
                });
          const data = yield* itemViews(ledger, calendar, rows);
          return { ...success(data), meta: metaOf(asked, total) };
        }),
      ),
    get: ({ path: { id } }, context) =>
      reading(context, ({ ledger, calendar }) =>
        Effect.gen(function* () {
          const item = yield* ledger.datedItem(yield* itemWith(ledger, id));
          const [view] = yield* itemViews(ledger, calendar, [item]);
          // There is a view of each item.
          return success(view as NonNullable<typeof view>);
        }),
      ),
  };
}

/** The item that has an ID, whatever is written there. */
export function itemWith(ledger: LedgerService, id: string) {
  return Effect.flatMap(thingWith(ledger, "item", id.toLowerCase()), (item) =>
    item === undefined ? new NotFound({ what: "item", id }) : Effect.succeed(item),
  );
}

function itemViews(ledger: LedgerService, calendar: Calendar, items: readonly DatedItem[]) {
  const categories = items.flatMap(({ category }) => (category === null ? [] : [category]));
  const ids = Effect.all([
    idsOf(
      ledger,
      "item",
      items.map(({ id }) => id),
    ),
    idsOf(ledger, "category", categories),
  ]);
  return Effect.map(ids, ([idOf, categoryIdOf]) =>
    items.map(({ id, sku, name, unit, category, archived, updatedAt }) => ({
      id: idOf(id),
      code: sku,
      name,
      unit,
      category_id: orNull(categoryIdOf, category),
      is_active: !archived,
      updated_at: localTime(calendar, updatedAt),
    })),
  );
}

export function categoryHandlers(reading: Reading): HandlersOfGroup<typeof Categories> {
  return {
    list: (_, context) =>
      reading(context, ({ ledger }) =>
        Effect.gen(function* () {
          const categories = yield* ledger.categories;
          const idOf = yield* idsOf(
            ledger,
            "category",
            categories.map(({ id }) => id),
          );
          return success(
            categories.map(({ id, name, parent }) => ({
              id: idOf(id),
              name,
              parent_id: orNull(idOf, parent),
            })),
          );
        }),
      ),
  };
}

export function locatorHandlers(reading: Reading): HandlersOfGroup<typeof Locators> {
  return {
    list: (_, context) =>
      reading(context, ({ ledger }) =>
        Effect.gen(function* () {
          const locations = yield* ledger.locations;
          const idOf = yield* idsOf(
            ledger,
            "location",
            locations.map(({ id }) => id),
          );
          return success(
            locations.map(({ id, code, name, kind, archived }) => ({
              id: idOf(id),
              code,
              name,
              type: kind,
              is_active: !archived,
            })),
          );
        }),
      ),
  };
}

function orNull(idOf: IdOf, id: string | null): string | null {
  return id === null ? null : idOf(id);
}
