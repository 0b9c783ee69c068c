import {
  addressAllowed,
  InvalidRequest,
  isLoopbackAddress,
  isPublicAddress,
  LOCAL_TARGETS,
  MAX_TARGET_LENGTH,
  PUBLIC_TARGETS,
  type TargetPolicy,
  targetFault,
} from "@stockbook/engine";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import {
  FORBIDDEN_NAMES,
  FORBIDDEN_RANGES,
  INNER_HOSTS,
  LOCAL_HOSTS,
  MISLEADING_URLS,
} from "./ForbiddenTargets.js";

const WITH_PRIVATE: TargetPolicy = {
  loopback: "refused",
  allowedRanges: ["10.0.0.0/8", "fd00::/8"],
};

function isRefused(policy: TargetPolicy, url: unknown): boolean {
  return targetFault(policy, url) !== undefined;
}

describe("an address", () => {
  it.each(FORBIDDEN_RANGES)("of $cidr is not public, what lies beside it may be", (range) => {
    expect(isPublicAddress(range.first)).toBe(false);
    expect(isPublicAddress(range.last)).toBe(false);
    if (range.before !== undefined) expect(isPublicAddress(range.before)).toBe(true);
    if (range.after !== undefined) expect(isPublicAddress(range.after)).toBe(true);
  });

  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "::ffff:8.8.8.8",
    "::ffff:808:808",
    "2606:4700:4700::1111",
    "2A00:1450:4001:0830:0000:0000:0000:200E",
  ])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
    expect(addressAllowed(PUBLIC_TARGETS, address)).toBe(true);
  });

  it.each([
    "",
    "8.8.8",
    "134744072",
    "8.8.8.8.",
    "8.8.8.8/32",
    "8.8.8.8 ",
    "008.8.8.8",
    "0x8.8.8.8",
    "::8.8.8.8",
    "::ffff:010.8.8.8",
    "64:ff9b::8.8.8.8",
    "[2606:4700:4700::1111]",
    "2606:4700:4700::1111%eth0",
    "example.com",
  ])("%j is none, or one that can be read in two ways, and not allowed", (text) => {
    expect(isPublicAddress(text)).toBe(false);
    expect(addressAllowed(PUBLIC_TARGETS, text)).toBe(false);
    expect(addressAllowed(LOCAL_TARGETS, text)).toBe(false);
  });

  it("of this machine is allowed where the operator says so", () => {
    for (const address of ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"]) {
      expect(isLoopbackAddress(address)).toBe(true);
      expect(addressAllowed(PUBLIC_TARGETS, address)).toBe(false);
      expect(addressAllowed(LOCAL_TARGETS, address)).toBe(true);
    }
    for (const address of ["0.0.0.0", "::", "::7f00:1", "10.0.0.1", "169.254.169.254"]) {
      expect(isLoopbackAddress(address)).toBe(false);
      expect(addressAllowed(LOCAL_TARGETS, address)).toBe(false);
    }
  });

  it("in a range of the operator's is allowed, and only there", () => {
    expect(addressAllowed(WITH_PRIVATE, "10.1.2.3")).toBe(true);
    expect(addressAllowed(WITH_PRIVATE, "::ffff:10.1.2.3")).toBe(true);
    expect(addressAllowed(WITH_PRIVATE, "fd00:ec2::254")).toBe(true);
    expect(addressAllowed(WITH_PRIVATE, "8.8.8.8")).toBe(true);
    expect(addressAllowed(WITH_PRIVATE, "127.0.0.1")).toBe(false);
    expect(addressAllowed(WITH_PRIVATE, "192.168.0.1")).toBe(false);
    expect(addressAllowed({ loopback: "refused", allowedRanges: ["tpyo"] }, "10.1.2.3")).toBe(
      false,
    );
  });
});

