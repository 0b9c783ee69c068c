/** Stock: what moves it, what there is and was, what is low, what to order. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { EVENT_TYPES, MOVEMENT_KINDS } from "@stockbook/engine";
import { Schema } from "effect";
import { AnyCommand, COUNT, DRAW, MovementCommand, RESERVE, THRESHOLD } from "./Commands.js";
import { admits, answeredWith, onceByKey, paged, streamed } from "./Endpoints.js";
import {
  FlagParam,
  Id,
  LimitParam,
  listParam,
  Moment,
  optional,
  PAGE_PARAMS,
  SequenceParam,
} from "./Fields.js";
import * as Views from "./Views.js";

/** A command that was done just now; 200 where it had been done before. */
const Done = Views.Receipt;
const Created = answeredWith(201, Views.Receipt);

const bySequence = Schema.Struct({ sequence: SequenceParam });

const ITEM_AND_PLACE = {
  item: optional(Id),
  location: optional(Id.annotations({ description: "With everything below it." })),
} as const;

export const Movements = HttpApiGroup.make("movements")
  .add(
    HttpApiEndpoint.post("create", "/v1/movements")
      .setPayload(MovementCommand)
      .addSuccess(Created)
      .addSuccess(Done)
      .annotate(OpenApi.Summary, "Move stock: receive, issue, transfer, adjust, reverse …")
      .annotate(
        OpenApi.Description,
        "All lines together or nothing. `occurredAt` may lie in the past; the movement is then judged on every later moment, too.",
      )
      .pipe(admits("stock:write"), onceByKey),
  )
  .add(
    HttpApiEndpoint.post("count", "/v1/counts")
      .setPayload(Schema.Struct(COUNT).annotations({ identifier: "CountInput" }))
      .addSuccess(Created)
      .addSuccess(Done)
      .annotate(OpenApi.Summary, "Book what was counted")
      .pipe(admits("stock:write"), onceByKey),
  )
  .add(
    HttpApiEndpoint.post("batch", "/v1/batches")
      .setPayload(
        Schema.Struct({
          mode: Schema.Literal("each", "all").annotations({
            description: "`all`: together or not at all; `each`: every command for itself.",
          }),
          commands: Schema.Array(AnyCommand).pipe(Schema.maxItems(1_000)),
        }).annotations({ identifier: "Batch" }),
      )
      .addSuccess(
        Schema.Struct({
          results: Schema.Array(
            Schema.Union(
              Views.Receipt,
              Schema.Struct({
                result: Schema.Literal("rejected"),
                rejection: Views.Rejection,
              }).annotations({ identifier: "Refusal" }),
            ),
          ),
        }).annotations({ identifier: "BatchResult" }),
      )
      .annotate(OpenApi.Summary, "Up to 1,000 commands in one request")
      .pipe(admits("stock:write"), onceByKey),
  )
  .add(
    HttpApiEndpoint.post("preview", "/v1/preview")
      .setPayload(
        Schema.Struct({
          commands: Schema.Array(AnyCommand).pipe(Schema.maxItems(1_000)),
        }).annotations({ identifier: "Preview" }),
      )
      .addSuccess(
        Schema.Struct({ results: Schema.Array(Views.Receipt) }).annotations({
          identifier: "PreviewResult",
        }),
      )
      .annotate(OpenApi.Summary, "What commands would come to, one after another; changes nothing")
      .pipe(admits("stock:read")),
  )
  .annotate(OpenApi.Title, "Movements")
  .annotate(OpenApi.Description, "What changes stock. A command is done whole or not at all.");

