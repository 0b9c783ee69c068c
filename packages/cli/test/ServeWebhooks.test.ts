/** `stockbook serve` and its webhooks: from a movement to a signed message on a socket. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { verify } from "@stockbook/webhooks";
import { describe, expect, it } from "vitest";
import { directory, file, stockbook } from "./support/Cli.js";
import { type Received, startReceiver } from "./support/Receiver.js";
import { furnish, makeKey, type Send, sender, serve } from "./support/Server.js";

const LOCAL = ["serve", "--log", "off", "--allow-loopback-webhooks"];
const newKey = () => randomBytes(32).toString("base64");
const issue = { type: "issue", location: "shop", lines: [{ item: "TEA", quantity: 5 }] };

async function register(send: Send, endpoint: object) {
  const { status, body } = await send("POST", "/v1/webhooks", endpoint);
  expect(status, JSON.stringify(body)).toBe(201);
  return { path: `/v1/webhooks/${body.endpoint.id}`, secret: body.secret as string };
}

const PATIENCE_MS = 20_000;

/** Waits until no delivery of an endpoint waits: what came of it is written after it came. */
async function finished(send: Send, path: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const { body } = await send("GET", `${path}/deliveries?status=waiting`);
    if (body.rows.length === 0) return;
  }
  throw new Error("a delivery still waits");
}

/** What a message says, once it is known to be genuine. */
async function genuine({ headers, body }: Received, secret: string): Promise<unknown> {
  await verify({ headers, body, secrets: [secret] });
  return JSON.parse(body);
}

describe("a server", () => {
  const cwd = directory();
  const keyFile = join(cwd, "stock.db.webhook-key");

  it("sends what happens, signed, and the next one goes on where it stopped", async () => {
    await using receiver = await startReceiver();
    await using server = await serve(cwd, { words: LOCAL });
    const { secret: key } = await makeKey(cwd);
    const send = sender(server.url, key);
    const { path, secret } = await register(send, { url: receiver.url, events: ["stock.moved"] });
    await furnish(send, 12);
    expect(await genuine(await receiver.next(), secret)).toMatchObject({
      type: "stock.moved",
      sequence: 4,
      data: { kind: "receive", lines: [{ item: "TEA", quantity: 12 }] },
    });
    await finished(send, path);
    server.signal("SIGTERM");
    const { status, stdout, stderr } = await server.ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("encrypted with stock.db.webhook-key, new");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const made = readFileSync(keyFile, "utf8");

    await using next = await serve(cwd, { words: LOCAL });
    const sendNext = sender(next.url, key);
    expect((await sendNext("POST", "/v1/movements", issue)).status).toBe(201);
    // Sooner than a lease would end that the first server had kept.
    const { data } = (await genuine(await receiver.next(), secret)) as { data: { lines: unknown } };
    const feed = await sendNext("GET", "/v1/events?after=4");
    expect(feed.body.rows).toMatchObject([{ sequence: 5, data }]);
    const { rows } = (await sendNext("GET", `${path}/deliveries`)).body;
    expect(rows.map(({ sequence }: { sequence: number }) => sequence)).toEqual([5, 4]);
    next.signal("SIGTERM");
    expect((await next.ended).stdout).not.toContain("webhook-key");
    expect(readFileSync(keyFile, "utf8")).toBe(made);
  });

  it("sends the same message again where it is not taken, and shows each attempt", async () => {
    await using receiver = await startReceiver([503]);
    await using server = await serve(cwd, { words: LOCAL });
    const send = sender(server.url, (await makeKey(cwd)).secret);
    const { path, secret } = await register(send, { url: receiver.url, retryDelaysMs: [1_000] });
    const { message } = (await send("POST", `${path}/test`)).body;
    const first = await receiver.next();
    const second = await receiver.next();
    expect([first, second].map(({ headers }) => headers["webhook-id"])).toEqual([message, message]);
    expect(await genuine(second, secret)).toEqual(await genuine(first, secret));
    await finished(send, path);
    const { body } = await send("GET", `${path}/deliveries/${message}`);
    expect(body).toMatchObject({
      status: "delivered",
      attempts: 2,
      history: [{ outcome: { status: 503 } }, { outcome: { status: 204 } }],
    });
    expect(body.history[1].request.headers).toMatchObject(
      Object.fromEntries(Object.entries(second.headers).filter(([name]) => /^webhook-/.test(name))),
    );
  });
});

