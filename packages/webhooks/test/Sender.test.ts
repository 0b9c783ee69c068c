import { gzipSync } from "node:zlib";
import type { Answered, Failed, SendOutcome } from "@stockbook/webhooks/delivery";
import { Deferred, Effect, Exit, Fiber, Scope } from "effect";
import { describe, expect, it } from "vitest";
import {
  ANSWER_THEN_CLOSE,
  type Behaviour,
  type ChaosReceiver,
  chaosReceiver,
  closedPort,
  FLOOD,
  HANG,
  OK,
  RESET,
  RESET_MID_ANSWER,
  silentPort,
} from "./ChaosReceiver.js";
import { type Certified, selfSigned } from "./support/Certificates.js";
import { countConnections } from "./support/Connections.js";
import { message, run, senderWith } from "./support/Sending.js";

const SHORT_MS = 200;
const raw = (text: string): Behaviour => ({ type: "raw", text, end: "close" });

/** What comes of one message to a receiver that behaves so. */
const outcomeOf = (behaviour: Behaviour, options: Parameters<typeof senderWith>[0] = {}) =>
  run(
    Effect.gen(function* () {
      const receiver = yield* chaosReceiver();
      const { send } = yield* senderWith(options);
      receiver.always(behaviour);
      const outcome = yield* send(message(receiver.url));
      return { outcome, receiver };
    }),
  );

/** Lets Node do what it has put off. */
const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)));

function answerOf(outcome: SendOutcome): Answered {
  if (outcome.type === "answered") return outcome;
  throw new Error(`not answered, but ${outcome.reason}`);
}

function reasonOf(outcome: SendOutcome): Failed["reason"] | undefined {
  return outcome.type === "failed" ? outcome.reason : undefined;
}

describe("a message", () => {
  it("arrives as it is, by POST, and its answer is told", async () => {
    const { outcome, receiver } = await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        const body = "noted";
        receiver.next({ type: "answer", status: 202, headers: { "X-Seen": ["a", "b"] }, body });
        const outgoing = message(`${receiver.url}?a=b%20c`, {
          "webhook-id": "msg_1",
          "content-type": "application/json",
        });
        return { outcome: yield* send(outgoing), receiver };
      }),
    );
    expect(outcome).toMatchObject({ status: 202, body: "noted", truncated: false });
    expect(answerOf(outcome).headers).toMatchObject({ "x-seen": "a, b" });
    expect(Number.isInteger(outcome.durationMs) && outcome.durationMs >= 0).toBe(true);
    const [arrived] = receiver.received;
    expect(arrived).toMatchObject({ method: "POST", path: "/hooks?a=b%20c" });
    expect(new TextDecoder().decode(arrived?.body)).toBe('{"type":"item.changed"}');
    expect(arrived?.headers).toEqual({
      host: `127.0.0.1:${receiver.port}`,
      connection: "keep-alive",
      "accept-encoding": "identity",
      "content-length": "23",
      "content-type": "application/json",
      "webhook-id": "msg_1",
    });
  });

  it("finds a receiver by its name", async () => {
    await run(
      Effect.gen(function* () {
        const { port } = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        const outcome = yield* send(message(`http://localhost:${port}/`));
        expect(answerOf(outcome).status).toBe(204);
      }),
    );
  });

  it.each([
    ["name", { "x-a\r\nx-b": "1" }],
    ["name", { "": "1" }],
    ["name", { "x a": "1" }],
    ["value", { "x-a": "1\r\nx-b: 2" }],
    ["value", { "x-a": "1\nx-b: 2" }],
    ["value", { "x-a": "1\r" }],
    ["value", { "x-a": "1\0" }],
    ["value", { "x-a": "1\u010dx" }],
    ["host", { Host: "inner.example" }],
    ["length", { "content-length": "1" }],
    ["encoding", { "Transfer-Encoding": "chunked" }],
    ["connection", { connection: "close" }],
  ])("is not sent with a wrong %s of a header: %j", async (_, headers: Record<string, string>) => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        expect(reasonOf(yield* send(message(receiver.url, headers)))).toBe("unsendable");
        expect(receiver.connections().taken).toBe(0);
      }),
    );
  });
});

