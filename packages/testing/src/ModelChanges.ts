/** What the model expects of a movement, from the command's own words. */
import type { Bucket, Command, Entry, Instant, LineInput, MovementCommand } from "@stockbook/core";
import type { Model, Place } from "./Model.js";

/** What a movement does to one bucket of one place. In ledger steps. */
export interface ModelChange extends Place {
  readonly bucket: Bucket;
  readonly quantity: number;
}

/** The two ends that the goods of a command go between. */
interface Route {
  readonly from: string;
  readonly fromBucket: Bucket;
  readonly to: string;
  readonly toBucket: Bucket;
}

export function isMovementCommand(command: Command): command is MovementCommand {
  return !command.type.startsWith("put-") && !command.type.endsWith("-threshold");
}

/**
 * The net changes of a movement that is well formed, places and buckets each once.
 *
 * @param model the book before the movement.
 */
export function changesOf(
  command: MovementCommand,
  occurredAt: Instant,
  model: Model,
): readonly ModelChange[] {
  return netted(rawChanges(command, occurredAt, model)).filter(({ quantity }) => quantity !== 0);
}

/** The changes that lines already booked made, places and buckets each once. */
export function changesBooked(entry: Entry | undefined): readonly ModelChange[] {
  if (entry?.body.type !== "movement") return [];
  const changes = entry.body.lines.flatMap((line) => moved(line, line.quantity, line));
  return netted(changes).filter(({ quantity }) => quantity !== 0);
}

/**
 * Whether a movement takes more than there is, at its own moment or at any later one of the
 * history.
 */
export function isShort(
  changes: readonly ModelChange[],
  occurredAt: Instant,
  model: Model,
): boolean {
  return changes.some((change) => {
    if (change.quantity >= 0 || change.location.startsWith("@")) return false;
    if (change.bucket === "available" && model.policyOf(change.item) === "allow") return false;
    const levels = model.levelsFrom(change, change.bucket, occurredAt);
    return levels.some((level) => level + change.quantity < 0);
  });
}

/** A decimal as ledger steps. */
export function stepsOf(quantity: number | string, precision: number): number {
  const [whole = "", fraction = ""] = String(quantity).split(".");
  return Number(whole + fraction.slice(0, precision).padEnd(precision, "0"));
}

function rawChanges(
  command: MovementCommand,
  occurredAt: Instant,
  model: Model,
): readonly ModelChange[] {
  switch (command.type) {
    case "count":
      return countChanges(command, occurredAt, model);
    case "adjust":
      return command.lines.flatMap((line) => {
        const quantity = stepsOf(line.quantity, model.precisionOf(line.item));
        return moved(placed(line), quantity, route("@adjustment", command.location));
      });
    case "release":
    case "fulfil":
    case "arrive":
      return drawnChanges(command, model);
    case "reverse":
      return oppositeChanges(command.sequence, model);
    default:
      return command.lines.flatMap((line) => {
        const quantity = stepsOf(line.quantity, model.precisionOf(line.item));
        return moved(placed(line), quantity, routeOf(command));
      });
  }
}

type Routed = Exclude<
  MovementCommand,
  { type: "count" | "adjust" | "release" | "fulfil" | "arrive" | "reverse" }
>;

function routeOf(command: Routed): Route {
  switch (command.type) {
    case "receive":
      return route(`@${command.from ?? "supplier"}`, command.location);
    case "issue":
      return route(command.location, `@${command.to ?? "customer"}`);
    case "transfer":
      return route(command.from, command.to);
    case "dispatch":
      return route(command.from, "@transit");
    case "reserve":
      return route(command.location, command.location, "available", "reserved");
    case "hold":
      return route(command.location, command.location, "available", "unavailable");
    case "unhold":
      return route(command.location, command.location, "unavailable", "available");
  }
}

function countChanges(
  command: Extract<MovementCommand, { type: "count" }>,
  occurredAt: Instant,
  model: Model,
): readonly ModelChange[] {
  return command.lines.flatMap((line) => {
    const place = { ...placed(line), location: command.location };
    const { available, reserved, unavailable } = model.balanceAt(place, occurredAt);
    const counted = stepsOf(line.quantity, model.precisionOf(line.item));
    const difference = counted - available - reserved - unavailable;
    return moved(place, difference, route("@adjustment", command.location));
  });
}

function drawnChanges(
  command: Extract<MovementCommand, { type: "release" | "fulfil" | "arrive" }>,
  model: Model,
): readonly ModelChange[] {
  const open =
    command.type === "arrive"
      ? model.shipments.find(({ sequence }) => sequence === command.shipment)
      : model.reservations.find(({ sequence }) => sequence === command.reservation);
  const drawn =
    command.lines?.map((line) => {
      const quantity = stepsOf(line.quantity, model.precisionOf(line.item));
      const location = open?.lines[0]?.location ?? "";
      return { ...placed(line), location, quantity };
    }) ??
    open?.lines ??
    [];
  return drawn.flatMap(({ item, lot, location, quantity }) => {
    const ends = {
      arrive: route("@transit", location),
      fulfil: route(location, "@customer", "reserved"),
      release: route(location, location, "reserved"),
    };
    return moved({ item, lot }, quantity, ends[command.type]);
  });
}

function oppositeChanges(sequence: number, model: Model): readonly ModelChange[] {
  const entry = model.entries.find((one) => one.sequence === sequence);
  if (entry?.body.type !== "movement") return [];
  return entry.body.lines.flatMap((line) => moved(line, 0 - line.quantity, line));
}

function moved(
  { item, lot }: Pick<Place, "item" | "lot">,
  quantity: number,
  { from, fromBucket, to, toBucket }: Route,
): readonly ModelChange[] {
  return [
    { item, lot, location: from, bucket: fromBucket, quantity: 0 - quantity },
    { item, lot, location: to, bucket: toBucket, quantity },
  ];
}

function netted(changes: readonly ModelChange[]): readonly ModelChange[] {
  const net = new Map<string, ModelChange>();
  for (const change of changes) {
    const { item, location, lot, bucket } = change;
    const key = JSON.stringify([item, location, lot, bucket]);
    const quantity = (net.get(key)?.quantity ?? 0) + change.quantity;
    net.set(key, { item, location, lot, bucket, quantity });
  }
  return [...net].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

function placed({ item, lot }: LineInput): Pick<Place, "item" | "lot"> {
  return { item, lot: lot ?? null };
}

function route(
  from: string,
  to: string,
  fromBucket: Bucket = "available",
  toBucket: Bucket = "available",
): Route {
  return { from, fromBucket, to, toBucket };
}
