/** The package runs wherever JavaScript runs: nothing of Node is in it, nor in its types. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openBrowser, withoutBrowser } from "../../../test/chromium.js";
import { VECTOR } from "./support/Messages.js";
import { listen } from "./support/Servers.js";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

it("type-checks with the types of a browser alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "stockbook-portable-"));
  const config = {
    extends: path("../../../tsconfig.base.json"),
    compilerOptions: {
      composite: false,
      noEmit: true,
      lib: ["ES2023", "DOM", "DOM.Iterable"],
      types: [],
    },
    files: ["index", "Node", "Fastify"].map((name) => path(`../src/${name}.ts`)),
  };
  try {
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = path("../../../node_modules/typescript/bin/tsc");
    const run = () => execFileSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(run()).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module">
  import * as webhooks from "/dist/index.js";
  globalThis.webhooks = webhooks;
</script>`;

it("signs, verifies and receives in a browser", async ({ skip }) => {
  skip(withoutBrowser !== undefined, withoutBrowser);
  await using site = await listen(
    createServer(async ({ url = "/" }, response) => {
      const isScript = url.startsWith("/dist/");
      const type = isScript ? "text/javascript" : "text/html";
      response.setHeader("content-type", type);
      response.end(isScript ? await readFile(path(`..${url}`)) : PAGE);
    }),
  );
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  await page.goto(site.url);
  const seen = await page.evaluate(inThePage, VECTOR);
  expect(faults).toEqual([]);
  expect(seen).toEqual({
    signatures: `${VECTOR.v1} ${VECTOR.v1a}`,
    verified: [true, true, true],
    tampered: "wrong-secret",
    received: 204,
    test: 2432232314,
  });
});

/** Runs in the page; it can use nothing of this file. */
async function inThePage(vector: typeof VECTOR) {
  // The page has put it there.
  const { webhooks } = globalThis as unknown as { webhooks: typeof import("../src/index.js") };
  const { id, timestamp, body } = vector;
  const now = () => timestamp * 1_000;
  const pair = await webhooks.generateKeyPair();
  const secrets = [vector.sharedSecret, vector.secretKey];
  const headers = await webhooks.sign({ id, timestamp, body, secrets });
  const fresh = await webhooks.sign({ id, timestamp, body, secrets: [pair.secretKey] });
  const verified = [
    await webhooks.check({ headers, body, secrets: [vector.sharedSecret], now }),
    await webhooks.check({ headers, body, secrets: [vector.publicKey], now }),
    await webhooks.check({ headers: fresh, body, secrets: [pair.publicKey], now }),
  ];
  const tampered = await webhooks.check({ headers, body: `${body}0`, secrets, now });
  const payloads: unknown[] = [];
  const handle = webhooks.fetchHandler({
    secrets,
    now,
    onEvent: ({ payload }) => payloads.push(payload),
    onError: () => {},
  });
  const response = await handle(new Request("/webhooks", { method: "POST", headers, body }));
  return {
    signatures: headers["webhook-signature"],
    verified: verified.map(({ ok }) => ok),
    tampered: tampered.ok ? undefined : tampered.reason,
    received: response.status,
    ...(payloads[0] as object),
  };
}