describe("an answer", () => {
  it.each([200, 204, 304, 400, 404, 410, 429, 500, 503])("of %i is told", async (status) => {
    const headers = { "Retry-After": "120", "webhook-delivery": "disable" };
    const { outcome, receiver } = await outcomeOf({ type: "answer", status, headers });
    expect(answerOf(outcome)).toMatchObject({
      status,
      headers: { "retry-after": "120", "webhook-delivery": "disable" },
    });
    expect(receiver.received.length).toBe(1);
  });

  it.each([301, 302, 303, 307, 308])("of %i leads nowhere else", async (status) => {
    await run(
      Effect.gen(function* () {
        const elsewhere = yield* chaosReceiver();
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        receiver.next({ type: "answer", status, headers: { location: elsewhere.url } });
        const { headers, ...answer } = answerOf(yield* send(message(receiver.url)));
        expect(answer.status).toBe(status);
        expect(headers).toMatchObject({ location: elsewhere.url });
        expect(elsewhere.connections().taken).toBe(0);
      }),
    );
  });

  it("after an early hint is told", async () => {
    const early = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
    const { outcome } = await outcomeOf(raw(`${early}HTTP/1.1 201 Created\r\n\r\ndone`));
    expect(answerOf(outcome)).toMatchObject({ status: 201, body: "done" });
  });

  it("is read up to the limit", async () => {
    const limit = { maxResponseBytes: 1_000 };
    const body = "a".repeat(1_000);
    const whole = await outcomeOf({ type: "answer", status: 200, body }, limit);
    expect(answerOf(whole.outcome)).toMatchObject({ body, truncated: false });
    const longer = await outcomeOf({ type: "answer", status: 200, body: `${body}b` }, limit);
    expect(answerOf(longer.outcome)).toMatchObject({ body, truncated: true });
  });

  it("of ten megabytes costs no more than the limit, and its connection", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        receiver.next({ type: "answer", status: 200, body: Buffer.alloc(10_485_760, "a") });
        const { body, truncated } = answerOf(yield* send(message(receiver.url)));
        expect([body.length, truncated]).toEqual([16_384, true]);
        yield* receiver.deserted;
      }),
    );
  });

  it("that never ends is not waited for", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        receiver.next(FLOOD);
        expect(answerOf(yield* send(message(receiver.url))).truncated).toBe(true);
        yield* receiver.deserted;
      }),
    );
  });

  it("is read as UTF-8 as far as it is", async () => {
    const body = Buffer.from([0xc3, 0xa9, 0xff, 0x00, 0x61, 0xe2, 0x82]);
    const { outcome } = await outcomeOf({ type: "answer", status: 200, body });
    expect(answerOf(outcome).body).toBe("é\ufffd\0a\ufffd");
  });

  it("is not unpacked", async () => {
    const packed = gzipSync("a".repeat(1_000_000));
    const headers = { "content-encoding": "gzip" };
    const { outcome } = await outcomeOf({ type: "answer", status: 200, headers, body: packed });
    expect(answerOf(outcome).body.length).toBeLessThanOrEqual(packed.length);
  });

  it("keeps headers up to a number and a length, and those that fit after one that does not", async () => {
    const many = Array.from({ length: 100 }, (_, index) => [`x-${index}`, "v"] as const);
    const crowd = await outcomeOf({
      type: "answer",
      status: 200,
      headers: Object.fromEntries(many),
    });
    expect(Object.keys(answerOf(crowd.outcome).headers).length).toBe(64);
    const headers = {
      "x-first": "a".repeat(3_000),
      "x-long": "b".repeat(3_000),
      "retry-after": "9",
    };
    const long = await outcomeOf({ type: "answer", status: 200, headers });
    const kept = answerOf(long.outcome).headers;
    expect(kept).toMatchObject({ "x-first": headers["x-first"], "retry-after": "9" });
    expect(kept).not.toHaveProperty("x-long");
  });

  it.each([
    ["another protocol", "SSH-2.0-OpenSSH_9.7\r\n\r\n"],
    ["an older one", "HTTP/0.9 OK\r\n\r\n"],
    ["a broken header", "HTTP/1.1 200 OK\r\nx y: z\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"],
    ["a broken chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"],
    ["headers without end", `HTTP/1.1 200 OK\r\n${`x-a: ${"a".repeat(1_000)}\r\n`.repeat(40)}`],
    ["a switch", "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"],
  ])("in %s is a bad one", async (_, text) => {
    const { outcome } = await outcomeOf(raw(text));
    expect(reasonOf(outcome)).toBe("bad-answer");
  });

  it.each([
    ["before it begins", RESET],
    ["in its head", { ...RESET_MID_ANSWER, text: "HTTP/1.1 200 O" } as Behaviour],
    ["in its body", RESET_MID_ANSWER],
    ["in its body, gently", raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345")],
    ["in its chunks", raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n")],
    ["without a word", raw("")],
  ])("that breaks off %s is none", async (_, behaviour) => {
    const { outcome, receiver } = await outcomeOf(behaviour);
    expect(reasonOf(outcome)).toBe("broken-off");
    expect(receiver.received.length).toBe(1);
  });
});

