/** Real servers of every kind, each with a receiver at /webhooks. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
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

const ofExample = createRequire(
  new URL("../../../../examples/express/package.json", import.meta.url),
);

/** The one that npm puts at the root, which can be Express 4, and the one of the example. */
export const expresses: readonly (readonly [string, typeof express])[] = [
  ["Express", express],
  ["Express 5", ofExample("express")],
];

/** An Express app with parsers and receivers in the given order. */
export async function listenExpress(
  make: typeof express,
  mount: (app: Express) => void,
): Promise<Running> {
  const app = make();
  mount(app);
  return listen(createServer(app));
}

function startExpress(make: typeof express, options: HandlerOptions): Promise<Running> {
  return listenExpress(make, (app) => {
    app.post("/webhooks", nodeHandler(options));
    app.use(make.json());
  });
}

function startExpressWithRaw(make: typeof express, options: HandlerOptions): Promise<Running> {
  return listenExpress(make, (app) => {
    app.use("/webhooks", make.raw({ type: "*/*", limit: "10mb" }));
    app.post("/webhooks", nodeHandler(options));
  });
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
  ...expresses.flatMap(([name, make]): [string, Start][] => [
    [name, (options) => startExpress(make, options)],
    [`${name} with express.raw()`, (options) => startExpressWithRaw(make, options)],
  ]),
  ["Fastify", startFastify],
  ["Hono", startHono],
];
