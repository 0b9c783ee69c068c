/** Movements: how each command on stock becomes lines between accounts. */
import type { Bucket, VirtualLocation } from "./Account.js";
import type { Instant } from "./Calendar.js";
import type {
  Adjust,
  Arrive,
  Count,
  CountLineInput,
  Dispatch,
  Fulfil,
  Hold,
  Issue,
  LineInput,
  MovementCommand,
  ReceiptLineInput,
  Receive,
  Release,
  Reserve,
  Reverse,
  Transfer,
  Unhold,
} from "./Command.js";
import { type DecideContext, type Draft, type Needs, refused } from "./Decision.js";
import type { Movement } from "./Entry.js";
import { Faults } from "./Faults.js";
import { type Amount, costOf, multiplyDivideHalfUp } from "./Money.js";
import { type Quantity, toUnits } from "./Quantity.js";
import {
  invalid,
  readCost,
  readItem,
  readLines,
  readLocation,
  readLot,
  readOccurredAt,
  readQuantity,
  readText,
  type Sign,
} from "./Reading.js";
import { type DraftLine, needOf, settle } from "./Settlement.js";
import {
  balanceOf,
  type Commitment,
  type ItemState,
  itemOf,
  type LedgerState,
  type LocationState,
  type OpenLine,
  onHand,
} from "./State.js";
import { crossingsOf } from "./ThresholdRules.js";
import { quantityAt, type TimelineNeed } from "./Timeline.js";

/** The lines of a movement, with what it opens, draws on or undoes. */
interface Plan {
  readonly type: "plan";
  readonly lines: readonly DraftLine[];
  readonly reservation: number | null;
  readonly shipment: number | null;
  readonly destination: string | null;
  readonly reverses: number | null;
}

type Planned = Plan | Needs;

/** A movement that opens, draws on and undoes nothing. */
function plan(lines: readonly DraftLine[]): Plan {
  return {
    type: "plan",
    lines,
    reservation: null,
    shipment: null,
    destination: null,
    reverses: null,
  };
}

function needTimelines(timelines: readonly TimelineNeed[]): Needs {
  return { type: "needs", timelines, entries: [] };
}

interface Reading {
  readonly state: LedgerState;
  readonly faults: Faults;
  readonly occurredAt: Instant;
  readonly context: DecideContext;
}

/** Reads, judges and values a movement. */
export function draftMovement(
  state: LedgerState,
  command: MovementCommand,
  recordedAt: Instant,
  context: DecideContext,
): Draft {
  const faults = new Faults();
  const occurredAt = readOccurredAt(command.occurredAt, recordedAt, faults);
  const reference = readText(command.reference, "reference", 255, faults);
  const note = readText(command.note, "note", 2000, faults);
  const reason = readText(command.reason, "reason", 255, faults);
  const actor = readText(command.actor, "actor", 255, faults);
  const planned = planOf(command, { state, faults, occurredAt, context });
  if (faults.rejection !== undefined) return refused(faults.rejection);
  if (planned.type === "needs") return planned;

  const settlement = settle(state, planned.lines, occurredAt, faults);
  // Needs go first: which fault is reported must not depend on what happens to be at hand.
  if (settlement.needs !== undefined) return needTimelines(settlement.needs);
  if (faults.rejection !== undefined) return refused(faults.rejection);
  const movement: Movement = {
    type: "movement",
    kind: command.type,
    lines: settlement.lines,
    reference,
    note,
    reason,
    actor,
    reservation: planned.reservation,
    shipment: planned.shipment,
    destination: planned.destination,
    reverses: planned.reverses,
  };
  const crossings = crossingsOf(settlement.first, state.sequence + 1);
  return { type: "draft", occurredAt, body: movement, crossings };
}

function planOf(command: MovementCommand, reading: Reading): Planned {
  switch (command.type) {
    case "receive":
      return plan(receiveLines(command, reading));
    case "issue":
      return plan(issueLines(command, reading));
    case "transfer":
      return plan(transferLines(command, reading));
    case "dispatch":
      return dispatchPlan(command, reading);
    case "arrive":
      return arrivePlan(command, reading);
    case "adjust":
      return plan(adjustLines(command, reading));
    case "count":
      return countPlan(command, reading);
    case "reserve":
      return reservePlan(command, reading);
    case "release":
    case "fulfil":
      return releasePlan(command, reading);
    case "hold":
      return plan(bucketLines(command, "available", "unavailable", reading));
    case "unhold":
      return plan(bucketLines(command, "unavailable", "available", reading));
    case "reverse":
      return reversePlan(command, reading);
  }
}

