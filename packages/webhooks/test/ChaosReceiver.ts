/** A receiver of webhooks on this machine that behaves as badly as it is told to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { Effect, type Scope } from "effect";
import type { Certified } from "./support/Certificates.js";

/** What becomes of one request. */
export type Behaviour =
  | {
      readonly type: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | Uint8Array;
    }
  /** Nothing is answered, and the connection stays open. */
  | { readonly type: "hang" }
  /** The connection is reset when the request has arrived. */
  | { readonly type: "reset" }
  /** A text instead of an answer, byte by byte; then nothing, and the connection stays open. */
  | { readonly type: "trickle"; readonly text: string; readonly everyMs: number }
  /** A text instead of an answer, or a part of one, and the end of the connection. */
  | { readonly type: "raw"; readonly text: string; readonly end: "close" | "reset" }
  /** An answer that never ends, as fast as it is taken. */
  | { readonly type: "flood" }
  /** A good answer; but what comes next over the connection finds it closed, at once or later. */
  | { readonly type: "answer-then-close"; readonly afterMs: number };

export const OK: Behaviour = { type: "answer", status: 204 };
export const HANG: Behaviour = { type: "hang" };
export const RESET: Behaviour = { type: "reset" };
export const RESET_MID_ANSWER: Behaviour = {
  type: "raw",
  text: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345",
  end: "reset",
};
export const FLOOD: Behaviour = { type: "flood" };
export const ANSWER_THEN_CLOSE: Behaviour = { type: "answer-then-close", afterMs: 0 };

export interface Received {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Uint8Array;
  /** The number of the connection it came over, from 1. */
  readonly connection: number;
}

export interface ChaosReceiver {
  readonly port: number;
  /** Where it may be sent to. */
  readonly url: string;
  /** What has arrived whole, in order. */
  readonly received: readonly Received[];
  readonly connections: () => { readonly taken: number; readonly open: number };
  /** How the next requests are answered, one after the other. */
  readonly next: (...behaviours: readonly Behaviour[]) => void;
  /** How all others are answered: well, until this is called. */
  readonly always: (behaviour: Behaviour) => void;
  /** Waits until so many requests have arrived in all. */
  readonly arrived: (count: number) => Effect.Effect<void>;
  /** Waits until no connection is open any more. */
  readonly deserted: Effect.Effect<void>;
}

/** Listens until the scope closes, over TLS if it is given a certificate. */
export function chaosReceiver(
  certified?: Certified,
): Effect.Effect<ChaosReceiver, never, Scope.Scope> {
  return Effect.acquireRelease(
    Effect.promise(() => listening(certified)),
    ({ server }) => Effect.promise(() => closed(server)),
  ).pipe(Effect.map(({ receiver }) => receiver));
}

/** A port of this machine that nobody listens on. */
export const closedPort: Effect.Effect<number> = Effect.promise(async () => {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
});

/** A port of this machine that takes connections, says nothing and hears nothing. */
export const silentPort: Effect.Effect<number, never, Scope.Scope> = Effect.acquireRelease(
  Effect.promise(async () => {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => sockets.add(socket.on("error", () => {})));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, sockets };
  }),
  ({ server, sockets }) =>
    Effect.promise(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          for (const socket of sockets) socket.destroy();
        }),
    ),
).pipe(Effect.map(({ server }) => (server.address() as AddressInfo).port));

async function listening(certified: Certified | undefined) {
  const server = certified === undefined ? createServer() : createSecureServer(certified);
  const open = new Map<Socket, number>();
  const received: Received[] = [];
  const queue: Behaviour[] = [];
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of [...waiting]) look();
  };
  let usual: Behaviour = OK;
  let taken = 0;
  const numbers = new WeakMap<IncomingMessage["socket"], number>();
  const closeAfterMs = new WeakMap<IncomingMessage["socket"], number>();

  const until = (isSo: () => boolean): Effect.Effect<void> =>
    Effect.async((resume) => {
      const look = () => {
        if (!isSo()) return;
        waiting.delete(look);
        resume(Effect.void);
      };
      waiting.add(look);
      look();
      return Effect.sync(() => waiting.delete(look));
    });

  // Told before TLS; so connections are counted that never come to a request.
  server.on("connection", (socket: Socket) => {
    taken += 1;
    open.set(socket, taken);
    socket.on("error", () => {});
    socket.on("close", () => {
      open.delete(socket);
      changed();
    });
  });
  server.on(certified === undefined ? "connection" : "secureConnection", (socket: Socket) => {
    numbers.set(socket, taken);
    socket.on("error", () => {});
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const afterMs = closeAfterMs.get(request.socket);
    if (afterMs === 0) return reset(request.socket);
    if (afterMs !== undefined) return setTimeout(reset, afterMs, request.socket);
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks),
        connection: numbers.get(request.socket) ?? 0,
      });
      const behaviour = queue.shift() ?? usual;
      if (behaviour.type === "answer-then-close") {
        closeAfterMs.set(request.socket, behaviour.afterMs);
      }
      behave(behaviour, request.socket, response);
      changed();
    });
  });

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const scheme = certified === undefined ? "http" : "https";
  const receiver: ChaosReceiver = {
    port,
    url: `${scheme}://127.0.0.1:${port}/hooks`,
    received,
    connections: () => ({ taken, open: open.size }),
    next: (...behaviours) => {
      queue.push(...behaviours);
    },
    always: (behaviour) => {
      usual = behaviour;
    },
    arrived: (count) => until(() => received.length >= count),
    deserted: until(() => open.size === 0),
  };
  return { server, receiver };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function behave(
  behaviour: Behaviour,
  socket: IncomingMessage["socket"],
  response: ServerResponse,
): void {
  switch (behaviour.type) {
    case "answer":
      for (const [name, value] of Object.entries(behaviour.headers ?? {})) {
        response.setHeader(name, value);
      }
      response.writeHead(behaviour.status).end(behaviour.body);
      return;
    case "answer-then-close":
      response.writeHead(204).end();
      return;
    case "hang":
      return;
    case "reset":
      return reset(socket);
    case "raw":
      if (behaviour.end === "close") socket.end(behaviour.text, "latin1");
      else socket.write(behaviour.text, "latin1", () => setImmediate(reset, socket));
      return;
    case "flood":
      return flood(response);
    case "trickle":
      return trickle(behaviour, socket);
  }
}

function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, "a");
  const pour = () => {
    if (response.write(chunk)) setImmediate(pour);
    else response.once("drain", pour);
  };
  response.writeHead(200);
  pour();
}

function trickle(
  { text, everyMs }: Extract<Behaviour, { readonly type: "trickle" }>,
  socket: IncomingMessage["socket"],
): void {
  let next = 0;
  const timer = setInterval(() => {
    socket.write(text.charAt(next), "latin1");
    next += 1;
    if (next === text.length) clearInterval(timer);
  }, everyMs);
  socket.on("close", () => clearInterval(timer));
}

/** With TLS there is no way to reset; the end without a farewell comes to the same. */
function reset(socket: IncomingMessage["socket"]): void {
  if ("encrypted" in socket) socket.destroy();
  else socket.resetAndDestroy();
}
