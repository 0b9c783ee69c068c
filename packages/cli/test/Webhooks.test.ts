/** `stockbook webhooks`, on a database as it is beside a server. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AttemptOutcome,
  type CreatedEndpoint,
  type DeliveryDetails,
  type EndpointView,
  LedgerStore,
  WebhookStore,
} from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { Effect } from "effect";
import { beforeAll, describe, expect, it } from "vitest";
import { deliveryText } from "../src/webhooks/Report.js";
import { directory, json, stockbook } from "./support/Cli.js";

const cwd = directory();
const URL_OF_SHOP = "https://shop.example.com/hooks";
const SECRET = /whsec_[\w+/=]+/;

async function told(...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await stockbook(["webhooks", ...words], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.trimEnd();
}

/** Runs a command that must fail: one line, exit status 1, nothing printed. */
async function complaintOf(...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await stockbook(["webhooks", ...words], { cwd });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^stockbook[^\n]*\n$/);
  return stderr.trim();
}

const asJson = async <A>(...words: readonly string[]) =>
  (await json(["webhooks", ...words], cwd)) as A;

const create = (...words: readonly string[]) =>
  asJson<CreatedEndpoint>("create", URL_OF_SHOP, ...words);

const endpoints = async (...words: readonly string[]) =>
  (await asJson<{ readonly endpoints: readonly EndpointView[] }>("list", ...words)).endpoints;

beforeAll(async () => {
  const { status } = await stockbook(["orgs", "create", "default"], { cwd });
  expect(status).toBe(0);
});

describe("endpoints", () => {
  it("are made with what is asked for, and their secret is shown once", async () => {
    const keyFile = join(cwd, "stock.db.webhook-key");
    expect(await endpoints()).toEqual([]);
    expect(existsSync(keyFile)).toBe(false);
    const words = ["--event", "stock.depleted", "--description", "the wholesaler"];
    const pace = ["--ordered", "yes", "--retry-delay", "5s", "--retry-delay", "2h"];
    const header = ["--header", "X-Shop: 12"];
    const made = await stockbook(
      ["webhooks", "create", URL_OF_SHOP, ...words, ...pace, ...header],
      { cwd },
    );
    expect(made.status).toBe(0);
    expect(made.stderr).toMatch(/encrypted with stock\.db\.webhook-key, which is new\./);
    const [secret = ""] = SECRET.exec(made.stdout) ?? [];
    expect(made.stdout.split(secret)).toHaveLength(2);
    expect(made.stdout).toMatch(/\n {2}events {3}stock\.depleted\n {2}headers {2}x-shop\n/);
    expect(made.stdout).toMatch(/\n {2}pace {5}one at a time, in order\n {2}retries {2}5 s, 2 h\n/);
    const list = await told("list");
    expect(list).toMatch(
      /whe_\w{20} +https:\/\/shop\.example\.com\/hooks +stock\.depleted +enabled/,
    );
    const [endpoint] = await endpoints();
    expect(endpoint).toMatchObject({
      headers: { "x-shop": "12" },
      retryDelaysMs: [5_000, 7_200_000],
    });
    expect(list + JSON.stringify(endpoint)).not.toMatch(SECRET);
    expect(readFileSync(join(cwd, "stock.db"), "latin1")).not.toContain(secret.slice(6));
    expect(await endpoints("--mode", "live")).toEqual([]);
  });

  it("are changed in what is given, and in nothing else", async () => {
    const { endpoint } = await create("--event", "stock.moved", "--max-per-second", "5");
    const { id } = endpoint;
    const words = ["--url", `${URL_OF_SHOP}/new`, "--max-per-second", "none", "--all-events"];
    const { endpoint: changed } = await asJson<CreatedEndpoint>("update", id, ...words);
    expect(changed).toEqual({
      ...endpoint,
      url: `${URL_OF_SHOP}/new`,
      maxPerSecond: null,
      events: [],
    });
    expect(await told("disable", id)).toMatch(/\n {2}state {4}disabled \(\d{4}-.* UTC\)$/);
    expect(await told("enable", id)).toMatch(/\n {2}state {4}enabled$/);
    const rotated = await told("rotate", id, "--overlap", "7d");
    expect(rotated).toMatch(/^whsec_\S{44}\n\nDeliveries are signed with this secret\./);
    expect(await told("delete", id)).toMatch(/^whe_\w+ is gone/);
    expect((await endpoints()).map((left) => left.id)).not.toContain(id);
  });

  it("are refused with the field that is wrong, and where to look", async () => {
    const before = (await endpoints()).length;
    expect(await complaintOf("create", "http://127.0.0.1/hooks")).toMatch(
      /stock\.db: url must be an absolute https URL, such as https:/,
    );
    expect(await complaintOf("create", URL_OF_SHOP, "--event", "stock.stolen")).toMatch(
      /events\[0\] must be one of ledger\.opened, .*, not "stock\.stolen"$/,
    );
    const secret = ["--header", "authorization Bearer-secret"];
    expect(await complaintOf("create", URL_OF_SHOP, ...secret)).toMatch(
      /--header must be a name and a value such as "X-Shop: 12"$/,
    );
    expect(await complaintOf("update", "whe_none", "--max-per-second", "many")).toMatch(
      /--max-per-second must be a whole number, or none, not "many"$/,
    );
    expect(await complaintOf("disable", "whe_none")).toMatch(
      /there is no endpoint whe_none; `stockbook webhooks list` lists those of a ledger$/,
    );
    expect(await complaintOf("deliveries", "whe_none", "--since", "yesterday")).toMatch(
      /--since must be a day such as 2027-01-31/,
    );
    expect(await endpoints()).toHaveLength(before);
  });

  it("may be on this machine where that is asked for", async () => {
    const words = ["http://127.0.0.1:9/hooks", "--allow-loopback-webhooks"];
    const { endpoint } = await asJson<CreatedEndpoint>("create", ...words);
    expect(endpoint.url).toBe("http://127.0.0.1:9/hooks");
  });
});

