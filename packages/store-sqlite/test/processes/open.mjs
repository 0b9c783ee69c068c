// A process that opens the file it is given and says what came of it.
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "../../dist/index.js";

const [file] = process.argv.slice(2);
try {
  const stock = await openStockbook({ store: sqlite(file) });
  await stock.close();
  console.log(JSON.stringify({}));
} catch ({ _tag, reason, message }) {
  console.log(JSON.stringify({ _tag, reason, message }));
}
