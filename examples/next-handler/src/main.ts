/** Calls the route handlers as Next would, without Next. */
import { StockbookClient } from "@stockbook/client";
import { DELETE, GET, PATCH, POST, PUT } from "./app/api/stockbook/[...path]/route.js";
import { api } from "./stockbook.js";

const handlers = { DELETE, GET, PATCH, POST, PUT };

// A key for the first of your users.
await api.access.createOrganisation({ id: "acme" });
const { secret } = await api.access.createKey({
  organisation: "acme",
  mode: "test",
  name: "first",
  scopes: ["catalogue:write", "stock:read", "stock:write"],
});

const stockbook = new StockbookClient({
  url: "http://localhost:3000/api/stockbook",
  key: secret ?? "",
  // Next picks the handler by the method.
  fetch: (url, init) => {
    const request = new Request(url, init);
    return handlers[request.method as keyof typeof handlers](request);
  },
});
await stockbook.locations.put("shop", { name: "Shop" });
await stockbook.items.put("TEA", { name: "Earl Grey, 100 g", unitCost: 320 });
const lines = [{ item: "TEA", quantity: 12 }];
await stockbook.movements.create({ type: "receive", location: "shop", lines });
for await (const { name, onHand } of stockbook.stock.list()) console.log(`${name}: ${onHand}`);

await api.close();
