/** A shop's receivers of webhooks, and a sender to try them with. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fetchHandler, generateSecret, makeSigner, storq } from "@stockbook/webhooks";
import { nodeHandler } from "@stockbook/webhooks/node";
import express from "express";
import { stockKeeper } from "./options.js";

// Yours is shown when the endpoint is registered, and comes from the environment.
const secret = generateSecret();
const stock = new Map<string, number>();

const app = express();
app.post("/webhooks", nodeHandler(stockKeeper(secret, stock)));
app.use(express.json());

const handle = fetchHandler(stockKeeper(secret, stock));

const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
// A server that listens on a port has an address of this form.
const { port } = server.address() as AddressInfo;
const url = `http://127.0.0.1:${port}/webhooks`;

/** What storq.io sends. */
const sign = makeSigner([secret], storq);
async function eventOf(id: string, sku: string, quantity: number): Promise<RequestInit> {
  const body = JSON.stringify({ id, type: "stock.updated", data: { object: { sku, quantity } } });
  const headers = await sign({ id, timestamp: Math.floor(Date.now() / 1_000), body });
  return { method: "POST", headers, body };
}

const tea = await eventOf("evt_1", "TEA", 12);
const answers = [
  await fetch(url, tea),
  await fetch(url, tea), // The same again: answered, but not handled twice.
  await fetch(url, { ...tea, body: "{}" }),
  await handle(new Request(url, await eventOf("evt_2", "JAM", 5))),
];
console.log(answers.map(({ status }) => status).join(" "));
if (stock.get("TEA") !== 12 || stock.get("JAM") !== 5) process.exitCode = 1;

server.close();
