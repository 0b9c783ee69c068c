/** A year of the demo's shop, as the commands that its book is given. */
import { type Command, toUnits } from "@stockbook/core";
import { type Act, DEMO_KEY, Desk, type Trade } from "./Acts.js";
import { Agenda } from "./Agenda.js";
import { randomFrom } from "./Random.js";
import { refillOf } from "./Rules.js";
import { Shelves } from "./Shelves.js";
import {
  CATEGORIES,
  CURRENCY,
  LOCATIONS,
  PLACES,
  type Place,
  SHOPS,
  WAREHOUSE,
  WARES,
  type Ware,
} from "./Shop.js";
import { ShopFloor } from "./ShopFloor.js";
import { Stockroom } from "./Stockroom.js";

/** The year that a seed stands for: the catalogue, full shelves, then day after day. */
export function yearOf(seed: number): readonly Act[] {
  const agenda = new Agenda();
  const trade: Trade = {
    random: randomFrom(seed),
    agenda,
    shelves: new Shelves(),
    desk: new Desk(agenda),
  };
  const stockroom = new Stockroom(trade);
  const floors = SHOPS.map((shop) => new ShopFloor(trade, shop));
  const tasks = () => [stockroom, ...floors].flatMap((part) => part.tasks());
  const opening = PLACES.map((place) => stockroom.openingStock(place));
  const rules = thresholds();
  return [...catalogue().map(asAct), ...opening, ...rules.map(asAct), ...agenda.through(tasks)];
}

function asAct(command: Command): Act {
  return { type: "command", command };
}

function catalogue(): readonly Command[] {
  return [
    ...LOCATIONS.map(
      (location): Command => ({
        type: "put-location",
        ...location,
        idempotencyKey: `${DEMO_KEY}location:${location.id}`,
      }),
    ),
    ...CATEGORIES.map(
      (category): Command => ({
        type: "put-category",
        ...category,
        idempotencyKey: `${DEMO_KEY}category:${category.id}`,
      }),
    ),
    ...WARES.map(itemCommand),
  ];
}

function itemCommand({ sku, name, unit, precision, category, unitCost }: Ware): Command {
  return {
    type: "put-item",
    ...{ sku, name, unit, precision, category, unitCost },
    currency: CURRENCY,
    idempotencyKey: `${DEMO_KEY}item:${sku}`,
  };
}

function thresholds(): readonly Command[] {
  return PLACES.flatMap((place) => WARES.map((ware) => thresholdCommand(place, ware)));
}

/** Only the supplier's goods come in packs. */
function thresholdCommand(place: Place, ware: Ware): Command {
  const { minimum, maximum } = refillOf(place, ware);
  const units = (quantity: number) => toUnits(quantity, ware.precision);
  return {
    type: "set-threshold",
    item: ware.sku,
    location: place,
    minimum: units(minimum),
    maximum: units(maximum),
    orderMultiple: place === WAREHOUSE ? units(ware.pack) : 0,
    idempotencyKey: `${DEMO_KEY}threshold:${place}:${ware.sku}`,
  };
}