describe("a target", () => {
  it.each([
    "https://example.com",
    "HTTPS://Example.COM/hooks?key=a%20b",
    "https://example.com:443/",
    "https://example.com:80/",
    "https://example.com:1024/",
    "https://example.com:65535/",
    "https://example.com./hooks",
    "https://bücher.example/hooks",
    "https://example.com/@user",
    "https://example.com/?to=a@b",
    "https://localhost.example.com/",
    "https://notlocalhost/",
    "https://metadata.example.com/",
    "https://8.8.8.8/",
    "https://134744072/",
    "https://[2606:4700:4700::1111]:8443/",
    "https://[::ffff:8.8.8.8]/",
  ])("%s is without a fault", (url) => {
    expect(targetFault(PUBLIC_TARGETS, url)).toBe(undefined);
  });

  it.each([...LOCAL_HOSTS, ...INNER_HOSTS, ...FORBIDDEN_NAMES])("https://%s is refused", (host) => {
    expect(isRefused(PUBLIC_TARGETS, `https://${host}`)).toBe(true);
    expect(isRefused(PUBLIC_TARGETS, `https://${host}:8443/hooks?a=b`)).toBe(true);
  });

  it.each([...INNER_HOSTS, ...FORBIDDEN_NAMES])("%s is refused on a sandbox too", (host) => {
    expect(isRefused(LOCAL_TARGETS, `https://${host}/`)).toBe(true);
    expect(isRefused(LOCAL_TARGETS, `http://${host}:8080/`)).toBe(true);
  });

  it.each(LOCAL_HOSTS)("%s is allowed on a sandbox, on any port, over http or https", (host) => {
    expect(targetFault(LOCAL_TARGETS, `http://${host}`)).toBe(undefined);
    expect(targetFault(LOCAL_TARGETS, `http://${host}:22/hooks`)).toBe(undefined);
    expect(targetFault(LOCAL_TARGETS, `https://${host}:1`)).toBe(undefined);
    expect(isRefused(LOCAL_TARGETS, `http://${host}:0/`)).toBe(true);
    const encrypted: TargetPolicy = { loopback: "https", allowedRanges: [] };
    expect(targetFault(encrypted, `https://${host}:22/`)).toBe(undefined);
    expect(isRefused(encrypted, `http://${host}/`)).toBe(true);
  });

  it.each(MISLEADING_URLS)("%j is refused", (url) => {
    expect(isRefused(PUBLIC_TARGETS, url)).toBe(true);
    expect(isRefused(LOCAL_TARGETS, url)).toBe(true);
  });

  it.each([undefined, null, 7, {}, ["https://example.com"]])("%j is refused", (url) => {
    expect(isRefused(PUBLIC_TARGETS, url)).toBe(true);
  });

  it("goes over plain http to nobody but this machine", () => {
    expect(isRefused(LOCAL_TARGETS, "http://8.8.8.8/")).toBe(true);
    expect(isRefused(LOCAL_TARGETS, "http://example.com/")).toBe(true);
    expect(isRefused(WITH_PRIVATE, "http://10.0.0.1/")).toBe(true);
  });

  it("may lie in a range of the operator's", () => {
    expect(targetFault(WITH_PRIVATE, "https://10.0.0.1:8443/")).toBe(undefined);
    expect(targetFault(WITH_PRIVATE, "https://[fd00::1]/")).toBe(undefined);
    expect(isRefused(WITH_PRIVATE, "https://192.168.0.1/")).toBe(true);
    expect(isRefused(WITH_PRIVATE, "https://10.0.0.1:22/")).toBe(true);
  });

  it("has a limited length", () => {
    const url = "https://example.com/".padEnd(MAX_TARGET_LENGTH, "a");
    expect(targetFault(PUBLIC_TARGETS, url)).toBe(undefined);
    expect(isRefused(PUBLIC_TARGETS, `${url}a`)).toBe(true);
  });

  it("is refused by a sentence that says what would be right", () => {
    const fault = targetFault(PUBLIC_TARGETS, "http://example.com/", "endpoint.url");
    expect(fault).toBeInstanceOf(InvalidRequest);
    expect(fault?.field).toBe("endpoint.url");
    expect(fault?.message).toBe(
      "endpoint.url must be an absolute https URL, such as https://example.com/hooks",
    );
    expect(targetFault(PUBLIC_TARGETS, "https://a.example:22/")?.message).toBe(
      "url must use port 80, 443, or one from 1024 on",
    );
    expect(targetFault(LOCAL_TARGETS, "http://a.example/")?.message).toMatch(/an http URL of this/);
  });

  it("is refused in the same words whatever its host is", () => {
    const hosts = [...LOCAL_HOSTS, ...INNER_HOSTS, ...FORBIDDEN_NAMES];
    const messages = hosts.map((host) => targetFault(PUBLIC_TARGETS, `https://${host}/`)?.message);
    expect(new Set(messages)).toEqual(new Set(["url must name a host on the public internet"]));
  });
});

