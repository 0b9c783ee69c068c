/**
 * The naive model: everything recomputed from the entries, each time, by plain loops.
 *
 * It shares no code with the core, only the shape of entries and commands, so that the two can
 * be wrong only in different ways. It is slow on purpose.
 */
import type { Bucket, Entry, Instant, Line, NegativePolicy, Threshold } from "@stockbook/core";
import { exactSum } from "./Sum.js";

/** Where goods stand: an item, a location, a lot or none. */
export interface Place {
  readonly item: string;
  readonly location: string;
  readonly lot: string | null;
}

export interface ModelBalance extends Place {
  readonly available: number;
  readonly reserved: number;
  readonly unavailable: number;
  readonly value: number;
}

/** What is open of a reservation or a shipment. */
export interface ModelOpenLine extends Place {
  readonly quantity: number;
  readonly value: number;
}

export interface ModelCommitment {
  readonly sequence: number;
  readonly lines: readonly ModelOpenLine[];
}

/** One entry's effect on a place, and what it left there in the order of happening. */
export interface ModelCardRow {
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly in: number;
  readonly out: number;
  readonly onHand: number;
  readonly available: number;
}

/** One side of a line. */
export interface ModelMove extends Place {
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly bucket: Bucket;
  readonly quantity: number;
  readonly value: number;
}

type MovementEntry = Entry & { readonly body: Extract<Entry["body"], { type: "movement" }> };

export class Model {
  readonly movements: readonly MovementEntry[];
  private sorted: readonly ModelMove[] | undefined;

  constructor(readonly entries: readonly Entry[]) {
    this.movements = entries.filter(
      (entry): entry is MovementEntry => entry.body.type === "movement",
    );
  }

  /** Both sides of every line, by `(occurredAt, sequence)`. */
  get moves(): readonly ModelMove[] {
    this.sorted ??= this.movements
      .flatMap((entry) => entry.body.lines.flatMap((line) => sidesOf(line, entry)))
      .sort((a, b) => a.occurredAt - b.occurredAt || a.sequence - b.sequence);
    return this.sorted;
  }

  /** The model as the book stood after an entry. */
  upTo(sequence: number): Model {
    return new Model(this.entries.filter((entry) => entry.sequence <= sequence));
  }

  movesAt(place: Place): readonly ModelMove[] {
    return this.moves.filter((move) => samePlace(move, place));
  }

  /** Every place that a line has touched. */
  get places(): readonly Place[] {
    const places = new Map<string, Place>();
    for (const { item, location, lot } of this.moves) {
      places.set(JSON.stringify([item, location, lot]), { item, location, lot });
    }
    return [...places.values()];
  }

  get balances(): readonly ModelBalance[] {
    return this.places.map((place) => balanceFrom(place, this.movesAt(place)));
  }

  /** What there was at an instant, everything at that very instant included. */
  balanceAt(place: Place, instant: Instant): ModelBalance {
    const past = this.movesAt(place).filter((move) => move.occurredAt <= instant);
    return balanceFrom(place, past);
  }

  /** What a bucket held just after an instant, and after each later moment of the history. */
  levelsFrom(place: Place, bucket: Bucket, instant: Instant): readonly number[] {
    const moves = this.movesAt(place).filter((move) => move.bucket === bucket);
    const later = moves.flatMap((move, i) => {
      const next = moves[i + 1];
      const endsMoment = next === undefined || next.sequence !== move.sequence;
      return move.occurredAt > instant && endsMoment ? [sum(moves.slice(0, i + 1))] : [];
    });
    return [sum(moves.filter((move) => move.occurredAt <= instant)), ...later];
  }

  get reservations(): readonly ModelCommitment[] {
    return this.commitments(
      (movement) => movement.reservation,
      (line, _movement) => [
        ...(line.toBucket === "reserved" ? [openLine(line, line.to, 1, 0)] : []),
        ...(line.fromBucket === "reserved" ? [openLine(line, line.from, -1, 0)] : []),
      ],
    );
  }

  get shipments(): readonly ModelCommitment[] {
    return this.commitments(
      (movement) => movement.shipment,
      (line, { destination }) => [
        ...(line.to === "@transit" ? [openLine(line, destination ?? "", 1, line.value)] : []),
        ...(line.from === "@transit" ? [openLine(line, destination ?? "", -1, -line.value)] : []),
      ],
    );
  }

  private commitments(
    sequenceOf: (movement: MovementEntry["body"]) => number | null,
    changesOf: (line: Line, movement: MovementEntry["body"]) => readonly ModelOpenLine[],
  ): readonly ModelCommitment[] {
    const all = this.movements.flatMap(({ body }) => {
      const sequence = sequenceOf(body);
      if (sequence === null) return [];
      return body.lines.flatMap((line) =>
        changesOf(line, body).map((change) => ({ sequence, change })),
      );
    });
    const sequences = [...new Set(all.map(({ sequence }) => sequence))].sort((a, b) => a - b);
    return sequences
      .map((sequence) => ({
        sequence,
        lines: summed(all.filter((one) => one.sequence === sequence).map(({ change }) => change)),
      }))
      .filter(({ lines }) => lines.length > 0);
  }

