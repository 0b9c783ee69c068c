/** Setting and removing threshold rules. */
import type { Instant } from "./Calendar.js";
import type { Threshold } from "./Catalogue.js";
import type { RemoveThreshold, SetThreshold, ThresholdCommand } from "./Command.js";
import { type Draft, refused } from "./Decision.js";
import type { EntryBody } from "./Entry.js";
import { Faults } from "./Faults.js";
import { roundedUp } from "./Planner.js";
import { formatQuantity, type Quantity } from "./Quantity.js";
import { invalid, readItem, readLocation, readQuantity } from "./Reading.js";
import type { ItemState, LedgerState } from "./State.js";

export function draftThreshold(
  state: LedgerState,
  command: ThresholdCommand,
  recordedAt: Instant,
): Draft {
  const faults = new Faults();
  const body =
    command.type === "set-threshold"
      ? setThreshold(state, command, faults)
      : removeThreshold(state, command, faults);
  if (faults.rejection !== undefined) return refused(faults.rejection);
  // Where there is no fault, there is a body.
  return { type: "draft", occurredAt: recordedAt, body: body as EntryBody, crossings: [] };
}

function setThreshold(
  state: LedgerState,
  command: SetThreshold,
  faults: Faults,
): EntryBody | undefined {
  const location = readLocation(state, command.location, "location", faults);
  const item = readItem(state, command.item, undefined, faults);
  if (item === undefined) return undefined;
  const read = (field: keyof Threshold & keyof SetThreshold): Quantity =>
    readQuantity(command[field] ?? 0, item, "zero-or-more", field, undefined, faults);
  const threshold: Threshold = {
    item: item.item.id,
    location: location?.location.id ?? "",
    minimum: readQuantity(command.minimum, item, "zero-or-more", "minimum", undefined, faults),
    maximum: read("maximum"),
    orderMultiple: read("orderMultiple"),
    minimumOrder: read("minimumOrder"),
    maximumOrder: read("maximumOrder"),
  };
  checkOrder(threshold, item, faults);
  if (location === undefined) return undefined;
  return { type: "threshold-set", threshold };
}

/** The bounds of a rule must leave room for an order. */
function checkOrder(threshold: Threshold, item: ItemState, faults: Faults): void {
  const { minimum, maximum, orderMultiple, minimumOrder, maximumOrder } = threshold;
  const text = (quantity: Quantity) => formatQuantity(quantity, item.item.precision);
  if (maximum > 0 && maximum < minimum) {
    invalid(
      faults,
      { field: "maximum" },
      `0 or at least the minimum ${text(minimum)}`,
      text(maximum),
    );
  }
  const least =
    orderMultiple === 0
      ? minimumOrder
      : Math.max(orderMultiple, roundedUp(minimumOrder, orderMultiple));
  if (maximumOrder > 0 && maximumOrder < least) {
    const expected = `0 or at least ${text(least)}, the smallest order`;
    invalid(faults, { field: "maximumOrder" }, expected, text(maximumOrder));
  }
}

function removeThreshold(
  state: LedgerState,
  command: RemoveThreshold,
  faults: Faults,
): EntryBody | undefined {
  const location = readLocation(state, command.location, "location", faults);
  const item = readItem(state, command.item, undefined, faults);
  if (item === undefined || location === undefined) return undefined;
  const place = { item: item.item.id, location: location.location.id };
  if (!item.thresholds.has(location.no)) faults.add("unknown-threshold", place);
  return { type: "threshold-removed", ...place };
}
