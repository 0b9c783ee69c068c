/** Stockbook's API in a Hono server. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { StockbookClient } from "@stockbook/client";
import { memory } from "@stockbook/engine";
import { webHandler } from "@stockbook/http";
import { Hono } from "hono";

const api = await webHandler({ store: memory(), prefix: "/api/stockbook" });

const app = new Hono();
app.get("/", (context) => context.text("a shop"));
app.all("/api/stockbook/*", (context) => {
  const { address } = getConnInfo(context).remote;
  return api.handle(context.req.raw, { address });
});

// A key for the first of your users.
await api.access.createOrganisation({ id: "acme" });
const { secret } = await api.access.createKey({
  organisation: "acme",
  mode: "test",
  name: "first",
  scopes: ["catalogue:write", "stock:read", "stock:write"],
  allowedIps: ["127.0.0.1"],
});

const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
await once(server, "listening");
// A server that listens on a port has an address of this form.
const { port } = server.address() as AddressInfo;
const url = `http://127.0.0.1:${port}/api/stockbook`;

const stockbook = new StockbookClient({ url, key: secret ?? "" });
await stockbook.locations.put("shop", { name: "Shop" });
await stockbook.items.put("TEA", { name: "Earl Grey, 100 g", unitCost: 320 });
const lines = [{ item: "TEA", quantity: 12 }];
await stockbook.movements.create({ type: "receive", location: "shop", lines });
for await (const { name, onHand } of stockbook.stock.list()) console.log(`${name}: ${onHand}`);

server.close();
await api.close();
