/** Serving an app on a port of this machine, with Node. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { HttpMiddleware } from "@effect/platform";
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer";
import { Data, Effect, type Scope } from "effect";
import type { App } from "../kit/App.js";
import type { Dialect } from "../kit/Dialect.js";
import { MalformedBody } from "../kit/Failure.js";
import { nativeDialect } from "../native/Dialect.js";

export interface ListenOptions {
  /** `127.0.0.1`, if left out: this machine alone. */
  readonly host?: string | undefined;
  /** Any free one, if left out. */
  readonly port?: number | undefined;
  /** How long requests that have begun may take when the server stops. 30 s, if left out. */
  readonly graceMs?: number | undefined;
  /** In whose form what is no HTTP is refused; in that of the native API, if left out. */
  readonly dialect?: Pick<Dialect, "answerTo"> | undefined;
}

export interface Listening {
  readonly url: string;
  readonly port: number;
}

/** The port cannot be listened on. */
export class CannotListen extends Data.TaggedError("CannotListen")<{
  readonly message: string;
}> {}

/**
 * Serves an app until the scope closes. Then no connection is taken any more, requests that
 * have begun are finished, and what takes too long is broken off.
 */
export function listen(
  app: App,
  { host = "127.0.0.1", port = 0, graceMs = 30_000, dialect = nativeDialect }: ListenOptions = {},
): Effect.Effect<Listening, CannotListen, Scope.Scope> {
  return Effect.gen(function* () {
    const handler = yield* NodeHttpServer.makeHandler(app).pipe(
      // Its spans tell queries and headers, and cost as much as a read.
      HttpMiddleware.withTracerDisabledWhenEffect(() => true),
    );
    const server = createServer({
      requestTimeout: 60_000,
      headersTimeout: 15_000,
      // Else Node would take the first of two keys and say nothing of the other.
      joinDuplicateHeaders: true,
    });
    let draining = false;
    const open = new Set<ServerResponse>();
    server.on("request", (request, response) => {
      if (draining) response.shouldKeepAlive = false;
      open.add(response);
      response.on("close", () => {
        open.delete(response);
        if (draining) server.closeIdleConnections();
      });
      handler(request, response);
    });
    server.on("clientError", (error: BrokenRequest, socket) =>
      refuse(dialect, error, socket as Socket),
    );
    yield* Effect.acquireRelease(bind(server, host, port), () =>
      Effect.suspend(() => {
        draining = true;
        // Else a client sends its next request over a connection that is about to close.
        for (const response of open) response.shouldKeepAlive = false;
        return drain(server, graceMs);
      }),
    );
    const { port: bound } = server.address() as AddressInfo;
    const name = host.includes(":") ? `[${host}]` : host;
    return { url: `http://${name}:${bound}`, port: bound };
  });
}

function bind(server: Server, host: string, port: number): Effect.Effect<void, CannotListen> {
  return Effect.async((resume) => {
    const onError = (error: NodeJS.ErrnoException) => {
      resume(new CannotListen({ message: reasonOf(error, host, port) }));
    };
    server.once("error", onError);
    server.listen({ host, port }, () => {
      server.off("error", onError);
      resume(Effect.void);
    });
  });
}

function reasonOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} of ${host} is in use; choose another with --port`;
    case "EACCES":
      return `this process may not listen on port ${port}; choose one above 1023`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine`;
    default:
      return message;
  }
}

function drain(server: Server, graceMs: number): Effect.Effect<void> {
  return Effect.async((resume) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resume(Effect.void);
    });
    server.closeIdleConnections();
  });
}

/** As Node tells it: with what came last. */
interface BrokenRequest extends Error {
  readonly rawPacket?: Buffer;
}

/** What is no HTTP never reaches the app; it is answered in the same form all the same. */
function refuse(
  { answerTo }: Pick<Dialect, "answerTo">,
  { rawPacket }: BrokenRequest,
  socket: Socket,
): void {
  if (!socket.writable) return;
  const failure = new MalformedBody({ message: "the request is not HTTP/1.1 as it must be" });
  const { status, mediaType, body } = answerTo(failure, crypto.randomUUID());
  const text = JSON.stringify(body);
  const isHead = rawPacket?.toString("latin1", 0, 5) === "HEAD ";
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\ncontent-type: ${mediaType}\r\n` +
      `content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${isHead ? "" : text}`,
  );
}
