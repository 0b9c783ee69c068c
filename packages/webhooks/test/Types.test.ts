import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import type { FastifyPluginAsync } from "fastify";
import { expectTypeOf, it } from "vitest";
import type { fastifyWebhooks } from "../src/Fastify.js";
import {
  type check,
  type Envelope,
  fetchHandler,
  type HandlerOptions,
  type HeadersLike,
  type Refused,
  receive,
  type SignatureScheme,
  type StandardEnvelope,
  stackNex,
  type Verified,
  type WebhookEvent,
} from "../src/index.js";
import type { nodeHandler } from "../src/Node.js";

it("types what a scheme vouches for", () => {
  const request = new Request("http://localhost");
  const ours = () => receive(request, { secrets: [] });
  expectTypeOf(ours).returns.resolves.toEqualTypeOf<WebhookEvent<StandardEnvelope>>();
  expectTypeOf<WebhookEvent["id"]>().toEqualTypeOf<string>();
  const theirs = () => receive(request, { secrets: [], scheme: stackNex });
  expectTypeOf(theirs).returns.resolves.toEqualTypeOf<WebhookEvent<Envelope>>();
  const handler = () =>
    fetchHandler({
      secrets: [],
      onEvent: ({ id, payload }) => {
        expectTypeOf(id).toEqualTypeOf<string>();
        expectTypeOf(payload).toEqualTypeOf<unknown>();
      },
      onError: () => {},
    });
  expectTypeOf(handler).returns.toEqualTypeOf<(request: Request) => Promise<Response>>();
});

it("tells results apart", () => {
  type Result = Awaited<ReturnType<typeof check<StandardEnvelope>>>;
  expectTypeOf<Extract<Result, { ok: true }>>().toEqualTypeOf<Verified>();
  expectTypeOf<Extract<Result, { ok: false }>>().toEqualTypeOf<Refused>();
});

it("takes the headers and the requests of servers as they are", () => {
  expectTypeOf<Headers>().toExtend<HeadersLike>();
  expectTypeOf<IncomingMessage["headers"]>().toExtend<HeadersLike>();
  expectTypeOf<Map<string, string>>().toExtend<HeadersLike>();
  type Handler = ReturnType<typeof nodeHandler>;
  expectTypeOf<Handler>().toExtend<RequestHandler>();
  expectTypeOf<Handler>().toBeCallableWith({} as IncomingMessage, {} as ServerResponse);
  expectTypeOf<ReturnType<typeof fastifyWebhooks>>().toExtend<FastifyPluginAsync>();
});

it("has a handler say what becomes of errors", () => {
  expectTypeOf<HandlerOptions>().toHaveProperty("onError").not.toBeNullable();
  expectTypeOf<SignatureScheme<StandardEnvelope>>().toExtend<SignatureScheme>();
});
