import { allowsAddress } from "@stockbook/engine";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalRange } from "../../src/access/Addresses.js";

describe("a range", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["10.0.0.1/32", "10.0.0.1"],
    ["10.200.3.4/8", "10.0.0.0/8"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["::1", "::1"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["2001:db8::5/32", "2001:db8::/32"],
    ["::/0", "::/0"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7/120", "192.0.2.0/24"],
  ])("%s is kept as %s", (text, canonical) => {
    expect(canonicalRange(text)).toBe(canonical);
    expect(canonicalRange(canonical)).toBe(canonical);
  });

  it.each([
    "",
    "10",
    "10.1",
    "010.0.0.1",
    "0x0a.0.0.1",
    "167772161",
    "10.0.0.256",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "fe80::1%eth0",
    "::192.0.2.7",
    "::192.0.2.0/120",
    "::ffff:010.0.0.1",
    "64:ff9b::192.0.2.7",
    "2001:db8::/129",
    "example.com",
    " 10.0.0.1",
    7,
    null,
  ])("%j is none", (text) => {
    expect(canonicalRange(text)).toBe(undefined);
  });
});

describe("an address", () => {
  it.each([
    [[], "203.0.113.9", true],
    [["10.0.0.0/8"], "10.255.255.255", true],
    [["10.0.0.0/8"], "11.0.0.0", false],
    [["10.0.0.0/8"], "::ffff:10.1.1.1", true],
    [["10.0.0.0/8", "2001:db8::/32"], "2001:db8:1::1", true],
    [["2001:db8::/32"], "2001:db9::1", false],
    [["::/0"], "10.0.0.1", false],
    [["0.0.0.0/0"], "::1", false],
    [["10.0.0.1"], "10.0.0.1", true],
    [["10.0.0.0/8"], "10.0.0.0/8", false],
    [["10.0.0.0/8"], "unknown", false],
  ])("of %j: %s is allowed: %s", (ranges, address, allowed) => {
    expect(allowsAddress(ranges, address)).toBe(allowed);
  });

  it("of v4 is in a range when its leading bits are the same", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (base, peer, bits) => {
        const number = (text: string) =>
          text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
        const leading = (text: string) => Math.floor(number(text) / 2 ** (32 - bits));
        const expected = leading(base) === leading(peer);
        expect(allowsAddress([`${base}/${bits}`], peer)).toBe(expected);
      }),
    );
  });
});