describe("a server without the key of secrets", () => {
  const cwd = directory();

  it("says so in its log, serves all else, and delivers when it has the key again", async () => {
    await using receiver = await startReceiver();
    const keyed = (key: string) => ({
      words: ["serve", "--allow-loopback-webhooks"],
      env: { STOCKBOOK_WEBHOOK_KEYS: key },
    });
    const first = newKey();
    const second = newKey();
    const { secret: key, path } = await begun(keyed(first));
    await using wrong = await serve(cwd, keyed(second));
    expect((await sender(wrong.url, key)("POST", `${path}/test`)).status).toBe(201);
    await wrong.complains(
      /"warning":"webhooks wait .* was encrypted with a key that is not given"/,
    );
    wrong.signal("SIGTERM");
    expect(await wrong.ended).toMatchObject({ status: 0 });
    await using right = await serve(cwd, keyed(`${second},${first}`));
    expect((await receiver.next()).headers["webhook-id"]).toMatch(/^msg_/);
    right.signal("SIGTERM");
    await right.ended;

    async function begun(options: Parameters<typeof serve>[1]) {
      await using server = await serve(cwd, options);
      const { secret } = await makeKey(cwd);
      const { path } = await register(sender(server.url, secret), { url: receiver.url });
      server.signal("SIGTERM");
      await server.ended;
      return { secret, path };
    }
  });
});

describe("a server that is not told otherwise", () => {
  const cwd = directory();

  it("refuses to send to this machine, or to the network around it", async () => {
    await using server = await serve(cwd, {
      env: { STOCKBOOK_WEBHOOK_KEYS: newKey() },
    });
    const send = sender(server.url, (await makeKey(cwd)).secret);
    for (const [url, right] of [
      ["http://127.0.0.1:9/hooks", "must be an absolute https URL"],
      ["https://localhost/hooks", "must name a host on the public internet"],
      ["https://192.168.0.1/hooks", "must name a host on the public internet"],
    ]) {
      const { status, body } = await send("POST", "/v1/webhooks", { url });
      expect({ status, body }).toMatchObject({
        status: 422,
        body: { code: "invalid-body", errors: [{ in: "body", pointer: "/url" }] },
      });
      expect(body.detail).toContain(right);
    }
    expect(existsSync(join(cwd, "stock.db.webhook-key"))).toBe(false);
  });

  it("allows the ranges it is told", async () => {
    await using server = await serve(cwd, { env: { STOCKBOOK_WEBHOOK_RANGES: "192.168.0.0/16" } });
    const send = sender(server.url, (await makeKey(cwd)).secret);
    await register(send, { url: "https://192.168.0.1/hooks" });
  });
});

describe("what is wrong with the settings of webhooks", () => {
  const cwd = directory();
  const complaint = async (...words: readonly string[]) => {
    const { status, stdout, stderr } = await stockbook(["serve", "--port", "0", ...words], { cwd });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    return stderr.trimEnd();
  };

  it("is said before anything is served, and no key is repeated", async () => {
    const short = file(cwd, "short.keys", "c2hvcnQ=\n");
    expect(await complaint("--webhook-keys-file", short)).toBe(
      "stockbook: short.keys: key 1 must be 32 bytes in base64",
    );
    expect(await complaint("--webhook-keys-file", file(cwd, "none.keys", "\n"))).toBe(
      "stockbook: none.keys: a key to encrypt secrets with is needed",
    );
    expect(await complaint("--webhook-keys-file", "missing.keys")).toBe(
      "stockbook: missing.keys cannot be read (ENOENT)",
    );
    const env = { STOCKBOOK_WEBHOOK_RANGES: "10.0.0.0/8 inside" };
    await expect(serve(cwd, { env })).rejects.toThrow(
      /STOCKBOOK_WEBHOOK_RANGES must be addresses or ranges .*, not "inside"/,
    );
  });
});
