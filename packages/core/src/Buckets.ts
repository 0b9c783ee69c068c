/**
 * One bucket of what is held, by its name.
 *
 * A switch, for an engine reads a field whose name it knows many times faster than one whose
 * name varies, and this is done for every line.
 */
import type { Bucket } from "./Account.js";
import type { Quantity } from "./Quantity.js";
import type { BucketQuantities } from "./Timeline.js";

export function quantityIn(held: Readonly<BucketQuantities>, bucket: Bucket): Quantity {
  switch (bucket) {
    case "available":
      return held.available;
    case "reserved":
      return held.reserved;
    case "unavailable":
      return held.unavailable;
  }
}

export function addTo(held: BucketQuantities, bucket: Bucket, change: Quantity): void {
  switch (bucket) {
    case "available":
      held.available += change;
      return;
    case "reserved":
      held.reserved += change;
      return;
    case "unavailable":
      held.unavailable += change;
      return;
  }
}
