/** Arbitrary commands on the small world, with gaps where they speak of earlier entries. */
import {
  type Command,
  type CountLineInput,
  formatQuantity,
  type LineInput,
  type QuantityInput,
  type ReceiptLineInput,
} from "@stockbook/core";
import fc, { type Arbitrary } from "fast-check";
import type { Part, Reference, Submission } from "./History.js";
import { maybe, seldom, weighted } from "./Weighted.js";
import { WORLD_ITEMS, WORLD_PLACES } from "./World.js";

/** What a step is before its moment and its key are known. */
export type Deed = Pick<Submission, "command" | "reference" | "parts">;

/** Which commands to make. */
export interface DeedOptions {
  /** The commands that may occur; all, if left out. */
  readonly commands?: readonly Command["type"][] | undefined;
  /** Whether some commands are wrong in themselves; they are, if left out. */
  readonly faults?: boolean | undefined;
}

/** Commands, the common ones more often than the rare. */
export function deedArbitrary(options: DeedOptions = {}): Arbitrary<Deed> {
  const deeds = deedsByType(new Parts(options.faults !== false));
  const types = options.commands ?? (Object.keys(deeds) as Command["type"][]);
  return weighted(...types.map((type) => deeds[type]));
}

type DeedsByType = { readonly [type in Command["type"]]: readonly [number, Arbitrary<Deed>] };

function deedsByType(parts: Parts): DeedsByType {
  return {
    receive: [16, receives(parts)],
    issue: [
      10,
      at<"issue">("issue", parts, { to: maybe(fc.constantFrom("customer", "supplier")) }),
    ],
    transfer: [6, between("transfer", parts)],
    dispatch: [5, between("dispatch", parts)],
    arrive: [5, drawing("arrive", "shipment")],
    adjust: [5, adjusts(parts)],
    count: [6, counts(parts)],
    reserve: [9, at("reserve", parts)],
    release: [4, drawing("release", "reservation")],
    fulfil: [6, drawing("fulfil", "reservation")],
    hold: [5, at("hold", parts)],
    unhold: [4, unholds(parts)],
    reverse: [5, reverses],
    "set-threshold": [5, thresholds(parts)],
    "remove-threshold": [2, removedThresholds(parts)],
    "put-item": [2, itemChanges(parts)],
    "put-category": [0.5, categoryChanges(parts)],
    "put-manufacturer": [0.3, manufacturerChanges],
    "put-location": [3, locationChanges(parts)],
  };
}

type Sign = "above-zero" | "zero-or-more" | "any";

const LEAST: { readonly [sign in Sign]: number } = { "above-zero": 1, "zero-or-more": 0, any: -5 };

/** The parts of commands, in the variants that a set of options allows. */
class Parts {
  readonly place: Arbitrary<string>;
  readonly lines: Arbitrary<LineInput[]>;
  readonly faulty: boolean;

  constructor(faulty: boolean) {
    this.faulty = faulty;
    this.place = this.rarely(places, fc.constantFrom("nowhere", "@supplier", "@transit"));
    this.lines = this.linesOf((quantity) => ({ quantity }));
  }

  /** `usual`, and once in a while something wrong in its place. */
  rarely<A, B>(usual: Arbitrary<A>, wrong: Arbitrary<B>, every = 40): Arbitrary<A> {
    if (!this.faulty) return usual;
    return weighted<A>([every, usual], [1, wrong as unknown as Arbitrary<A>]);
  }

  /** Lines of the items in the world, with quantities of each item's own precision. */
  linesOf<A extends object>(
    fields: (quantity: Arbitrary<QuantityInput>) => { [field in keyof A]: Arbitrary<A[field]> },
    sign: Sign = "above-zero",
    most = 5,
  ): Arbitrary<(LineInput & A)[]> {
    const lines = WORLD_ITEMS.map(
      ({ id, precision }, i): readonly [number, Arbitrary<LineInput & A>] => [
        3 ** (WORLD_ITEMS.length - i),
        fc.record({
          item: this.rarely(fc.constant(id), fc.constant("nothing"), 80),
          lot: lots,
          ...fields(this.quantityOf(precision, sign, most)),
        }) as unknown as Arbitrary<LineInput & A>,
      ],
    );
    const line = weighted(...lines);
    return weighted<(LineInput & A)[]>(
      [5, line.map((only) => [only])],
      [1, fc.array(line, { minLength: 2, maxLength: 4 })],
    );
  }

