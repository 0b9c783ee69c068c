/** Receivers in real servers, over real sockets. */
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import {
  fetchHandler,
  type HandlerOptions,
  hmacScheme,
  makeSigner,
  receive,
  seenInMemory,
  stackNex,
  type WebhookEvent,
  WebhookVerificationError,
} from "../src/index.js";
import { nodeHandler } from "../src/Node.js";
import { now, secretOf, VECTOR } from "./support/Messages.js";
import { expresses, listen, listenExpress, type Running, servers } from "./support/Servers.js";

const secrets = [VECTOR.sharedSecret];
const sign = makeSigner(secrets);
/** As no JavaScript writes it. */
const BODY = '{"type": "stock.updated",  "data": {"name": "K\\u00e4se 🧀", "quantity": 1.0}}\n';

/** What the receiver was given and what went wrong in it. */
function recorder(changes: Partial<HandlerOptions> = {}) {
  const events: WebhookEvent[] = [];
  const errors: unknown[] = [];
  const refusals: WebhookVerificationError[] = [];
  const options: HandlerOptions = {
    secrets,
    now,
    onEvent: (event) => {
      events.push(event);
    },
    onError: (error) => {
      errors.push(error);
    },
    onRefused: (refusal) => {
      refusals.push(refusal);
    },
    ...changes,
  };
  return { events, errors, refusals, options };
}

async function signedInit(body: string | Uint8Array = BODY, id: string = VECTOR.id) {
  const headers = await sign({ id, timestamp: VECTOR.timestamp, body });
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  };
}

async function post({ url }: Running, init: RequestInit) {
  const response = await fetch(url, init);
  const text = await response.text();
  const type = response.headers.get("content-type");
  return { status: response.status, type, answer: text === "" ? undefined : JSON.parse(text) };
}