/** An end of a line. */
interface End {
  readonly location: LocationState;
  readonly bucket: Bucket;
}

/** A line's item and quantity, before it has ends. */
interface ReadLine<A extends LineInput = LineInput> {
  readonly input: A;
  readonly item: ItemState;
  readonly lot: string | null;
  readonly quantity: Quantity;
  /** The value it must carry; `null` lets the valuation say. */
  value: Amount | null;
  readonly index: number;
}

function readLinesOf<A extends LineInput>(
  inputs: readonly A[],
  sign: Sign,
  { state, faults }: Reading,
): readonly ReadLine<A>[] {
  const given = readLines<A>(inputs, faults);
  const lines = new Array<ReadLine<A>>(given.length);
  let count = 0;
  for (let index = 0; index < given.length; index++) {
    const input = given[index] as A;
    const lot = readLot(input.lot, index, faults);
    const item = readItem(state, input.item, index, faults);
    if (item === undefined) continue;
    const quantity = readQuantity(input.quantity, item, sign, "quantity", index, faults);
    lines[count++] = { input, item, lot, quantity, value: null, index };
  }
  return count === lines.length ? lines : lines.slice(0, count);
}

function draftLine(line: Omit<ReadLine, "input">, from: End, to: End): DraftLine {
  return {
    item: line.item,
    lot: line.lot,
    from: from.location,
    fromBucket: from.bucket,
    to: to.location,
    toBucket: to.bucket,
    quantity: line.quantity,
    value: line.value,
    purpose: "book",
    index: line.index,
  };
}

/** Lines that all have the same two ends. */
function draftLines(lines: readonly ReadLine[], from: End, to: End): readonly DraftLine[] {
  const drafts = new Array<DraftLine>(lines.length);
  for (let i = 0; i < lines.length; i++) drafts[i] = draftLine(lines[i] as ReadLine, from, to);
  return drafts;
}

function virtual(state: LedgerState, id: VirtualLocation): End {
  return { location: state.locations.get(id) as LocationState, bucket: "available" };
}

function available(location: LocationState): End {
  return { location, bucket: "available" };
}

function receiveLines(command: Receive, reading: Reading): readonly DraftLine[] {
  const { state, faults } = reading;
  const from = readParty(state, command.from ?? "supplier", "from", faults);
  const to = readLocation(state, command.location, "location", faults);
  const lines = readLinesOf(command.lines, "above-zero", reading);
  readCosts(lines, faults);
  if (from === undefined || to === undefined) return [];
  return draftLines(lines, from, available(to));
}

function issueLines(command: Issue, reading: Reading): readonly DraftLine[] {
  const { state, faults } = reading;
  const to = readParty(state, command.to ?? "customer", "to", faults);
  const from = readLocation(state, command.location, "location", faults);
  const lines = readLinesOf(command.lines, "above-zero", reading);
  if (from === undefined || to === undefined) return [];
  return draftLines(lines, available(from), to);
}

function readParty(
  state: LedgerState,
  party: string,
  field: string,
  faults: Faults,
): End | undefined {
  if (party === "supplier") return virtual(state, "@supplier");
  if (party === "customer") return virtual(state, "@customer");
  invalid(faults, { field }, "supplier or customer", party);
  return undefined;
}

/** Takes the costs that lines state; those at one unit cost are rounded as one. */
function readCosts(lines: readonly ReadLine<ReceiptLineInput>[], faults: Faults): void {
  let before: Map<string, Quantity> | undefined;
  for (const line of lines) {
    const { input, item, lot, quantity, index } = line;
    line.value = readCost(input.cost, "cost", index, faults);
    const unitCost = readCost(input.unitCost, "unitCost", index, faults);
    if (line.value !== null || unitCost === null || quantity <= 0) continue;
    const { precision } = item.item;
    if (precision === 0 || lines.length === 1) {
      line.value = costOf(quantity, unitCost, precision);
      continue;
    }
    const alike = `${item.no}:${unitCost}:${lot ?? ""}`;
    before ??= new Map();
    const sum = before.get(alike) ?? 0;
    before.set(alike, sum + quantity);
    line.value = costOf(sum + quantity, unitCost, precision) - costOf(sum, unitCost, precision);
  }
}

