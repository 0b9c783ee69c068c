/** What lines do to what is on hand at locations, counted by hour and flow over all items. */
import { type Line, type LocationState, type PlaceFlow, placeFlowOf } from "@stockbook/core";
import type { PlaceCounts, PlaceLink, PlaceRollupRow } from "./Store.js";

interface Draft extends Omit<PlaceRollupRow, "change" | "lastLine"> {
  readonly change: { -readonly [flow in PlaceFlow]: number };
  lastLine: number;
}

export const NO_COUNTS: PlaceCounts = {
  input: 0,
  output: 0,
  "transfer-in": 0,
  "transfer-out": 0,
  adjust: 0,
};

/** The roll-ups of the locations that a batch touches. */
export class PlaceRollups {
  private readonly drafts = new Map<number, Map<number, Draft>>();

  /** Counts a line at one of its ends; gives its place in the location's chain, if it has one. */
  add(line: Line, place: LocationState, hour: number, no: number): PlaceLink | null {
    if (place.virtual) return null;
    const flow = placeFlowOf(line.from, line.to, place.location.id);
    if (flow === null) return null;
    const hours = this.hoursOf(place.no);
    const known = hours.get(hour);
    const draft = known ?? { locationNo: place.no, hour, change: { ...NO_COUNTS }, lastLine: no };
    if (known === undefined) hours.set(hour, draft);
    const previous = known === undefined ? null : known.lastLine;
    draft.change[flow] += 1;
    draft.lastLine = no;
    return { hour, previous };
  }

  private hoursOf(locationNo: number): Map<number, Draft> {
    const known = this.drafts.get(locationNo);
    if (known !== undefined) return known;
    const made = new Map<number, Draft>();
    this.drafts.set(locationNo, made);
    return made;
  }

  get rows(): readonly PlaceRollupRow[] {
    return [...this.drafts.values()].flatMap((hours) => [...hours.values()]);
  }
}
