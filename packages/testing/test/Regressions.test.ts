import {
  type Command,
  type Crossing,
  type Entry,
  fork,
  itemOf,
  type LineInput,
} from "@stockbook/core";
import { describe, expect, it } from "vitest";
import { Book, type Verdict } from "../src/Book.js";
import { Model } from "../src/Model.js";
import { foundedBook } from "../src/Runner.js";
import { holdingsOf } from "../src/Snapshot.js";
import { MINUTE, WORLD_BEGINS, type World } from "../src/World.js";

const NOW = WORLD_BEGINS + 60 * MINUTE;

const DENY: World = {
  settings: { timeZone: "UTC", currency: "EUR", negativePolicy: "deny" },
  policies: [null, null, null],
  unitCosts: [null, null, null],
};
const ALLOW: World = { ...DENY, settings: { ...DENY.settings, negativePolicy: "allow" } };
const costing = (unitCost: number, world = DENY): World => ({
  ...world,
  unitCosts: [unitCost, unitCost, unitCost],
});

/** A book in which these commands were accepted. */
function after(world: World, ...commands: readonly Command[]): Book {
  const book = foundedBook(world);
  for (const command of commands) accepted(book.submit(command, NOW));
  return book;
}

function accepted(verdict: Verdict): readonly Entry[] {
  if (verdict.type !== "accepted") throw new Error(JSON.stringify(verdict));
  return verdict.entries;
}

function codeOf(verdict: Verdict): string {
  return verdict.type === "rejected" ? verdict.rejection.code : verdict.type;
}

function held(book: Book, item: string, location: string) {
  const balances = [...(itemOf(book.state, item)?.balances.values() ?? [])];
  const balance = balances.find((one) => one.location.location.id === location);
  const { available = 0, reserved = 0, unavailable = 0, value = 0 } = balance ?? {};
  return { available, reserved, unavailable, value };
}

const crossingsIn = (book: Book): readonly Crossing[] =>
  book.entries.flatMap(({ body }) =>
    body.type === "depleted" || body.type === "replenished" ? [body] : [],
  );

const of = (item: string, quantity: number | string, more: object = {}): LineInput => ({
  item,
  quantity,
  ...more,
});
const receive = (location: string, ...lines: readonly LineInput[]): Command => {
  return { type: "receive", location, lines };
};
const issue = (location: string, ...lines: readonly LineInput[]): Command => {
  return { type: "issue", location, lines };
};
const reserve = (location: string, ...lines: readonly LineInput[]): Command => {
  return { type: "reserve", location, lines };
};

