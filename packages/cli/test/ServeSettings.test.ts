import { Either, Option } from "effect";
import { describe, expect, it } from "vitest";
import { accessLog } from "../src/serve/AccessLog.js";
import { type ServeOptions, settingsOf } from "../src/serve/Settings.js";
import { demoWelcomeText, welcomeText } from "../src/serve/Welcome.js";

const NOTHING: ServeOptions = {
  db: Option.none(),
  port: Option.none(),
  host: Option.none(),
  log: Option.none(),
  api: [],
  webhookKeysFile: Option.none(),
  allowLoopbackWebhooks: false,
};

const settings = (environment: Record<string, string>, options: Partial<ServeOptions> = {}) =>
  Either.getOrThrow(settingsOf({ ...NOTHING, ...options }, environment));

const complaint = (environment: Record<string, string>, options: Partial<ServeOptions> = {}) =>
  Either.match(settingsOf({ ...NOTHING, ...options }, environment), {
    onLeft: ({ message }) => message,
    onRight: () => "none",
  });

describe("the settings of a server", () => {
  it("serve this machine alone, and tell nobody, if nothing is said", () => {
    expect(settings({})).toEqual({
      db: "stock.db",
      port: 4280,
      host: "127.0.0.1",
      log: undefined,
      trustedProxies: [],
      maxBodyBytes: undefined,
      timeoutMs: undefined,
      telemetry: undefined,
      apis: [],
      webhooks: {
        keys: { type: "beside" },
        targets: { loopback: "refused", allowedRanges: [] },
      },
    });
  });

  it("are taken from the environment", () => {
    const environment = {
      STOCKBOOK_DB: "shop.db",
      STOCKBOOK_PORT: "8080",
      STOCKBOOK_HOST: "::1",
      STOCKBOOK_TRUSTED_PROXIES: "10.0.0.0/8, 192.168.0.1",
      STOCKBOOK_MAX_BODY_BYTES: "2048",
      STOCKBOOK_TIMEOUT_MS: " 500 ",
    };
    expect(settings(environment)).toMatchObject({
      db: "shop.db",
      port: 8080,
      host: "::1",
      trustedProxies: ["10.0.0.0/8", "192.168.0.1"],
      maxBodyBytes: 2048,
      timeoutMs: 500,
    });
  });

  it("say where webhooks may go, and what encrypts their secrets", () => {
    const environment = {
      STOCKBOOK_WEBHOOK_KEYS: "one,two",
      STOCKBOOK_WEBHOOK_RANGES: "10.0.0.0/8, 192.168.0.1",
      STOCKBOOK_ALLOW_LOOPBACK_WEBHOOKS: "true",
    };
    expect(settings(environment).webhooks).toEqual({
      keys: { type: "variable", name: "STOCKBOOK_WEBHOOK_KEYS", text: "one,two" },
      targets: { loopback: "http-and-https", allowedRanges: ["10.0.0.0/8", "192.168.0.1"] },
    });
    const options = { webhookKeysFile: Option.some("keys"), allowLoopbackWebhooks: true };
    expect(settings({ STOCKBOOK_WEBHOOK_KEYS: "one" }, options).webhooks).toMatchObject({
      keys: { type: "file", path: "keys" },
      targets: { loopback: "http-and-https" },
    });
    const { targets } = settings({ STOCKBOOK_ALLOW_LOOPBACK_WEBHOOKS: "false" }).webhooks;
    expect(targets.loopback).toBe("refused");
  });

  it("follow an option before the variable, and an empty variable not at all", () => {
    const environment = { STOCKBOOK_PORT: "8080", STOCKBOOK_DB: "", STOCKBOOK_HOST: "0.0.0.0" };
    const options = { port: Option.some("0"), host: Option.some("localhost") };
    expect(settings(environment, options)).toMatchObject({
      db: "stock.db",
      port: 0,
      host: "localhost",
    });
  });

  it.each([
    [
      { STOCKBOOK_PORT: "http" },
      'STOCKBOOK_PORT must be a whole number from 0 to 65535, not "http"',
    ],
    [{ STOCKBOOK_PORT: "65536" }, "STOCKBOOK_PORT must be a whole number from 0 to 65535"],
    [
      { STOCKBOOK_MAX_BODY_BYTES: "1e6" },
      "STOCKBOOK_MAX_BODY_BYTES must be a whole number above 0",
    ],
    [
      { STOCKBOOK_ALLOW_LOOPBACK_WEBHOOKS: "yes" },
      'STOCKBOOK_ALLOW_LOOPBACK_WEBHOOKS must be true or false, not "yes"',
    ],
    [{ STOCKBOOK_TIMEOUT_MS: "0" }, "STOCKBOOK_TIMEOUT_MS must be a whole number from 1 to"],
  ])("say what is wrong with %o", (environment, message) => {
    expect(complaint(environment)).toContain(message);
  });

  it("name the option where the option is wrong", () => {
    expect(complaint({}, { port: Option.some("-1") })).toMatch(/^--port must be /);
  });
});