/** A promise, and what settles it. */
function deferred() {
  let settle = () => {};
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

describe.each(servers)("a receiver in %s", (_, start) => {
  it("gets what is genuine, verified by the bytes that were sent", async () => {
    const { events, errors, options } = recorder();
    await using server = await start(options);
    expect(await post(server, await signedInit())).toEqual({
      status: 204,
      type: null,
      answer: undefined,
    });
    expect(events).toEqual([
      {
        id: VECTOR.id,
        timestamp: VECTOR.timestamp,
        type: "stock.updated",
        payload: { type: "stock.updated", data: { name: "Käse 🧀", quantity: 1 } },
      },
    ]);
    expect(errors).toEqual([]);
  });

  it.each([
    ["application/x-www-form-urlencoded"],
    ["text/plain"],
    ["application/vnd.storq+json; charset=utf-8"],
  ])("takes the bytes as they are, be they called %s", async (type) => {
    const { events, options } = recorder();
    await using server = await start(options);
    const init = await signedInit();
    const headers = { ...init.headers, "content-type": type };
    expect(await post(server, { ...init, headers })).toMatchObject({ status: 204 });
    expect(events).toHaveLength(1);
  });

  it.each([
    ["missing-header", 400, { "webhook-id": "" }],
    ["bad-timestamp", 400, { "webhook-timestamp": "1614265330abc" }],
    ["wrong-secret", 401, { "webhook-id": "other" }],
    ["no-usable-signature", 401, { "webhook-signature": "v7,x" }],
  ])("refuses with %s and %d", async (reason, status, changes) => {
    const { events, refusals, errors, options } = recorder();
    await using server = await start(options);
    const init = await signedInit();
    const refused = await post(server, { ...init, headers: { ...init.headers, ...changes } });
    expect(refused).toMatchObject({ status, answer: { reason } });
    expect(refused.type).toMatch(/^application\/json\b/);
    expect(refusals).toEqual([expect.objectContaining({ reason })]);
    expect({ events, errors }).toEqual({ events: [], errors: [] });
  });

  it("refuses what is too old, and what is no JSON", async () => {
    const late = recorder({ now: () => now() + 300_001 });
    await using old = await start(late.options);
    expect(await post(old, await signedInit())).toMatchObject({
      status: 401,
      answer: { reason: "too-old" },
    });
    await using server = await start(recorder().options);
    for (const body of ["sku=TEA", "", Uint8Array.of(0x22, 0xff, 0x22)]) {
      expect(await post(server, await signedInit(body))).toMatchObject({
        status: 400,
        answer: { reason: "not-json" },
      });
    }
  });

  it("reads up to the limit and no further", async () => {
    const { events, errors, options } = recorder({ maxBodyBytes: 1_000 });
    await using server = await start(options);
    const fits = JSON.stringify("a".repeat(998));
    expect(await post(server, await signedInit(fits))).toMatchObject({ status: 204 });
    const refused = { status: 413, answer: { reason: "body-too-large" } };
    expect(await post(server, await signedInit(`${fits} `))).toMatchObject(refused);
    const { body, ...init } = await signedInit(`${fits} `);
    const chunked = { ...init, body: new Blob([body]).stream(), duplex: "half" as const };
    expect(await post(server, chunked)).toMatchObject(refused);
    expect({ received: events.length, errors }).toEqual({ received: 1, errors: [] });
  });

  it("takes a body of many chunks", async () => {
    const { events, options } = recorder();
    await using server = await start(options);
    const body = JSON.stringify({ type: "a", text: "ä".repeat(300_000) });
    expect(await post(server, await signedInit(body))).toMatchObject({ status: 204 });
    expect(events[0]?.payload).toEqual(JSON.parse(body));
  });

  it("takes 1 MiB unless told otherwise", async () => {
    await using server = await start(recorder().options);
    const fits = JSON.stringify("a".repeat(1024 * 1024 - 2));
    expect(await post(server, await signedInit(fits))).toMatchObject({ status: 204 });
    const tooLong = await signedInit(`${fits} `);
    expect(await post(server, tooLong)).toMatchObject({ status: 413 });
  });

  it("fails so that the sender tries again, and is given it again then", async () => {
    const failures = [new Error("the database is away")];
    const { errors, options } = recorder({
      seen: seenInMemory({ now }),
      onEvent: () => {
        const failure = failures.pop();
        if (failure !== undefined) throw failure;
      },
    });
    await using server = await start(options);
    const failed = await post(server, await signedInit());
    expect(failed).toMatchObject({ status: 500, answer: { reason: "handler-failed" } });
    expect(JSON.stringify(failed)).not.toContain("database");
    expect(errors).toEqual([new Error("the database is away")]);
    expect(await post(server, await signedInit())).toMatchObject({ status: 204 });
  });

  it("is given once what is sent twice, one after the other or both at a time", async () => {
    const [arrived, done] = [deferred(), deferred()];
    const { events, options } = recorder({ seen: seenInMemory({ now }) });
    await using server = await start({
      ...options,
      onEvent: async (event) => {
        options.onEvent(event);
        arrived.settle();
        await done.promise;
      },
    });
    const first = post(server, await signedInit());
    await arrived.promise;
    expect(await post(server, await signedInit())).toMatchObject({
      status: 409,
      answer: { reason: "in-progress" },
    });
    done.settle();
    expect(await first).toMatchObject({ status: 204 });
    expect(await post(server, await signedInit())).toMatchObject({ status: 204 });
    expect(events).toHaveLength(1);
    expect(await post(server, await signedInit(BODY, "other"))).toMatchObject({ status: 204 });
    expect(events).toHaveLength(2);
  });

  it("remembers nothing of what is not genuine", async () => {
    const { events, options } = recorder({ seen: seenInMemory({ now }) });
    await using server = await start(options);
    const init = await signedInit();
    expect(await post(server, { ...init, body: "{}" })).toMatchObject({ status: 401 });
    expect(await post(server, init)).toMatchObject({ status: 204 });
    expect(events).toHaveLength(1);
  });
});

// With express.raw() it is Express that notices.
const readers = servers.filter(([name]) => !name.endsWith("raw()"));

it.each(readers)(
  "a receiver in %s does not wait for a sender that breaks off",
  async (_, start) => {
    const noticed = deferred();
    const { events, options } = recorder({ onError: noticed.settle });
    await using server = await start(options);
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const head = `POST /webhooks HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 100\r\n\r\n`;
    socket.write(`${head}{"type":`, () => socket.destroy());
    await noticed.promise;
    expect(events).toEqual([]);
  },
);

const tooLong = {
  declared: "Content-Length: 1001\r\n\r\n",
  unending: `Transfer-Encoding: chunked\r\n\r\n3e9\r\n${"a".repeat(1_001)}\r\n`,
};

describe.each(Object.entries(tooLong))("what is too long, %s", (_, rest) => {
  it.each(readers)("is refused in %s before it ends", async (_, start) => {
    await using server = await start(recorder({ maxBodyBytes: 1_000 }).options);
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST /webhooks HTTP/1.1\r\nHost: ${hostname}\r\n${rest}`);
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
    socket.destroy();
  });
});

describe.each(expresses)("behind a body parser of %s", (_, express) => {
  const mounts = {
    "express.json()": express.json(),
    "express.urlencoded()": express.urlencoded({ type: "*/*", extended: false }),
  };

  it.each(Object.entries(mounts))("%s, the receiver says where to mount it", async (_, parser) => {
    const { events, errors, options } = recorder();
    await using server = await listenExpress(express, (app) => {
      app.use(parser);
      app.post("/webhooks", nodeHandler(options));
    });
    expect(await post(server, await signedInit())).toMatchObject({
      status: 500,
      answer: {
        reason: "parsed-body",
        message: expect.stringContaining("above app.use(express.json())"),
      },
    });
    expect(errors).toEqual([expect.any(WebhookVerificationError)]);
    expect(events).toEqual([]);
  });

  const keepRawBody = (request: object, _: unknown, rawBody: Buffer) => {
    Object.assign(request, { rawBody });
  };

  it.each([
    ["that kept the bytes as rawBody", express.json({ verify: keepRawBody })],
    ["of text", express.text({ type: "*/*" })],
    ["that has left the body alone", express.json({ type: "application/other" })],
  ])("%s, the receiver has the bytes", async (_, parser) => {
    const { events, options } = recorder();
    await using server = await listenExpress(express, (app) => {
      app.use(parser);
      app.post("/webhooks", nodeHandler(options));
    });
    expect(await post(server, await signedInit())).toMatchObject({ status: 204 });
    expect(events).toHaveLength(1);
  });
});

describe("behind a body parser", () => {
  it("of Next's pages router, the receiver tells how to switch it off", async () => {
    const { options } = recorder();
    const handler = nodeHandler(options);
    // As that router does unless `bodyParser` is false.
    const server = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      await handler(Object.assign(request, { body }), response);
    });
    await using running = await listen(server);
    expect(await post(running, await signedInit())).toMatchObject({
      status: 500,
      answer: { message: expect.stringContaining("bodyParser: false") },
    });
  });

  it("of Hono, the receiver says so", async () => {
    const { errors, options } = recorder();
    const handle = fetchHandler(options);
    const app = new Hono();
    app.post("/webhooks", async (context) => {
      await context.req.json();
      return handle(context.req.raw);
    });
    const response = await app.request("/webhooks", await signedInit());
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      reason: "parsed-body",
      message: expect.stringContaining("before anything calls json()"),
    });
    expect(errors).toHaveLength(1);
  });
});

describe("a route handler", () => {
  const url = "http://localhost/webhooks";

  it("answers a Request", async () => {
    const { events, options } = recorder();
    const POST = fetchHandler(options);
    const response = await POST(new Request(url, await signedInit()));
    expect(response.status).toBe(204);
    expect(events).toHaveLength(1);
  });

  it("takes nothing but POST", async () => {
    const response = await fetchHandler(recorder().options)(new Request(url));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("of another scheme gives what that has: no id, and so all that comes", async () => {
    const body = JSON.stringify({ event: "inventory.low" });
    const headers = await makeSigner(["s"], stackNex)({ id: "a", timestamp: 1, body });
    const events: WebhookEvent<{ id: string | undefined; timestamp: number | undefined }>[] = [];
    const handle = fetchHandler({
      secrets: ["s"],
      scheme: stackNex,
      seen: seenInMemory(),
      onEvent: (event) => {
        events.push(event);
      },
      onError: () => {},
    });
    for (let times = 0; times < 2; times++) {
      await handle(new Request(url, { method: "POST", headers, body }));
    }
    expect(events.map(({ id, type }) => [id, type])).toEqual([
      [undefined, "inventory.low"],
      [undefined, "inventory.low"],
    ]);
  });

  it("is not made of secrets that are none", () => {
    const { options } = recorder();
    expect(() => fetchHandler({ ...options, secrets: [] })).toThrow("at least one secret");
    expect(() => nodeHandler({ ...options, secrets: ["whsec_"] })).toThrow("24 to 75 bytes");
  });

  it("takes no error of onEvent for one of the message", async () => {
    const refusal = { ok: false, reason: "wrong-secret", message: "of another message" } as const;
    const error = new WebhookVerificationError(refusal);
    const { errors, refusals, options } = recorder({ onEvent: () => Promise.reject(error) });
    const response = await fetchHandler(options)(new Request(url, await signedInit()));
    expect(response.status).toBe(500);
    expect({ errors, refusals }).toEqual({ errors: [error], refusals: [] });
  });

  it("tells of a store of ids that fails, and has the sender try again", async () => {
    const begin = () => Promise.reject(new Error("away"));
    const seen = { ...seenInMemory(), begin };
    const { errors, events, options } = recorder({ seen });
    const response = await fetchHandler(options)(new Request(url, await signedInit()));
    expect(response.status).toBe(500);
    expect({ errors, events }).toEqual({ errors: [new Error("away")], events: [] });
  });
});

describe("a Request received by hand", () => {
  const url = "http://localhost/webhooks";

  it("gives the verified event", async () => {
    const request = new Request(url, await signedInit());
    expect(await receive(request, { secrets, now })).toMatchObject({
      id: VECTOR.id,
      type: "stock.updated",
    });
  });

  it.each([
    ["wrong-secret", 401, { secrets: [secretOf(1)] }],
    ["body-too-large", 413, { maxBodyBytes: 10 }],
    ["too-old", 401, { now: () => now() + 1e9 }],
    ["missing-header", 400, { scheme: hmacScheme({ name: "own", header: "X-Own" }) }],
  ])("is refused with %s and %d", async (reason, status, changes) => {
    const request = new Request(url, await signedInit());
    const received = receive(request, { secrets, now, ...changes });
    await expect(received).rejects.toMatchObject({ reason, status });
  });

  it("is not read if it is declared too long", async () => {
    let pulls = 0;
    const pull = () => {
      pulls += 1;
    };
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    const headers = { "content-length": "1048577" };
    const init = { method: "POST", headers, body, duplex: "half" as const };
    const received = receive(new Request(url, init), { secrets, now });
    await expect(received).rejects.toMatchObject({ reason: "body-too-large" });
    expect(pulls).toBe(0);
  });

  it("is cut off at the limit, though it never ends", async () => {
    let cancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
      cancel: () => {
        cancelled = true;
      },
    });
    const { headers } = await signedInit();
    const init = { method: "POST", headers, body: endless, duplex: "half" as const };
    const received = receive(new Request(url, init), { secrets, now });
    await expect(received).rejects.toMatchObject({ status: 413 });
    expect(cancelled).toBe(true);
  });

  it.each([
    [{ type: "a.b" }, "a.b"],
    [{ event: "c" }, "c"],
    [{ event: "e", type: "f" }, "f"],
    [{ type: 1, event: "d" }, "d"],
    [{ type: 1 }, undefined],
    [[], undefined],
    [null, undefined],
    ["text", undefined],
  ])("of %j has the type %s", async (payload, type) => {
    const request = new Request(url, await signedInit(JSON.stringify(payload)));
    const event = await receive(request, { secrets, now });
    expect({ type: event.type, payload: event.payload }).toEqual({ type, payload });
  });
});