describe("any address", () => {
  const v4Ranges = FORBIDDEN_RANGES.filter(({ cidr }) => !cidr.includes(":"));
  const v6Ranges = FORBIDDEN_RANGES.filter(({ cidr }) => cidr.includes(":"));

  it.each(v4Ranges)("of $cidr is refused in all its forms", ({ cidr }) => {
    fc.assert(
      fc.property(inRange(cidr), (bytes) => {
        expect(isPublicAddress(bytes.join("."))).toBe(false);
        for (const host of [...v4Forms(bytes), ...v4InV6(bytes)]) {
          expect(targetFault(PUBLIC_TARGETS, `https://${host}/`), host).toBeDefined();
        }
      }),
    );
  });

  it.each(v6Ranges)("of $cidr is refused in all its forms", ({ cidr }) => {
    fc.assert(
      fc.property(inRange(cidr), (bytes) => {
        for (const text of v6Forms(bytes)) {
          expect(isPublicAddress(text), text).toBe(false);
          expect(targetFault(PUBLIC_TARGETS, `https://[${text}]/`), text).toBeDefined();
        }
      }),
    );
  });

  it("of v4 that lies in none of the ranges is allowed in all its forms", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (array) => {
        const bytes = [...array];
        fc.pre(!isSpecial(bytes));
        expect(isPublicAddress(bytes.join("."))).toBe(true);
        for (const host of [...v4Forms(bytes), ...mapped(bytes)]) {
          expect(targetFault(PUBLIC_TARGETS, `https://${host}/`), host).toBe(undefined);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("of v6 that lies in none of the ranges is allowed in all its forms", () => {
    fc.assert(
      fc.property(inRange("2000::/3"), (bytes) => {
        fc.pre(!isSpecial(bytes));
        for (const text of v6Forms(bytes)) {
          expect(isPublicAddress(text), text).toBe(true);
          expect(targetFault(PUBLIC_TARGETS, `https://[${text}]/`), text).toBe(undefined);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("that ipaddr.js does not call unicast is never allowed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        fc.pre(!(text.includes(":") && text.includes(".")));
        if (ipaddr.process(text).range() === "unicast") return;
        expect(isPublicAddress(text)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

type Bytes = readonly number[];

/** The bytes of any address of a range. */
function inRange(cidr: string): fc.Arbitrary<Bytes> {
  const [base, bits] = ipaddr.parseCIDR(cidr);
  const fixed = base.toByteArray();
  const length = fixed.length;
  return fc.uint8Array({ minLength: length, maxLength: length }).map((free) =>
    fixed.map((byte, index) => {
      const open = 0xff >> Math.min(8, Math.max(0, bits - index * 8));
      return (byte & ~open) | ((free[index] ?? 0) & open);
    }),
  );
}

/** Whether an address lies in a range of the table, or in one of the few ipaddr.js adds to it. */
function isSpecial(bytes: Bytes): boolean {
  const address = ipaddr.fromByteArray([...bytes]);
  if (address.range() !== "unicast") return true;
  return FORBIDDEN_RANGES.some(({ cidr }) => {
    const [base, bits] = ipaddr.parseCIDR(cidr);
    return base.kind() === address.kind() && address.match(base, bits);
  });
}

const hex = (value: number) => value.toString(16);

/** The spellings of a v4 address that a URL folds into one. */
function v4Forms(bytes: Bytes): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  return [
    bytes.join("."),
    `${bytes.join(".")}.`,
    String(number),
    `0x${hex(number)}`,
    `0${number.toString(8)}`,
    bytes.map((byte) => `0x${hex(byte)}`).join("."),
    bytes.map((byte) => `0X${hex(byte).padStart(6, "0")}`).join("."),
    bytes.map((byte) => `0${byte.toString(8)}`).join("."),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.0x${hex(b)}.${c * 256 + d}`,
    bytes.join("。"),
    bytes.join(".").replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    bytes.join(".").replace(/\d/g, (digit) => `%3${digit}`),
  ];
}

function mapped(bytes: Bytes): readonly string[] {
  const [high, low] = pairs(bytes);
  return [
    `[::ffff:${bytes.join(".")}]`,
    `[0:0:0:0:0:FFFF:${bytes.join(".")}]`,
    `[::ffff:${high}:${low}]`,
  ];
}

/** A v4 address in the v6 addresses that lead to it. */
function v4InV6(bytes: Bytes): readonly string[] {
  const [high, low] = pairs(bytes);
  return [
    ...mapped(bytes),
    `[::${bytes.join(".")}]`,
    `[::${high}:${low}]`,
    `[64:ff9b::${bytes.join(".")}]`,
    `[64:ff9b:1::${high}:${low}]`,
    `[2002:${high}:${low}::1]`,
    `[::ffff:0:${high}:${low}]`,
  ];
}

/** Two bytes each, in hexadecimal digits. */
function pairs(bytes: Bytes): readonly string[] {
  return bytes.flatMap((byte, index) =>
    index % 2 === 0 ? [hex(byte * 256 + (bytes[index + 1] ?? 0))] : [],
  );
}

function v6Forms(bytes: Bytes): readonly string[] {
  const groups = pairs(bytes);
  return [
    ipaddr.fromByteArray([...bytes]).toString(),
    groups.join(":"),
    groups.map((group) => group.padStart(4, "0")).join(":"),
    groups.join(":").toUpperCase(),
  ];
}