describe("what other systems got wrong", () => {
  it("regression: the last piece is reserved once", () => {
    const book = after(DENY, receive("shop", of("bolt", 1)), reserve("shop", of("bolt", 1)));
    expect(codeOf(book.submit(reserve("shop", of("bolt", 1)), NOW))).toBe("insufficient-stock");
  });

  it("regression: the same item on two lines is judged on the sum", () => {
    const book = after(DENY, receive("shop", of("bolt", 5)));
    const twice = issue("shop", of("bolt", 3), of("bolt", 3));
    expect(codeOf(book.submit(twice, NOW))).toBe("insufficient-stock");
    expect(codeOf(book.submit(issue("shop", of("bolt", 3), of("bolt", 2)), NOW))).toBe("accepted");
  });

  it("regression: reserved comes back to 0 however a reservation is used up", () => {
    const book = after(
      DENY,
      receive("shop", of("bolt", 10)),
      reserve("shop", of("bolt", 6)),
      { type: "fulfil", reservation: 12, lines: [of("bolt", 2)] },
      { type: "reverse", sequence: 13 },
      { type: "release", reservation: 12, lines: [of("bolt", 1)] },
      { type: "fulfil", reservation: 12 },
    );
    expect(held(book, "bolt", "shop")).toMatchObject({ available: 5, reserved: 0 });
    expect(book.state.reservations.size).toBe(0);
  });

  it("regression: more than there is cannot be taken off, and nothing is cut to 0", () => {
    const book = after(DENY, receive("shop", of("bolt", 3)));
    const lost: Command = { type: "adjust", location: "shop", lines: [of("bolt", -5)] };
    expect(codeOf(book.submit(lost, NOW))).toBe("insufficient-stock");
    expect(held(book, "bolt", "shop").available).toBe(3);
  });

  it("regression: counting up from below zero is a count, not goods received", () => {
    const book = after(ALLOW, issue("shop", of("bolt", 1)));
    const count: Command = { type: "count", location: "shop", lines: [of("bolt", 0)] };
    const [entry] = accepted(book.submit(count, NOW));
    expect(entry?.body).toMatchObject({ kind: "count", lines: [{ from: "@adjustment" }] });
    expect(held(book, "bolt", "@supplier").available).toBe(0);
  });

  it("regression: of two movements at one moment the one recorded later comes later", () => {
    const book = after(DENY, receive("shop", of("bolt", 5)));
    const before = { ...issue("shop", of("bolt", 5)), occurredAt: NOW - 1 } as Command;
    expect(codeOf(book.submit(before, NOW))).toBe("insufficient-stock");
    const same = { ...issue("shop", of("bolt", 5)), occurredAt: NOW } as Command;
    expect(codeOf(book.submit(same, NOW))).toBe("accepted");
  });

  it("regression: a backdated issue may not sell what was sold since", () => {
    const dated = (command: Command, minute: number): Command =>
      ({ ...command, occurredAt: WORLD_BEGINS + minute * MINUTE }) as Command;
    const book = after(
      DENY,
      dated(receive("shop", of("bolt", 5)), 1),
      dated(issue("shop", of("bolt", 5)), 10),
      dated(receive("shop", of("bolt", 9)), 20),
    );
    const verdict = book.submit(dated(issue("shop", of("bolt", 1)), 5), NOW);
    expect(verdict).toMatchObject({
      rejection: { code: "insufficient-stock", available: 0, at: WORLD_BEGINS + 10 * MINUTE },
    });
  });

  it("regression: whoever sells the last takes the rest of the value", () => {
    const book = after(
      DENY,
      receive("shop", of("bolt", 2, { unitCost: 100 })),
      receive("shop", of("bolt", 1, { unitCost: 101 })),
      issue("shop", of("bolt", 1)),
      issue("shop", of("bolt", 2)),
    );
    expect(held(book, "bolt", "shop")).toMatchObject({ available: 0, value: 0 });
    expect(held(book, "bolt", "@customer").value).toBe(301);
  });

  it("regression: goods bought at 3.30 after stock fell below zero are worth 3.30", () => {
    const book = after(
      ALLOW,
      issue("shop", of("bolt", 2)),
      receive("shop", of("bolt", 20, { unitCost: 330 })),
    );
    expect(held(book, "bolt", "shop")).toMatchObject({ available: 18, value: 18 * 330 });
    expect(held(book, "bolt", "@revaluation").value).toBe(2 * 330);
  });

  it("regression: a past value does not change with today's cost", () => {
    const book = after(costing(500), receive("shop", of("bolt", 2)));
    const then = new Model(book.entries).balances;
    accepted(book.submit({ type: "put-item", id: "bolt", unitCost: 9_000 }, NOW));
    expect(new Model(book.entries).balances).toEqual(then);
    accepted(book.submit(issue("shop", of("bolt", 1)), NOW));
    expect(held(book, "bolt", "shop").value).toBe(500);
  });

  it("regression: 7718.27 less 7000 is 718.27", () => {
    const book = after(DENY, receive("shop", of("wire", 7718.27)), issue("shop", of("wire", 7000)));
    const expected = of("wire", "718.27", { expected: 718.27 });
    const count: Command = { type: "count", location: "shop", lines: [expected] };
    expect(accepted(book.submit(count, NOW))[0]?.body).toMatchObject({ lines: [] });
  });

  it("regression: a rule on a parent counts each piece below it once", () => {
    const book = after(
      DENY,
      { type: "set-threshold", item: "bolt", location: "site", minimum: 5 },
      receive("shelf-a", of("bolt", 2)),
      receive("shelf-b", of("bolt", 2)),
      receive("shop", of("bolt", 1)),
      { type: "transfer", from: "shop", to: "shelf-a", lines: [of("bolt", 1)] },
      { type: "transfer", from: "shelf-a", to: "van", lines: [of("bolt", 1)] },
    );
    expect(crossingsIn(book).map(({ type, quantity }) => [type, quantity])).toEqual([
      ["replenished", 5],
      ["depleted", 4],
    ]);
  });

  it("regression: the same command again does nothing again, in any later state", () => {
    const book = after(DENY, receive("shop", of("bolt", 5)));
    const sale = { ...issue("shop", of("bolt", 5)), idempotencyKey: "order-1" } as Command;
    const [entry] = accepted(book.submit(sale, NOW));
    for (const later of [NOW, NOW + MINUTE]) {
      const again = book.submit(sale, later);
      expect(again).toEqual({ type: "repeated", sequence: entry?.sequence, span: 1 });
    }
    expect(held(book, "bolt", "@customer").available).toBe(5);
  });

  it("regression: a reservation does not stand in its own way", () => {
    const book = after(DENY, receive("shop", of("bolt", 3)), reserve("shop", of("bolt", 3)), {
      type: "fulfil",
      reservation: 12,
    });
    expect(held(book, "bolt", "shop")).toMatchObject({ available: 0, reserved: 0 });
  });

  it("regression: 0 → 10 → 0 is told as it was, not as it is", () => {
    const book = after(
      DENY,
      { type: "set-threshold", item: "bolt", location: "shop", minimum: 1, maximum: 20 },
      receive("shop", of("bolt", 10)),
      issue("shop", of("bolt", 10)),
    );
    const told = crossingsIn(book).map(({ type, previous, quantity, replenishment, cause }) => {
      return [type, previous, quantity, replenishment, cause];
    });
    expect(told).toEqual([
      ["replenished", 0, 10, 0, 12],
      ["depleted", 10, 0, 20, 14],
    ]);
  });

  it("regression: a movement in and out of one command crosses nothing", () => {
    const book = after(
      DENY,
      { type: "set-threshold", item: "bolt", location: "site", minimum: 5 },
      receive("shop", of("bolt", 5)),
      { type: "transfer", from: "shop", to: "shelf-a", lines: [of("bolt", 5)] },
      { type: "adjust", location: "shop", lines: [of("bolt", 3), of("bolt", -3)] },
    );
    expect(crossingsIn(book)).toHaveLength(1);
  });
});

