/**
 * The floor under the SQLite rows: the same rows in the same tables, written by hand.
 *
 * It is what one would write for this one purpose: prepared statements, balances kept in
 * memory, every balance and roll-up written once in a transaction. It checks nothing, knows no
 * other commands than these, and has the file to itself. The store made the tables, so what
 * they cost is the same on both sides.
 */
import { monthOfDay } from "@stockbook/core";
import Database from "better-sqlite3";
import { openFile } from "../Ledgers.js";
import { itemId, type Movement, SHOP, UNIT_COST } from "../Traffic.js";
import { prepareStatements, type Statements } from "./Statements.js";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Numbers that the store's tables use. */
const RECEIVE = 32;
const ISSUE = 33;
const KINDS = [
  ["receive", RECEIVE],
  ["issue", ISSUE],
] as const;
const HOURS = 0;
const DAYS = 1;
const SUPPLIER = 1;
const CUSTOMER = 2;

/** What one item has at the shop, at its suppliers and at its customers. */
interface Held {
  readonly item: number;
  shop: number;
  supplier: number;
  customer: number;
}

/** What a transaction does to one item. */
interface Change {
  inward: number;
  outward: number;
  lines: number;
  lastSequence: number;
  /** The line before in the chain of the hour, then the latest. */
  lastLine: number | null;
}

/** When a transaction takes place. */
interface Moment {
  readonly now: number;
  readonly day: number;
  readonly hour: number;
  readonly month: number;
}

/** A file that movements are written to by hand. */
export class HandWritten implements Disposable {
  private readonly database: Database.Database;
  private readonly sql: Statements;
  private readonly ledger: number;
  private readonly shop: number;
  private readonly held = new Map<string, Held>();
  private sequence: number;
  private line: number;
  /** The line before in the chain of the shop's hour. */
  private placeLine: number | null = null;

  /** A file in which every item is on the shelf, as in a ledger that is measured. */
  static async open(file: string, items: number): Promise<HandWritten> {
    const stock = await openFile(file, items);
    await stock.close();
    return new HandWritten(file, items);
  }

  private constructor(file: string, items: number) {
    this.database = new Database(file);
    this.sql = prepareStatements(this.database);
    const row = this.database
      .prepare("SELECT ledger, head, line_count FROM ledgers WHERE mode = 'live'")
      .get() as { readonly ledger: number; readonly head: number; readonly line_count: number };
    this.ledger = row.ledger;
    this.sequence = row.head;
    this.line = row.line_count;
    this.shop = this.numberOf("locations", SHOP);
    for (let i = 0; i < items; i++) this.readHeld(itemId(i));
  }

  /** Writes movements of one line each in one transaction. */
  write(movements: readonly Movement[]): void {
    const moment = momentOf(Date.now());
    const changes = new Map<Held, Change>();
    this.sql.begin.run();
    const lastPlaceLine = this.sql.lastPlaceLine.get(this.ledger, this.shop, moment.hour);
    this.placeLine = (lastPlaceLine as number | undefined) ?? null;
    for (const movement of movements) this.writeMovement(movement, moment, changes);
    for (const [held, change] of changes) this.writeSums(held, change, moment);
    this.writeKinds(movements, moment);
    this.writeNode(changes.values());
    this.writePlace(movements, moment);
    this.sql.head.run(this.sequence, moment.now, this.line, this.ledger);
    this.sql.commit.run();
  }

  [Symbol.dispose](): void {
    this.database.close();
  }

  private numberOf(table: "items" | "locations", id: string): number {
    const query = `SELECT no FROM ${table} WHERE ledger = ? AND id = ?`;
    return this.database.prepare(query).pluck().get(this.ledger, id) as number;
  }

  private readHeld(id: string): void {
    const item = this.numberOf("items", id);
    const available = this.database
      .prepare("SELECT available FROM balances WHERE ledger = ? AND item = ? AND location = ?")
      .pluck();
    const at = (location: number) =>
      (available.get(this.ledger, item, location) as number | undefined) ?? 0;
    this.held.set(id, {
      item,
      shop: at(this.shop),
      supplier: at(SUPPLIER),
      customer: at(CUSTOMER),
    });
  }