describe("a limit of time", () => {
  const trickling = (head: string): Behaviour => ({
    type: "trickle",
    text: head.padEnd(10_000, "a"),
    everyMs: 1,
  });

  it.each<[string, Behaviour]>([
    ["never comes", HANG],
    ["has an endless header", trickling("HTTP/1.1 200 OK\r\nx-a: ")],
    ["has a body byte by byte", trickling("HTTP/1.1 200 OK\r\n\r\n")],
  ])("ends the wait for an answer that %s", async (_, behaviour) => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({ timeoutMs: SHORT_MS });
        receiver.next(behaviour);
        const outcome = yield* send(message(receiver.url));
        expect(reasonOf(outcome)).toBe("timed-out");
        expect(outcome.durationMs).toBeGreaterThanOrEqual(SHORT_MS - 1);
        expect(receiver.received.length).toBe(1);
        yield* receiver.deserted;
      }),
    );
  });

  it("ends the wait for a name, for TLS, and for both together", async () => {
    await run(
      Effect.gen(function* () {
        const port = yield* silentPort;
        const never = () => new Promise<readonly string[]>(() => {});
        const soon = { connectTimeoutMs: SHORT_MS / 3 };
        const name = message("https://receiver.test/");
        const naming = yield* senderWith({ ...soon, resolve: never });
        expect(reasonOf(yield* naming.send(name))).toBe("not-connected");
        const securing = yield* senderWith(soon);
        const silent = message(`https://127.0.0.1:${port}/`);
        expect(reasonOf(yield* securing.send(silent))).toBe("not-connected");
        const all = yield* senderWith({ timeoutMs: SHORT_MS / 3, resolve: never });
        expect(reasonOf(yield* all.send(name))).toBe("timed-out");
      }),
    );
  });

  it("for connecting does not end the wait for an answer", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const options = { connectTimeoutMs: SHORT_MS, timeoutMs: 2 * SHORT_MS };
        const { send } = yield* senderWith(options);
        receiver.next(OK, HANG, HANG);
        expect(answerOf(yield* send(message(receiver.url))).status).toBe(204);
        const [first, second] = yield* Effect.all(
          [send(message(receiver.url)), send(message(receiver.url))],
          { concurrency: "unbounded" },
        );
        expect([first, second].map(reasonOf)).toEqual(["timed-out", "timed-out"]);
        expect(new Set(receiver.received.map(({ connection }) => connection)).size).toBe(2);
      }),
    );
  });
});

