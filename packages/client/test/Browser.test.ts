/** The client as it is built, in a real browser, against a real server of the page's own origin. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openBrowser, withoutBrowser } from "../../../test/chromium.js";
import { furnish, startServer } from "../../http/test/support/TestServer.js";
import { forward } from "./support/Forward.js";

const dist = fileURLToPath(new URL("../dist", import.meta.url));

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module">
  import * as client from "/client/index.js";
  globalThis.client = client;
</script>`;

it("works in a browser, without a bundler and without anything of Node", async ({ skip }) => {
  skip(withoutBrowser !== undefined, withoutBrowser);
  await using server = await startServer();
  await furnish(server);
  await using site = await startSite(server.url);
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  await page.goto(site.url);
  const seen = await page.evaluate(inThePage, { url: site.url, key: server.key });
  expect(faults).toEqual([]);
  expect(seen).toEqual({ result: "accepted", sold: 5, left: 7, refused: "Conflict", wanted: 100 });
});

/** Runs in the page; it can use nothing of this file. */
async function inThePage({ url, key }: { readonly url: string; readonly key: string }) {
  // The page has put it there.
  const { client } = globalThis as unknown as { client: typeof import("../src/index.js") };
  const stockbook = new client.StockbookClient({ url, key });
  const issue = (quantity: number) =>
    stockbook.movements.create({
      type: "issue",
      location: "shop",
      lines: [{ item: "TEA", quantity }],
    });
  const { result } = await issue(5);
  const sold: number[] = [];
  for await (const { kind, lines } of stockbook.transactions.list({ limit: 1 })) {
    if (kind === "issue") sold.push(...lines.map(({ quantity }) => quantity));
  }
  const [tea] = (await stockbook.stock.list()).rows;
  const error = await issue(100).catch((refusal: unknown) => refusal);
  const conflict = error instanceof client.Conflict ? error : undefined;
  return {
    result,
    sold: sold[0],
    left: tea?.onHand,
    refused: conflict?.name,
    wanted: conflict?.rejection?.wanted,
  };
}

/** A page that loads the client, and the API, both of one origin. */
async function startSite(api: string) {
  const server = createServer(async (request, response) => {
    const { url = "/" } = request;
    if (url === "/") {
      response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    } else if (url.startsWith("/client/")) {
      const script = await readFile(join(dist, url.slice("/client/".length)));
      response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    } else {
      await forward(api, request, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