/** The two ends of a transfer, each a location of its own. */
function readRoute(
  command: Transfer | Dispatch,
  { state, faults }: Reading,
): { readonly from: LocationState; readonly to: LocationState } | undefined {
  const from = readLocation(state, command.from, "from", faults);
  const to = readLocation(state, command.to, "to", faults);
  if (from === undefined || to === undefined) return undefined;
  if (from === to) faults.add("same-location", { location: from.location.id });
  return { from, to };
}

function transferLines(command: Transfer, reading: Reading): readonly DraftLine[] {
  const route = readRoute(command, reading);
  const lines = readLinesOf(command.lines, "above-zero", reading);
  if (route === undefined) return [];
  return draftLines(lines, available(route.from), available(route.to));
}

function dispatchPlan(command: Dispatch, reading: Reading): Plan {
  const { state } = reading;
  const route = readRoute(command, reading);
  const lines = readLinesOf(command.lines, "above-zero", reading);
  if (route === undefined) return plan([]);
  return {
    ...plan(draftLines(lines, available(route.from), virtual(state, "@transit"))),
    shipment: state.sequence + 1,
    destination: route.to.location.id,
  };
}

function arrivePlan(command: Arrive, reading: Reading): Plan {
  const { state, faults } = reading;
  const shipment = state.shipments.get(command.shipment);
  if (shipment === undefined) {
    faults.add("unknown-shipment", sequenceGiven(command.shipment, "shipment", faults));
    return plan([]);
  }
  const destination = (shipment.lines[0] as OpenLine).location;
  const to = readLocation(state, destination, "shipment", faults);
  const taken = linesTaken(command.lines, shipment, "not-in-shipment", reading);
  if (to === undefined) return plan([]);
  const transit = virtual(state, "@transit");
  return {
    ...plan(taken.map(({ line, value }) => draftLine({ ...line, value }, transit, available(to)))),
    shipment: shipment.sequence,
    destination,
  };
}

function releasePlan(command: Release | Fulfil, reading: Reading): Plan {
  const { state, faults } = reading;
  const reservation = state.reservations.get(command.reservation);
  if (reservation === undefined) {
    faults.add("unknown-reservation", sequenceGiven(command.reservation, "reservation", faults));
    return plan([]);
  }
  const customer = virtual(state, "@customer");
  const taken = linesTaken(command.lines, reservation, "not-in-reservation", reading);
  const lines = taken.flatMap(({ line, open }) => {
    const location = state.locations.get(open.location);
    if (location === undefined) return [];
    const from: End = { location, bucket: "reserved" };
    const to = command.type === "release" ? available(location) : customer;
    return [draftLine(line, from, to)];
  });
  return { ...plan(lines), reservation: reservation.sequence };
}

function sequenceGiven(sequence: unknown, field: string, faults: Faults) {
  if (Number.isSafeInteger(sequence)) return { sequence: sequence as number };
  invalid(faults, { field }, "the sequence of an entry", sequence);
  return {};
}

interface TakenLine {
  readonly line: Omit<ReadLine, "input">;
  readonly open: OpenLine;
  /** Its share of the value in transit. */
  readonly value: number;
}

/** What a command takes out of a commitment: the lines it names, or all that is open. */
function linesTaken(
  inputs: readonly LineInput[] | undefined,
  commitment: Commitment,
  code: "not-in-reservation" | "not-in-shipment",
  reading: Reading,
): readonly TakenLine[] {
  if (inputs === undefined)
    return commitment.lines.flatMap((open, i) => wholeLine(open, i, reading));
  const left = new Map(commitment.lines.map((line) => [line, { ...line }]));
  return readLinesOf(inputs, "above-zero", reading).flatMap((line) => {
    const open = commitment.lines.find(
      (candidate) => candidate.item === line.item.item.id && candidate.lot === line.lot,
    );
    const rest = open && left.get(open);
    if (open === undefined || rest === undefined || rest.quantity < line.quantity) {
      lacking(code, commitment, line, open, reading.faults);
      return [];
    }
    const taken = open.quantity - rest.quantity;
    const value = shareOf(open, taken + line.quantity) - shareOf(open, taken);
    rest.quantity -= line.quantity;
    return [{ line, open, value }];
  });
}