describe("a connection", () => {
  it("to nobody is not made", async () => {
    await run(
      Effect.gen(function* () {
        const port = yield* closedPort;
        const { send } = yield* senderWith({});
        const outcome = yield* send(message(`http://127.0.0.1:${port}/`));
        expect(reasonOf(outcome)).toBe("not-connected");
        expect(JSON.stringify(outcome)).not.toContain("127.0.0.1");
        expect(reasonOf(yield* send(message(`http://[::1]:${port}/`)))).toBe("not-connected");
      }),
    );
  });

  it("is kept and used again, and one more is made for each message at the same time", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        const sendOne = send(message(receiver.url));
        yield* Effect.repeatN(sendOne, 9);
        expect(receiver.connections().taken).toBe(1);
        yield* Effect.all(
          Array.from({ length: 8 }, () => sendOne),
          { concurrency: 8 },
        );
        expect(receiver.received.length).toBe(18);
        expect(receiver.connections().taken).toBe(8);
      }),
    );
  });

  it("gathers no listeners while it is kept", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        yield* Effect.repeatN(send(message(receiver.url)), 29);
        yield* turn;
        expect(receiver.connections().taken).toBe(1);
      }),
    );
    process.off("warning", onWarning);
    // Node warns of more than ten of a kind.
    expect(warnings).toEqual([]);
  });

  it("that was kept but is closed when used is no failed attempt", async () => {
    const { outcomes, receiver, attempts } = await run(twoMessages(ANSWER_THEN_CLOSE, OK));
    expect(outcomes.map((outcome) => answerOf(outcome).status)).toEqual([204, 204]);
    expect(receiver.received.map(({ connection }) => connection)).toEqual([1, 2]);
    expect(attempts).toBe(2);
  });

  it("is made afresh once and no more", async () => {
    const { outcomes, receiver, attempts } = await run(twoMessages(ANSWER_THEN_CLOSE, RESET, OK));
    expect(outcomes.map(reasonOf)).toEqual([undefined, "broken-off"]);
    expect(receiver.received.length).toBe(2);
    expect(attempts).toBe(2);
  });

  it.each([
    ["in its head", { ...RESET_MID_ANSWER, text: "HTTP/1.1 200 O" } as Behaviour],
    ["in its body", RESET_MID_ANSWER],
    ["gently", raw("HTTP/1.1 200 O")],
  ])("that was kept and breaks off an answer %s is not tried again", async (_, behaviour) => {
    const { outcomes, receiver, attempts } = await run(twoMessages(OK, behaviour, OK));
    expect(outcomes.map(reasonOf)).toEqual([undefined, "broken-off"]);
    expect(receiver.received.map(({ connection }) => connection)).toEqual([1, 1]);
    expect(attempts).toBe(1);
  });

  it("is made afresh though others are kept, for they may be closed as well", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        const sendOne = send(message(receiver.url));
        receiver.next(ANSWER_THEN_CLOSE, ANSWER_THEN_CLOSE, ANSWER_THEN_CLOSE);
        yield* Effect.all([sendOne, sendOne, sendOne], { concurrency: 3 });
        expect(answerOf(yield* sendOne).status).toBe(204);
        expect(receiver.received.map(({ connection }) => connection).at(-1)).toBe(4);
      }),
    );
  });

  it("that is made afresh does not begin the time anew", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({ timeoutMs: 3 * SHORT_MS });
        receiver.next({ type: "answer-then-close", afterMs: 2 * SHORT_MS }, HANG);
        yield* send(message(receiver.url));
        const outcome = yield* send(message(receiver.url));
        expect(reasonOf(outcome)).toBe("timed-out");
        expect(receiver.connections().taken).toBe(2);
        expect(outcome.durationMs).toBeLessThan(4.5 * SHORT_MS);
      }),
    );
  });

  /** Two messages, one after the other, and how many connections they took. */
  const twoMessages = (...behaviours: readonly Behaviour[]) =>
    Effect.gen(function* () {
      const receiver = yield* chaosReceiver();
      const connections = yield* countConnections;
      const { send } = yield* senderWith({});
      receiver.next(...behaviours);
      const first = yield* send(message(receiver.url));
      const second = yield* send(message(receiver.url));
      return { outcomes: [first, second], receiver, attempts: connections() };
    });
});

