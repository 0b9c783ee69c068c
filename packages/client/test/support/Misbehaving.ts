/** What stands before a server and misbehaves as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { forward, passOn } from "./Forward.js";

/** What becomes of one request. */
export type Deed =
  | { readonly type: "pass" }
  /** Lets the server do it, and breaks the connection before its answer. */
  | { readonly type: "swallow" }
  | { readonly type: "reset" }
  | { readonly type: "hang" }
  | {
      readonly type: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

export interface Misbehaving extends AsyncDisposable {
  readonly url: string;
  /** The requests that came, in their order. */
  readonly requests: readonly SeenRequest[];
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | undefined;
}

/** Does to each request what comes next in the list; passes on what comes after it. */
export async function misbehave(target: string, deeds: readonly Deed[]): Promise<Misbehaving> {
  const left = [...deeds];
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({
      method: request.method ?? "",
      path: request.url ?? "",
      idempotencyKey: request.headers["idempotency-key"]?.toString(),
    });
    void perform(left.shift() ?? { type: "pass" }, target, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function perform(
  deed: Deed,
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (deed.type) {
    case "hang":
      return;
    case "reset":
      request.socket.destroy();
      return;
    case "answer":
      response.writeHead(deed.status, deed.headers).end(deed.body);
      return;
    case "swallow":
      await passOn(target, request);
      request.socket.destroy();
      return;
    case "pass":
      return forward(target, request, response);
  }
}
