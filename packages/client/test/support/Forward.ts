/** Passing a request on to another server. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Lets another server answer. */
export async function forward(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await passOn(target, request);
  response.writeHead(answer.status, headersOf(answer)).end(await answer.text());
}

/** Asks another server the same. */
export async function passOn(target: string, request: IncomingMessage): Promise<Response> {
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