describe("where traces and metrics go", () => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318/" };

  it("is said in the standard way", () => {
    const environment = {
      ...endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: "x-api-key=a%20b, tenant=shop",
      OTEL_SERVICE_NAME: "till",
      OTEL_METRIC_EXPORT_INTERVAL: "1000",
    };
    expect(settings(environment).telemetry).toEqual({
      endpoint: "http://127.0.0.1:4318",
      headers: { "x-api-key": "a b", tenant: "shop" },
      serviceName: "till",
      protocol: "http/protobuf",
      traceIntervalMs: 5_000,
      metricIntervalMs: 1_000,
    });
  });

  it("is nowhere where the SDK is disabled", () => {
    expect(settings({ ...endpoint, OTEL_SDK_DISABLED: "true" }).telemetry).toBeUndefined();
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" }, "OTEL_EXPORTER_OTLP_ENDPOINT must be"],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, "http/protobuf or http/json"],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: "secret" }, "OTEL_EXPORTER_OTLP_HEADERS must be"],
  ])("is refused as %o", (environment, message) => {
    expect(complaint(environment)).toContain(message);
    expect(complaint(environment)).not.toContain("secret");
  });
});

describe("the log of a server", () => {
  const line = {
    requestId: "r1",
    method: "GET",
    route: "/v1/items/:id",
    status: 200,
    durationMs: 3,
    address: "10.0.0.1",
    key: "key_1",
    organisation: "acme",
  };

  const logged = (form: "json" | "text" | "off") => {
    const written: string[] = [];
    const out = { write: (text: string) => written.push(text) };
    const log = accessLog(form, out, () => Date.UTC(2026, 0, 1));
    log.onAnswer(line);
    log.onAnswer({ ...line, route: null, key: null, organisation: null, status: 404 });
    log.onDefect("broken", "r2");
    log.onWarning("webhooks wait");
    return written.join("");
  };

  it("is a line of JSON for each answer", () => {
    const [first = "", , defect = "", warning = ""] = logged("json").split("\n");
    expect(JSON.parse(first)).toEqual({ time: "2026-01-01T00:00:00.000Z", ...line });
    expect(JSON.parse(defect)).toMatchObject({ requestId: "r2", defect: "broken" });
    expect(JSON.parse(warning)).toEqual({
      time: "2026-01-01T00:00:00.000Z",
      warning: "webhooks wait",
    });
  });

  it("is a line of text for each answer", () => {
    expect(logged("text")).toBe(
      [
        "2026-01-01T00:00:00.000Z 200 GET /v1/items/:id 3 ms, 10.0.0.1, acme key_1, r1",
        "2026-01-01T00:00:00.000Z 404 GET (no route) 3 ms, 10.0.0.1, no key, r1",
        "2026-01-01T00:00:00.000Z fault in request r2: broken",
        "2026-01-01T00:00:00.000Z webhooks wait",
        "",
      ].join("\n"),
    );
  });

  it("tells what went wrong inside even when it is off", () => {
    expect(logged("off").split("\n")).toEqual([
      "2026-01-01T00:00:00.000Z fault in request r2: broken",
      "2026-01-01T00:00:00.000Z webhooks wait",
      "",
    ]);
  });
});

describe("what a server says when it begins", () => {
  const at = (url: string) => ({ url, madeKeyFile: undefined, apis: [] });

  it("has lines to copy, for files and addresses as they come", () => {
    const text = welcomeText("my shop's.db", at("http://0.0.0.0:80"));
    expect(text).toContain("Stockbook serves my shop's.db at http://0.0.0.0:80\n");
    expect(text).toContain("http://127.0.0.1:80/docs");
    expect(text).toContain("--db 'my shop'\\''s.db'");
  });

  it("shows the demo's key in a line to copy", () => {
    expect(demoWelcomeText("demo.db", at("http://[::]:4280"), "sb_test_x")).toContain(
      'curl -H "Authorization: Bearer sb_test_x" "http://[::1]:4280/v1/stock?limit=3"',
    );
  });

  it("lists the base address of each API, where there are several", () => {
    const apis = [
      { name: "tictap", basePath: "/api/stock", prefix: "/erp" },
      { name: "kartustok", basePath: "/public/v1", host: "*.stock.localhost" },
    ] as const;
    const text = welcomeText("stock.db", { ...at("http://0.0.0.0:80"), apis });
    expect(text).toContain("native      http://127.0.0.1:80/v1\n");
    expect(text).toContain("tictap      http://127.0.0.1:80/erp/api/stock\n");
    expect(text).toContain("kartustok   http://*.stock.localhost:80/public/v1\n");
    expect(welcomeText("stock.db", at("http://0.0.0.0:80"))).not.toContain("native");
  });

  it("names a key that it has made for webhooks, and only then", () => {
    const begun = { ...at("http://127.0.0.1:80"), madeKeyFile: "stock.db.webhook-key" };
    expect(welcomeText("stock.db", begun)).toContain("encrypted with stock.db.webhook-key, new");
    expect(welcomeText("stock.db", at(begun.url))).not.toContain("webhook");
  });
});
