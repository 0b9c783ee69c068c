/** `evolve`: the state after an entry. Judges nothing: what is recorded has happened. */

import { addTo } from "./Buckets.js";
import type { Item, Location } from "./Catalogue.js";
import type { Entry, Line, Movement } from "./Entry.js";
import {
  addLocation,
  allItems,
  balanceToChange,
  type Commitment,
  dropThreshold,
  type ItemState,
  itemOf,
  type LedgerState,
  type LocationState,
  newItem,
  type OpenLine,
  onHandWithin,
  putThresholds,
} from "./State.js";
import { rulesCounting } from "./ThresholdRules.js";
import { addToTimeline } from "./Timeline.js";

/**
 * Takes an entry into the state, in place, and returns that state.
 *
 * Entries are taken in the order of their sequence; one out of turn is a defect and throws.
 */
export function evolve(state: LedgerState, entry: Entry): LedgerState {
  if (entry.sequence !== state.sequence + 1) {
    throw new RangeError(`entry ${entry.sequence} cannot follow entry ${state.sequence}`);
  }
  apply(state, entry);
  state.sequence = entry.sequence;
  state.recordedAt = entry.recordedAt;
  if (entry.key !== null) {
    const { sequence, fingerprint, span } = entry;
    state.keys.set(entry.key, { sequence, fingerprint, span });
  }
  return state;
}

function apply(state: LedgerState, entry: Entry): void {
  const { body } = entry;
  switch (body.type) {
    case "movement":
      return applyMovement(state, body, entry);
    case "opened":
      state.settings = body.settings;
      return;
    case "item-put":
      return putItem(state, body.item);
    case "category-put":
      state.categories.set(body.category.id, body.category);
      return;
    case "manufacturer-put":
      state.manufacturers.set(body.manufacturer.id, body.manufacturer);
      return;
    case "location-put":
      return putLocation(state, body.location);
    case "threshold-set": {
      const { threshold } = body;
      const item = knownItem(state, threshold.item);
      const location = knownLocation(state, threshold.location);
      const quantity = onHandWithin(item, location);
      putThresholds(item, [{ threshold, location, quantity }]);
      return;
    }
    case "threshold-removed":
      dropThreshold(knownItem(state, body.item), knownLocation(state, body.location));
      return;
    case "depleted":
    case "replenished":
    case "refused":
      return;
  }
}

function applyMovement(state: LedgerState, movement: Movement, entry: Entry): void {
  for (const line of movement.lines) applyLine(state, line, entry);
  if (movement.reservation !== null) {
    const { reservation } = movement;
    for (const line of movement.lines) applyReserved(state, reservation, line);
    closeIfDone(state.reservations, reservation);
  }
  if (movement.shipment !== null) {
    const { shipment, destination } = movement;
    for (const line of movement.lines) applyInTransit(state, shipment, destination ?? "", line);
    closeIfDone(state.shipments, shipment);
  }
  if (movement.reverses !== null) state.reversed.set(movement.reverses, entry.sequence);
}

function applyLine(state: LedgerState, line: Line, entry: Entry): void {
  const item = knownItem(state, line.item);
  const from = knownLocation(state, line.from);
  const to = knownLocation(state, line.to);
  const { quantity, value } = line;
  const source = balanceToChange(item, from, line.lot);
  addTo(source, line.fromBucket, -quantity);
  source.value -= value;
  const target = balanceToChange(item, to, line.lot);
  addTo(target, line.toBucket, quantity);
  target.value += value;

  const { occurredAt } = entry;
  if (occurredAt < source.firstOccurredAt) source.firstOccurredAt = occurredAt;
  if (occurredAt < target.firstOccurredAt) target.firstOccurredAt = occurredAt;
  if (occurredAt > source.lastOccurredAt) source.lastOccurredAt = occurredAt;
  if (occurredAt > target.lastOccurredAt) target.lastOccurredAt = occurredAt;
  if (source.timeline !== undefined || target.timeline !== undefined) {
    addMoves(source, target, line, entry);
  }
  if (item.thresholds.size > 0 && from !== to) {
    countLine(item, from, -quantity);
    countLine(item, to, quantity);
  }
}