function wholeLine(open: OpenLine, index: number, { state }: Reading): readonly TakenLine[] {
  const item = itemOf(state, open.item);
  if (item === undefined) return [];
  const line = { item, lot: open.lot, quantity: open.quantity, value: null, index };
  return [{ line, open, value: open.value }];
}

function shareOf(open: OpenLine, quantity: Quantity): number {
  if (quantity === open.quantity) return open.value;
  return multiplyDivideHalfUp(open.value, quantity, open.quantity);
}

function lacking(
  code: "not-in-reservation" | "not-in-shipment",
  commitment: Commitment,
  line: ReadLine,
  open: OpenLine | undefined,
  faults: Faults,
): void {
  const { precision, id } = line.item.item;
  faults.add(code, {
    line: line.index,
    sequence: commitment.sequence,
    item: id,
    location: (open ?? (commitment.lines[0] as OpenLine)).location,
    ...(line.lot === null ? {} : { lot: line.lot }),
    wanted: toUnits(line.quantity, precision),
    available: toUnits(open?.quantity ?? 0, precision),
  });
}

function adjustLines(command: Adjust, reading: Reading): readonly DraftLine[] {
  const { state, faults } = reading;
  const location = readLocation(state, command.location, "location", faults);
  const lines = readLinesOf(command.lines, "not-zero", reading);
  readCosts(lines, faults);
  if (location === undefined) return [];
  return lines.map((line) => differenceLine(state, line, location));
}

/** A signed difference against `@adjustment`: found goods come in, lost goods go out. */
function differenceLine(
  state: LedgerState,
  line: Omit<ReadLine, "input">,
  location: LocationState,
): DraftLine {
  const adjustment = virtual(state, "@adjustment");
  if (line.quantity > 0) return draftLine(line, adjustment, available(location));
  const lost = { ...line, quantity: -line.quantity, value: null };
  return draftLine(lost, available(location), adjustment);
}

function countPlan(command: Count, reading: Reading): Planned {
  const { state, faults, occurredAt } = reading;
  const location = readLocation(state, command.location, "location", faults);
  const lines = readLinesOf(command.lines, "zero-or-more", reading);
  const expected = lines.map((line) => readExpected(line, faults));
  checkCountedOnce(lines, faults);
  if (location === undefined) return plan([]);
  const inBook = lines.map((line) => onHandInBook(line, location, occurredAt));
  const unknown = lines.filter((_, i) => inBook[i] === undefined);
  if (unknown.length > 0) {
    return needTimelines(unknown.map((line) => needOf({ ...line, location }, occurredAt)));
  }
  const drafts: DraftLine[] = [];
  lines.forEach((line, i) => {
    const before = inBook[i] as Quantity;
    checkExpectation(line, location, expected[i], before, faults);
    const quantity = line.quantity - before;
    if (quantity !== 0) drafts.push(differenceLine(state, { ...line, quantity }, location));
  });
  return plan(drafts);
}

function checkCountedOnce(lines: readonly ReadLine[], faults: Faults): void {
  const counted = new Set<string>();
  for (const { item, lot, index } of lines) {
    const key = `${item.no}:${lot ?? ""}`;
    if (counted.has(key)) {
      const at = { field: "item", line: index };
      invalid(faults, at, "an item that is counted once", item.item.id);
    }
    counted.add(key);
  }
}

function readExpected(
  { input, item, index }: ReadLine<CountLineInput>,
  faults: Faults,
): Quantity | undefined {
  if (input.expected === undefined) return undefined;
  return readQuantity(input.expected, item, "zero-or-more", "expected", index, faults);
}

/** On hand at the time of a count; nothing when the past must be brought first. */
function onHandInBook(
  line: ReadLine,
  location: LocationState,
  occurredAt: Instant,
): Quantity | undefined {
  const balance = balanceOf(line.item, location, line.lot);
  if (balance === undefined) return 0;
  if (occurredAt >= balance.lastOccurredAt) return onHand(balance);
  const { timeline } = balance;
  if (timeline === undefined || timeline.since > occurredAt) return undefined;
  return (
    quantityAt(timeline, "available", occurredAt) +
    quantityAt(timeline, "reserved", occurredAt) +
    quantityAt(timeline, "unavailable", occurredAt)
  );
}

