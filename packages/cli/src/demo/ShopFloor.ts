/** The shop floor: sales, returns, orders by phone, breakage and the monthly count. */
import { DAY_MS } from "@stockbook/core";
import { type Act, lineOf, type Portion, type Trade } from "./Acts.js";
import { HOUR, type Task } from "./Agenda.js";
import { customersOn, weightsIn } from "./Rules.js";
import { CATEGORIES, type Shop, WARES, type Ware } from "./Shop.js";

const OPENS = 9.5 * HOUR;
const CLOSES = 18.5 * HOUR;

const RETURNED = 0.015;
const ORDERED_BY_PHONE = 0.06;
const COLLECTED = 0.9;
/** How often a shop rings up what it no longer has; the book refuses it. */
const MISTAKEN = 0.08;
const BREAKS = 0.05;
const MISCOUNTED = 0.25;

export class ShopFloor {
  /** Of the receipts of this shop. */
  private readonly prefix: string;

  constructor(
    private readonly trade: Trade,
    private readonly shop: Shop,
  ) {
    this.prefix = shop === "shop-market" ? "M" : "H";
  }

  tasks(): readonly Task[] {
    const { random, agenda } = this.trade;
    const { date } = agenda;
    const weights = weightsIn(date.getUTCMonth(), WARES);
    const customers = Math.round(customersOn(date) * random.between(0.8, 1.2));
    const tasks: Task[] = [];
    for (let i = 0; i < customers; i++) {
      const phones = random.chance(ORDERED_BY_PHONE);
      const run = () => (phones ? this.reserve(weights) : this.sell(weights));
      tasks.push({ minute: this.someMinute(), run });
    }
    if (random.chance(BREAKS)) tasks.push({ minute: OPENS, run: () => this.breakage() });
    if (isMonthEnd(date)) tasks.push({ minute: CLOSES + 30, run: () => this.count(date) });
    return tasks;
  }

  private sell(weights: readonly number[]): Act | undefined {
    const { random, shelves } = this.trade;
    const wanted = this.basket(weights);
    const there = wanted.filter((portion) => this.has(portion));
    const mistaken = there.length < wanted.length && random.chance(MISTAKEN);
    const basket = mistaken ? wanted : there;
    if (basket.length === 0) return undefined;
    if (!mistaken) {
      for (const { ware, quantity } of basket) shelves.take(this.shop, ware, quantity);
      if (random.chance(RETURNED)) this.planReturn(basket);
    }
    return this.trade.desk.number(this.prefix, {
      type: "issue",
      location: this.shop,
      lines: basket.map(lineOf),
    });
  }

  private planReturn(basket: readonly Portion[]): void {
    const { agenda, random, shelves } = this.trade;
    const portion = basket.find(({ ware }) => ware.unit === "piece");
    if (portion === undefined) return;
    const run = () => {
      shelves.add(this.shop, portion.ware, portion.quantity);
      return this.trade.desk.number("R", {
        type: "receive",
        location: this.shop,
        from: "customer",
        lines: [lineOf(portion)],
      });
    };
    agenda.plan(agenda.untilOpenDay(random.int(1, 9)), { minute: this.someMinute(), run });
  }

  /** Set aside for someone who calls, and fetched within days, or not. */
  private reserve(weights: readonly number[]): Act | undefined {
    const { agenda, random, shelves, desk } = this.trade;
    const basket = this.basket(weights).filter((portion) => this.has(portion));
    if (basket.length === 0) return undefined;
    for (const { ware, quantity } of basket) shelves.setAside(this.shop, ware, quantity);
    const reserved = this.trade.desk.number("CALL", {
      type: "reserve",
      location: this.shop,
      lines: basket.map(lineOf),
    });
    const collect = () => {
      for (const { ware, quantity } of basket) shelves.handOver(this.shop, ware, quantity);
      return desk.followUp("C", reserved, (reservation) => ({ type: "fulfil", reservation }));
    };
    const giveUp = () => {
      for (const { ware, quantity } of basket) shelves.putBack(this.shop, ware, quantity);
      return desk.followUp("G", reserved, (reservation) => ({ type: "release", reservation }));
    };
    const run = random.chance(COLLECTED) ? collect : giveUp;
    agenda.plan(agenda.untilOpenDay(random.int(1, 4)), { minute: this.someMinute(), run });
    return reserved;
  }

  /** A month's count of one category; now and then a little is missing. */
  private count(date: Date): Act {
    const { random, shelves } = this.trade;
    const category = CATEGORIES[date.getUTCMonth() % CATEGORIES.length];
    const lines = WARES.filter((ware) => ware.category === category?.id).map((ware) => {
      const missing = random.chance(MISCOUNTED) ? this.shrinkage(ware) : 0;
      shelves.take(this.shop, ware, missing);
      return lineOf({ ware, quantity: shelves.onHand(this.shop, ware) });
    });
    return this.trade.desk.number("COUNT", {
      type: "count",
      location: this.shop,
      note: category?.name,
      lines,
    });
  }

  private shrinkage(ware: Ware): number {
    const missing = this.trade.random.int(1, ware.unit === "kg" ? 120 : 2);
    return Math.min(missing, this.trade.shelves.available(this.shop, ware));
  }

  /** Something breaks: it is put aside at once and written off in the evening. */
  private breakage(): Act | undefined {
    const { agenda, random, shelves } = this.trade;
    const fragile = WARES.filter(({ category }) => category === "ware");
    const ware = fragile[random.int(0, fragile.length - 1)];
    if (ware === undefined || shelves.available(this.shop, ware) < 1) return undefined;
    const line = lineOf({ ware, quantity: 1 });
    shelves.setAside(this.shop, ware, 1);
    const takeUp = () => {
      shelves.putBack(this.shop, ware, 1);
      return this.trade.desk.number("B", {
        type: "unhold",
        location: this.shop,
        note: "broken",
        lines: [line],
      });
    };
    const writeOff = () => {
      shelves.take(this.shop, ware, 1);
      return this.trade.desk.number("B", {
        type: "adjust",
        location: this.shop,
        note: "broken",
        lines: [{ ...line, quantity: -1 }],
      });
    };
    agenda.plan(0, { minute: CLOSES + 10, run: takeUp });
    agenda.plan(0, { minute: CLOSES + 11, run: writeOff });
    return this.trade.desk.number("B", {
      type: "hold",
      location: this.shop,
      note: "broken",
      lines: [line],
    });
  }

  private basket(weights: readonly number[]): readonly Portion[] {
    const { random } = this.trade;
    const wares = new Set<Ware>();
    for (let left = random.pick([1, 1, 1, 2, 2, 3, 4]); left > 0; left--) {
      const ware = WARES[random.weighted(weights)];
      if (ware !== undefined) wares.add(ware);
    }
    return [...wares].map((ware) => ({ ware, quantity: this.some(ware) }));
  }

  /** How much of a ware one buys: grams, or pieces. */
  private some({ unit }: Ware): number {
    const { random } = this.trade;
    return unit === "kg"
      ? random.pick([100, 100, 125, 200, 250, 250, 250, 500, 1_000])
      : random.pick([1, 1, 1, 1, 1, 1, 2, 2, 4]);
  }

  private has({ ware, quantity }: Portion): boolean {
    return this.trade.shelves.available(this.shop, ware) >= quantity;
  }

  private someMinute(): number {
    return this.trade.random.int(OPENS, CLOSES);
  }
}

function isMonthEnd(date: Date): boolean {
  return new Date(date.getTime() + DAY_MS).getUTCDate() === 1;
}
