import { Either } from "effect";
import { describe, expect, it } from "vitest";
import { NATIVE, type ServableApi } from "../src/serve/Apis.js";
import { placesOf } from "../src/serve/Places.js";

const api = (name: string, basePath: `/${string}`): ServableApi => ({
  name,
  basePath,
  load: NATIVE.load,
  contract: NATIVE.contract,
});
const APIS = [api("tictap", "/api/stock"), api("stacknex", "/api/v1"), api("storq", "/api/v1")];

const places = (...texts: readonly string[]) =>
  Either.match(
    placesOf(
      texts.map((text) => ({ name: "--api", text })),
      APIS,
    ),
    {
      onLeft: ({ message }) => message,
      onRight: (all) => all.map(({ api: _, ...place }) => place),
    },
  );

describe("the places of APIs", () => {
  it("are their own base paths, a prefix before them, or a host", () => {
    expect(places()).toEqual([]);
    expect(places("native", "tictap", "storq=/a/b", "stacknex=*.Stock.example.com")).toEqual([
      { name: "tictap", basePath: "/api/stock" },
      { name: "storq", basePath: "/api/v1", prefix: "/a/b" },
      { name: "stacknex", basePath: "/api/v1", host: "*.stock.example.com" },
    ]);
  });

  it("may be several of one API", () => {
    expect(places("tictap", "tictap=/erp", "tictap=a.b")).toHaveLength(3);
  });

  it.each([
    ["nothing", 'no API "nothing"; there are native, tictap, stacknex, storq'],
    ["TICTAP", 'no API "TICTAP"'],
    ["native=/x", "native is always at /v1"],
    ["tictap=", "a path such as tictap=/erp, or a host such as tictap=stock.example.com"],
    ["tictap=/", "a path such as"],
    ["tictap=/erp/", "a path such as"],
    ["tictap=/../x", "a path such as"],
    ["tictap=/a b", "a path such as"],
    ["tictap=/a%2fb", "a path such as"],
    ["tictap=http://a.b", "a host such as"],
    ["tictap=a.b:80", "a host such as"],
    ["tictap=*", "a host such as"],
  ])("are refused where they are %s", (text, message) => {
    expect(places(text)).toContain(message);
  });

  it.each([
    [["stacknex", "storq"], "stacknex at /api/v1 and storq at /api/v1 meet"],
    [["tictap", "tictap"], "tictap at /api/stock and tictap at /api/stock meet"],
    [["tictap=/v1"], "tictap at /v1/api/stock and native at /v1 meet"],
    [["tictap=/docs"], "meet"],
    [["stacknex=/x", "storq=/x/y"], "meet; mount one elsewhere, such as stacknex=/stacknex"],
    [["stacknex=a.b", "storq=a.b"], "meet"],
  ])("are refused where they meet: %j", (texts, message) => {
    expect(places(...texts)).toContain(message);
  });
});
