/** Items, categories, manufacturers, locations: what there is to keep, and where. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { CATEGORY, ITEM, LOCATION, MANUFACTURER } from "./Commands.js";
import { admits, givesEtag, heedsMatch, onceByKey, streamed } from "./Endpoints.js";
import { FlagParam, Id, optional, PAGE_PARAMS } from "./Fields.js";
import * as Views from "./Views.js";

const byId = Schema.Struct({ id: Id });

/** A body that creates a thing, or changes the fields that are given. */
const changes = <Fields extends Schema.Struct.Fields>(name: string, fields: Fields) =>
  Schema.Struct(fields).annotations({ identifier: name });

const PUT =
  "Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.";

export const Items = HttpApiGroup.make("items")
  .add(
    HttpApiEndpoint.get("list", "/v1/items")
      .setUrlParams(
        Schema.Struct({
          query: optional(
            Schema.String.pipe(Schema.maxLength(200)).annotations({
              description: "Part of SKU or name, without regard to case.",
            }),
          ),
          category: optional(Id),
          manufacturer: optional(Id),
          archived: optional(FlagParam),
          ...PAGE_PARAMS,
        }),
      )
      .addSuccess(Views.ItemPage)
      .annotate(OpenApi.Summary, "All items, or those that match")
      .pipe(admits("catalogue:read"), streamed("cursor")),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/items/:id")
      .setPath(byId)
      .addSuccess(Views.Item)
      .annotate(OpenApi.Summary, "One item")
      .pipe(admits("catalogue:read"), givesEtag),
  )
  .add(
    HttpApiEndpoint.put("put", "/v1/items/:id")
      .setPath(byId)
      .setPayload(changes("ItemChanges", ITEM))
      .addSuccess(Views.Item)
      .annotate(OpenApi.Summary, "Create or change an item")
      .annotate(OpenApi.Description, PUT)
      .pipe(admits("catalogue:write"), givesEtag, heedsMatch, onceByKey),
  )
  .annotate(OpenApi.Title, "Items")
  .annotate(
    OpenApi.Description,
    "What there is to keep, each under an id and a SKU, in a unit of its own.",
  );

export const Categories = HttpApiGroup.make("categories")
  .add(
    HttpApiEndpoint.get("list", "/v1/categories")
      .addSuccess(Views.CategoryList)
      .annotate(OpenApi.Summary, "All categories")
      .pipe(admits("catalogue:read")),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/categories/:id")
      .setPath(byId)
      .addSuccess(Views.Category)
      .annotate(OpenApi.Summary, "One category")
      .pipe(admits("catalogue:read"), givesEtag),
  )
  .add(
    HttpApiEndpoint.put("put", "/v1/categories/:id")
      .setPath(byId)
      .setPayload(changes("CategoryChanges", CATEGORY))
      .addSuccess(Views.Category)
      .annotate(OpenApi.Summary, "Create or change a category")
      .annotate(OpenApi.Description, PUT)
      .pipe(admits("catalogue:write"), givesEtag, heedsMatch, onceByKey),
  )
  .annotate(OpenApi.Title, "Categories")
  .annotate(OpenApi.Description, "A tree that items are put in.");

export const Manufacturers = HttpApiGroup.make("manufacturers")
  .add(
    HttpApiEndpoint.get("list", "/v1/manufacturers")
      .addSuccess(Views.ManufacturerList)
      .annotate(OpenApi.Summary, "All manufacturers")
      .pipe(admits("catalogue:read")),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/manufacturers/:id")
      .setPath(byId)
      .addSuccess(Views.Manufacturer)
      .annotate(OpenApi.Summary, "One manufacturer")
      .pipe(admits("catalogue:read"), givesEtag),
  )
  .add(
    HttpApiEndpoint.put("put", "/v1/manufacturers/:id")
      .setPath(byId)
      .setPayload(changes("ManufacturerChanges", MANUFACTURER))
      .addSuccess(Views.Manufacturer)
      .annotate(OpenApi.Summary, "Create or change a manufacturer")
      .annotate(OpenApi.Description, PUT)
      .pipe(admits("catalogue:write"), givesEtag, heedsMatch, onceByKey),
  )
  .annotate(OpenApi.Title, "Manufacturers")
  .annotate(OpenApi.Description, "Who makes the items.");

export const Locations = HttpApiGroup.make("locations")
  .add(
    HttpApiEndpoint.get("list", "/v1/locations")
      .addSuccess(Views.LocationList)
      .annotate(OpenApi.Summary, "All locations; each names its parent")
      .pipe(admits("catalogue:read")),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/locations/:id")
      .setPath(byId)
      .addSuccess(Views.Location)
      .annotate(OpenApi.Summary, "One location")
      .pipe(admits("catalogue:read"), givesEtag),
  )
  .add(
    HttpApiEndpoint.put("put", "/v1/locations/:id")
      .setPath(byId)
      .setPayload(changes("LocationChanges", LOCATION))
      .addSuccess(Views.Location)
      .annotate(OpenApi.Summary, "Create or change a location; a new parent moves it")
      .annotate(OpenApi.Description, PUT)
      .pipe(admits("catalogue:write"), givesEtag, heedsMatch, onceByKey),
  )
  .annotate(OpenApi.Title, "Locations")
  .annotate(OpenApi.Description, "A tree of places: warehouses, shops, shelves.");
