/** A web handler for what speaks of Node's requests and responses: Express, Fastify, node:http. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

type Handle = (
  request: Request,
  info: { readonly address?: string | undefined },
) => Promise<Response>;

/** Express keeps the whole URL here when it cuts the path of a mounted handler off. */
type NodeRequest = IncomingMessage & { readonly originalUrl?: string };

/** Gives what goes wrong to `next`, where there is one. */
export function nodeHandler(handle: Handle) {
  return (request: NodeRequest, response: ServerResponse, next?: (error: unknown) => void) => {
    answer(handle, request, response).catch((error: unknown) => {
      if (next === undefined || response.headersSent) response.destroy();
      else next(error);
    });
  };
}

async function answer(
  handle: Handle,
  request: NodeRequest,
  response: ServerResponse,
): Promise<void> {
  const { remoteAddress: address } = request.socket;
  const { status, headers, body } = await handle(webRequest(request), { address });
  response.statusCode = status;
  response.setHeaders(headers);
  if (body === null) response.end();
  else await pipeline(Readable.fromWeb(body), response);
}

function webRequest(request: NodeRequest): Request {
  const { method = "GET", url = "/", originalUrl = url } = request;
  const hasBody = method !== "GET" && method !== "HEAD";
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return new Request(new URL(originalUrl, "http://localhost"), {
    method,
    headers,
    ...(hasBody && { body: Readable.toWeb(request), duplex: "half" }),
  });
}
