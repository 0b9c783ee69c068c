/** How the memory store makes reports: by going through all rows. */
import {
  DAY_MS,
  HOUR_MS,
  type Item,
  type PlaceFlow,
  placeFlowOf,
  VIRTUAL_LOCATIONS,
} from "@stockbook/core";
import { NO_COUNTS } from "./PlaceRollups.js";
import type { DetailPage, DetailQuery, SummaryPage, SummaryQuery } from "./ReportQuestions.js";
import type {
  BalanceRow,
  EntryRow,
  ItemRow,
  LineRow,
  Moment,
  Place,
  PlaceGrain,
  RollupSums,
  StoredPlaceRollup,
} from "./Store.js";

/** What is gone through. */
interface Rows {
  readonly entries: readonly EntryRow[];
  readonly lines: readonly LineRow[];
  readonly items: ReadonlyMap<number, ItemRow>;
  readonly balances: Iterable<BalanceRow>;
  readonly sums: (place: Place, moment: Moment) => RollupSums;
}

/** Real places that moved before the end, by (item, location). */
export function summary(rows: Rows, query: SummaryQuery): SummaryPage {
  const places = new Map<string, Place>();
  for (const { itemNo, locationNo, firstOccurredAt } of rows.balances) {
    if (firstOccurredAt >= query.to || locationNo <= VIRTUAL_LOCATIONS.length) continue;
    if (query.itemNo !== null && itemNo !== query.itemNo) continue;
    if (query.locationNo !== null && locationNo !== query.locationNo) continue;
    const { category } = itemOf(rows, itemNo);
    const { categories } = query;
    if (categories !== null && (category === null || !categories.includes(category))) continue;
    places.set(`${itemNo},${locationNo}`, { itemNo, locationNo });
  }
  const shown = [...places.values()]
    .sort((a, b) => a.itemNo - b.itemNo || a.locationNo - b.locationNo)
    .slice(query.offset, query.offset + query.limit);
  return {
    total: places.size,
    rows: shown.map((place) => ({
      ...place,
      item: itemOf(rows, place.itemNo),
      opening: rows.sums(place, query.opening),
      closing: rows.sums(place, query.closing),
    })),
  };
}

/** The lines of a location, with what each left on hand. */
export function detail(rows: Rows, query: DetailQuery): DetailPage {
  const { locationNo, itemNo, flows, from, to, offset, limit } = query;
  const onHand = new Map<number, number>();
  const found = [...rows.lines]
    .sort((a, b) => a.occurredAt - b.occurredAt || a.line - b.line)
    .flatMap((line) => {
      const flow = flowAt(line, locationNo);
      if (flow === null) return [];
      const change = line.toNo === locationNo ? line.quantity : -line.quantity;
      const left = (onHand.get(line.itemNo) ?? 0) + change;
      onHand.set(line.itemNo, left);
      if (line.occurredAt < from || line.occurredAt >= to) return [];
      if (itemNo !== null && line.itemNo !== itemNo) return [];
      if (flows !== null && !flows.includes(flow)) return [];
      return [{ line, left }];
    });
  return {
    total: found.length,
    rows: found.slice(offset, offset + limit).map(({ line, left }) => {
      const { recordedAt, body } = rows.entries[line.sequence - 1] as EntryRow;
      const item = itemOf(rows, line.itemNo);
      return { line: { ...line, recordedAt, body }, item, onHand: left };
    }),
  };
}

const GRAIN_MS: { readonly [grain in PlaceGrain]: number } = { hour: HOUR_MS, day: DAY_MS };

/** What the lines of every hour or day come to at every real location. */
export function placeRollups(
  { lines }: Pick<Rows, "lines">,
  grain: PlaceGrain,
): readonly StoredPlaceRollup[] {
  const rollups = new Map<string, StoredPlaceRollup>();
  for (const line of lines) {
    const start = Math.floor(line.occurredAt / GRAIN_MS[grain]);
    for (const locationNo of new Set([line.fromNo, line.toNo])) {
      const flow = locationNo > VIRTUAL_LOCATIONS.length ? flowAt(line, locationNo) : null;
      if (flow === null) continue;
      const key = `${locationNo},${start}`;
      const known = rollups.get(key)?.counts ?? NO_COUNTS;
      const counts = { ...known, [flow]: known[flow] + 1 };
      rollups.set(key, { locationNo, start, counts });
    }
  }
  return [...rollups.values()];
}

/** The flow of a line at a real location. */
export function flowAt({ fromNo, toNo }: LineRow, locationNo: number): PlaceFlow | null {
  return placeFlowOf(idOf(fromNo), idOf(toNo), idOf(locationNo));
}

/** Any name will do for a real location: flows only ask which are the same. */
function idOf(no: number): string {
  return VIRTUAL_LOCATIONS[no - 1] ?? String(no);
}

function itemOf({ items }: Rows, no: number): Item {
  return (items.get(no) as ItemRow).item;
}