  /** The parent of every real location. */
  get parents(): ReadonlyMap<string, string | null> {
    const parents = new Map<string, string | null>();
    for (const { body } of this.entries) {
      if (body.type === "location-put") parents.set(body.location.id, body.location.parent);
    }
    return parents;
  }

  /** A location and everything below it. */
  subtree(root: string): readonly string[] {
    const below = [...this.parents].filter(([, parent]) => parent === root).map(([id]) => id);
    return [root, ...below.flatMap((id) => this.subtree(id))];
  }

  /** On hand of an item in the subtree of a location. */
  onHandWithin(item: string, root: string): number {
    const within = this.subtree(root);
    return sum(this.moves.filter((move) => move.item === item && within.includes(move.location)));
  }

  /** The threshold rules in force, each with the sequence at which it was set. */
  get rules(): readonly { readonly threshold: Threshold; readonly since: number }[] {
    const rules = new Map<string, { threshold: Threshold; since: number }>();
    for (const { body, sequence } of this.entries) {
      if (body.type === "threshold-set") {
        const { threshold } = body;
        rules.set(`${threshold.item}\n${threshold.location}`, { threshold, since: sequence });
      }
      if (body.type === "threshold-removed") rules.delete(`${body.item}\n${body.location}`);
    }
    return [...rules.values()];
  }

  /** Whether an item may be issued beyond what is available. */
  policyOf(item: string): NegativePolicy {
    return this.policiesOf(item).at(-1) ?? "deny";
  }

  /** Every policy an item has been under. */
  policiesOf(item: string): readonly NegativePolicy[] {
    const general = this.entries.flatMap(({ body }) =>
      body.type === "opened" ? [body.settings.negativePolicy] : [],
    );
    const own = this.entries.flatMap(({ body }) =>
      body.type === "item-put" && body.item.id === item ? [body.item.negativePolicy] : [],
    );
    return own.map((policy) => policy ?? general[0] ?? "deny");
  }

  precisionOf(item: string): number {
    const puts = this.entries.flatMap(({ body }) =>
      body.type === "item-put" && body.item.id === item ? [body.item.precision] : [],
    );
    return puts.at(-1) ?? 0;
  }

  /** All that happened at a place, lots together, in the order of happening. */
  card(item: string, location: string): readonly ModelCardRow[] {
    const moves = this.moves.filter((move) => move.item === item && move.location === location);
    const sequences = [...new Set(moves.map(({ sequence }) => sequence))];
    return sequences.map((sequence) => {
      const own = moves.filter((move) => move.sequence === sequence);
      const until = moves.slice(0, moves.indexOf(own.at(-1) as ModelMove) + 1);
      const net = sum(own);
      return {
        sequence,
        occurredAt: (own[0] as ModelMove).occurredAt,
        in: Math.max(net, 0),
        out: Math.max(-net, 0),
        onHand: sum(until),
        available: sum(until.filter((move) => move.bucket === "available")),
      };
    });
  }
}

function sidesOf(line: Line, entry: Entry): readonly ModelMove[] {
  const { item, lot, quantity, value } = line;
  const { sequence, occurredAt } = entry;
  const shared = { item, lot, sequence, occurredAt };
  return [
    {
      ...shared,
      location: line.from,
      bucket: line.fromBucket,
      quantity: 0 - quantity,
      value: 0 - value,
    },
    { ...shared, location: line.to, bucket: line.toBucket, quantity, value },
  ];
}

/** Whether two places are the same one. */
export function samePlace(a: Place, b: Place): boolean {
  return a.item === b.item && a.location === b.location && a.lot === b.lot;
}

function balanceFrom({ item, location, lot }: Place, moves: readonly ModelMove[]): ModelBalance {
  const held = (bucket: Bucket) => sum(moves.filter((move) => move.bucket === bucket));
  return {
    item,
    location,
    lot,
    available: held("available"),
    reserved: held("reserved"),
    unavailable: held("unavailable"),
    value: exactSum(moves.map((move) => move.value)),
  };
}

function openLine(line: Line, location: string, sign: 1 | -1, value: number): ModelOpenLine {
  return { item: line.item, lot: line.lot, location, quantity: sign * line.quantity, value };
}

function summed(changes: readonly ModelOpenLine[]): readonly ModelOpenLine[] {
  const places = changes.filter(
    (change, i) => changes.findIndex((other) => samePlace(other, change)) === i,
  );
  return places
    .map(({ item, location, lot }) => {
      const own = changes.filter((change) => samePlace(change, { item, location, lot }));
      const value = exactSum(own.map((change) => change.value));
      return { item, location, lot, quantity: sum(own), value };
    })
    .filter(({ quantity, value }) => quantity !== 0 || value !== 0);
}

function sum(parts: readonly { readonly quantity: number }[]): number {
  return exactSum(parts.map(({ quantity }) => quantity));
}