  /** Quantities of up to `most` units. */
  quantityOf(precision: number, sign: Sign, most: number): Arbitrary<QuantityInput> {
    const least = LEAST[sign];
    const unit = 10 ** precision;
    const steps = weighted<number>(
      [3, fc.integer({ min: least, max: most }).map((units) => units * unit)],
      [precision === 0 ? 0 : 2, fc.integer({ min: least, max: most * unit })],
      [this.faulty ? 0.03 : 0, fc.constant(999_999_999_999_999)],
    );
    const written = fc
      .tuple(steps, fc.boolean())
      .map(([quantity, asText]) => writtenAs(quantity, precision, asText));
    return this.rarely(written, wrongQuantities, 60);
  }
}

const wrongQuantities = fc.constantFrom<QuantityInput[]>(
  0,
  -1,
  "many",
  "",
  "0.0000001",
  Number.NaN,
  1e21,
);

function writtenAs(quantity: number, precision: number, asText: boolean): QuantityInput {
  const text = formatQuantity(quantity, precision);
  return asText ? text : Number(text);
}

const anyPlace = fc.constantFrom(...WORLD_PLACES.map(({ id }) => id));

/** Most happens at few places. */
const places = weighted<string>(
  [6, fc.constant("shop")],
  [3, fc.constant("shelf-a")],
  [2, fc.constant("shelf-b")],
  [2, anyPlace],
);

const items = fc.constantFrom(...WORLD_ITEMS.map(({ id }) => id));

const lots = weighted<string | undefined>(
  [9, fc.constant(undefined)],
  [1, fc.constantFrom("lot-1", "lot-2")],
);

/** Amounts that do not divide evenly, and none at all. */
const amounts = weighted<number>(
  [4, fc.integer({ min: 0, max: 999 })],
  [1, fc.constantFrom(0, 1, 2, 99_999)],
);

function receives(parts: Parts): Arbitrary<Deed> {
  return deed({
    type: fc.constant("receive"),
    location: parts.place,
    from: maybe(fc.constantFrom("supplier", "customer")),
    lines: receiptLines(parts, "above-zero", 20),
  });
}

function adjusts(parts: Parts): Arbitrary<Deed> {
  return deed({
    type: fc.constant("adjust"),
    location: parts.place,
    lines: receiptLines(parts, "any", 6),
  });
}

function receiptLines(parts: Parts, sign: Sign, most: number): Arbitrary<ReceiptLineInput[]> {
  const cost = parts.rarely(amounts, fc.constantFrom(-1, 0.5), 80);
  const fields = (quantity: Arbitrary<QuantityInput>) => ({
    quantity,
    unitCost: maybe(cost),
    cost: maybe(cost),
  });
  return parts.linesOf(fields, sign, most);
}

function counts(parts: Parts): Arbitrary<Deed> {
  const lines = parts.linesOf<Pick<CountLineInput, "quantity" | "expected">>(
    (quantity) => ({ quantity, expected: seldom(quantity) }),
    "zero-or-more",
    8,
  );
  return deed({ type: fc.constant("count"), location: parts.place, lines });
}

type AtOnePlace = "issue" | "reserve" | "hold" | "unhold";

function at<T extends AtOnePlace>(
  type: T,
  { place, lines }: Parts,
  more: { readonly [field: string]: Arbitrary<unknown> } = {},
): Arbitrary<Deed> {
  return deed({ type: fc.constant(type), location: place, lines, ...more });
}

function between(type: "transfer" | "dispatch", parts: Parts): Arbitrary<Deed> {
  const routes = fc
    .uniqueArray(parts.place, { minLength: 2, maxLength: 2 })
    .map(([from, to]) => ({ from, to }));
  const nowhere = parts.place.map((place) => ({ from: place, to: place }));
  return fc
    .tuple(parts.rarely(routes, nowhere), parts.lines)
    .map(([route, lines]) => ({ command: { type, ...route, lines } as Command }));
}

/** Draws on a reservation or a shipment, mostly one that is open, wholly or in part. */
function drawing(
  type: "arrive" | "release" | "fulfil",
  to: "reservation" | "shipment",
): Arbitrary<Deed> {
  return fc
    .record({
      reference: referenceArbitrary(to),
      parts: weighted<Part[] | undefined>(
        [2, fc.constant(undefined)],
        [3, fc.array(partArbitrary, { minLength: 1, maxLength: 3 })],
      ),
    })
    .map(({ reference, parts }) => ({ command: { type } as Command, reference, parts }));
}

const partArbitrary: Arbitrary<Part> = fc.record({
  nth: fc.nat({ max: 2 }),
  eighths: weighted<number>([9, fc.integer({ min: 1, max: 8 })], [1, fc.constant(9)]),
});

/** Mostly of goods that are on hold. */
function unholds(parts: Parts): Arbitrary<Deed> {
  const held: Arbitrary<Deed> = fc.tuple(fc.nat({ max: 3 }), partArbitrary).map(([nth, part]) => ({
    command: { type: "unhold" } as Command,
    reference: { to: "held", among: "open", nth },
    parts: [part],
  }));
  return parts.rarely(held, at("unhold", parts), 5);
}

