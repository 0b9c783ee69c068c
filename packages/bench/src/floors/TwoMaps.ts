/** The floor under the core: a bare loop over two maps. */
import type { Movement } from "../Traffic.js";

/** What is in the shop and what is outside, by item; nothing is checked, valued or recorded. */
export class TwoMaps {
  private readonly inside = new Map<string, number>();
  private readonly outside = new Map<string, number>();

  apply(movements: readonly Movement[]): void {
    for (const { type, lines } of movements) {
      const sign = type === "receive" ? 1 : -1;
      for (const { item, quantity } of lines) {
        const change = sign * (quantity as number);
        this.inside.set(item, (this.inside.get(item) ?? 0) + change);
        this.outside.set(item, (this.outside.get(item) ?? 0) - change);
      }
    }
  }
}
