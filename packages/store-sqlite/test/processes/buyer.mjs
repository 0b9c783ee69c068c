// A process in which many buyers want one piece each, again and again, out of the same stock.
// Its arguments: the file, how many buyers, how often each tries. It says how many pieces it got.
import { openStockbook, Rejected } from "@stockbook/engine";
import { sqlite } from "../../dist/index.js";

const [file, buyers, tries] = process.argv.slice(2);
const stock = await openStockbook({ store: sqlite(file) });

async function buy() {
  let got = 0;
  for (let i = 0; i < Number(tries); i++) {
    try {
      await stock.issue({ location: "shop", lines: [{ item: "bolt", quantity: 1 }] });
      got++;
    } catch (error) {
      if (!(error instanceof Rejected && error.code === "insufficient-stock")) throw error;
    }
  }
  return got;
}

const all = await Promise.all(Array.from({ length: Number(buyers) }, buy));
console.log(JSON.stringify({ got: all.reduce((sum, got) => sum + got, 0) }));
await stock.close();
