/** The catalogue of products. */

import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { isText } from "@stockbook/core";
import { admits, answeredWith, maxBody, mostFaults, timeLimit } from "@stockbook/http/contract";
import { Schema } from "effect";
import {
  AmountInput,
  CurrencyInput,
  Id,
  Name,
  NewId,
  optional,
  PartNumber,
  text,
} from "./Fields.js";
import * as Views from "./Views.js";

const byId = Schema.Struct({ id: Id });

const Description = Schema.NullOr(text(2_000));
const QrCodes = Schema.NullOr(Schema.Array(text(255)).pipe(Schema.maxItems(100)));

const Image = Schema.NullOr(
  Schema.String.pipe(
    Schema.filter((url) => isText(url, 2_000) && /^https?:/i.test(url) && URL.canParse(url), {
      description: "a URL that begins with http or https, of at most 2,000 characters",
      jsonSchema: { maxLength: 2_000, pattern: "^https?:" },
    }),
  ),
);

/** What can be written of a product; what is left out stays as it is. */
const WRITABLE = {
  unitCostCurrency: optional(CurrencyInput),
  description: optional(Description),
  partNumber: optional(Schema.NullOr(PartNumber)),
  qrCodes: optional(QrCodes),
  categoryId: optional(Schema.NullOr(Id)),
  manufacturerId: optional(Schema.NullOr(Id)),
  image: optional(Image),
} as const;

export const NewProduct = Schema.Struct({
  id: optional(NewId),
  name: Name,
  unitCostAmount: AmountInput,
  ...WRITABLE,
}).annotations({ identifier: "NewProduct" });
export type NewProduct = typeof NewProduct.Type;

export const ProductChanges = Schema.Struct({
  name: optional(Name),
  unitCostAmount: optional(AmountInput),
  ...WRITABLE,
}).annotations({ identifier: "ProductChanges" });
export type ProductChanges = typeof ProductChanges.Type;

export const ImportRow = Schema.Struct({
  partNumber: PartNumber,
  name: Name,
  unitCost: AmountInput,
  description: optional(Description),
  manufacturerName: optional(Schema.NullOr(Name)),
  categoryName: optional(Schema.NullOr(Name)),
  image: optional(Image),
  id: optional(Schema.NullOr(NewId)),
}).annotations({ identifier: "ImportRow" });
export type ImportRow = typeof ImportRow.Type;

const MAX_IMPORT_ROWS = 100_000;
const MAX_IMPORT_BYTES = 67_108_864;
/** A larger answer would help nobody more. */
export const MAX_IMPORT_FAULTS = 1_000;
const IMPORT_TIME_MS = 300_000;

const Import = Schema.Struct({
  products: Schema.Array(ImportRow).pipe(Schema.maxItems(MAX_IMPORT_ROWS)),
}).annotations({ identifier: "Import" });

const CATALOG_ONLY = "Only where the products are kept in the catalogue.";

export const Products = HttpApiGroup.make("products")
  .add(
    HttpApiEndpoint.get("list", "/api/stock/products")
      .setUrlParams(
        Schema.Struct({
          name: optional(
            text(200).annotations({
              description: "Part of the name, without regard to case.",
            }),
          ),
          categoryId: optional(Id),
          query: optional(
            text(200).annotations({
              description: "Part of the name or of the part number, without regard to case.",
            }),
          ),
          ownerId: optional(text(300).annotations({ description: "The caller's own enterprise." })),
        }),
      )
      .addSuccess(Views.ProductList)
      .annotate(OpenApi.Summary, "All products, or those that match")
      .pipe(admits("catalogue:read")),
  )
  .add(
    HttpApiEndpoint.get("get", "/api/stock/products/:id")
      .setPath(byId)
      .addSuccess(Views.Product)
      .annotate(OpenApi.Summary, "One product")
      .pipe(admits("catalogue:read")),
  )
  .add(
    HttpApiEndpoint.post("create", "/api/stock/products")
      .setPayload(NewProduct)
      .addSuccess(answeredWith(201, Views.Message))
      .annotate(OpenApi.Summary, "Make a product")
      .annotate(OpenApi.Description, CATALOG_ONLY)
      .pipe(admits("catalogue:write")),
  )
  .add(
    HttpApiEndpoint.patch("change", "/api/stock/products/:id")
      .setPath(byId)
      .setPayload(ProductChanges)
      .addSuccess(Views.Product)
      .annotate(OpenApi.Summary, "Change the fields that are given")
      .annotate(OpenApi.Description, CATALOG_ONLY)
      .pipe(admits("catalogue:write")),
  )
  .add(
    HttpApiEndpoint.del("remove", "/api/stock/products/:id")
      .setPath(byId)
      .addSuccess(HttpApiSchema.NoContent)
      .annotate(OpenApi.Summary, "Remove a product that has neither stock nor history")
      .annotate(OpenApi.Description, CATALOG_ONLY)
      .pipe(admits("catalogue:write")),
  )
  .add(
    HttpApiEndpoint.post("import", "/api/stock/products/import")
      .setPayload(Import)
      .addSuccess(Views.Imported)
      .annotate(OpenApi.Summary, "Make or change many products by their part numbers")
      .annotate(
        OpenApi.Description,
        `All of them or none. Manufacturers and categories that are missing are made by name. ${CATALOG_ONLY}`,
      )
      .pipe(
        admits("catalogue:write"),
        maxBody(MAX_IMPORT_BYTES),
        mostFaults(MAX_IMPORT_FAULTS),
        timeLimit(IMPORT_TIME_MS),
      ),
  )
  .annotate(OpenApi.Title, "Products")
  .annotate(OpenApi.Description, "What there is to keep.");