export const Stock = HttpApiGroup.make("stock")
  .add(
    HttpApiEndpoint.get("list", "/v1/stock")
      .setUrlParams(
        Schema.Struct({
          ...ITEM_AND_PLACE,
          nonZero: optional(FlagParam),
          at: optional(Moment.annotations({ description: "As of this moment; now, if left out." })),
          sequence: optional(SequenceParam),
          recordedAt: optional(Moment),
          ...PAGE_PARAMS,
        }),
      )
      .addSuccess(Views.StockPage)
      .annotate(OpenApi.Summary, "What there is, or was at a moment")
      .annotate(
        OpenApi.Description,
        "With `at`: what had happened up to that moment, lots together; with `sequence` or `recordedAt` besides: as the book stood then.",
      )
      .pipe(admits("stock:read"), streamed("cursor")),
  )
  .add(
    HttpApiEndpoint.get("card", "/v1/stock/card")
      .setUrlParams(
        Schema.Struct({
          item: Id,
          location: Id,
          from: optional(Moment),
          to: optional(Moment.annotations({ description: "Up to, and not at, this moment." })),
          ...PAGE_PARAMS,
        }),
      )
      .addSuccess(Views.Card)
      .annotate(OpenApi.Summary, "What happened to one item at one location")
      .pipe(admits("stock:read"), paged("cursor")),
  )
  .add(
    HttpApiEndpoint.get("valuation", "/v1/valuation")
      .setUrlParams(Schema.Struct({ ...ITEM_AND_PLACE, ...PAGE_PARAMS }))
      .addSuccess(Views.Valuation)
      .annotate(OpenApi.Summary, "What the stock on hand is worth")
      .pipe(admits("stock:read"), paged("cursor")),
  )
  .annotate(OpenApi.Title, "Stock")
  .annotate(OpenApi.Description, "What is there, what was there, and what it is worth.");

const drawn = <Name extends "release" | "fulfil">(name: Name, summary: string) =>
  HttpApiEndpoint.post(name, `/v1/reservations/:sequence/${name}`)
    .setPath(bySequence)
    .setPayload(Schema.Struct(DRAW).annotations({ identifier: "Draw" }))
    .addSuccess(Created)
    .addSuccess(Done)
    .annotate(OpenApi.Summary, summary)
    .pipe(admits("stock:write"), onceByKey);

export const Reservations = HttpApiGroup.make("reservations")
  .add(
    HttpApiEndpoint.get("list", "/v1/reservations")
      .setUrlParams(Schema.Struct(PAGE_PARAMS))
      .addSuccess(Views.CommitmentPage)
      .annotate(OpenApi.Summary, "Open reservations")
      .pipe(admits("stock:read"), streamed("cursor")),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/reservations/:sequence")
      .setPath(bySequence)
      .addSuccess(Views.Commitment)
      .annotate(OpenApi.Summary, "One open reservation")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.post("create", "/v1/reservations")
      .setPayload(Schema.Struct(RESERVE).annotations({ identifier: "ReserveInput" }))
      .addSuccess(Created)
      .addSuccess(Done)
      .annotate(OpenApi.Summary, "Reserve stock for somebody")
      .pipe(admits("stock:write"), onceByKey),
  )
  .add(drawn("release", "Give what is reserved, or part of it, free again"))
  .add(drawn("fulfil", "Hand over what is reserved, or part of it"))
  .annotate(OpenApi.Title, "Reservations")
  .annotate(OpenApi.Description, "Stock that is promised and not yet handed over.");

export const Shipments = HttpApiGroup.make("shipments")
  .add(
    HttpApiEndpoint.get("list", "/v1/shipments")
      .setUrlParams(Schema.Struct(PAGE_PARAMS))
      .addSuccess(Views.CommitmentPage)
      .annotate(OpenApi.Summary, "What is in transit between locations")
      .pipe(admits("stock:read"), streamed("cursor")),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/shipments/:sequence")
      .setPath(bySequence)
      .addSuccess(Views.Commitment)
      .annotate(OpenApi.Summary, "One shipment in transit")
      .pipe(admits("stock:read")),
  )
  .annotate(OpenApi.Title, "Shipments")
  .annotate(
    OpenApi.Description,
    "Stock that has left one location and has not arrived at another.",
  );

const thresholdPath = Schema.Struct({ item: Id, location: Id });

