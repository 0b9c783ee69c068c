import { OutcomeUnknown, StoreFault } from "@stockbook/engine";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { manualClock } from "../support/ManualClock.js";
import { expectProblem } from "../support/Problems.js";
import { alteredStore, brokenStore, gate } from "../support/Stores.js";
import { furnish, receive, startServer } from "../support/TestServer.js";

const TIMEOUT_MS = 30_000;

describe("a request that takes too long", () => {
  it("is given up after its time, and not before", async () => {
    const clock = manualClock();
    const { pass, close, reached } = gate();
    const store = alteredStore(({ items }) => ({
      items: (...args) => Effect.zipRight(pass, items(...args)),
    }));
    await using server = await startServer({ clock, store });
    close();
    const asked = server.send("GET", "/v1/items");
    await reached;
    clock.advance(TIMEOUT_MS - 1);
    expect(await Promise.race([asked, soon()])).toBe("nothing yet");
    clock.advance(1);
    const answer = await asked;
    expectProblem(answer, "unavailable");
    expect(answer.headers.get("retry-after")).toBe("1");
  });

  it("may have happened, if it changes something", async () => {
    const clock = manualClock();
    const { pass, close, open, reached } = gate();
    const store = alteredStore(({ append }) => ({
      append: (...args) => Effect.zipRight(pass, append(...args)),
    }));
    await using server = await startServer({ clock, store });
    await furnish(server, 10);
    close();
    const headers = { "idempotency-key": "a" };
    const move = () => server.send("POST", "/v1/movements", { body: receive(1), headers });
    const asked = move();
    await reached;
    clock.advance(TIMEOUT_MS);
    expect(expectProblem(await asked, "outcome-unknown").detail).toContain("with the same key");
    open();
    expect((await move()).status).toBe(200);
    expect((await server.send("GET", "/v1/stock")).body.rows).toMatchObject([{ onHand: 11 }]);
  });

  it("is given up as well where its key cannot be looked up", async () => {
    const clock = manualClock();
    const { pass, close, reached } = gate();
    const store = alteredStore(({ findKey }) => ({
      findKey: (query) => Effect.zipRight(pass, findKey(query)),
    }));
    await using server = await startServer({ clock, store });
    close();
    const asked = server.send("GET", "/v1/items");
    await reached;
    clock.advance(TIMEOUT_MS);
    expectProblem(await asked, "unavailable");
  });
});

describe("a store that fails", () => {
  const cause = new Error("SQLITE_IOERR: SELECT * FROM keys at /var/lib/stock.db");

  it.each([
    [new StoreFault({ reason: "unavailable", message: "at /var/lib/stock.db", cause })],
    [new StoreFault({ reason: "full", message: "at /var/lib/stock.db", cause })],
  ])("makes the server unavailable: %s", async (fault) => {
    const store = alteredStore(() => ({ items: () => fault }));
    await using server = await startServer({ store });
    const answer = await server.send("GET", "/v1/items");
    expectProblem(answer, "unavailable");
    expect(answer.text).not.toMatch(/SQL|stock\.db/);
    expect(answer.headers.get("retry-after")).toBe("1");
  });

  it("in the middle of a commit leaves the outcome unknown", async () => {
    let breaks = false;
    const store = alteredStore(({ append }) => ({
      append: (...args) =>
        breaks ? new OutcomeUnknown({ message: "at /var/lib/stock.db", cause }) : append(...args),
    }));
    await using server = await startServer({ store });
    await furnish(server, 10);
    breaks = true;
    const answer = await server.send("POST", "/v1/movements", { body: receive(1) });
    expectProblem(answer, "outcome-unknown");
    expect(answer.text).not.toMatch(/SQL|stock\.db/);
  });

  it("is not ready, though alive", async () => {
    const store = alteredStore(() => ({
      organisations: new StoreFault({ reason: "unavailable", message: "gone" }),
    }));
    await using server = await startServer({ store });
    expectProblem(await server.send("GET", "/health/ready", { key: null }), "unavailable");
    expect((await server.send("GET", "/health/live", { key: null })).status).toBe(200);
  });
});

describe("a defect", () => {
  it.each([
    ["an error", new Error("SELECT secret FROM keys")],
    ["a text", "SELECT secret FROM keys"],
    ["nothing", undefined],
    ["an error of the domain", new StoreFault({ reason: "full", message: "SELECT secret" })],
  ])("is a fault of the server, of which the answer tells nothing: %s", async (_, defect) => {
    const told: unknown[] = [];
    const store = brokenStore(defect);
    await using server = await startServer({
      store,
      onDefect: (cause, requestId) => told.push(cause, requestId),
    });
    const answer = await server.send("GET", "/v1/items");
    const { requestId } = expectProblem(answer, "fault");
    expect(answer.text).not.toMatch(/SELECT|secret|\.ts|\.js|at |stack|cause/);
    // Errors come back with their trace, as another object.
    expect([String(told[0]), told[1]]).toEqual([String(defect), requestId]);
    expect((await server.send("GET", "/v1/locations")).status).toBe(200);
  });

  it("in a log costs nobody an answer", async () => {
    const fail = () => {
      throw new Error("the disk of the log is full");
    };
    await using server = await startServer({
      store: brokenStore(new Error("x")),
      onAnswer: fail,
      onDefect: fail,
    });
    expect((await server.send("GET", "/v1/locations")).status).toBe(200);
    expectProblem(await server.send("GET", "/v1/items"), "fault");
  });
});

describe("a server that stops", () => {
  it("says so, and goes on with what it is asked", async () => {
    let isStopping = false;
    await using server = await startServer({ isStopping: () => isStopping });
    const ready = () => server.send("GET", "/health/ready", { key: null });
    expect(await ready()).toMatchObject({ status: 200, body: { status: "ok" } });
    isStopping = true;
    expect(expectProblem(await ready(), "busy").detail).toBe("the server is stopping");
    expect((await server.send("GET", "/health/live", { key: null })).status).toBe(200);
    expect((await server.send("GET", "/v1/items")).status).toBe(200);
  });

  it("finishes what was begun, and takes no more", async () => {
    const { pass, close, open, reached } = gate();
    const store = alteredStore(({ items }) => ({
      items: (...args) => Effect.zipRight(pass, items(...args)),
    }));
    const server = await startServer({ store });
    close();
    const asked = server.send("GET", "/v1/items", { isDirect: true });
    await reached;
    const stopped = server[Symbol.asyncDispose]();
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
    open();
    const answer = await asked;
    expect(answer.status).toBe(200);
    expect(answer.headers.get("connection")).toBe("close");
    await stopped;
  });
});

async function soon(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return "nothing yet";
}
