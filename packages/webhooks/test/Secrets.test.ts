import { createPrivateKey, createPublicKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  generateKeyPair,
  generateSecret,
  InvalidSecret,
  makeSigner,
  makeVerifier,
  parseSecret,
} from "../src/index.js";
import { message, numRuns, secretOf, VECTOR } from "./support/Messages.js";

const counting = (length: number) => Uint8Array.from({ length }, (_, at) => at);

describe("a new secret", () => {
  it("is whsec_ and the base64 of 24 bytes of the given randomness", () => {
    expect(generateSecret(counting)).toBe("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX");
  });

  it("is another one each time", () => {
    const made = Array.from({ length: 100 }, () => generateSecret());
    expect(new Set(made).size).toBe(100);
    expect(made.every((secret) => parseSecret(secret).kind === "shared")).toBe(true);
  });
});

describe("a new pair of keys", () => {
  it("has the public key that Node's own crypto has for the seed", async () => {
    const { secretKey, publicKey } = await generateKeyPair(counting);
    const seed = Buffer.from(counting(32));
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
    const key = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
    const raw = key.export({ format: "der", type: "spki" }).subarray(-32);
    expect(publicKey).toBe(`whpk_${raw.toString("base64")}`);
    expect(secretKey).toBe(`whsk_${Buffer.concat([seed, raw]).toString("base64")}`);
  });

  it("is another one each time", async () => {
    const [one, other] = await Promise.all([generateKeyPair(), generateKeyPair()]);
    expect(one.publicKey).not.toBe(other.publicKey);
  });
});

describe("a secret", () => {
  it.each([
    [VECTOR.sharedSecret, "shared"],
    [VECTOR.secretKey, "private"],
    [VECTOR.publicKey, "public"],
  ])("%s is %s", (secret, kind) => {
    expect(parseSecret(secret).kind).toBe(kind);
  });

  it("of any 24 to 75 bytes is read as it was written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 75 }), (bytes) => {
        const written = `whsec_${Buffer.from(bytes).toString("base64")}`;
        expect(parseSecret(written)).toEqual({ kind: "shared", key: bytes });
      }),
      numRuns(500),
    );
  });

  it.each([
    ["without a prefix", VECTOR.sharedSecret.slice(6), "must start with whsec_, whsk_ or whpk_"],
    ["empty", "", "must start with whsec_, whsk_ or whpk_"],
    ["too short", secretOf(1, 23), "24 to 75 bytes, not 23"],
    ["too long", secretOf(1, 76), "24 to 75 bytes, not 76"],
    ["with a line feed", `${VECTOR.sharedSecret}\n`, "white space"],
    ["in base64url", "whsec_-_-_MfKQ9r8GKYqrTwjUPD8ILPZIo2La", "not base64"],
    ["without padding", VECTOR.publicKey.slice(0, -1), "not base64"],
    ["with bits of no byte", VECTOR.publicKey.replace("4=", "5="), "not base64"],
    [
      "of half a pair",
      `whsk_${VECTOR.publicKey.slice(5)}`,
      "64 bytes, seed and public key, not 32",
    ],
    ["of two public keys", `whpk_${VECTOR.secretKey.slice(5)}`, "32 bytes, not 64"],
  ])("%s is refused without being told", (_, secret, why) => {
    const error = thrownBy(() => parseSecret(secret));
    expect(error).toBeInstanceOf(InvalidSecret);
    expect(error).toMatchObject({ message: expect.stringContaining(why) });
    const payload = secret.trim().slice(6, 20);
    if (payload !== "") expect(String(error)).not.toContain(payload);
  });

  it.each([
    ["that is no string", [undefined], "not a string"],
    ["in no array", VECTOR.sharedSecret, "an array"],
    ["that is none", [], "at least one"],
  ])("%s is refused when a verifier or a signer is made", (_, secrets, why) => {
    // What a caller without types can do.
    const untyped = secrets as unknown as readonly string[];
    expect(() => makeVerifier({ secrets: untyped })).toThrow(why);
    expect(() => makeSigner(untyped)).toThrow(why);
  });

  it("that can only verify signs nothing", () => {
    expect(() => makeSigner([VECTOR.publicKey])).toThrow("a whpk_ key can only verify");
  });

  it("whose halves do not belong together signs nothing", async () => {
    const other = await generateKeyPair();
    const bytes = (key: string) => Buffer.from(key.slice(5), "base64");
    const mixed = Buffer.concat([bytes(VECTOR.secretKey).subarray(0, 32), bytes(other.publicKey)]);
    const sign = makeSigner([`whsk_${mixed.toString("base64")}`]);
    await expect(sign(message)).rejects.toThrow("do not belong together");
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
