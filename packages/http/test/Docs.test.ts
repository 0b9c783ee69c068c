import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { memory } from "@stockbook/engine";
import { describe, expect, it } from "vitest";
import { openApi } from "../src/contract/index.js";
import { type AccessLine, type WebHandler, webHandler } from "../src/index.js";
import { browserHere, visit } from "./support/Browser.js";

const get = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://localhost${path}`, { headers });

describe("the documents beside the API", () => {
  it("are served by the web handler to everybody, wherever it is mounted", async () => {
    await using api = await webHandler({ store: memory(), prefix: "/api/stock" });
    const document = await api.handle(get("/api/stock/openapi.json"));
    expect(document.headers.get("content-type")).toBe("application/json");
    expect(await document.json()).toEqual(openApi());
    const page = await api.handle(get("/api/stock/docs"));
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
    for (const [, address = ""] of (await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)) {
      if (address === "data:,") continue;
      const { origin, pathname } = new URL(address, "http://localhost/api/stock/docs");
      expect(origin).toBe("http://localhost");
      expect((await api.handle(get(pathname))).status).toBe(200);
    }
  });

  it("may run scripts of the own origin alone", async () => {
    await using api = await webHandler({ store: memory() });
    const policy = (await api.handle(get("/docs"))).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it("have a script that is kept for ever, gzipped or not", async () => {
    await using api = await webHandler({ store: memory() });
    const [path = ""] =
      /docs\/scalar-[^"]+/.exec(await (await api.handle(get("/docs"))).text()) ?? [];
    const zipped = await api.handle(get(`/${path}`, { "accept-encoding": "br, gzip" }));
    const plain = await api.handle(get(`/${path}`));
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    for (const response of [zipped, plain]) {
      expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    }
    const bytes = Buffer.from(await plain.arrayBuffer());
    expect(gunzipSync(await zipped.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("stand in the log as other requests do, and keep to reading", async () => {
    const lines: AccessLine[] = [];
    const onAnswer = (line: AccessLine) => lines.push(line);
    await using api = await webHandler({ store: memory(), onAnswer });
    await api.handle(get("/docs?secret=1", { "x-request-id": "mine" }), { address: "10.0.0.1" });
    expect(lines).toEqual([
      {
        requestId: "mine",
        method: "GET",
        route: "/docs",
        status: 200,
        durationMs: expect.any(Number),
        address: "10.0.0.1",
        key: null,
        organisation: null,
      },
    ]);
    const posted = new Request("http://localhost/docs", { method: "POST" });
    expect((await api.handle(posted)).status).toBe(404);
  });

  it("can be left out", async () => {
    await using api = await webHandler({ store: memory(), docs: false });
    expect((await api.handle(get("/docs"))).status).toBe(404);
    expect((await api.handle(get("/openapi.json"))).status).toBe(404);
  });
});

describe("the reference in a browser", () => {
  const browser = browserHere();

  it("shows the API and asks nobody else", async ({ skip }) => {
    if (browser === undefined) {
      console.log("The reference was not looked at: there is no Chromium on this machine.");
      return skip();
    }
    await using api = await webHandler({ store: memory(), prefix: "/stock" });
    await using server = await onPort(api);
    const seen = await visit(browser, `${server.url}/stock/docs`, "/v1/movements");
    if (process.env.STOCKBOOK_SCREENSHOT) {
      writeFileSync(process.env.STOCKBOOK_SCREENSHOT, seen.screenshot);
    }
    expect(seen.text).toContain("/v1/movements");
    const elsewhere = seen.requests.filter(
      (url) =>
        !url.startsWith(`${server.url}/`) && !url.startsWith("data:") && !url.startsWith("blob:"),
    );
    expect(elsewhere).toEqual([]);
    expect(seen.requests).toContain(`${server.url}/stock/openapi.json`);
    expect(seen.complaints).toEqual([]);
  }, 120_000);
});

/** The handler on a port, as a program with a server of its own would mount it. */
async function onPort(api: WebHandler) {
  const server = createServer(async (request, response) => {
    const { url = "/", method = "GET" } = request;
    const answer = await api.handle(new Request(`http://localhost${url}`, { method }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(new Uint8Array(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
