/** Nights when clocks go back over midnight, minute by minute: days come out of order then. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memory, type OpenedStockbook, type OpenOptions, openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { afterAll, expect, it } from "vitest";

const MINUTE = 60_000;
const MINUTES = 180;

const CHANGES = [
  { timeZone: "America/St_Johns", at: Date.UTC(2006, 9, 29, 2, 31) },
  { timeZone: "Antarctica/Casey", at: Date.UTC(2010, 2, 4, 15) },
] as const;
type Change = (typeof CHANGES)[number];

const begin = ({ at }: Change) => at - (MINUTES / 2) * MINUTE;

const folder = mkdtempSync(join(tmpdir(), "stockbook-clock-change-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bookOf(store: OpenOptions["store"], change: Change): Promise<OpenedStockbook> {
  const { timeZone } = change;
  const stock = await openStockbook({ store, organisation: "one", settings: { timeZone } });
  await stock.putLocation({ id: "shop" });
  await stock.putItem({ sku: "TEA" });
  const receipts = Array.from({ length: MINUTES }, (_, minute) => ({
    type: "receive" as const,
    location: "shop",
    lines: [{ item: "TEA", quantity: 1 + (minute % 7) }],
    occurredAt: begin(change) + minute * MINUTE,
  }));
  await stock.submitEach(receipts);
  return stock;
}

it.each(CHANGES)("stock is what had come by then, in $timeZone", async (change) => {
  await using known = await bookOf(memory(), change);
  await using stored = await bookOf(sqlite(join(folder, `${change.at}.db`)), change);
  for (let minute = -1; minute <= MINUTES; minute++) {
    const asOf = { at: begin(change) + minute * MINUTE };
    const expected = await known.stockAsOf("TEA", "shop", asOf);
    expect(await stored.stockAsOf("TEA", "shop", asOf), `minute ${minute}`).toEqual(expected);
  }
});
