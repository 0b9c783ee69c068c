/** What stands before a server and misbehaves as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

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
    case "pass": {
      const answer = await passOn(target, request);
      response.writeHead(answer.status, headersOf(answer)).end(await answer.text());
    }
  }
}

async function passOn(target: string, request: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { host: _host, connection: _connection, ...headers } = request.headers;
  delete headers["content-length"];
  return fetch(target + request.url, {
    method: request.method ?? "GET",
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
}

function headersOf({ headers }: Response): Record<string, string> {
  const hopByHop = ["connection", "keep-alive", "transfer-encoding", "content-length"];
  return Object.fromEntries([...headers].filter(([name]) => !hopByHop.includes(name)));
}
