/** The stock card: what happened to an item at a location, with the running balance. */
import {
  type Bucket,
  type Item,
  type Location,
  MAX_INSTANT,
  MIN_INSTANT,
  type Movement,
  type Quantity,
  toUnits,
} from "@stockbook/core";
import { Effect } from "effect";
import type { ReadError } from "../Errors.js";
import type { CardRequest } from "../Ledger.js";
import { cursorOf, limitOf, positionOf } from "../Paging.js";
import type { CardLine } from "../Store.js";
import type { Card, CardRow } from "../Views.js";
import { placeOf, readInstant, type Source } from "./Source.js";
import { momentOf, sumsAt } from "./Stock.js";
import type { LocationTree } from "./Tree.js";

/** Where a page begins: after this line, with these balances. */
interface Start {
  readonly instant: number;
  readonly sequence: number;
  readonly line: number;
  readonly onHand: Quantity;
  readonly available: Quantity;
}

type Cursor = readonly [
  instant: number,
  sequence: number,
  line: number,
  onHand: number,
  available: number,
];

/** Rows in the order of (occurredAt, sequence). */
export function readCard(source: Source, request: CardRequest): Effect.Effect<Card, ReadError> {
  return source.trees.reading((tree) => cardWithin(source, request, tree));
}

function cardWithin(
  source: Source,
  request: CardRequest,
  tree: LocationTree,
): Effect.Effect<Card, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(request);
    const { item, location, place } = yield* placeOf(source, tree, request.item, request.location);
    const to = yield* readInstant(request.to ?? MAX_INSTANT, "to");
    const start = yield* startOf(source, request, place);
    const { calendar, store, ledger } = source;
    const lines = yield* store.card(ledger, {
      ...place,
      from: { ...start, day: calendar.positionOf(start.instant).day },
      to: { instant: to, day: calendar.positionOf(to).day },
      limit: limit + 1,
    });
    const subject = { item, location: location.location, locationNo: place.locationNo, tree };
    return cardOf(subject, start, lines, limit);
  });
}

function startOf(source: Source, request: CardRequest, place: Parameters<typeof sumsAt>[1]) {
  return Effect.gen(function* () {
    const cursor = yield* positionOf(request, [0, 0, 0, 0, 0] as Cursor);
    if (cursor !== null) {
      const [instant, sequence, line, onHand, available] = cursor;
      return { instant, sequence, line, onHand, available };
    }
    const instant = yield* readInstant(request.from ?? MIN_INSTANT, "from");
    const sums = yield* sumsAt(source, place, momentOf(source, instant - 1, null));
    const onHand = sums.available + sums.reserved + sums.unavailable;
    return { instant, sequence: 0, line: 0, onHand, available: sums.available };
  });
}

interface Subject {
  readonly item: Item;
  readonly location: Location;
  readonly locationNo: number;
  readonly tree: LocationTree;
}

function cardOf(subject: Subject, start: Start, lines: readonly CardLine[], limit: number): Card {
  const { item, location } = subject;
  const units = (quantity: Quantity) => toUnits(quantity, item.precision);
  const rows: CardRow[] = [];
  let { onHand, available } = start;
  for (const line of lines.slice(0, limit)) {
    const change = changeOf(line, subject.locationNo);
    onHand += change.onHand;
    available += change.available;
    rows.push(rowOf(subject, line, change, { onHand, available }));
  }
  const last = lines[limit - 1];
  const more = lines.length > limit && last !== undefined;
  return {
    item,
    location,
    opening: units(start.onHand),
    openingAvailable: units(start.available),
    rows,
    closing: units(onHand),
    next: more ? cursorOf([last.occurredAt, last.sequence, last.line, onHand, available]) : null,
  };
}

interface Change {
  readonly onHand: Quantity;
  readonly available: Quantity;
  readonly value: number;
}

function changeOf(line: CardLine, locationNo: number): Change {
  const leaves = line.fromNo === locationNo;
  const arrives = line.toNo === locationNo;
  const inBucket = (bucket: Bucket) => (bucket === "available" ? line.quantity : 0);
  return {
    onHand: (arrives ? line.quantity : 0) - (leaves ? line.quantity : 0),
    available: (arrives ? inBucket(line.toBucket) : 0) - (leaves ? inBucket(line.fromBucket) : 0),
    value: (arrives ? line.value : 0) - (leaves ? line.value : 0),
  };
}

function rowOf(
  { item, locationNo, tree }: Subject,
  line: CardLine,
  change: Change,
  balance: { readonly onHand: Quantity; readonly available: Quantity },
): CardRow {
  const units = (quantity: Quantity) => toUnits(quantity, item.precision);
  // A card line always belongs to a movement.
  const { kind, reference, note } = line.body as unknown as Omit<Movement, "lines">;
  const otherNo = line.fromNo === locationNo ? line.toNo : line.fromNo;
  return {
    sequence: line.sequence,
    occurredAt: line.occurredAt,
    recordedAt: line.recordedAt,
    kind,
    reference,
    note,
    in: units(Math.max(0, change.onHand)),
    out: units(Math.max(0, -change.onHand)),
    onHand: units(balance.onHand),
    available: units(balance.available),
    value: change.value,
    counterpart: tree.byNo.get(otherNo)?.location.id ?? "",
  };
}