describe("a secure connection", () => {
  const NAME = "receiver.test";
  const good = selfSigned(NAME);
  const old = selfSigned(NAME, -1);
  const resolve = async () => ["127.0.0.1"];
  const sendTo = (receiver: ChaosReceiver, host: string, authorities?: readonly string[]) =>
    Effect.gen(function* () {
      const { send } = yield* senderWith({ resolve, authorities });
      return yield* send(message(`https://${host}:${receiver.port}/`));
    });

  it("to who can prove its name is made and kept", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver(good);
        const { send } = yield* senderWith({ resolve, authorities: [good.cert] });
        const outgoing = message(`https://${NAME}:${receiver.port}/`);
        expect(answerOf(yield* send(outgoing)).status).toBe(204);
        expect(answerOf(yield* send(outgoing)).status).toBe(204);
        expect(receiver.connections().taken).toBe(1);
      }),
    );
  });

  it.each<[string, string, Certified, readonly string[] | undefined]>([
    ["a stranger has signed for", NAME, good, undefined],
    ["has another name", "other.test", good, [good.cert]],
    ["is an address without a name", "127.0.0.1", good, [good.cert]],
    ["is out of date", NAME, old, [old.cert]],
  ])("to who %s is not made", async (_, host, certified, authorities) => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver(certified);
        expect(reasonOf(yield* sendTo(receiver, host, authorities))).toBe("insecure");
        expect(receiver.received).toEqual([]);
      }),
    );
  });

  it("is not made to strangers even where the environment allows it", async () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    try {
      await run(
        Effect.gen(function* () {
          const receiver = yield* chaosReceiver(good);
          expect(reasonOf(yield* sendTo(receiver, NAME))).toBe("insecure");
          expect(receiver.received).toEqual([]);
        }),
      );
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  it("is not made to who does not speak TLS", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        expect(reasonOf(yield* sendTo(receiver, NAME))).toBe("insecure");
        expect(receiver.received).toEqual([]);
      }),
    );
  });

  it("that was kept but is closed when used is no failed attempt", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver(good);
        const { send } = yield* senderWith({ resolve, authorities: [good.cert] });
        const outgoing = message(`https://${NAME}:${receiver.port}/`);
        receiver.next(ANSWER_THEN_CLOSE);
        expect(answerOf(yield* send(outgoing)).status).toBe(204);
        expect(answerOf(yield* send(outgoing)).status).toBe(204);
        expect(receiver.connections().taken).toBe(2);
      }),
    );
  });
});

describe("the end", () => {
  it("of a caller ends the connection", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { send } = yield* senderWith({});
        receiver.next(HANG);
        const fiber = yield* Effect.fork(send(message(receiver.url)));
        yield* receiver.arrived(1);
        yield* Fiber.interrupt(fiber);
        yield* receiver.deserted;
      }),
    );
  });

  it("of a caller that waits for a name leaves nothing to connect", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const connections = yield* countConnections;
        const asked = yield* Deferred.make<void>();
        const answer = yield* Deferred.make<readonly string[]>();
        const resolve = () => {
          Effect.runSync(Deferred.succeed(asked, undefined));
          return Effect.runPromise(Deferred.await(answer));
        };
        const { send } = yield* senderWith({ resolve });
        const fiber = yield* Effect.fork(send(message(`http://localhost:${receiver.port}/`)));
        yield* Deferred.await(asked);
        yield* Fiber.interrupt(fiber);
        yield* turn;
        yield* Deferred.succeed(answer, ["127.0.0.1"]);
        yield* turn;
        expect(connections()).toBe(0);
      }),
    );
  });

  it("of the scope closes all sockets and interrupts what is being sent", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const scope = yield* Scope.make();
        const { send } = yield* Scope.extend(senderWith({}), scope);
        receiver.next(OK, HANG, HANG, OK);
        const sendOne = send(message(receiver.url));
        yield* sendOne;
        const hanging = yield* Effect.fork(Effect.all([sendOne, sendOne], { concurrency: 2 }));
        yield* receiver.arrived(3);
        yield* sendOne;
        expect(receiver.connections().open).toBe(3);
        yield* Scope.close(scope, Exit.void);
        yield* receiver.deserted;
        expect(Exit.isInterrupted(yield* Fiber.await(hanging))).toBe(true);
        const late = yield* Effect.fork(sendOne);
        expect(Exit.isInterrupted(yield* Fiber.await(late))).toBe(true);
        expect(receiver.connections()).toEqual({ taken: 3, open: 0 });
      }),
    );
  });
});
