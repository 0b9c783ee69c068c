/** Flows: which way a line takes goods, as those who count what is on hand see it. */

/** Goods come in, go out, change their place, or turn out to be more or fewer. */
export const FLOWS = ["input", "output", "transfer", "adjust"] as const;
export type Flow = (typeof FLOWS)[number];

/** The same as one place sees it. */
export const PLACE_FLOWS = ["input", "output", "transfer-in", "transfer-out", "adjust"] as const;
export type PlaceFlow = (typeof PLACE_FLOWS)[number];

/**
 * The flow of a line between two locations; `null` where what is on hand stays as it is: at one
 * and the same place, as for a reservation, and where a value alone is corrected.
 */
export function flowOf(from: string, to: string): Flow | null {
  if (from === to || from === "@revaluation" || to === "@revaluation") return null;
  if (from === "@adjustment" || to === "@adjustment") return "adjust";
  const comes = isOutside(from);
  if (comes === isOutside(to)) return comes ? null : "transfer";
  return comes ? "input" : "output";
}

/** The flow of a line that touches a place; `null` as for `flowOf`, and where it does not. */
export function placeFlowOf(from: string, to: string, place: string): PlaceFlow | null {
  if (from !== place && to !== place) return null;
  const flow = flowOf(from, to);
  if (flow !== "transfer") return flow;
  return to === place ? "transfer-in" : "transfer-out";
}

/** Where goods come from that were not there, and go to when they are no longer. */
function isOutside(location: string): boolean {
  return location === "@supplier" || location === "@customer" || location === "@renter";
}
