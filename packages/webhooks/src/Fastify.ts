/** A receiver as a plugin of Fastify. */
import { incomingOf, type NodeRequest } from "./Node.js";
import { type HandlerOptions, makeReceiver } from "./Receiver.js";
import type { Envelope } from "./Scheme.js";
import type { StandardEnvelope } from "./StandardWebhooks.js";

/** What is used of a `FastifyInstance`. */
export interface FastifyLike {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    contentType: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown;
  post(path: string, handler: (request: RequestLike, reply: ReplyLike) => unknown): unknown;
}

interface RequestLike {
  readonly raw: NodeRequest;
}

interface ReplyLike {
  code(status: number): unknown;
  headers(headers: Readonly<Record<string, string>>): unknown;
  send(body: string): unknown;
}

export interface FastifyOptions<E extends Envelope = StandardEnvelope> extends HandlerOptions<E> {
  /** Where webhooks are received, such as `/webhooks`. */
  readonly path: string;
}

/**
 * A plugin with one route that answers as `fetchHandler` does. The body parsers of the other routes
 * stay as they are.
 *
 * @throws InvalidSecret at once, not at the first request.
 *
 * @example
 * app.register(fastifyWebhooks({ path: "/webhooks", secrets, onEvent, onError }));
 */
export function fastifyWebhooks<E extends Envelope = StandardEnvelope>(
  options: FastifyOptions<E>,
): (app: FastifyLike) => Promise<void> {
  const receiver = makeReceiver(options);
  return async (app) => {
    // A plugin has parsers of its own. This one leaves the body where it is.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, _payload, done) => done(null));
    app.post(options.path, async ({ raw }, reply) => {
      const { status, headers, body } = await receiver(incomingOf(raw));
      reply.code(status);
      reply.headers(status === 413 ? { ...headers, connection: "close" } : headers);
      return reply.send(body);
    });
  };
}
