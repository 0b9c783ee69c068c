import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CHECKSUM_LENGTH,
  checksumOf,
  ENTROPY_LENGTH,
  hintOf,
  makeSecret,
  parseSecret,
  type RandomBytes,
  randomCharacters,
  STOCKBOOK_KEYS,
} from "../../src/access/KeyFormat.js";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const modes = fc.constantFrom("live", "test");
const entropies = fc.string({
  unit: fc.constantFrom(...ALPHABET),
  minLength: ENTROPY_LENGTH,
  maxLength: ENTROPY_LENGTH,
});
const secrets = fc
  .tuple(modes, entropies)
  .map(([mode, entropy]) => STOCKBOOK_KEYS[mode] + entropy + checksumOf(entropy));

/** A source that gives these bytes, over and over. */
function cycling(bytes: readonly number[]): RandomBytes {
  let next = 0;
  return (count) => Uint8Array.from({ length: count }, () => bytes[next++ % bytes.length] ?? 0);
}

const parse = (secret: string) => parseSecret(STOCKBOOK_KEYS, secret);

describe("a secret", () => {
  it("is read as what it was made of", () => {
    const bytes = fc.array(fc.nat(255), { minLength: 40, maxLength: 80 });
    fc.assert(
      fc.property(modes, bytes, (mode, random) => {
        fc.pre(random.some((byte) => byte < 248));
        const secret = makeSecret(STOCKBOOK_KEYS, mode, cycling(random));
        expect(secret).toMatch(/^sb_(live|test)_[0-9A-Za-z]{38}$/);
        const parsed = parse(secret);
        expect(parsed).toEqual({
          mode,
          prefix: `sb_${mode}_`,
          entropy: secret.slice("sb_live_".length, -CHECKSUM_LENGTH),
        });
      }),
    );
  });

  it("of one mode is never read as one of the other", () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(parse(secret)?.mode).toBe(secret.startsWith("sb_live_") ? "live" : "test");
      }),
    );
  });

  it("with one character changed is none", () => {
    const printable = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 });
    const anything = fc.oneof(fc.constantFrom(...ALPHABET), printable);
    fc.assert(
      fc.property(secrets, fc.nat(), anything, (secret, at, character) => {
        const place = at % secret.length;
        fc.pre(secret[place] !== character);
        expect(parse(secret.slice(0, place) + character + secret.slice(place + 1))).toBe(undefined);
      }),
      { numRuns: 5_000 },
    );
  });

  it("with a character more or less is none, nor is any other text", () => {
    fc.assert(
      fc.property(secrets, fc.nat(), (secret, at) => {
        const place = at % secret.length;
        expect(parse(secret.slice(0, place) + secret.slice(place + 1))).toBe(undefined);
        expect(parse(`${secret.slice(0, place)}0${secret.slice(place)}`)).toBe(undefined);
        expect(parse(` ${secret}`)).toBe(undefined);
        expect(parse(`${secret}\n`)).toBe(undefined);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => parse(text) === undefined));
  });

  it("gives away eight characters of its entropy at most", () => {
    const parsed = {
      mode: "live",
      prefix: "sb_live_",
      entropy: `abcd${"x".repeat(24)}wxyz`,
    } as const;
    expect(hintOf(parsed)).toBe("sb_live_abcd…wxyz");
  });

  it("can be written with other prefixes", () => {
    const secret = makeSecret({ live: "k_", test: "t_" }, "live", cycling([1, 2, 3]));
    expect(parseSecret({ live: "k_", test: "t_" }, secret)?.mode).toBe("live");
    expect(parse(secret)).toBe(undefined);
  });
});

describe("the checksum", () => {
  it("is the CRC-32 of the entropy in base 62", () => {
    fc.assert(
      fc.property(entropies, (entropy) => {
        let value = 0;
        for (const character of checksumOf(entropy)) {
          value = value * 62 + ALPHABET.indexOf(character);
        }
        expect(value).toBe(crc32(entropy));
      }),
    );
  });

  it("is as long where the CRC-32 is small", () => {
    expect(checksumOf("")).toBe("000000");
  });
});

describe("random characters", () => {
  it("are all as likely", () => {
    const all = Array.from({ length: 256 }, (_, byte) => byte);
    const drawn = randomCharacters(62 * 4, cycling(all));
    for (const character of ALPHABET) {
      expect(drawn.split(character).length - 1, character).toBe(4);
    }
  });

  it("are not waited for where the source gives none", () => {
    expect(() => randomCharacters(8, cycling([255]))).toThrow("source of randomness is broken");
  });
});