function checkExpectation(
  line: ReadLine,
  location: LocationState,
  expected: Quantity | undefined,
  inBook: Quantity,
  faults: Faults,
): void {
  if (expected === undefined || expected === inBook) return;
  const { index } = line;
  const { id, precision } = line.item.item;
  faults.add("expectation-failed", {
    line: index,
    item: id,
    location: location.location.id,
    ...(line.lot === null ? {} : { lot: line.lot }),
    wanted: toUnits(expected, precision),
    available: toUnits(inBook, precision),
  });
}

function reservePlan(command: Reserve, reading: Reading): Plan {
  const lines = bucketLines(command, "available", "reserved", reading);
  return { ...plan(lines), reservation: reading.state.sequence + 1 };
}

function bucketLines(
  command: Reserve | Hold | Unhold,
  fromBucket: Bucket,
  toBucket: Bucket,
  reading: Reading,
): readonly DraftLine[] {
  const location = readLocation(reading.state, command.location, "location", reading.faults);
  const lines = readLinesOf(command.lines, "above-zero", reading);
  if (location === undefined) return [];
  return draftLines(lines, { location, bucket: fromBucket }, { location, bucket: toBucket });
}

function reversePlan(command: Reverse, { state, faults, context }: Reading): Planned {
  const { sequence } = command;
  const exists = Number.isSafeInteger(sequence) && sequence >= 1 && sequence <= state.sequence;
  if (!exists) {
    faults.add("unknown-entry", sequenceGiven(sequence, "sequence", faults));
    return plan([]);
  }
  const entry = context.entryAt?.(sequence);
  if (entry === undefined) return { type: "needs", timelines: [], entries: [sequence] };
  if (entry.body.type !== "movement") {
    faults.add("not-reversible", { sequence, expected: "it is not a movement" });
    return plan([]);
  }
  const movement = entry.body;
  if (state.reversed.has(sequence)) faults.add("already-reversed", { sequence });
  else if (!isUndisturbed(state, movement)) {
    faults.add("not-reversible", { sequence, expected: "what it opened has been used since" });
  }
  const { reservation, shipment, destination } = movement;
  const lines = oppositeLines(state, movement);
  for (const line of lines) checkStanding(line, faults);
  return { type: "plan", lines, reservation, shipment, destination, reverses: sequence };
}

/** What is archived takes part in no movement, not in a reversal either. */
function checkStanding({ item, from, to }: DraftLine, faults: Faults): void {
  if (item.item.archived) faults.add("archived-item", { item: item.item.id });
  for (const { location } of [from, to]) {
    if (!location.archived) continue;
    faults.add("archived-location", { field: "sequence", location: location.id });
  }
}

/** What a movement put into a reservation or a shipment must still be there to be taken back. */
function isUndisturbed(state: LedgerState, movement: Movement): boolean {
  const needed = new Map<string, Quantity>();
  const put = (line: { item: string; lot: string | null }, place: string, quantity: Quantity) => {
    const key = `${line.item}\n${line.lot ?? ""}\n${place}`;
    needed.set(key, (needed.get(key) ?? 0) + quantity);
  };
  for (const line of movement.lines) {
    if (movement.reservation !== null && line.toBucket === "reserved")
      put(line, line.to, line.quantity);
    if (movement.shipment !== null && line.to === "@transit") {
      put(line, movement.destination ?? "", line.quantity);
    }
  }
  const commitment =
    state.reservations.get(movement.reservation ?? 0) ??
    state.shipments.get(movement.shipment ?? 0);
  for (const [key, quantity] of needed) {
    const open = commitment?.lines.find(
      (line) => `${line.item}\n${line.lot ?? ""}\n${line.location}` === key,
    );
    if (open === undefined || open.quantity < quantity) return false;
  }
  return true;
}

// Corrections of value (quantity 0) are taken back too; their other side is `@revaluation`.
function oppositeLines(state: LedgerState, movement: Movement): readonly DraftLine[] {
  return movement.lines
    .map(
      (line, index): DraftLine => ({
        item: itemOf(state, line.item) as ItemState,
        lot: line.lot,
        from: state.locations.get(line.to) as LocationState,
        fromBucket: line.toBucket,
        to: state.locations.get(line.from) as LocationState,
        toBucket: line.fromBucket,
        quantity: line.quantity,
        value: line.value,
        purpose: "restore",
        index,
      }),
    )
    .reverse();
}
