import { allItems, type Command, fork, itemOf, type LedgerState } from "@stockbook/core";
import fc, { type Arbitrary } from "fast-check";
import { belowZero, historyArbitrary, worldArbitrary } from "../Arbitraries.js";
import { Book, type Verdict } from "../Book.js";
import { deedArbitrary } from "../Deeds.js";
import { historyLaw, law, must, mustEqual } from "../Law.js";
import { foundedBook, runHistory } from "../Runner.js";
import { snapshotOf } from "../Snapshot.js";
import { weighted } from "../Weighted.js";
import { WORLD_BEGINS, WORLD_ITEMS, type World } from "../World.js";

/** What is archived stands still, for reversals too. */
export const stillness = historyLaw(
  "stillness",
  "no movement touches an archived item or an archived location",
  historyArbitrary(),
  (history) => {
    let archived = new Set<string>();
    const { book } = runHistory(history, {
      before: ({ state }) => {
        archived = archivedIn(state);
      },
      after: (_book, { verdict }) => checkStill(verdict, archived),
    });
    const trial = new Book(fork(book.state), book.entries);
    const { recordedAt } = book.state;
    for (const command of archivingOf(book)) trial.submit(command, recordedAt);
    const standing = archivedIn(trial.state);
    for (const { sequence } of book.entries) {
      checkStill(trial.decide({ type: "reverse", sequence }, recordedAt), standing);
    }
  },
);

/** Archives whatever can be. */
function archivingOf({ state }: Book): readonly Command[] {
  const items = [...allItems(state)].map(({ item }) => item.id);
  const locations = [...state.locations.values()].filter(({ virtual }) => !virtual);
  return [
    ...items.map((id): Command => ({ type: "put-item", id, archived: true })),
    ...locations.map(({ location: { id } }): Command => {
      return { type: "put-location", id, archived: true };
    }),
  ];
}

function checkStill(verdict: Verdict, archived: ReadonlySet<string>): void {
  const [entry] = verdict.type === "accepted" ? verdict.entries : [];
  if (entry?.body.type !== "movement") return;
  for (const { item, from, to } of entry.body.lines) {
    for (const id of [`item ${item}`, `location ${from}`, `location ${to}`]) {
      must(!archived.has(id), () => `entry ${entry.sequence} moves ${id}, which is archived`);
    }
  }
}

function archivedIn(state: LedgerState): Set<string> {
  const ids = new Set<string>();
  for (const { location } of state.locations.values()) {
    if (location.archived) ids.add(`location ${location.id}`);
  }
  for (const { item } of allItems(state)) if (item.archived) ids.add(`item ${item.id}`);
  return ids;
}

/** An object that contains itself. */
const circular: Record<string, unknown> = {};
circular.self = circular;

const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    maxDepth: 2,
  }),
  fc.constantFrom<unknown[]>(circular, Symbol("five"), Number.NaN, -0, "\ud800", "\u0000", "@"),
);

/** Commands that no type checker has seen: one field of a good one is anything at all. */
const malformed: Arbitrary<Command> = weighted<Command>(
  [
    19,
    fc
      .record({
        deed: deedArbitrary(),
        junk: anything,
        field: fc.nat({ max: 20 }),
        key: fc.option(fc.constant("k"), { nil: undefined }),
      })
      .map(({ deed: { command }, junk, field, key }) => {
        const whole = { sequence: 1, reservation: 1, shipment: 1, ...command };
        return spoilt({ ...whole, idempotencyKey: key, onRefusal: "record" }, field, junk);
      }),
  ],
  [1, anything.map((command) => command as Command)],
);

const OPTION_NAMES = ["occurredAt", "note", "reference", "reason", "actor", "onRefusal"] as const;

function spoilt(command: object, field: number, junk: unknown): Command {
  const record = { ...command } as Record<string, unknown>;
  const lines = Array.isArray(record.lines) ? record.lines : [];
  const names = [
    ...Object.keys(record).map((name) => [record, name] as const),
    ...OPTION_NAMES.map((name) => [record, name] as const),
    ...lines.flatMap((line) => Object.keys(line).map((name) => [line, name] as const)),
  ];
  const [holder, name] = names[field % names.length] as readonly [Record<string, unknown>, string];
  if (holder === record) return { ...record, [name]: junk } as unknown as Command;
  const changed = lines.map((line) => (line === holder ? { ...line, [name]: junk } : line));
  return { ...record, lines: changed } as unknown as Command;
}

