import { describe, expect, it } from "vitest";
import { bucketOf, clientAddress } from "../src/kit/Addresses.js";

describe("the address of the client", () => {
  const proxies = ["127.0.0.1", "10.0.0.0/8"];

  it.each([
    ["a connection from elsewhere says nothing with its header", "5.5.5.5", "6.6.6.6", "5.5.5.5"],
    ["a trusted proxy names the client", "127.0.0.1", "6.6.6.6", "6.6.6.6"],
    ["what the client wrote itself is not believed", "127.0.0.1", "1.1.1.1, 6.6.6.6", "6.6.6.6"],
    ["trusted proxies are passed over", "127.0.0.1", "6.6.6.6, 10.0.0.2", "6.6.6.6"],
    ["nonsense ends the walk", "127.0.0.1", "6.6.6.6, junk", "127.0.0.1"],
    ["a header is not needed", "127.0.0.1", undefined, "127.0.0.1"],
  ])("%s", (_, peer, forwardedFor, client) => {
    expect(clientAddress(peer, forwardedFor, proxies)).toBe(client);
  });
});

describe("the bucket of an address", () => {
  it("is the address of a v4 client, and the /64 of a v6 one", () => {
    expect(bucketOf("::ffff:1.2.3.4")).toBe("1.2.3.4");
    expect(bucketOf("2001:db8:1:2::1")).toBe(bucketOf("2001:db8:1:2:ffff::9"));
    expect(bucketOf("2001:db8:1:2::1")).not.toBe(bucketOf("2001:db8:1:3::1"));
    expect(bucketOf(undefined)).toBe("unknown");
  });
});
