/** The API as a contract: server, document, collection and clients are derived from it. */
import { HttpApi, HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { admits, tagsContent } from "@stockbook/http/contract";
import { Schema } from "effect";
import {
  DayParam,
  FlagParam,
  IdParam,
  optional,
  pageParams,
  SearchParam,
  TypeParam,
} from "./Fields.js";
import * as Views from "./Views.js";

/** Rows of a page, where nothing else is asked for. */
export const PER_PAGE = { items: 20, reports: 50 } as const;

export const Meta = HttpApiGroup.make("meta")
  .add(
    HttpApiEndpoint.get("health", "/public/v1/health")
      .addSuccess(Views.success("HealthAnswer", Views.Health))
      .annotate(OpenApi.Summary, "Whether the token works")
      .pipe(admits("meta.read")),
  )
  .add(
    HttpApiEndpoint.get("company", "/public/v1/meta/company")
      .addSuccess(Views.success("CompanyAnswer", Views.Company))
      .annotate(OpenApi.Summary, "The company of the host")
      .pipe(admits("meta.read"), tagsContent),
  )
  .annotate(OpenApi.Title, "Meta")
  .annotate(OpenApi.Description, "Whether a token works, and for which company.");

export const Items = HttpApiGroup.make("items")
  .add(
    HttpApiEndpoint.get("list", "/public/v1/items")
      .setUrlParams(
        Schema.Struct({
          q: optional(SearchParam),
          is_active: optional(FlagParam("Only active items, or only the others.")),
          category_id: optional(IdParam("Of this category and of those below it.")),
          ...pageParams(PER_PAGE.items),
        }),
      )
      .addSuccess(Views.page("ItemPage", Views.Item))
      .annotate(OpenApi.Summary, "Items, those that match")
      .pipe(admits("item.read"), tagsContent),
  )
  .add(
    HttpApiEndpoint.get("get", "/public/v1/items/:id")
      // Whatever stands there, it is a thing that is not found where it is no ID.
      .setPath(
        Schema.Struct({
          id: Schema.String.annotations({
            description: "Of an item.",
            jsonSchema: { type: "string", format: "uuid" },
          }),
        }),
      )
      .addSuccess(Views.success("ItemAnswer", Views.Item))
      .annotate(OpenApi.Summary, "One item")
      .pipe(admits("item.read"), tagsContent),
  )
  .annotate(OpenApi.Title, "Items")
  .annotate(OpenApi.Description, "What is kept in stock.");

export const Categories = HttpApiGroup.make("categories")
  .add(
    HttpApiEndpoint.get("list", "/public/v1/item-categories")
      .addSuccess(Views.success("ItemCategoryList", Schema.Array(Views.Category)))
      .annotate(OpenApi.Summary, "All item categories")
      .pipe(admits("category.read"), tagsContent),
  )
  .annotate(OpenApi.Title, "Item categories")
  .annotate(OpenApi.Description, "A tree that items are put in.");

export const Locators = HttpApiGroup.make("locators")
  .add(
    HttpApiEndpoint.get("list", "/public/v1/locators")
      .addSuccess(Views.success("LocatorList", Schema.Array(Views.Locator)))
      .annotate(OpenApi.Summary, "All warehouses")
      .pipe(admits("locator.read"), tagsContent),
  )
  .annotate(OpenApi.Title, "Warehouses")
  .annotate(OpenApi.Description, "Where items are kept; the API calls them locators.");

const DATES = {
  date_from: optional(
    DayParam("The first day, in the company's time zone; from the beginning, if left out."),
  ),
  date_to: optional(DayParam("The last day, in the company's time zone; until now, if left out.")),
};

export const Stock = HttpApiGroup.make("stock")
  .add(
    HttpApiEndpoint.get("summary", "/public/v1/stock/summary")
      .setUrlParams(
        Schema.Struct({
          ...DATES,
          locator_id: optional(IdParam("Only this warehouse.")),
          item_id: optional(IdParam("Only this item.")),
          category_id: optional(IdParam("Of this category and of those below it.")),
          ...pageParams(PER_PAGE.reports),
        }),
      )
      .addSuccess(Views.page("StockSummary", Views.SummaryRow))
      .annotate(OpenApi.Summary, "Balances of every item at every warehouse")
      .pipe(admits("stock.read"), tagsContent),
  )
  .add(
    HttpApiEndpoint.get("detail", "/public/v1/stock/detail")
      .setUrlParams(
        Schema.Struct({
          locator_id: IdParam("The warehouse."),
          item_id: optional(IdParam("Only this item.")),
          transaction_type: optional(TypeParam),
          ...DATES,
          ...pageParams(PER_PAGE.reports),
        }),
      )
      .addSuccess(Views.page("StockDetail", Views.DetailRow))
      .annotate(OpenApi.Summary, "The stock card of a warehouse")
      .pipe(admits("stock.read"), tagsContent),
  )
  .annotate(OpenApi.Title, "Stock")
  .annotate(OpenApi.Description, "What there was, what came and went, what there is.");

export class KartuStokApi extends HttpApi.make("kartustok")
  .add(Meta)
  .add(Items)
  .add(Categories)
  .add(Locators)
  .add(Stock)
  // Named, although no endpoint refers to it under its name.
  .annotate(HttpApi.AdditionalSchemas, [Views.ErrorAnswer])
  .annotate(OpenApi.Title, "KartuStok")
  .annotate(OpenApi.Version, "1")
  .annotate(OpenApi.License, {
    name: "Apache 2.0",
    url: "https://www.apache.org/licenses/LICENSE-2.0",
  })
  .annotate(
    OpenApi.Description,
    "A read-only API over the stock of one company, which the host names. Quantities are in the item's unit, days are days of the company's time zone.",
  ) {}
