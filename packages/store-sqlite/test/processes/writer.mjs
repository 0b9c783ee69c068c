// A process that writes without pause and says on its output what was acknowledged, until it is
// killed. Its arguments: the file, the name of this run, how many write at once.
import { writeSync } from "node:fs";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "../../dist/index.js";

const [file, run, writers] = process.argv.slice(2);
const stock = await openStockbook({ store: sqlite(file) });
await stock.putLocation({ id: "store" });
await stock.putLocation({ id: "shop" });
await stock.putItem({ sku: "bolt", unitCost: 7 });
await stock.putItem({ sku: "wire", precision: 2, unitCost: 130 });
await stock.setThreshold({ item: "bolt", location: "shop", minimum: 50, maximum: 100 });

const acknowledge = (keys) => writeSync(1, `${keys.join(" ")}\n`);

async function write(name) {
  for (let i = 0; ; i++) {
    const key = `${run}/${name}/${i}`;
    await [receive, move, order][i % 3](key, i);
  }
}

async function receive(key, i) {
  const lines = [
    { item: "bolt", quantity: 10 + (i % 7) },
    { item: "wire", quantity: "2.25" },
  ];
  await stock.receive({ location: "store", lines, idempotencyKey: key });
  acknowledge([key]);
}

// Two commands that must both be there or neither.
async function move(key) {
  const transfer = {
    type: "transfer",
    from: "store",
    to: "shop",
    lines: [{ item: "bolt", quantity: 9 }],
  };
  const issue = { type: "issue", location: "shop", lines: [{ item: "bolt", quantity: 4 }] };
  const pair = [
    { ...transfer, idempotencyKey: `${key}+1` },
    { ...issue, idempotencyKey: `${key}+2` },
  ];
  await stock.submitAll(pair);
  acknowledge(pair.map(({ idempotencyKey }) => idempotencyKey));
}

async function order(key) {
  const lines = [{ item: "bolt", quantity: 2 }];
  const { sequence } = await stock.reserve({ location: "shop", lines, idempotencyKey: key });
  acknowledge([key]);
  await stock.fulfil({ reservation: sequence, idempotencyKey: `${key}+f` });
  acknowledge([`${key}+f`]);
}

writeSync(1, "ready\n");
await Promise.all(Array.from({ length: Number(writers) }, (_, name) => write(name)));
