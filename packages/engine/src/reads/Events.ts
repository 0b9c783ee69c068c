/** Reading the feed as events: what happened, told in public ids and the items' units. */
import { type Crossing, type Entry, type Item, type Threshold, toUnits } from "@stockbook/core";
import { Effect } from "effect";
import { InvalidRequest, type ReadError } from "../Errors.js";
import type { EventPage, EventsRequest } from "../Ledger.js";
import { limitOf, MAX_PAGE } from "../Paging.js";
import {
  type CrossingView,
  EVENT_TYPES,
  type EventType,
  type EventView,
  type ThresholdRule,
} from "../Views.js";
import { type ItemsById, itemsById, transactionView } from "./Movements.js";
import type { Source } from "./Source.js";

/** One answer looks through so many pages of entries at most, however few are wanted. */
const MOST_PAGES = 5;

/** Every entry is one event. */
const TYPES: { readonly [type in Entry["body"]["type"]]: EventType } = {
  opened: "ledger.opened",
  movement: "stock.moved",
  depleted: "stock.depleted",
  replenished: "stock.replenished",
  "item-put": "item.changed",
  "category-put": "category.changed",
  "manufacturer-put": "manufacturer.changed",
  "location-put": "location.changed",
  "threshold-set": "threshold.changed",
  "threshold-removed": "threshold.removed",
  refused: "command.refused",
};

/** The type of the event that an entry of this type is. */
export function eventTypeOf(type: Entry["body"]["type"]): EventType {
  return TYPES[type];
}

/** Events after a sequence, in order. */
export function readEvents(
  source: Source,
  request: EventsRequest,
): Effect.Effect<EventPage, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf({ limit: request.limit });
    const start = yield* startOf(request);
    const types = yield* typesOf(request);
    const { found, after, more } = yield* lookThrough(source, start, limit, (entry) =>
      types.has(TYPES[entry.body.type]),
    );
    const items = yield* itemsById(source, found.flatMap(itemsSpokenOf));
    return { rows: found.map((entry) => eventView(entry, items)), after, more };
  });
}

/** The next entries that are wanted, and how far the feed was looked through for them. */
function lookThrough(
  { store, ledger }: Source,
  start: number,
  limit: number,
  wanted: (entry: Entry) => boolean,
) {
  return Effect.gen(function* () {
    const found: Entry[] = [];
    const size = Math.min(MAX_PAGE, Math.max(limit, 100));
    let after = start;
    for (let page = 0; page < MOST_PAGES; page++) {
      const entries: readonly Entry[] = yield* store.entries(ledger, after, size + 1);
      for (const [i, entry] of entries.slice(0, size).entries()) {
        after = entry.sequence;
        if (wanted(entry)) found.push(entry);
        if (found.length === limit) return { found, after, more: i + 1 < entries.length };
      }
      if (entries.length <= size) return { found, after, more: false };
    }
    return { found, after, more: true };
  });
}

function startOf({ after = 0 }: EventsRequest) {
  if (Number.isSafeInteger(after) && after >= 0) return Effect.succeed(after);
  return new InvalidRequest({
    field: "after",
    message: `after must be a sequence, 0 or more, not ${after}`,
  });
}

function typesOf({ types = EVENT_TYPES }: EventsRequest) {
  const unknown = types.find((type) => !EVENT_TYPES.includes(type));
  if (unknown === undefined) return Effect.succeed<ReadonlySet<EventType>>(new Set(types));
  return new InvalidRequest({
    field: "types",
    message: `types must be among ${EVENT_TYPES.join(", ")}, not ${unknown}`,
  });
}

/** The items whose units are needed to tell of an entry. */
function itemsSpokenOf({ body }: Entry): readonly string[] {
  switch (body.type) {
    case "movement":
      return body.lines.map(({ item }) => item);
    case "depleted":
    case "replenished":
    case "threshold-set":
      return [body.threshold.item];
    default:
      return [];
  }
}

function eventView(entry: Entry, items: ItemsById): EventView {
  const { sequence, occurredAt, recordedAt } = entry;
  return { sequence, occurredAt, recordedAt, ...contentOf(entry, items) };
}

type Content = EventView extends infer Event
  ? Event extends EventView
    ? Pick<Event, "type" | "data">
    : never
  : never;

function contentOf({ body, ...position }: Entry, items: ItemsById): Content {
  switch (body.type) {
    case "movement":
      return { type: "stock.moved", data: transactionView({ ...position, body }, items) };
    case "depleted":
      return { type: "stock.depleted", data: crossingView(body, items) };
    case "replenished":
      return { type: "stock.replenished", data: crossingView(body, items) };
    case "item-put":
      return { type: "item.changed", data: body.item };
    case "category-put":
      return { type: "category.changed", data: body.category };
    case "manufacturer-put":
      return { type: "manufacturer.changed", data: body.manufacturer };
    case "location-put":
      return { type: "location.changed", data: body.location };
    case "threshold-set":
      return { type: "threshold.changed", data: ruleOf(body.threshold, items) };
    case "threshold-removed": {
      const { item, location } = body;
      return { type: "threshold.removed", data: { item, location } };
    }
    case "opened":
      return { type: "ledger.opened", data: body.settings };
    case "refused": {
      const { command, rejection } = body;
      return { type: "command.refused", data: { command, rejection } };
    }
  }
}

function crossingView(crossing: Crossing, items: ItemsById): CrossingView {
  const { threshold, cause } = crossing;
  const { sku, precision } = items.get(threshold.item) as Item;
  const units = (quantity: number) => toUnits(quantity, precision);
  return {
    item: threshold.item,
    sku,
    location: threshold.location,
    previous: units(crossing.previous),
    quantity: units(crossing.quantity),
    minimum: units(threshold.minimum),
    maximum: units(threshold.maximum),
    replenishment: units(crossing.replenishment),
    cause,
  };
}

function ruleOf(threshold: Threshold, items: ItemsById): ThresholdRule {
  const { item, location } = threshold;
  const { precision } = items.get(item) as Item;
  const units = (quantity: number) => toUnits(quantity, precision);
  return {
    item,
    location,
    minimum: units(threshold.minimum),
    maximum: units(threshold.maximum),
    orderMultiple: units(threshold.orderMultiple),
    minimumOrder: units(threshold.minimumOrder),
    maximumOrder: units(threshold.maximumOrder),
  };
}
