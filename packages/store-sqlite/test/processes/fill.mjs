// A process on a disk that is too small. Its argument: the folder. It opens a file when there is no
// room at all, writes until there is none left, makes room and goes on. It says what it met, and
// what is in the file afterwards.
import { appendFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "../../dist/index.js";

const [folder] = process.argv.slice(2);
const ballast = join(folder, "ballast");
const open = () => openStockbook({ store: sqlite(join(folder, "stock.db")) });

const note = "a long note ".repeat(150);
const receive = (stock) =>
  stock.receive({ location: "shop", note, lines: [{ item: "bolt", quantity: 1 }] });

/** What stands in the way of an act, if anything does. */
async function faultOf(act) {
  try {
    await act();
    return undefined;
  } catch ({ _tag, code, reason, message }) {
    return { _tag, reason, code, message };
  }
}

async function fillUp() {
  const piece = Buffer.alloc(4096, 1);
  while ((await faultOf(() => appendFileSync(ballast, piece))) === undefined);
}

const first = await open();
await first.putLocation({ id: "shop" });
await first.putItem({ sku: "bolt" });
await first.close();
await fillUp();
const opening = await faultOf(async () => (await open()).close());

truncateSync(ballast, 512 * 1024);
const stock = await open();
let acknowledged = 0;
let writing = await faultOf(() => receive(stock));
while (writing === undefined) {
  acknowledged++;
  writing = await faultOf(() => receive(stock));
}

rmSync(ballast);
await receive(stock);
const head = await stock.head();
const [bolt] = (await stock.stock()).rows;
const { sound } = await stock.verify();
await stock.close();
console.log(
  JSON.stringify({ opening, writing, acknowledged, head, available: bolt.available, sound }),
);