type Ends = ReturnType<typeof balanceToChange>;

function addMoves(source: Ends, target: Ends, line: Line, { occurredAt, sequence }: Entry): void {
  const still = { occurredAt, sequence, available: 0, reserved: 0, unavailable: 0 };
  if (source.timeline !== undefined) {
    addToTimeline(source.timeline, { ...still, [line.fromBucket]: -line.quantity });
  }
  if (target.timeline !== undefined) {
    addToTimeline(target.timeline, { ...still, [line.toBucket]: line.quantity });
  }
}

function countLine(item: ItemState, location: LocationState, change: number): void {
  if (location.virtual) return;
  for (const rule of rulesCounting(item, location)) rule.quantity += change;
}

function applyReserved(state: LedgerState, reservation: number, line: Line): void {
  if (line.fromBucket === "reserved") {
    changeOpen(state.reservations, reservation, line, line.from, -line.quantity, 0);
  }
  if (line.toBucket === "reserved") {
    changeOpen(state.reservations, reservation, line, line.to, line.quantity, 0);
  }
}

function applyInTransit(
  state: LedgerState,
  shipment: number,
  destination: string,
  line: Line,
): void {
  if (line.from === "@transit") {
    changeOpen(state.shipments, shipment, line, destination, -line.quantity, -line.value);
  }
  if (line.to === "@transit") {
    changeOpen(state.shipments, shipment, line, destination, line.quantity, line.value);
  }
}

function changeOpen(
  commitments: Map<number, Commitment>,
  sequence: number,
  { item, lot }: Line,
  location: string,
  quantity: number,
  value: number,
): void {
  const commitment = commitments.get(sequence) ?? { sequence, lines: [] };
  commitments.set(sequence, commitment);
  const open = openLine(commitment, { item, lot, location, quantity: 0, value: 0 });
  open.quantity += quantity;
  open.value += value;
}

function openLine(commitment: Commitment, fresh: OpenLine): OpenLine {
  const known = commitment.lines.find(
    (line) =>
      line.item === fresh.item && line.lot === fresh.lot && line.location === fresh.location,
  );
  if (known !== undefined) return known;
  commitment.lines.push(fresh);
  return fresh;
}

function closeIfDone(commitments: Map<number, Commitment>, sequence: number): void {
  const commitment = commitments.get(sequence);
  if (commitment === undefined) return;
  const open = commitment.lines.filter((line) => line.quantity !== 0);
  if (open.length === 0) commitments.delete(sequence);
  else if (open.length < commitment.lines.length)
    commitments.set(sequence, { sequence, lines: open });
}

function putItem(state: LedgerState, item: Item): void {
  const known = itemOf(state, item.id);
  if (known === undefined) {
    const no = ++state.itemCount;
    state.items.set(item.id, newItem(no, item));
  } else {
    if (known.item.sku !== item.sku) state.skus.set(known.item.sku, null);
    known.item = item;
  }
  state.skus.set(item.sku, item.id);
}

function putLocation(state: LedgerState, location: Location): void {
  const known = state.locations.get(location.id);
  if (known === undefined) {
    addLocation(state, location);
    return;
  }
  const moved = known.location.parent !== location.parent;
  known.location = location;
  if (!moved) return;
  known.parent = location.parent === null ? undefined : knownLocation(state, location.parent);
  for (const item of allItems(state)) recount(item);
}

function recount(item: ItemState): void {
  for (const rule of item.thresholds.values()) {
    rule.quantity = onHandWithin(item, rule.location);
  }
}

function knownItem(state: LedgerState, id: string): ItemState {
  const item = itemOf(state, id);
  if (item === undefined) throw new RangeError(`the state lacks item ${id}`);
  return item;
}

function knownLocation(state: LedgerState, id: string): LocationState {
  const location = state.locations.get(id);
  if (location === undefined) throw new RangeError(`the state lacks location ${id}`);
  return location;
}
