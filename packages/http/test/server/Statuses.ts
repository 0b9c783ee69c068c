import { describe, expect, it } from "vitest";
import { openApi, PROBLEMS, type ProblemCode } from "../../src/contract/index.js";
import { expectProblem } from "../support/Problems.js";
import { brokenStore } from "../support/Stores.js";
import {
  type Answer,
  furnish,
  receive,
  startServer,
  type TestOptions,
  type TestServer,
} from "../support/TestServer.js";

interface Case {
  readonly code: ProblemCode;
  readonly options?: TestOptions;
  readonly provoke: (server: TestServer) => Promise<Answer>;
  readonly headers?: Readonly<Record<string, RegExp>>;
}

const issueAll = { type: "issue", location: "shop", lines: [{ item: "TEA", quantity: 99 }] };

const CASES: readonly Case[] = [
  {
    code: "malformed-request",
    provoke: ({ send }) => send("POST", "/v1/movements", { body: "{" }),
  },
  { code: "invalid-parameter", provoke: ({ send }) => send("GET", "/v1/items?limit=0") },
  {
    code: "unauthorized",
    provoke: ({ send }) => send("GET", "/v1/items", { key: null }),
    headers: { "www-authenticate": /^Bearer realm="stockbook"$/ },
  },
  {
    code: "missing-scope",
    provoke: async ({ send, createKey }) => {
      const { secret } = await createKey({ scopes: ["stock:read"] });
      return send("GET", "/v1/items", { key: secret });
    },
    headers: { ratelimit: /^"standard";r=\d+;t=\d+$/ },
  },
  {
    code: "address-refused",
    provoke: async ({ send, createKey }) => {
      const { secret } = await createKey({ allowedIps: ["10.0.0.0/8"] });
      return send("GET", "/v1/items", { key: secret });
    },
  },
  { code: "not-found", provoke: ({ send }) => send("GET", "/v1/items/none") },
  { code: "unknown-route", provoke: ({ send }) => send("GET", "/v1/nothing") },
  {
    code: "method-not-allowed",
    provoke: ({ send }) => send("DELETE", "/v1/items/TEA"),
    headers: { allow: /^GET, HEAD, PUT$/ },
  },
  {
    code: "not-acceptable",
    provoke: ({ send }) => send("GET", "/v1/items", { headers: { accept: "text/html" } }),
  },
  {
    code: "conflict",
    provoke: async ({ send }) => {
      await send("POST", "/v1/organisations", { body: { id: "other" } });
      return send("POST", "/v1/organisations", { body: { id: "other", name: "Another" } });
    },
  },
  { code: "rejected", provoke: ({ send }) => send("POST", "/v1/movements", { body: issueAll }) },
  {
    code: "precondition-failed",
    provoke: ({ send }) =>
      send("PUT", "/v1/items/TEA", { body: {}, headers: { "if-match": '"1"' } }),
  },
  {
    code: "body-too-large",
    options: { maxBodyBytes: 100 },
    provoke: ({ send }) => send("PUT", "/v1/items/TEA", { body: { name: "x".repeat(200) } }),
  },
  {
    code: "unsupported-media-type",
    provoke: ({ send }) =>
      send("PUT", "/v1/items/TEA", { body: {}, headers: { "content-type": "text/plain" } }),
  },
  { code: "invalid-body", provoke: ({ send }) => send("PUT", "/v1/items/TEA", { body: [] }) },
  {
    code: "idempotency-conflict",
    provoke: async ({ send }) => {
      const headers = { "idempotency-key": "one" };
      await send("POST", "/v1/movements", { body: receive(1), headers });
      return send("POST", "/v1/movements", { body: receive(2), headers });
    },
  },
  {
    code: "precondition-required",
    provoke: async ({ send, createKey }) => {
      const { key } = await createKey();
      return send("PATCH", `/v1/keys/${key.id}`, { body: { name: "new" } });
    },
  },
  {
    code: "rate-limited",
    options: { plan: { name: "small", requests: 4, windowMs: 60_000 } },
    provoke: async ({ send }) => {
      await send("GET", "/v1/items");
      return send("GET", "/v1/items");
    },
    headers: {
      "retry-after": /^([1-9]|[1-5]\d|60)$/,
      "ratelimit-policy": /^"small";q=4;w=60$/,
      ratelimit: /^"small";r=0;t=\d+$/,
    },
  },
  {
    code: "fault",
    options: { store: brokenStore(new Error("SELECT secret FROM keys")) },
    provoke: ({ send }) => send("GET", "/v1/items"),
  },
  {
    code: "not-configured",
    options: { targets: null },
    // A proxy of Prism takes a 501 for a route that it is to answer itself.
    provoke: ({ send }) => send("GET", "/v1/webhooks", { isDirect: true }),
  },
  {
    code: "busy",
    options: { isStopping: () => true },
    provoke: ({ send }) => send("GET", "/health/ready"),
    headers: { "retry-after": /^1$/ },
  },
];

/** Provoked where stores fail: see Faults.ts. */
const ELSEWHERE: readonly ProblemCode[] = ["unavailable", "outcome-unknown"];

describe("a failure", () => {
  it.each(CASES)("is a problem: $code", async ({ code, options, provoke, headers = {} }) => {
    await using server = await startServer(options);
    await furnish(server, code === "rate-limited" ? 12 : 5);
    const answer = await provoke(server);
    expectProblem(answer, code);
    for (const [name, value] of Object.entries(headers)) {
      expect(answer.headers.get(name), name).toMatch(value);
    }
  });

  it("tells a moment as every answer does", async () => {
    await using server = await startServer();
    await furnish(server, 5);
    const lines = [{ item: "TEA", quantity: 1 }];
    const early = { ...issueAll, lines, occurredAt: "2026-01-02T03:04:05Z" };
    const answer = await server.send("POST", "/v1/movements", { body: early });
    expectProblem(answer, "rejected");
    expect(answer.body.rejection.at).toBe("2026-01-02T03:04:05.000Z");
  });

  it("is tried here for every code there is", () => {
    const tried = [...CASES.map(({ code }) => code), ...ELSEWHERE];
    expect(tried.toSorted()).toEqual(Object.keys(PROBLEMS).toSorted());
  });

  it("has a status that the document knows", () => {
    const { responses } = openApi().components as { readonly responses: object };
    for (const { status } of Object.values(PROBLEMS)) {
      expect(responses).toHaveProperty(`Failure${status}`);
    }
  });
});