const reverses: Arbitrary<Deed> = referenceArbitrary("movement").map((reference) => ({
  command: { type: "reverse", sequence: 0 },
  reference,
}));

function referenceArbitrary(to: Reference["to"]): Arbitrary<Reference> {
  return fc.record({
    to: fc.constant(to),
    among: weighted<Reference["among"]>([9, fc.constant("open")], [1, fc.constant("all")]),
    nth: fc.nat({ max: 30 }),
  });
}

/** Rules mostly where stock comes and goes, and above it. */
function thresholds(parts: Parts): Arbitrary<Deed> {
  const place = weighted<string>(
    [3, fc.constantFrom("shop", "site")],
    [2, fc.constantFrom("store", "shelf-a")],
    [1, parts.place],
  );
  const rules = WORLD_ITEMS.map(({ id, precision }, i): readonly [number, Arbitrary<Deed>] => {
    const bound = parts.quantityOf(precision, "zero-or-more", 12);
    const rule = deed({
      type: fc.constant("set-threshold"),
      item: fc.constant(id),
      location: place,
      minimum: parts.rarely(parts.quantityOf(precision, "above-zero", 8), bound, 8),
      maximum: seldom(bound),
      orderMultiple: seldom(bound),
      minimumOrder: seldom(bound),
      maximumOrder: seldom(bound),
    });
    return [3 ** (WORLD_ITEMS.length - i), rule];
  });
  return weighted(...rules);
}

function removedThresholds(parts: Parts): Arbitrary<Deed> {
  const command = { type: "remove-threshold" } as Command;
  const known: Arbitrary<Deed> = fc
    .nat({ max: 5 })
    .map((nth) => ({ command, reference: { to: "threshold", among: "open", nth } }));
  const any = deed({ type: fc.constant("remove-threshold"), item: items, location: anyPlace });
  return parts.rarely(known, any, 5);
}

function itemChanges(parts: Parts): Arbitrary<Deed> {
  return deed({
    type: fc.constant("put-item"),
    id: weighted<string>([5, items], [1, fc.constant("nail")]),
    sku: seldom(fc.constantFrom("bolt", "gold", "BOLT-1", "BOLT-2")),
    name: seldom(fc.constantFrom("Bolt", "Wire")),
    precision: seldom(parts.rarely(fc.integer({ min: 0, max: 6 }), fc.constant(7))),
    currency: seldom(parts.rarely(fc.constantFrom("EUR", "GBP"), fc.constant("euro"))),
    unitCost: seldom(fc.constantFrom(null, 0, 5, 100)),
    negativePolicy: seldom(fc.constantFrom(null, "deny", "allow")),
    category: seldom(fc.constantFrom(null, "metal", "small")),
    manufacturer: seldom(fc.constantFrom(null, "acme")),
    attributes: attributeChanges(parts),
    archived: seldom(fc.boolean()),
  });
}

function attributeChanges(parts: Parts): Arbitrary<unknown> {
  const value = fc.constantFrom<unknown>("red", 7, true, ["QR-1", "QR-2"], null);
  const known = fc.dictionary(fc.constantFrom("colour", "qrCodes", "weight"), value);
  return seldom(
    parts.rarely<unknown, unknown>(known, fc.constantFrom({ "": 1 }, { colour: {} }, [])),
  );
}

function categoryChanges(parts: Parts): Arbitrary<Deed> {
  return deed({
    type: fc.constant("put-category"),
    id: parts.rarely(fc.constantFrom("metal", "small"), fc.constant("")),
    name: maybe(fc.constantFrom("Metal", "Small parts")),
    parent: maybe(fc.constantFrom(null, "metal", "small", "none")),
  });
}

const manufacturerChanges = deed({
  type: fc.constant("put-manufacturer"),
  id: fc.constant("acme"),
  name: maybe(fc.constantFrom("Acme", "ACME Ltd")),
});

function locationChanges(parts: Parts): Arbitrary<Deed> {
  return deed({
    type: fc.constant("put-location"),
    id: weighted<string>([6, anyPlace], [1, fc.constantFrom("shelf-c", "yard")]),
    parent: maybe(weighted<string | null>([1, fc.constant(null)], [4, anyPlace])),
    attributes: attributeChanges(parts),
    archived: seldom(fc.boolean()),
    code: seldom(fc.constantFrom(null, "A-1")),
  });
}

/** A command of these fields; a field that is `undefined` is left out. */
function deed(fields: { readonly [field: string]: Arbitrary<unknown> }): Arbitrary<Deed> {
  return fc
    .record(fields)
    .map((record) => ({ command: withoutGaps(record) as unknown as Command }));
}

function withoutGaps(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
