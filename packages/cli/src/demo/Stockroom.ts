/** The stockroom: orders from the supplier, and the van that refills the shops. */
import { type Act, lineOf, type Portion, type Trade } from "./Acts.js";
import { HOUR, type Task } from "./Agenda.js";
import { isOpen, refillOf } from "./Rules.js";
import { type Place, SHOPS, type Shop, SUPPLIER, WAREHOUSE, WARES } from "./Shop.js";

const MONDAY = 1;
const VAN_DAYS: readonly number[] = [2, 5];

export class Stockroom {
  constructor(private readonly trade: Trade) {}

  /** Full shelves on the first morning. */
  openingStock(place: Place): Act {
    const { shelves, desk } = this.trade;
    const lines = WARES.map((ware) => {
      const quantity = refillOf(place, ware).maximum;
      shelves.add(place, ware, quantity);
      return { ...lineOf({ ware, quantity }), unitCost: ware.unitCost };
    });
    return desk.number("opening", { type: "receive", location: place, lines });
  }

  tasks(): readonly Task[] {
    const { date } = this.trade.agenda;
    if (date.getUTCDay() === MONDAY) this.orderFromSupplier();
    return VAN_DAYS.includes(date.getUTCDay()) && isOpen(date) ? this.vanRounds() : [];
  }

  /** On Mondays everything that runs low is ordered; it comes a week or so later. */
  private orderFromSupplier(): void {
    const { shelves, agenda, random } = this.trade;
    const order: Portion[] = [];
    for (const ware of WARES) {
      const { minimum, maximum } = refillOf(WAREHOUSE, ware);
      const position = shelves.onHand(WAREHOUSE, ware) + shelves.incoming(ware);
      if (position >= minimum) continue;
      const quantity = Math.ceil((maximum - position) / ware.pack) * ware.pack;
      shelves.order(ware, quantity);
      order.push({ ware, quantity });
    }
    if (order.length === 0) return;
    const minute = random.int(7 * HOUR, 8 * HOUR - 1);
    agenda.plan(random.int(5, 11), { minute, run: () => this.receipt(order) });
  }

  private receipt(order: readonly Portion[]): Act {
    const { shelves, random, desk } = this.trade;
    const lines = order.map((portion) => {
      shelves.add(WAREHOUSE, portion.ware, portion.quantity);
      shelves.order(portion.ware, -portion.quantity);
      const unitCost = Math.round(portion.ware.unitCost * random.between(0.94, 1.08));
      return { ...lineOf(portion), unitCost };
    });
    return desk.number("PO", { type: "receive", location: WAREHOUSE, note: SUPPLIER, lines });
  }

  /** The harbour shop is served at once; the market hall takes deliveries before noon. */
  private vanRounds(): readonly Task[] {
    return SHOPS.map((shop, i) => ({
      minute: 8 * HOUR + 10 * i,
      run: () => (shop === "shop-market" ? this.dispatch(shop) : this.transfer(shop)),
    }));
  }

  private transfer(shop: Shop): Act | undefined {
    const load = this.load(shop);
    if (load.length === 0) return undefined;
    this.unload(shop, load);
    const lines = load.map(lineOf);
    return this.trade.desk.number("T", { type: "transfer", from: WAREHOUSE, to: shop, lines });
  }

  private dispatch(shop: Shop): Act | undefined {
    const { random, agenda, desk } = this.trade;
    const load = this.load(shop);
    if (load.length === 0) return undefined;
    const lines = load.map(lineOf);
    const sent = desk.number("T", { type: "dispatch", from: WAREHOUSE, to: shop, lines });
    const arrive = () => {
      this.unload(shop, load);
      return desk.followUp("A", sent, (shipment) => ({ type: "arrive", shipment }));
    };
    agenda.plan(0, { minute: random.int(11 * HOUR, 12 * HOUR), run: arrive });
    return sent;
  }

  /** What the van takes to a shop: all that runs low there, as far as the warehouse has it. */
  private load(shop: Shop): readonly Portion[] {
    const { shelves } = this.trade;
    return WARES.flatMap((ware) => {
      const { minimum, maximum } = refillOf(shop, ware);
      const there = shelves.onHand(shop, ware);
      if (there >= minimum) return [];
      const quantity = Math.min(maximum - there, shelves.available(WAREHOUSE, ware));
      if (quantity <= 0) return [];
      shelves.take(WAREHOUSE, ware, quantity);
      return [{ ware, quantity }];
    });
  }

  private unload(shop: Shop, load: readonly Portion[]): void {
    for (const { ware, quantity } of load) this.trade.shelves.add(shop, ware, quantity);
  }
}
