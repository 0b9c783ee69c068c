/** What is answered: the engine's own views, with moments as text. */
import { REJECTIONS } from "@stockbook/core";
import { EVENT_TYPES, MOVEMENT_KINDS } from "@stockbook/engine";
import { Schema } from "effect";
import {
  Amount,
  Attributes,
  Bucket,
  Currency,
  Id,
  Moment,
  pageOf,
  Quantity,
  Sequence,
} from "./Fields.js";

const named = (identifier: string, description?: string) =>
  description === undefined ? { identifier } : { identifier, description };

const Text = Schema.String;

// ── catalogue ────────────────────────────────────────────────────────────────────────────

export const Item = Schema.Struct({
  id: Id,
  sku: Id,
  name: Text,
  unit: Text,
  precision: Schema.Int,
  currency: Currency,
  unitCost: Schema.NullOr(Amount),
  negativePolicy: Schema.NullOr(Schema.Literal("deny", "allow")),
  category: Schema.NullOr(Id),
  manufacturer: Schema.NullOr(Id),
  attributes: Attributes,
  archived: Schema.Boolean,
}).annotations(named("Item"));

export const Category = Schema.Struct({
  id: Id,
  name: Text,
  parent: Schema.NullOr(Id),
}).annotations(named("Category"));

export const Manufacturer = Schema.Struct({ id: Id, name: Text }).annotations(
  named("Manufacturer"),
);

export const Location = Schema.Struct({
  id: Id,
  name: Text,
  code: Schema.NullOr(Text),
  kind: Text,
  parent: Schema.NullOr(Id),
  attributes: Attributes,
  archived: Schema.Boolean,
}).annotations(named("Location"));

export const ItemPage = pageOf("ItemPage", Item);
export const CategoryList = Schema.Struct({ rows: Schema.Array(Category) }).annotations(
  named("CategoryList"),
);
export const ManufacturerList = Schema.Struct({ rows: Schema.Array(Manufacturer) }).annotations(
  named("ManufacturerList"),
);
export const LocationList = Schema.Struct({ rows: Schema.Array(Location) }).annotations(
  named("LocationList"),
);

// ── what a command came to ───────────────────────────────────────────────────────────────

const EventTypeName = Schema.Literal(...EVENT_TYPES).annotations(named("EventType"));

export const Receipt = Schema.Struct({
  result: Schema.Literal("accepted", "repeated"),
  sequence: Sequence.annotations({
    description:
      "Of the first entry; also the number of the reservation or shipment that it opened.",
  }),
  occurredAt: Moment,
  recordedAt: Moment,
  entries: Schema.Array(Schema.Struct({ sequence: Sequence, type: EventTypeName })).annotations({
    description: "What the command made happen, thresholds crossed included.",
  }),
}).annotations(
  named("Receipt", "The answer to a command that is done; `repeated`: it had been done before."),
);

// ── stock ────────────────────────────────────────────────────────────────────────────────

const Stock = Schema.Struct({
  item: Id,
  sku: Text,
  name: Text,
  unit: Text,
  location: Text,
  lot: Schema.NullOr(Text),
  onHand: Quantity,
  available: Quantity,
  reserved: Quantity,
  unavailable: Quantity,
  value: Amount,
  currency: Currency,
}).annotations(named("Stock", "onHand = available + reserved + unavailable."));

export const StockPage = pageOf("StockPage", Stock);

const MovementKind = Schema.Literal(...MOVEMENT_KINDS).annotations(named("MovementKind"));

const CardRow = Schema.Struct({
  sequence: Sequence,
  occurredAt: Moment,
  recordedAt: Moment,
  kind: MovementKind,
  reference: Schema.NullOr(Text),
  note: Schema.NullOr(Text),
  in: Quantity,
  out: Quantity,
  onHand: Quantity,
  available: Quantity,
  value: Amount,
  counterpart: Text,
}).annotations(named("CardRow", "A movement of an item at a location, with what it left."));

export const Card = Schema.Struct({
  item: Item,
  location: Location,
  opening: Quantity,
  openingAvailable: Quantity,
  rows: Schema.Array(CardRow),
  closing: Quantity,
  next: Schema.NullOr(Text),
}).annotations(named("Card", "opening + in − out = closing."));

export const Commitment = Schema.Struct({
  sequence: Sequence,
  lines: Schema.Array(
    Schema.Struct({ item: Id, lot: Schema.NullOr(Text), location: Text, quantity: Quantity }),
  ),
}).annotations(named("Commitment", "What is still open of a reservation or a shipment."));

export const CommitmentPage = pageOf("CommitmentPage", Commitment);

// ── thresholds and the plan ──────────────────────────────────────────────────────────────

const Threshold = Schema.Struct({
  item: Id,
  sku: Text,
  name: Text,
  unit: Text,
  location: Id,
  minimum: Quantity,
  maximum: Quantity.annotations({ description: "0: none." }),
  quantity: Quantity.annotations({ description: "On hand in the location and all below it." }),
  depleted: Schema.Boolean,
  replenishment: Quantity,
}).annotations(named("Threshold"));

export const ThresholdPage = pageOf("ThresholdPage", Threshold);

const PlanDerivation = Schema.Struct({
  position: Quantity.annotations({ description: "On hand + incoming − reserved." }),
  trigger: Quantity.annotations({ description: "Below this, one orders." }),
  target: Quantity.annotations({ description: "Up to this, one orders." }),
  need: Quantity,
  afterMinimum: Quantity,
  afterRounding: Quantity,
  quantity: Quantity.annotations({ description: "After the largest order was seen to." }),
  shortOf: Schema.Literal("nothing", "maximum-order", "rounding"),
}).annotations(named("PlanDerivation"));

