/** Inventory as files. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { admits, type Files, givesFiles } from "@stockbook/http/contract";
import { Schema } from "effect";
import {
  CSV_MEDIA_TYPE,
  CurrencyInput,
  FILE_FORMATS,
  Id,
  optional,
  XLSX_MEDIA_TYPE,
} from "./Fields.js";

const Format = Schema.Literal(...FILE_FORMATS);

const params = Schema.Struct({
  currency: optional(
    CurrencyInput.annotations({
      description: "Of the amounts; the organisation's, if left out.",
    }),
  ),
});

const files = (example: string): Files => ({
  status: 200,
  chosenBy: "path",
  types: [{ mediaType: CSV_MEDIA_TYPE, example }, { mediaType: XLSX_MEDIA_TYPE }],
});

const CURRENCIES = "Rows in another currency have quantities and no amounts.";

export const Reports = HttpApiGroup.make("reports")
  .add(
    HttpApiEndpoint.get("store", "/api/stock/stores/:id/report.:format")
      .setPath(Schema.Struct({ id: Id, format: Format }))
      .setUrlParams(params)
      .addSuccess(HttpApiSchema.Empty(200))
      .annotate(OpenApi.Summary, "What a store holds, a row for each product")
      .annotate(OpenApi.Description, CURRENCIES)
      .pipe(admits("stock:read"), givesFiles(files("product_id,part_number,name,quantity\r\n"))),
  )
  .add(
    HttpApiEndpoint.get("team", "/api/stock/team/report.:format")
      .setPath(Schema.Struct({ format: Format }))
      .setUrlParams(params)
      .addSuccess(HttpApiSchema.Empty(200))
      .annotate(OpenApi.Summary, "What all stores hold, a row for each store and product")
      .annotate(OpenApi.Description, CURRENCIES)
      .pipe(
        admits("stock:read"),
        givesFiles(files("store_id,store,product_id,part_number,name,quantity\r\n")),
      ),
  )
  .annotate(OpenApi.Title, "Reports")
  .annotate(OpenApi.Description, "Inventory as files.");
