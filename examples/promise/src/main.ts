/** Stockbook embedded in an application, Promise-shaped. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStockbook, Rejected } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";

const folder = await mkdtemp(join(tmpdir(), "stockbook-example-"));

try {
  await using stock = await openStockbook({
    store: sqlite(join(folder, "stock.db")),
    settings: { timeZone: "Europe/Paris", currency: "EUR" },
  });

  await stock.putLocation({ id: "warehouse" });
  await stock.putLocation({ id: "shop", parent: "warehouse" });
  await stock.putItem({ sku: "TEA-EARL", name: "Earl Grey, 100 g", unitCost: 320 });
  await stock.putItem({ sku: "FLOUR", name: "Flour", unit: "kg", precision: 3, unitCost: 95 });
  await stock.setThreshold({ item: "TEA-EARL", location: "shop", minimum: 6, maximum: 24 });

  await stock.receive({
    location: "warehouse",
    reference: "PO-1",
    occurredAt: new Date(Date.now() - 86_400_000),
    lines: [
      { item: "TEA-EARL", quantity: 40, unitCost: 310 },
      { item: "FLOUR", quantity: "12.5" },
    ],
  });
  const lines = [{ item: "TEA-EARL", quantity: 10 }];
  await stock.transfer({ from: "warehouse", to: "shop", lines });

  // An order: set aside, then handed over. The key makes a retry safe.
  const order = await stock.reserve({
    location: "shop",
    lines: [{ item: "TEA-EARL", quantity: 3 }],
    idempotencyKey: "order-1001",
  });
  await stock.fulfil({ reservation: order.sequence, reference: "order-1001" });

  const sale = await stock.issue({ location: "shop", lines: [{ item: "TEA-EARL", quantity: 2 }] });
  console.log(
    "the sale crossed",
    sale.entries.flatMap(({ body }) => (body.type === "depleted" ? [body.threshold.item] : [])),
  );

  try {
    await stock.issue({ location: "shop", lines: [{ item: "TEA-EARL", quantity: 6 }] });
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    console.log("refused:", error.code, "-", error.message);
  }

  // A sale entered twice is taken back; somebody counted; a bag burst.
  await stock.reverse({ sequence: sale.sequence, note: "entered twice" });
  await stock.count({ location: "shop", lines: [{ item: "TEA-EARL", quantity: 5, expected: 7 }] });
  await stock.adjust({ location: "warehouse", lines: [{ item: "FLOUR", quantity: "-0.75" }] });
  const held = await stock.reserve({
    location: "shop",
    lines: [{ item: "TEA-EARL", quantity: 1 }],
  });
  await stock.release({ reservation: held.sequence });

  console.table((await stock.stock()).rows, ["sku", "location", "onHand", "available", "value"]);
  const card = await stock.card({ item: "TEA-EARL", location: "shop" });
  console.table(card.rows, ["kind", "reference", "in", "out", "onHand"]);
  const yesterday = { at: Date.now() - 3_600_000 };
  const then = await stock.stockAsOf("TEA-EARL", "warehouse", yesterday);
  console.log(`an hour ago the warehouse had ${then.onHand} ${then.unit}s of ${then.sku}`);
  for (const row of (await stock.thresholds({ depleted: true })).rows) {
    console.log(`low: ${row.sku} at ${row.location}, ${row.quantity} of at least ${row.minimum}`);
  }
  for (const { sku, quantity, location, derivation } of await stock.plan()) {
    const { position, target } = derivation;
    console.log(`order ${quantity} ${sku} for ${location}: position ${position}, up to ${target}`);
  }
  for await (const { sequence, body } of stock.entries(8)) console.log(sequence, body.type);

  const { sound, entries } = await stock.verify();
  console.log(sound ? `sound: ${entries} entries add up` : "the book is not sound");
  if (!sound) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
