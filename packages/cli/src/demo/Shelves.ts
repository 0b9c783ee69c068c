/** Shelves: the demo's own idea of what is where, by which it decides what to do next. */
import type { Place, Ware } from "./Shop.js";

/** Quantities in steps. */
interface Shelf {
  available: number;
  /** Reserved, on hold: on hand, but not to be sold. */
  aside: number;
}

export class Shelves {
  private readonly shelves = new Map<string, Shelf>();
  /** Ordered from the supplier, not there yet. */
  private readonly ordered = new Map<Ware, number>();

  available(place: Place, ware: Ware): number {
    return this.shelf(place, ware).available;
  }

  onHand(place: Place, ware: Ware): number {
    const { available, aside } = this.shelf(place, ware);
    return available + aside;
  }

  incoming(ware: Ware): number {
    return this.ordered.get(ware) ?? 0;
  }

  add(place: Place, ware: Ware, quantity: number): void {
    this.shelf(place, ware).available += quantity;
  }

  take(place: Place, ware: Ware, quantity: number): void {
    this.shelf(place, ware).available -= quantity;
  }

  setAside(place: Place, ware: Ware, quantity: number): void {
    this.take(place, ware, quantity);
    this.shelf(place, ware).aside += quantity;
  }

  putBack(place: Place, ware: Ware, quantity: number): void {
    this.shelf(place, ware).aside -= quantity;
    this.add(place, ware, quantity);
  }

  handOver(place: Place, ware: Ware, quantity: number): void {
    this.shelf(place, ware).aside -= quantity;
  }

  order(ware: Ware, quantity: number): void {
    this.ordered.set(ware, this.incoming(ware) + quantity);
  }

  private shelf(place: Place, ware: Ware): Shelf {
    const key = `${place} ${ware.sku}`;
    const known = this.shelves.get(key);
    if (known !== undefined) return known;
    const made: Shelf = { available: 0, aside: 0 };
    this.shelves.set(key, made);
    return made;
  }
}
