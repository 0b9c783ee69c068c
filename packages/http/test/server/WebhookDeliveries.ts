import { describe, expect, it } from "vitest";
import { type Made, makeDeliveries } from "../support/Deliveries.js";
import { expectProblem } from "../support/Problems.js";
import { startServer, type TestServer } from "../support/TestServer.js";

const AT = Date.parse("2026-03-01T12:00:00Z");
const MINUTE_MS = 60_000;

const MADE: readonly Made[] = [
  { type: "stock.moved", status: "delivered", at: AT },
  { type: "stock.moved", status: "failed", at: AT + MINUTE_MS },
  { type: "stock.depleted", status: "aborted", at: AT + 2 * MINUTE_MS },
  { type: "stock.depleted", status: "delivered", at: AT + 3 * MINUTE_MS },
  { type: "stock.moved", status: "waiting", at: AT + 4 * MINUTE_MS },
];

/** A server with an endpoint that has had deliveries; the path of it. */
async function delivered(server: TestServer): Promise<string> {
  const body = { url: "https://example.com/hooks" };
  const { id } = (await server.send("POST", "/v1/webhooks", { body })).body.endpoint;
  await makeDeliveries(server, id, MADE);
  return `/v1/webhooks/${id}`;
}

const messagesIn = (rows: readonly { readonly message: string }[]) =>
  rows.map(({ message }) => message);

describe("the deliveries of an endpoint", () => {
  it("come the latest first, each once, whatever the limit and the way", async () => {
    await using server = await startServer();
    const list = `${await delivered(server)}/deliveries`;
    const all = (await server.send("GET", list)).body;
    expect(messagesIn(all.rows)).toEqual(["msg_5", "msg_4", "msg_3", "msg_2", "msg_1"]);
    expect(all.next).toBeNull();
    for (const limit of [1, 2, 5]) {
      const rows: unknown[] = [];
      let search: string | undefined = `?limit=${limit}`;
      while (search !== undefined) {
        const { body, headers } = await server.send("GET", list + search);
        rows.push(...body.rows);
        search = /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
        const named = search === undefined ? null : new URLSearchParams(search).get("cursor");
        expect(named).toBe(body.next);
      }
      expect(rows, `by ${limit}`).toEqual(all.rows);
    }
    const stream = { headers: { accept: "application/x-ndjson" } };
    const { text } = await server.send("GET", `${list}?limit=2`, stream);
    const lines = text.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(all.rows);
  });

  it.each([
    ["status=delivered", ["msg_4", "msg_1"]],
    ["status=failed", ["msg_2"]],
    ["status=waiting", ["msg_5"]],
    ["type=stock.depleted", ["msg_4", "msg_3"]],
    ["type=stock.depleted&status=aborted", ["msg_3"]],
    ["since=2026-03-01T12:02:00Z", ["msg_5", "msg_4", "msg_3"]],
    ["until=2026-03-01T12:02:00Z", ["msg_2", "msg_1"]],
    ["since=2026-03-01T12:01:00Z&until=2026-03-01T12:02:00Z", ["msg_2"]],
    ["type=other", []],
  ])("can be asked for by %s", async (query, messages) => {
    await using server = await startServer();
    const list = `${await delivered(server)}/deliveries`;
    expect(messagesIn((await server.send("GET", `${list}?${query}`)).body.rows)).toEqual(messages);
  });

  it.each([
    ["status=lost", "status"],
    ["since=yesterday", "since"],
    ["cursor=x", "cursor"],
    ["cursor=[]", "cursor"],
    ["cursor=[-1]", "cursor"],
    ["cursor=[1e3]", "cursor"],
    ["limit=0", "limit"],
  ])("cannot be asked for by %s", async (query, pointer) => {
    await using server = await startServer();
    const answer = await server.send("GET", `${await delivered(server)}/deliveries?${query}`);
    const { errors } = expectProblem(answer, "invalid-parameter");
    expect(errors).toMatchObject([{ in: "query", pointer }]);
  });
});

describe("a delivery", () => {
  it("shows its body, and each attempt with the request and the answer", async () => {
    await using server = await startServer();
    const path = `${await delivered(server)}/deliveries`;
    expect((await server.send("GET", `${path}/msg_4`)).body).toMatchObject({
      message: "msg_4",
      type: "stock.depleted",
      sequence: 4,
      status: "delivered",
      attempts: 1,
      nextAttemptAt: null,
      createdAt: "2026-03-01T12:03:00.000Z",
      finishedAt: "2026-03-01T12:03:00.012Z",
      body: '{"number":4}',
      history: [
        {
          number: 1,
          at: "2026-03-01T12:03:00.000Z",
          durationMs: 12,
          request: { url: "https://example.com/hooks", headers: { "webhook-id": "msg_4" } },
          outcome: { type: "answered", status: 204, headers: {}, body: "", truncated: false },
        },
      ],
    });
    const { history } = (await server.send("GET", `${path}/msg_2`)).body;
    expect(history).toMatchObject([{ outcome: { type: "failed", reason: "timeout" } }]);
    expectProblem(await server.send("GET", `${path}/msg_9`), "not-found");
    expectProblem(await server.send("POST", `${path}/msg_9/resend`), "not-found");
  });

  it("is sent again, whatever became of it", async () => {
    await using server = await startServer();
    const path = `${await delivered(server)}/deliveries`;
    const answer = await server.send("POST", `${path}/msg_1/resend`);
    expect(answer).toMatchObject({
      status: 200,
      body: { message: "msg_1", status: "waiting", attempts: 1, finishedAt: null },
    });
    expect(answer.body.nextAttemptAt).toEqual(expect.any(String));
    expect((await server.send("GET", `${path}?status=waiting`)).body.rows).toHaveLength(2);
  });

  it("that failed is recovered with all others of a range", async () => {
    await using server = await startServer();
    const path = await delivered(server);
    const recover = async (body: object) =>
      (await server.send("POST", `${path}/recover`, { body })).body;
    const since = "2026-03-01T12:00:00Z";
    const until = "2026-03-02T00:00:00Z";
    expect(await recover({ since, until: "2026-03-01T12:01:00Z" })).toEqual({ recovered: 0 });
    expect(await recover({ since, until, types: ["stock.depleted"] })).toEqual({ recovered: 1 });
    expect(await recover({ since, until })).toEqual({ recovered: 1 });
    const { rows } = (await server.send("GET", `${path}/deliveries?status=waiting`)).body;
    expect(messagesIn(rows)).toEqual(["msg_5", "msg_3", "msg_2"]);
  });

  it("is made for a test, which says that it is one", async () => {
    await using server = await startServer();
    const path = await delivered(server);
    const made = await server.send("POST", `${path}/test`);
    expect(made).toMatchObject({
      status: 201,
      body: { type: "webhook.test", sequence: null, status: "waiting", attempts: 0 },
    });
    const { body } = await server.send("GET", `${path}/deliveries/${made.body.message}`);
    expect(JSON.parse(body.body)).toEqual({
      type: "webhook.test",
      data: { message: expect.stringContaining("test") },
    });
    expect(body.history).toEqual([]);
  });
});
