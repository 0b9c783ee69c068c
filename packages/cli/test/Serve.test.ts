/** `stockbook serve` as its users meet it: what it says, logs and tells a collector. */
import { exec } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { openStockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { describe, expect, it } from "vitest";
import { BIN, directory, stockbook } from "./support/Cli.js";
import { furnish, makeKey, sender, serve } from "./support/Server.js";

const shell = promisify(exec);

const curlIn = (text: string) => /^ *try it +(curl .*)$/m.exec(text)?.[1] ?? "no line to copy";

describe("stockbook serve", () => {
  const cwd = directory();

  it("says how to begin, in lines that work as they stand", async () => {
    await using server = await serve(cwd);
    server.signal("SIGINT");
    const { stdout } = await server.ended;
    await using again = await serve(cwd, { words: ["serve", "--log", "off"] });
    const line = curlIn(stdout).replace(/http:\/\/[\d.]+:\d+/, again.url);
    expect(JSON.parse((await shell(line)).stdout)).toEqual({ status: "ok" });
    const making = /npx stockbook (keys create .*)$/m.exec(stdout)?.[1];
    const made = await shell(`${process.execPath} ${BIN} ${making} --json`, { cwd });
    const { secret } = JSON.parse(made.stdout);
    expect((await sender(again.url, secret)("GET", "/v1/stock")).status).toBe(200);
    expect((await fetch(`${again.url}/docs`)).status).toBe(200);
    expect((await fetch(`${again.url}/openapi.json`)).status).toBe(200);
  });

  it("logs a line for each request, and no secret", async () => {
    await using server = await serve(cwd, { words: ["serve"] });
    const { secret } = await makeKey(cwd);
    const send = sender(server.url, secret);
    await furnish(send, 12);
    await send("GET", "/v1/stock?item=SECRET-ITEM");
    await fetch(`${server.url}/docs`);
    server.signal("SIGTERM");
    const { stderr, stdout } = await server.ended;
    const lines = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
      "PUT /v1/locations/:id 200",
      "PUT /v1/items/:id 200",
      "POST /v1/movements 201",
      "GET /v1/stock 404",
      "GET /docs 200",
    ]);
    for (const hidden of [secret, secret.slice(8, 30), "SECRET-ITEM", "furnished"]) {
      expect(stderr + stdout).not.toContain(hidden);
    }
  });

  it("says what is wrong with a setting, or a port", async () => {
    await using server = await serve(cwd);
    const { port } = new URL(server.url);
    const taken = await stockbook(["serve", "--port", port], { cwd });
    expect(taken).toEqual({
      status: 1,
      stdout: "",
      stderr: `stockbook: port ${port} of 127.0.0.1 is in use; choose another with --port\n`,
    });
    const { status, stderr } = await stockbook(["serve", "--port", "many"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^stockbook: --port must be a whole number from 0 to 65535, not "many"/);
  });
});

describe("stockbook demo --serve", () => {
  const cwd = directory();

  it("serves both ledgers, and its line with the test key works as it stands", async () => {
    await using server = await serve(cwd, { words: ["demo", "--serve", "--log", "off"] });
    server.signal("SIGINT");
    const { stdout, status } = await server.ended;
    expect(status).toBe(0);
    expect(stdout).toContain("── What to order, and why ─");
    await using again = await serve(cwd, { words: ["serve", "--db", "demo.db", "--log", "off"] });
    const line = curlIn(stdout).replace(/http:\/\/[\d.]+:\d+/, again.url);
    expect(line).toContain("sb_test_");
    expect(JSON.parse((await shell(line)).stdout).rows).toHaveLength(3);
    await using book = await openStockbook({ store: sqlite(join(cwd, "demo.db")) });
    const live = await book.stock();
    expect(live.rows.length).toBeGreaterThan(50);
  });

  it.each([
    [["--json", "--serve"], "--json and --serve do not go together"],
    [["--port", "80"], "--port goes with --serve"],
  ])("refuses %o", async (words, message) => {
    const { status, stderr } = await stockbook(["demo", ...words], { cwd });
    expect({ status, stderr }).toEqual({ status: 1, stderr: `stockbook: ${message}\n` });
  });

  it("does not replace a demo that it could not serve", async () => {
    await using server = await serve(cwd, { words: ["serve", "--db", "demo.db", "--log", "off"] });
    const { port } = new URL(server.url);
    const { stdout, stderr } = await stockbook(["demo", "--serve", "--port", port], { cwd });
    expect({ stdout, stderr }).toEqual({
      stdout: "",
      stderr: expect.stringContaining("is in use"),
    });
  });
});

describe("a server with a collector", () => {
  const cwd = directory();

  it.each(["http/json", "http/protobuf"])(
    "tells it of requests by %s, and no secret",
    async (protocol) => {
      await using collector = await receiver();
      await using server = await serve(cwd, {
        env: {
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
          OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=shop",
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
          OTEL_SERVICE_NAME: "till",
        },
      });
      const { secret } = await makeKey(cwd);
      const send = sender(server.url, secret);
      await furnish(send, 12);
      await send("GET", "/v1/items/TEA", undefined, { "x-request-id": "request-of-the-test" });
      await send("GET", "/v1/stock?item=SECRET-ITEM");
      server.signal("SIGTERM");
      // It tells the rest before it ends.
      expect(await server.ended).toMatchObject({ status: 0, stderr: "" });
      const { received } = collector;
      expect(received.map(({ path }) => path).sort()).toEqual(["/v1/metrics", "/v1/traces"]);
      const text = received.map(({ body }) => body).join("\n");
      for (const told of [
        "GET /v1/items/{id}",
        "POST /v1/movements",
        "http.server.request.duration",
        "request-of-the-test",
        "till",
      ]) {
        expect(text).toContain(told);
      }
      for (const hidden of [secret, secret.slice(8, 30), "SECRET-ITEM", "Bearer"]) {
        expect(text).not.toContain(hidden);
      }
      expect(received.every(({ tenant }) => tenant === "shop")).toBe(true);
    },
  );
});

/** What a collector is, as far as a test looks: it takes what comes. */
async function receiver() {
  const received: { path: string | undefined; body: string; tenant: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("latin1");
    received.push({ path: request.url, body, tenant: request.headers["x-tenant"] });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
