/** A receiver of webhooks on a socket of this machine. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** The next message that has not been taken yet, as soon as it is there. */
  readonly next: () => Promise<Received>;
}

/** Less than the 30 seconds for which a worker that was killed keeps its endpoints. */
const PATIENCE_MS = 20_000;

/** Answers each message with the next of these statuses, and with 204 after them. */
export async function startReceiver(statuses: readonly number[] = []): Promise<Receiver> {
  const left = [...statuses];
  const come: Received[] = [];
  let wake = () => {};
  const server = createServer(async (request, response) => {
    come.push({ headers: headersOf(request), body: await bodyOf(request) });
    response.writeHead(left.shift() ?? 204).end();
    wake();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    next: () =>
      new Promise((resolve, reject) => {
        const impatient = setTimeout(() => reject(new Error("nothing came")), PATIENCE_MS);
        const take = () => {
          const received = come.shift();
          if (received === undefined) return;
          clearTimeout(impatient);
          resolve(received);
        };
        wake = take;
        take();
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function headersOf({ headers }: IncomingMessage): Received["headers"] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
