import { HttpServerRequest, HttpServerResponse } from "@effect/platform";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import type { App } from "../src/index.js";
import { isHost, type Mount, meeting, mounted } from "../src/kit/index.js";

const told = (name: string): App =>
  Effect.map(HttpServerRequest.HttpServerRequest, ({ url }) =>
    HttpServerResponse.text(`${name} ${url}`),
  );
const mount = (name: string, place: Omit<Mount, "app" | "name">): Mount => ({
  name,
  app: told(name),
  ...place,
});

const app = mounted(
  [
    mount("tictap", { basePath: "/api/stock" }),
    mount("storq", { basePath: "/api/v1", prefix: "/storq" }),
    mount("wild", { basePath: "/public/v1", host: "*.kartustok.localhost" }),
    mount("one", { basePath: "/public/v1", prefix: "/x", host: "own.kartustok.localhost" }),
  ],
  told("native"),
);

const ask = async (url: string, host = "127.0.0.1:80") => {
  const request = HttpServerRequest.fromWeb(
    new Request(`http://h${url}`, { headers: { host } }),
  ).modify({ url });
  const served = Effect.provideService(app, HttpServerRequest.HttpServerRequest, request);
  return HttpServerResponse.toWeb(await Effect.runPromise(served)).text();
};

describe("a request", () => {
  it.each([
    ["/v1/stock?a=b", undefined, "native /v1/stock?a=b"],
    ["/api/stock", undefined, "tictap /api/stock"],
    ["/api/stock/stores?a=/storq", undefined, "tictap /api/stock/stores?a=/storq"],
    ["/api/stocks", undefined, "native /api/stocks"],
    ["/API/stock", undefined, "native /API/stock"],
    ["/storq/api/v1/x?y", undefined, "storq /api/v1/x?y"],
    ["/storq?y", undefined, "storq /?y"],
    ["/storq/nowhere", undefined, "storq /nowhere"],
    ["/storqs/api/v1", undefined, "native /storqs/api/v1"],
    ["/public/v1/x", "acme.KARTUSTOK.localhost:4280", "wild /public/v1/x"],
    ["/v1/stock", "a.b.kartustok.localhost.", "wild /v1/stock"],
    ["/api/stock", "acme.kartustok.localhost", "wild /api/stock"],
    ["/public/v1", "kartustok.localhost", "native /public/v1"],
    ["/public/v1", "evilkartustok.localhost", "native /public/v1"],
    ["/x/public/v1", "own.kartustok.localhost", "one /public/v1"],
    ["/public/v1", "own.kartustok.localhost", "one /public/v1"],
    ["*", undefined, "native *"],
    ["/v1", "[::1]:80", "native /v1"],
  ])("%s to %s goes to %s", async (url, host, expected) => {
    expect(await ask(url, host)).toBe(expected);
  });
});

describe("places", () => {
  const at = (basePath: `/${string}`, more: object = {}) => ({ name: "a", basePath, ...more });
  it.each([
    [at("/api/v1"), at("/api/v1"), true],
    [at("/api"), at("/api/v1"), true],
    [at("/api/v1"), at("/api/v10"), false],
    [at("/api/v1"), at("/api/v1", { prefix: "/erp" }), false],
    [at("/api/v1", { prefix: "/api" }), at("/api/v1"), true],
    [at("/api/v1", { host: "a.b" }), at("/api/v1"), false],
    [at("/api/v1", { host: "a.b" }), at("/other", { host: "a.b" }), true],
    [at("/api/v1", { host: "*.b" }), at("/api/v1", { host: "a.b" }), false],
  ])("%j and %j meet: %s", (one, other, expected) => {
    expect(meeting([at("/elsewhere"), one, other]) !== undefined).toBe(expected);
    expect(meeting([other, one]) !== undefined).toBe(expected);
  });
});

it.each([
  ["stock.example.com", true],
  ["*.kartustok.localhost", true],
  ["localhost", true],
  ["*", false],
  ["a.*.b", false],
  ["Stock.example.com", false],
  ["stock.example.com:80", false],
  ["-a.b", false],
  ["a..b", false],
  ["", false],
])("%s is a host: %s", (text, expected) => {
  expect(isHost(text)).toBe(expected);
});
