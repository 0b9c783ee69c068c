import { type MessageOrigin, messageId } from "@stockbook/engine";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const ORIGIN: MessageOrigin = {
  organisation: "acme",
  mode: "live",
  api: "native",
  sequence: 7,
  part: 0,
};

const origins: fc.Arbitrary<MessageOrigin> = fc.record({
  organisation: fc.string({ maxLength: 3 }),
  mode: fc.constantFrom("live", "test"),
  api: fc.string({ maxLength: 3 }),
  sequence: fc.nat(12),
  part: fc.nat(12),
});

describe("the id of a message", () => {
  it("is the same in every version and on every machine", () => {
    // printf '["acme","live","native",7,0]' | sha256sum | cut -c1-32
    expect(messageId(ORIGIN)).toBe("msg_5d242bf7425bb637b3df01ad5836fcb2");
  });

  it("is the same for the same origin and no other", () => {
    fc.assert(
      fc.property(origins, origins, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(messageId(one) === messageId(other)).toBe(same);
      }),
    );
  });

  it.each([
    { organisation: "acme2" },
    { mode: "test" as const },
    { api: "nativ" },
    { sequence: 8 },
    { part: 1 },
    // As many characters, parted elsewhere.
    { sequence: 70, part: 0 },
    { organisation: "acm", api: "enative" },
  ])("is another with %j", (changes) => {
    expect(messageId({ ...ORIGIN, ...changes })).not.toBe(messageId(ORIGIN));
  });

  it("is written as what signs messages takes it, without a dot", () => {
    fc.assert(
      fc.property(origins, (origin) => {
        expect(messageId(origin)).toMatch(/^msg_[0-9a-f]{32}$/);
      }),
    );
  });
});