describe("deliveries", () => {
  it("are listed, looked into, sent again and recovered", async () => {
    const { id } = (await create()).endpoint;
    expect(await told("deliveries", id)).toBe("No deliveries.");
    expect(await told("test", id)).toMatch(/^msg_\w{24} \(webhook\.test\) is waiting, due /);
    const [test = ""] = /msg_\w+/.exec(await told("deliveries", id)) ?? [];
    await fail(id, test);
    const table = await told("deliveries", id, "--status", "failed");
    expect(table).toMatch(/\nmsg_\w+ +\d{4}-.* +webhook\.test +failed +1\n\n1 delivery$/);
    expect(await told("deliveries", id, "--status", "waiting")).toBe("No deliveries.");
    const text = await told("delivery", id, test);
    expect(text).toContain(
      `${test} (webhook.test) is failed.\n\nBody:\n    {"type":"webhook.test"`,
    );
    expect(text).toContain(`  → POST ${URL_OF_SHOP}\n    webhook-id: ${test}`);
    expect(text).toContain("  ← 500\n    content-type: text/plain\n\n    broken\\u001b[2J");
    expect(await told("resend", id, test)).toMatch(/^msg_\w+ \(webhook\.test\) is waiting, due /);
    await fail(id, test);
    expect(await asJson("recover", id, "--since", "2020-01-01", "--until", "2020-01-02")).toEqual({
      recovered: 0,
    });
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect(await told("recover", id, "--since", since)).toBe("1 delivery will be sent again.");
    expect(await complaintOf("delivery", id, "msg_none")).toMatch(
      /there is no delivery msg_none; `stockbook webhooks deliveries` lists those of an endpoint$/,
    );
  });
});

/** Makes a delivery fail, as a worker would whose receiver answers 500. */
async function fail(endpoint: string, message: string): Promise<void> {
  const settled = Effect.gen(function* () {
    const store = yield* WebhookStore;
    const organisation = yield* (yield* LedgerStore).organisation("default");
    const ledger = organisation?.ledgers.test ?? 0;
    const at = Date.now();
    const { due } = yield* store.due({ ledger, endpoint, now: at, limit: 9, order: "due" });
    const { attempts = 0, attemptsBefore = 0 } =
      due.find((one) => one.message.id === message) ?? {};
    const request = { url: URL_OF_SHOP, headers: { "webhook-id": message } };
    const attempt = { number: attempts + 1, at, durationMs: 3, request, outcome: BROKEN };
    const place = { ledger, endpoint, message, attempts, attemptsBefore, attempt };
    yield* store.settle([{ ...place, status: "failed", dueAt: null, delaysUsed: 0 }], []);
  });
  await Effect.runPromise(Effect.provide(settled, sqlite(join(cwd, "stock.db"))));
}

const BROKEN: AttemptOutcome = {
  type: "answered",
  status: 500,
  headers: { "content-type": "text/plain" },
  body: "broken\u001b[2J",
  truncated: false,
};

describe("a delivery as a text", () => {
  const delivery: DeliveryDetails = {
    endpoint: "whe_1",
    message: "msg_1",
    type: "stock.moved",
    sequence: 7,
    status: "waiting",
    attempts: 1,
    nextAttemptAt: Date.UTC(2026, 2, 1, 12, 5),
    createdAt: Date.UTC(2026, 2, 1, 12),
    finishedAt: null,
    body: "{}",
    history: [
      {
        number: 1,
        at: Date.UTC(2026, 2, 1, 12),
        durationMs: 15_000,
        request: { url: URL_OF_SHOP, headers: {} },
        outcome: { type: "failed", reason: "timed-out", message: "no answer in time" },
      },
    ],
  };

  it("says when it is tried again, and why there was no answer", () => {
    expect(deliveryText(delivery)).toBe(
      [
        "msg_1 (stock.moved) is waiting, due 2026-03-01 12:05 UTC.",
        "",
        "Body:",
        "    {}",
        "",
        "Attempt 1, 2026-03-01T12:00:00.000Z, 15,000 ms",
        `  → POST ${URL_OF_SHOP}`,
        "  ← no answer, timed-out: no answer in time",
      ].join("\n"),
    );
  });
});
