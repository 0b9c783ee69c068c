import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeCompanyOf } from "../src/Hosts.js";

describe("the company of a host", () => {
  const companyOf = makeCompanyOf();

  it.each([
    ["acme.kartustok.com", "acme"],
    ["ACME.KartuStok.Com", "acme"],
    ["acme.kartustok.com:8443", "acme"],
    ["acme.kartustok.com.", "acme"],
    ["a-1.kartustok.com", "a-1"],
    ["acme.localhost", "acme"],
    ["acme.localhost:4280", "acme"],
    ["localhost", "default"],
    ["localhost:4280", "default"],
    ["127.0.0.1:4280", "default"],
    ["[::1]:4280", "default"],
    ["member.kartustok.com", undefined],
    ["member.localhost", undefined],
    ["Member.KartuStok.com:443", undefined],
    ["kartustok.com", undefined],
    ["shop.acme.kartustok.com", undefined],
    ["acme.kartustok.com.example.com", undefined],
    ["acmekartustok.com", undefined],
    [".kartustok.com", undefined],
    ["-acme.kartustok.com", undefined],
    ["a_b.kartustok.com", undefined],
    ["example.com", undefined],
    ["1.2.3.example.com", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%s: %s", (host, company) => {
    expect(companyOf(host)).toBe(company);
  });

  it("of an address is the one that is set, or none where hosts must be named", () => {
    expect(makeCompanyOf({ defaultCompany: "acme" })("127.0.0.1")).toBe("acme");
    const strict = makeCompanyOf({ strictHost: true });
    expect(["localhost", "127.0.0.1", "[::1]"].map(strict)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(strict("acme.localhost")).toBe("acme");
  });

  it("is before the base domain that is set", () => {
    const own = makeCompanyOf({ baseDomain: "Stock.Example.com" });
    expect(own("acme.stock.example.com")).toBe("acme");
    expect(own("acme.kartustok.com")).toBeUndefined();
    expect(own("acme.localhost")).toBe("acme");
  });

  it.each(["", "a b", ".com", "x..y", "http://x"])("refuses %j as a base domain", (baseDomain) => {
    expect(() => makeCompanyOf({ baseDomain })).toThrow(RangeError);
  });

  it("is always one label, whatever the host is", () => {
    const parts = fc.constantFrom("acme", "member", "kartustok", "com", "localhost", ":1", "[", "");
    const hosts = fc.oneof(
      fc.string(),
      fc.array(parts, { maxLength: 6 }).map((list) => list.join(".")),
    );
    fc.assert(
      fc.property(hosts, (host) => {
        const company = companyOf(host);
        if (company !== undefined) expect(company).toMatch(/^(?!member$)[a-z0-9-]{1,63}$/);
      }),
    );
  });
});