describe("found by the laws", () => {
  it("regression: lines at one unit cost cost the same as one line", () => {
    const pieces = [of("wire", "0.34"), of("wire", "0.33"), of("wire", "0.33")];
    for (const world of [costing(7), DENY]) {
      const cost = world === DENY ? { unitCost: 7 } : {};
      const book = after(world, receive("shop", ...pieces.map((line) => ({ ...line, ...cost }))));
      expect(held(book, "wire", "shop")).toMatchObject({ available: 100, value: 7 });
    }
  });

  it("regression: found goods are worth the same on one line or on three", () => {
    const found = (...lines: readonly LineInput[]): Command => {
      return { type: "adjust", location: "shop", lines };
    };
    const stock = receive("shop", of("bolt", 3, { cost: 10 }));
    const one = after(DENY, stock, found(of("bolt", 2)));
    const two = after(DENY, stock, found(of("bolt", 1), of("bolt", 1)));
    expect(held(one, "bolt", "shop").value).toBe(17);
    expect(held(two, "bolt", "shop").value).toBe(17);
  });

  it("regression: goods that cover a deficit correct it the same on one line or on two", () => {
    const short = issue("shop", of("bolt", 3));
    const world = { ...costing(11, ALLOW), unitCosts: [11, null, null] };
    const one = after(world, short, receive("shop", of("bolt", 2, { unitCost: 3 })));
    const two = after(
      world,
      short,
      receive("shop", of("bolt", 1, { unitCost: 3 }), of("bolt", 1, { unitCost: 3 })),
    );
    expect(held(two, "bolt", "shop")).toEqual(held(one, "bolt", "shop"));
  });

  it("regression: what arrives in parts of one command is worth its share", () => {
    const sent = [
      receive("shop", of("bolt", 5, { cost: 1 })),
      { type: "dispatch", from: "shop", to: "van", lines: [of("bolt", 5)] } as const,
    ];
    const arrive = (...lines: readonly LineInput[]): Command => {
      return { type: "arrive", shipment: 12, lines };
    };
    const one = after(DENY, ...sent, arrive(of("bolt", 3)));
    const three = after(DENY, ...sent, arrive(of("bolt", 1), of("bolt", 1), of("bolt", 1)));
    expect(held(one, "bolt", "van").value).toBe(1);
    expect(held(three, "bolt", "van").value).toBe(1);
  });

  it("regression: a reversal does not move what is archived", () => {
    const book = after(
      DENY,
      receive("shelf-b", of("bolt", 1)),
      { type: "reverse", sequence: 11 },
      { type: "put-location", id: "shelf-b", archived: true },
    );
    const redo = (on: Book) => codeOf(on.submit({ type: "reverse", sequence: 12 }, NOW));
    expect(redo(book)).toBe("archived-location");
    accepted(book.submit({ type: "put-location", id: "shelf-b", archived: false }, NOW));
    accepted(book.submit({ type: "put-item", id: "bolt", archived: true }, NOW));
    expect(redo(book)).toBe("archived-item");
    accepted(book.submit({ type: "put-item", id: "bolt", archived: false }, NOW));
    expect(redo(book)).toBe("accepted");
  });

  it("regression: of two shortages the first line's is told, whatever is at hand", () => {
    const book = after(DENY, receive("shop", of("bolt", 1)));
    const both = {
      ...issue("shop", of("bolt", 1), of("gold", 1)),
      occurredAt: NOW - MINUTE,
    } as Command;
    const fresh = new Book(fork(book.state), book.entries).decide(both, NOW);
    const since = Number.MIN_SAFE_INTEGER;
    book.bringTimeline({ item: "bolt", location: "shop", lot: null, since });
    expect(fresh).toMatchObject({ rejection: { line: 0, item: "bolt" } });
    expect(book.decide(both, NOW)).toEqual(fresh);
  });

  it("regression: of two expectations the first line's is told, whatever is at hand", () => {
    const book = after(DENY, receive("shop", of("bolt", 1)));
    const lines = [of("bolt", 0, { expected: 7 }), of("gold", 0, { expected: 7 })];
    const count: Command = { type: "count", location: "shop", lines, occurredAt: NOW - MINUTE };
    expect(book.decide(count, NOW)).toMatchObject({
      rejection: { code: "expectation-failed", line: 0 },
    });
    const spoilt = [of("gold", 0, { expected: 7 }), of("bolt", 0, { expected: "many" })];
    expect(codeOf(book.decide({ ...count, lines: spoilt }, NOW))).toBe("invalid-quantity");
  });

  it("regression: a sum that is not exact at some line is refused, though it is in the end", () => {
    const most = Number.MAX_SAFE_INTEGER;
    const book = foundedBook(ALLOW);
    const lines = [of("bolt", -(most - 1)), of("bolt", -(2 ** 52 + 1)), of("bolt", 2 ** 52 + 1)];
    const adjust: Command = { type: "adjust", location: "shop", lines };
    expect(codeOf(book.submit(adjust, NOW))).toBe("balance-too-large");
  });

  it("regression: no line is worth more than is counted exactly", () => {
    const book = foundedBook(ALLOW);
    const lines = [of("wire", 2, { cost: 2 ** 52 }), of("wire", -4)];
    const adjust: Command = { type: "adjust", location: "shop", lines };
    expect(codeOf(book.submit(adjust, NOW))).toBe("balance-too-large");
  });

  it("regression: too little stock is told before too much value", () => {
    const book = foundedBook(costing(333));
    const verdict = book.submit(issue("shop", of("bolt", 999_999_999_999_999)), NOW);
    expect(codeOf(verdict)).toBe("insufficient-stock");
  });

  it.each<[string, unknown]>([
    ["a bigint", 5n],
    ["a value that contains itself", circular()],
    ["an object without a prototype", Object.create(null)],
    ["a symbol", Symbol("five")],
  ])("regression: %s as a quantity is refused, not thrown on", (_name, quantity) => {
    const book = foundedBook(DENY);
    const line = { item: "bolt", quantity } as unknown as LineInput;
    expect(codeOf(book.decide(receive("shop", line), NOW))).toBe("invalid-quantity");
  });

  it("regression: an id that nobody could keep is told short", () => {
    const book = foundedBook(DENY);
    const id = `\u0000${"x".repeat(100_000)}`;
    for (const command of [receive(id, of("bolt", 1)), receive("shop", of(id, 1))]) {
      expect(JSON.stringify(book.decide(command, NOW)).length).toBeLessThan(1_000);
    }
  });

  it("regression: the rules that a moved location crosses come in one order, fork or not", () => {
    const moving: Command = { type: "put-location", id: "store", parent: "van" };
    const book = after(
      DENY,
      ...["gold", "wire", "bolt"].flatMap((item): Command[] => [
        { type: "set-threshold", item, location: "van", minimum: 1 },
        { type: "set-threshold", item, location: "site", minimum: 1 },
        receive("shelf-a", of(item, 5)),
      ]),
    );
    const trial = new Book(fork(book.state), book.entries);
    itemOf(trial.state, "gold");
    const [there, here] = [trial.submit(moving, NOW), book.submit(moving, NOW)];
    expect(there).toEqual(here);
    expect(accepted(here)).toHaveLength(7);
  });

  it("regression: a reversal restores what was held, value corrections included", () => {
    const book = after(costing(5, ALLOW), issue("shop", of("bolt", 10)));
    const before = holdingsOf(book.state);
    const [entry] = accepted(book.submit(receive("shop", of("bolt", 15, { unitCost: 8 })), NOW));
    expect(held(book, "bolt", "shop")).toMatchObject({ available: 5, value: 40 });
    accepted(book.submit({ type: "reverse", sequence: entry?.sequence ?? 0 }, NOW));
    expect(holdingsOf(book.state)).toBe(before);
  });
});

function circular(): unknown {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  return loop;
}