const PlanRow = Schema.Struct({
  item: Id,
  sku: Text,
  name: Text,
  unit: Text,
  location: Id,
  quantity: Quantity,
  onHand: Quantity,
  incoming: Quantity,
  reserved: Quantity,
  derivation: PlanDerivation,
}).annotations(named("PlanRow", "What to order, and every step that leads there."));

export const PlanList = Schema.Struct({ rows: Schema.Array(PlanRow) }).annotations(
  named("PlanList"),
);

// ── transactions ─────────────────────────────────────────────────────────────────────────

const TransactionLine = Schema.Struct({
  item: Id,
  sku: Text,
  name: Text,
  lot: Schema.NullOr(Text),
  from: Text,
  fromBucket: Bucket,
  to: Text,
  toBucket: Bucket,
  quantity: Quantity,
  value: Amount,
  currency: Currency,
}).annotations(
  named("TransactionLine", "Locations that begin with @ stand for the world outside."),
);

export const Transaction = Schema.Struct({
  sequence: Sequence,
  kind: MovementKind,
  occurredAt: Moment,
  recordedAt: Moment,
  reference: Schema.NullOr(Text),
  note: Schema.NullOr(Text),
  reason: Schema.NullOr(Text),
  actor: Schema.NullOr(Text),
  reservation: Schema.NullOr(Sequence),
  shipment: Schema.NullOr(Sequence),
  reverses: Schema.NullOr(Sequence),
  lines: Schema.Array(TransactionLine),
}).annotations(named("Transaction"));

export const TransactionPage = pageOf("TransactionPage", Transaction);

const Money = Schema.Struct({ amount: Amount, currency: Currency }).annotations(named("Money"));

export const TransactionStatistics = Schema.Struct({
  transactions: Schema.Int,
  lines: Schema.Int,
  kinds: Schema.Array(
    Schema.Struct({
      kind: MovementKind,
      transactions: Schema.Int,
      lines: Schema.Int,
      value: Schema.Array(Money),
    }),
  ),
}).annotations(named("TransactionStatistics"));

const ValuationRow = Schema.Struct({
  item: Id,
  sku: Text,
  name: Text,
  unit: Text,
  location: Id,
  onHand: Quantity,
  value: Amount,
  currency: Currency,
}).annotations(named("ValuationRow"));

export const Valuation = Schema.Struct({
  rows: Schema.Array(ValuationRow),
  next: Schema.NullOr(Text),
  totals: Schema.Array(Money).annotations({
    description: "Over everything that was asked for, not this page alone.",
  }),
}).annotations(named("Valuation"));

// ── events ───────────────────────────────────────────────────────────────────────────────

const event = <Type extends (typeof EVENT_TYPES)[number], A, I>(
  type: Type | readonly [Type, ...Type[]],
  name: string,
  data: Schema.Schema<A, I>,
) =>
  Schema.Struct({
    sequence: Sequence,
    type: Schema.Literal(...((Array.isArray(type) ? type : [type]) as [Type, ...Type[]])),
    occurredAt: Moment,
    recordedAt: Moment,
    data,
  }).annotations(named(name));

const Crossing = Schema.Struct({
  item: Id,
  sku: Text,
  location: Id,
  previous: Quantity,
  quantity: Quantity,
  minimum: Quantity,
  maximum: Quantity,
  replenishment: Quantity,
  cause: Sequence,
}).annotations(named("Crossing", "A threshold rule was crossed by the entry `cause`."));

const ThresholdRule = Schema.Struct({
  item: Id,
  location: Id,
  minimum: Quantity,
  maximum: Quantity,
  orderMultiple: Quantity,
  minimumOrder: Quantity,
  maximumOrder: Quantity,
}).annotations(named("ThresholdRule"));

export const LedgerSettings = Schema.Struct({
  timeZone: Text,
  currency: Currency,
  negativePolicy: Schema.Literal("deny", "allow"),
}).annotations(named("LedgerSettings"));

export const Rejection = Schema.Struct({
  code: Schema.Literal(...REJECTIONS.map(({ code }) => code)),
  message: Text,
  line: Schema.optional(Schema.Int),
  field: Schema.optional(Text),
  item: Schema.optional(Text),
  location: Schema.optional(Text),
  lot: Schema.optional(Text),
  bucket: Schema.optional(Bucket),
  wanted: Schema.optional(Quantity),
  available: Schema.optional(Quantity),
  sequence: Schema.optional(Schema.Int),
  at: Schema.optional(Moment),
  given: Schema.optional(Text),
  expected: Schema.optional(Text),
}).annotations(named("Rejection", "Why the ledger's rules refuse a command."));

export const Event = Schema.Union(
  event("stock.moved", "StockMoved", Transaction),
  event(["stock.depleted", "stock.replenished"], "StockCrossed", Crossing),
  event("item.changed", "ItemChanged", Item),
  event("category.changed", "CategoryChanged", Category),
  event("manufacturer.changed", "ManufacturerChanged", Manufacturer),
  event("location.changed", "LocationChanged", Location),
  event("threshold.changed", "ThresholdChanged", ThresholdRule),
  event("threshold.removed", "ThresholdRemoved", Schema.Struct({ item: Id, location: Id })),
  event("ledger.opened", "LedgerOpened", LedgerSettings),
  event(
    "command.refused",
    "CommandRefused",
    Schema.Struct({ command: Text, rejection: Rejection }),
  ),
).annotations(named("Event"));

export const EventPage = Schema.Struct({
  rows: Schema.Array(Event),
  after: Sequence.annotations({ description: "Pass it as `after` to go on, now or later." }),
  more: Schema.Boolean.annotations({ description: "Whether there is more already." }),
}).annotations(named("EventPage"));
