/** Real servers of every kind, each with a receiver at /webhooks. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import express, { type Express } from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { fastifyWebhooks } from "../../src/Fastify.js";
import { fetchHandler, type HandlerOptions } from "../../src/index.js";
import { nodeHandler } from "../../src/Node.js";

export interface Running extends AsyncDisposable {
  readonly url: string;
}

export type Start = (options: HandlerOptions) => Promise<Running>;

export async function listen(server: Server): Promise<Running> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return running(server);
}

function running(server: Server): Running {
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** An Express app with parsers and receivers in the given order. */
export async function listenExpress(mount: (app: Express) => void): Promise<Running> {
  const app = express();
  mount(app);
  return listen(createServer(app));
}

async function startFastify(options: HandlerOptions): Promise<Running> {
  const app = fastify();
  app.register(fastifyWebhooks({ path: "/webhooks", ...options }));
  app.post("/parsed", async ({ body }) => body);
  await app.listen({ host: "127.0.0.1", port: 0 });
  return running(app.server);
}

async function startHono(options: HandlerOptions): Promise<Running> {
  const handle = fetchHandler(options);
  const app = new Hono();
  app.post("/webhooks", (context) => handle(context.req.raw));
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await once(server, "listening");
  // It is made with node:http unless told otherwise.
  return running(server as Server);
}

export const servers: readonly (readonly [string, Start])[] = [
  ["node:http", (options) => listen(createServer(nodeHandler(options)))],
  [
    "Express",
    (options) =>
      listenExpress((app) => {
        app.post("/webhooks", nodeHandler(options));
        app.use(express.json());
      }),
  ],
  [
    "Express with express.raw()",
    (options) =>
      listenExpress((app) => {
        app.use("/webhooks", express.raw({ type: "*/*", limit: "10mb" }));
        app.post("/webhooks", nodeHandler(options));
      }),
  ],
  ["Fastify", startFastify],
  ["Hono", startHono],
];