/** Whatever is given, the core answers; what it refuses, it refuses with a reason. */
export const answers = law<{ readonly world: World; readonly command: Command }>({
  name: "answers",
  says: "whatever a caller gives, the core accepts or refuses it, throws nothing and changes nothing",
  cases: fc.record({ world: worldArbitrary, command: malformed }),
  check: ({ world, command }) => {
    const book = foundedBook(world);
    const before = snapshotOf(book.state);
    const verdict = book.decide(command, WORLD_BEGINS);
    mustEqual(snapshotOf(book.state), before, "the state");
    if (verdict.type === "rejected") checkRejection(verdict);
  },
  tell: ({ world, command }) => `${JSON.stringify(world)}\n${fc.stringify(command)}`,
});

function checkRejection({ rejection }: Extract<Verdict, { type: "rejected" }>): void {
  const { code, message } = rejection;
  must(message !== "", () => `${code} says nothing`);
  mustEqual(JSON.parse(JSON.stringify(rejection)), rejection, "the rejection, written and read");
  must(message.length < 500, () => `${code} says ${message.length} characters`);
}

const huge = fc.oneof(
  fc.constantFrom(2 ** 53 - 1, 2 ** 53 - 2, 2 ** 53 - 3, 2 ** 52, 2 ** 52 + 1),
  fc.integer({ min: 2 ** 51, max: Number.MAX_SAFE_INTEGER }),
  fc.integer({ min: 1, max: 5 }),
);

const hugeLine = fc
  .record({
    item: fc.constantFrom("bolt", "bolt", "bolt", "wire"),
    quantity: huge,
    less: fc.boolean(),
    cost: fc.option(huge, { nil: undefined }),
    unitCost: fc.option(huge, { nil: undefined }),
  })
  .map(({ item, quantity, less, ...costs }) => {
    const most = item === "wire" ? 9_999_999_999_999 : quantity;
    return { item, quantity: Math.min(quantity, most) * (less ? -1 : 1), ...costs };
  });

const hugeCommand: Arbitrary<Command> = fc.oneof(
  fc.record({
    type: fc.constant("adjust" as const),
    location: fc.constant("shop"),
    lines: fc.array(hugeLine, { minLength: 1, maxLength: 8 }),
  }),
  fc
    .array(hugeLine, { minLength: 1, maxLength: 6 })
    .map((lines) => lines.map((line) => ({ ...line, quantity: Math.abs(line.quantity) })))
    .chain((lines) =>
      fc.constantFrom<Command>(
        { type: "receive", location: "shop", lines },
        { type: "issue", location: "shop", lines },
        { type: "transfer", from: "shop", to: "shelf-a", lines },
        { type: "dispatch", from: "shop", to: "shelf-a", lines },
      ),
    ),
);

/** However large the figures, the book is exact or refuses. */
export const exactness = law<{ readonly world: World; readonly commands: readonly Command[] }>({
  name: "exactness",
  says: "every quantity and value recorded is a safe integer, and balances are their exact sums",
  cases: fc.record({
    world: weighted<World>([1, worldArbitrary], [1, worldArbitrary.map(belowZero)]),
    commands: fc.array(hugeCommand, { minLength: 1, maxLength: 6 }),
  }),
  check: ({ world, commands }) => {
    const book = foundedBook(world);
    for (const command of commands) {
      book.submit(command, WORLD_BEGINS);
      checkExact(book);
    }
  },
  tell: ({ world, commands }) => [world, ...commands].map((one) => JSON.stringify(one)).join("\n"),
});

function checkExact({ state, entries }: Book): void {
  const sums = new Map<string, bigint>();
  const add = (place: string, amount: bigint) => sums.set(place, (sums.get(place) ?? 0n) + amount);
  for (const { body } of entries) {
    for (const line of body.type === "movement" ? body.lines : []) {
      must(Number.isSafeInteger(line.quantity) && Number.isSafeInteger(line.value), () => {
        return `a line of ${line.quantity} ${line.item} worth ${line.value}`;
      });
      add(`${line.item} ${line.from} quantity`, -BigInt(line.quantity));
      add(`${line.item} ${line.to} quantity`, BigInt(line.quantity));
      add(`${line.item} ${line.from} value`, -BigInt(line.value));
      add(`${line.item} ${line.to} value`, BigInt(line.value));
    }
  }
  for (const { id } of WORLD_ITEMS) {
    for (const { location, available, value } of itemOf(state, id)?.balances.values() ?? []) {
      const place = `${id} ${location.location.id}`;
      mustEqual(BigInt(available), sums.get(`${place} quantity`) ?? 0n, `${place} quantity`);
      mustEqual(BigInt(value), sums.get(`${place} value`) ?? 0n, `${place} value`);
    }
  }
}