export const Thresholds = HttpApiGroup.make("thresholds")
  .add(
    HttpApiEndpoint.get("list", "/v1/thresholds")
      .setUrlParams(Schema.Struct({ depleted: optional(FlagParam), ...PAGE_PARAMS }))
      .addSuccess(Views.ThresholdPage)
      .annotate(OpenApi.Summary, "Threshold rules, and how the stock stands against them")
      .pipe(admits("stock:read"), streamed("cursor")),
  )
  .add(
    HttpApiEndpoint.get("low", "/v1/low-stock")
      .setUrlParams(Schema.Struct(PAGE_PARAMS))
      .addSuccess(Views.ThresholdPage)
      .annotate(OpenApi.Summary, "What is below its minimum")
      .pipe(admits("stock:read"), streamed("cursor")),
  )
  .add(
    HttpApiEndpoint.put("put", "/v1/items/:item/thresholds/:location")
      .setPath(thresholdPath)
      .setPayload(Schema.Struct(THRESHOLD).annotations({ identifier: "ThresholdInput" }))
      .addSuccess(Done)
      .annotate(OpenApi.Summary, "Set the threshold of an item at a location and all below it")
      .pipe(admits("stock:write"), onceByKey),
  )
  .add(
    HttpApiEndpoint.del("remove", "/v1/items/:item/thresholds/:location")
      .setPath(thresholdPath)
      .addSuccess(Done)
      .annotate(OpenApi.Summary, "Remove a threshold")
      .pipe(admits("stock:write"), onceByKey),
  )
  .add(
    HttpApiEndpoint.get("plan", "/v1/replenishment-plan")
      .addSuccess(Views.PlanList)
      .annotate(OpenApi.Summary, "What to order, and why")
      .pipe(admits("stock:read")),
  )
  .annotate(OpenApi.Title, "Thresholds and replenishment")
  .annotate(OpenApi.Description, "How much there must be, and what to order so that there is.");

const TRANSACTIONS = {
  kinds: optional(listParam(...MOVEMENT_KINDS)),
  ...ITEM_AND_PLACE,
  reference: optional(Schema.String.pipe(Schema.maxLength(255))),
  from: optional(Moment.annotations({ description: "Occurred from this moment on." })),
  to: optional(Moment.annotations({ description: "Occurred before this moment." })),
} as const;

export const Transactions = HttpApiGroup.make("transactions")
  .add(
    HttpApiEndpoint.get("list", "/v1/transactions")
      .setUrlParams(
        Schema.Struct({
          ...TRANSACTIONS,
          order: optional(Schema.Literal("ascending", "descending")),
          ...PAGE_PARAMS,
        }),
      )
      .addSuccess(Views.TransactionPage)
      .annotate(OpenApi.Summary, "Movements with their lines, the latest first")
      .pipe(admits("stock:read"), streamed("cursor")),
  )
  .add(
    HttpApiEndpoint.get("statistics", "/v1/transactions/statistics")
      .setUrlParams(Schema.Struct(TRANSACTIONS))
      .addSuccess(Views.TransactionStatistics)
      .annotate(OpenApi.Summary, "What movements came to, by kind")
      .pipe(admits("stock:read")),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/transactions/:sequence")
      .setPath(bySequence)
      .addSuccess(Views.Transaction)
      .annotate(OpenApi.Summary, "One movement with its lines")
      .pipe(admits("stock:read")),
  )
  .annotate(OpenApi.Title, "Transactions")
  .annotate(
    OpenApi.Description,
    "Movements as they were recorded. Nothing of them is ever changed.",
  );

export const Events = HttpApiGroup.make("events")
  .add(
    HttpApiEndpoint.get("list", "/v1/events")
      .setUrlParams(
        Schema.Struct({
          after: optional(SequenceParam),
          limit: optional(LimitParam),
          types: optional(listParam(...EVENT_TYPES)),
        }),
      )
      .addSuccess(Views.EventPage)
      .annotate(OpenApi.Summary, "Everything that happened after a sequence, in order")
      .annotate(
        OpenApi.Description,
        "Gapless. Go on with `after` of the answer; at the end it gives an empty page, and later what has happened since.",
      )
      .pipe(admits("events:read"), streamed("after")),
  )
  .annotate(OpenApi.Title, "Events")
  .annotate(OpenApi.Description, "Everything that happens, in one order.");
