/** Commands on the wire: the core's own, with moments as text. */
import { Schema } from "effect";
import {
  Amount,
  AttributeChanges,
  Currency,
  Id,
  Moment,
  optional,
  QuantityInput,
  Sequence,
} from "./Fields.js";

const OPTIONS = {
  idempotencyKey: optional(
    Schema.String.annotations({
      description:
        "The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command.",
    }),
  ),
} as const;

const MOVEMENT = {
  occurredAt: optional(Moment),
  reference: optional(Schema.String.pipe(Schema.maxLength(255))),
  note: optional(Schema.String.pipe(Schema.maxLength(2_000))),
  reason: optional(
    Schema.String.pipe(Schema.maxLength(255)).annotations({ description: "Why it was done." }),
  ),
  actor: optional(
    Schema.String.pipe(Schema.maxLength(255)).annotations({ description: "Who did it." }),
  ),
  ...OPTIONS,
} as const;

const LINE = {
  item: Id,
  quantity: QuantityInput,
  lot: optional(Schema.String.pipe(Schema.minLength(1), Schema.maxLength(64))),
} as const;

const Line = Schema.Struct(LINE).annotations({ identifier: "Line" });

const CostLine = Schema.Struct({
  ...LINE,
  unitCost: optional(Amount),
  cost: optional(Amount),
}).annotations({
  identifier: "CostLine",
  description: "A line that may say what it cost: for one unit, or (`cost`) for the whole line.",
});

const CountLine = Schema.Struct({ ...LINE, expected: optional(QuantityInput) }).annotations({
  identifier: "CountLine",
  description: "What was counted, and what the book is expected to say.",
});

/** The core refuses more lines, and says so better than a schema would. */
const lines = <A, I>(line: Schema.Schema<A, I>) => Schema.Array(line);

const command = <Type extends string, Fields extends Schema.Struct.Fields>(
  type: Type,
  fields: Fields,
) => Schema.Struct({ type: Schema.Literal(type), ...fields });

const Receive = command("receive", {
  location: Id,
  from: optional(Schema.Literal("supplier", "customer")),
  lines: lines(CostLine),
  ...MOVEMENT,
}).annotations({ identifier: "Receive", description: "Goods come in." });

const Issue = command("issue", {
  location: Id,
  to: optional(Schema.Literal("customer", "supplier")),
  lines: lines(Line),
  ...MOVEMENT,
  // Not `Issue`: the library has a schema of its own under that name.
}).annotations({ identifier: "GoodsIssue", description: "Goods go out." });

const ROUTE = { from: Id, to: Id, lines: lines(Line), ...MOVEMENT } as const;

const Transfer = command("transfer", ROUTE).annotations({
  identifier: "Transfer",
  description: "Goods change their place at once.",
});

const Dispatch = command("dispatch", ROUTE).annotations({
  identifier: "Dispatch",
  description: "Goods leave for another place and are in transit until they arrive.",
});

const Arrive = command("arrive", {
  shipment: Sequence,
  lines: optional(lines(Line)),
  ...MOVEMENT,
}).annotations({ identifier: "Arrive", description: "A shipment, or part of it, arrives." });

const Adjust = command("adjust", {
  location: Id,
  lines: lines(CostLine),
  ...MOVEMENT,
}).annotations({
  identifier: "Adjust",
  description: "Goods are found (above 0) or lost (below 0).",
});

const AT_LOCATION = { location: Id, lines: lines(Line), ...MOVEMENT } as const;

const Hold = command("hold", AT_LOCATION).annotations({
  identifier: "Hold",
  description: "Goods are set aside as unavailable.",
});

const Unhold = command("unhold", AT_LOCATION).annotations({
  identifier: "Unhold",
  description: "Unavailable goods become available again.",
});

const Reverse = command("reverse", { sequence: Sequence, ...MOVEMENT }).annotations({
  identifier: "Reverse",
  description: "The exact opposite of an earlier movement.",
});

/** Commands without their type: of endpoints that say it themselves. */
export const COUNT = { location: Id, lines: lines(CountLine), ...MOVEMENT } as const;
export const RESERVE = AT_LOCATION;
export const DRAW = { lines: optional(lines(Line)), ...MOVEMENT } as const;
export const THRESHOLD = {
  minimum: QuantityInput,
  maximum: optional(QuantityInput),
  orderMultiple: optional(QuantityInput),
  minimumOrder: optional(QuantityInput),
  maximumOrder: optional(QuantityInput),
  ...OPTIONS,
} as const;
export const ITEM = {
  sku: optional(Id),
  name: optional(Schema.String.pipe(Schema.maxLength(500))),
  unit: optional(Schema.String.pipe(Schema.maxLength(50))),
  precision: optional(
    Schema.Int.annotations({ jsonSchema: { type: "integer", minimum: 0, maximum: 6 } }),
  ),
  currency: optional(Currency),
  unitCost: optional(Schema.NullOr(Amount)),
  negativePolicy: optional(Schema.NullOr(Schema.Literal("deny", "allow"))),
  category: optional(Schema.NullOr(Id)),
  manufacturer: optional(Schema.NullOr(Id)),
  attributes: optional(AttributeChanges),
  archived: optional(Schema.Boolean),
} as const;
export const CATEGORY = {
  name: optional(Schema.String.pipe(Schema.maxLength(500))),
  parent: optional(Schema.NullOr(Id)),
} as const;
export const MANUFACTURER = {
  name: optional(Schema.String.pipe(Schema.maxLength(500))),
} as const;
export const LOCATION = {
  name: optional(Schema.String.pipe(Schema.maxLength(500))),
  code: optional(Schema.NullOr(Schema.String.pipe(Schema.maxLength(100)))),
  kind: optional(Schema.String.pipe(Schema.maxLength(100))),
  parent: optional(Schema.NullOr(Id)),
  attributes: optional(AttributeChanges),
  archived: optional(Schema.Boolean),
} as const;

/** What `POST /v1/movements` takes. */
export const MovementCommand = Schema.Union(
  Receive,
  Issue,
  Transfer,
  Dispatch,
  Arrive,
  Adjust,
  Hold,
  Unhold,
  Reverse,
).annotations({ identifier: "MovementCommand" });

/** Every command of the ledger, as batches and previews take them. */
export const AnyCommand = Schema.Union(
  ...MovementCommand.members,
  command("count", COUNT).annotations({ identifier: "Count" }),
  command("reserve", RESERVE).annotations({ identifier: "Reserve" }),
  command("release", { reservation: Sequence, ...DRAW }).annotations({ identifier: "Release" }),
  command("fulfil", { reservation: Sequence, ...DRAW }).annotations({ identifier: "Fulfil" }),
  command("set-threshold", { item: Id, location: Id, ...THRESHOLD }).annotations({
    identifier: "SetThreshold",
  }),
  command("remove-threshold", { item: Id, location: Id, ...OPTIONS }).annotations({
    identifier: "RemoveThreshold",
  }),
  command("put-item", { id: optional(Id), ...ITEM, ...OPTIONS }).annotations({
    identifier: "PutItem",
  }),
  command("put-category", { id: Id, ...CATEGORY, ...OPTIONS }).annotations({
    identifier: "PutCategory",
  }),
  command("put-manufacturer", { id: Id, ...MANUFACTURER, ...OPTIONS }).annotations({
    identifier: "PutManufacturer",
  }),
  command("put-location", { id: Id, ...LOCATION, ...OPTIONS }).annotations({
    identifier: "PutLocation",
  }),
).annotations({ identifier: "AnyCommand" });