  private writeMovement(
    { type, lines }: Movement,
    moment: Moment,
    changes: Map<Held, Change>,
  ): void {
    const { sql, ledger, shop } = this;
    const { now } = moment;
    const [{ item: id, quantity: amount }] = lines as readonly [Movement["lines"][number]];
    const quantity = amount as number;
    const held = this.held.get(id) as Held;
    const { item } = held;
    const change = changes.get(held) ?? this.begun(held, moment);
    changes.set(held, change);
    const sequence = ++this.sequence;
    const line = ++this.line;
    const previous = change.lastLine;
    const value = quantity * UNIT_COST;
    if (type === "receive") {
      sql.entry.run(ledger, sequence, RECEIVE, now, now, line);
      sql.line.run(
        ledger,
        line,
        sequence,
        now,
        item,
        SUPPLIER,
        shop,
        quantity,
        value,
        null,
        previous,
        null,
        this.placeLine,
      );
      held.supplier -= quantity;
      held.shop += quantity;
      change.inward += quantity;
    } else {
      sql.entry.run(ledger, sequence, ISSUE, now, now, line);
      sql.line.run(
        ledger,
        line,
        sequence,
        now,
        item,
        shop,
        CUSTOMER,
        quantity,
        value,
        previous,
        null,
        this.placeLine,
        null,
      );
      held.shop -= quantity;
      held.customer += quantity;
      change.outward += quantity;
    }
    change.lines++;
    change.lastSequence = sequence;
    change.lastLine = line;
    this.placeLine = line;
  }

  private begun({ item }: Held, { day, hour }: Moment): Change {
    const lastLine = this.sql.lastLine.get(this.ledger, day, item, this.shop, hour);
    return {
      inward: 0,
      outward: 0,
      lines: 0,
      lastSequence: 0,
      lastLine: (lastLine as number | undefined) ?? null,
    };
  }

  private writeSums(held: Held, change: Change, { now, day, hour, month }: Moment): void {
    const { sql, ledger, shop } = this;
    const { item } = held;
    const { inward, outward, lines, lastSequence, lastLine } = change;
    const net = inward - outward;
    const value = net * UNIT_COST;
    sql.balance.run(ledger, item, shop, held.shop, held.shop * UNIT_COST, now, now);
    if (inward > 0) {
      sql.balance.run(ledger, item, SUPPLIER, held.supplier, held.supplier * UNIT_COST, now, now);
    }
    if (outward > 0) {
      sql.balance.run(ledger, item, CUSTOMER, held.customer, held.customer * UNIT_COST, now, now);
    }
    const sums = [net, value, inward, outward, lines, lastSequence];
    sql.hour.run(ledger, day, item, shop, hour, ...sums, lastLine);
    sql.month.run(ledger, item, shop, month, ...sums);
  }

  private writeNode(changes: Iterable<Change>): void {
    let net = 0;
    for (const { inward, outward } of changes) net += inward - outward;
    this.sql.node.run(this.ledger, this.shop, net, net * UNIT_COST);
  }

  private writeKinds(movements: readonly Movement[], { hour, day }: Moment): void {
    const { sql, ledger } = this;
    for (const [type, kind] of KINDS) {
      const own = movements.filter((movement) => movement.type === type);
      if (own.length === 0) continue;
      const quantity = own.reduce((sum, { lines }) => sum + (lines[0]?.quantity as number), 0);
      const sums = [own.length, own.length, quantity * UNIT_COST];
      sql.kind.run(ledger, HOURS, hour, kind, ...sums);
      sql.kind.run(ledger, DAYS, day, kind, ...sums);
    }
  }

  private writePlace(movements: readonly Movement[], { hour, day }: Moment): void {
    const { sql, ledger, shop } = this;
    const inputs = movements.filter(({ type }) => type === "receive").length;
    const counts = [inputs, movements.length - inputs, this.placeLine];
    sql.place.run(ledger, shop, HOURS, hour, ...counts);
    sql.place.run(ledger, shop, DAYS, day, ...counts);
  }
}

function momentOf(now: number): Moment {
  const day = Math.floor(now / DAY_MS);
  return { now, day, hour: Math.floor(now / HOUR_MS), month: monthOfDay(day) };
}
