import {
  InvalidSecretKey,
  openSecrets,
  Randomness,
  type SecretContext,
  type StoredEndpoint,
  StoreFault,
  WebhookSecrets,
} from "@stockbook/engine";
import { Cause, Effect, Exit } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SECRET } from "./support/World.js";

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const CONTEXT: SecretContext = { ledger: 1, endpoint: "whe_one" };

function withKeys<A, E>(keys: readonly string[], effect: Effect.Effect<A, E, WebhookSecrets>) {
  return Effect.runPromiseExit(Effect.provide(effect, WebhookSecrets.layer(keys)));
}

async function seal(plain: string, context = CONTEXT, keys = [key(1)]): Promise<string> {
  const sealing = Effect.flatMap(WebhookSecrets, (secrets) => secrets.seal(plain, context));
  return Exit.getOrElse(await withKeys(keys, sealing), (cause) => {
    throw Cause.squash(cause);
  });
}

/** The plain secret, or why there is none. */
async function open(sealed: string, context = CONTEXT, keys = [key(1)]): Promise<unknown> {
  const opening = Effect.flatMap(WebhookSecrets, (secrets) => secrets.open(sealed, context));
  const ended = await withKeys(keys, opening);
  return Exit.isSuccess(ended) ? ended.value : Cause.squash(ended.cause);
}

const refused = (reason: string) => expect.objectContaining({ _tag: "StoreFault", reason });

describe("a sealed secret", () => {
  it("opens to what was sealed", async () => {
    const contexts = fc.record({ ledger: fc.nat(), endpoint: fc.string() });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), contexts, async (plain, context) => {
        expect(await open(await seal(plain, context), context)).toBe(plain);
      }),
    );
  });

  it("is another text each time, and does not show the secret", async () => {
    const [one, other] = [await seal(SECRET), await seal(SECRET)];
    expect(one).not.toBe(other);
    const bytes = Buffer.from(one, "base64");
    expect(bytes.toString("latin1")).not.toContain(SECRET.slice(0, 10));
    expect(bytes.length).toBe(1 + 4 + 12 + SECRET.length + 16);
  });

  it("takes its nonce from the source of randomness", async () => {
    const nonce = Uint8Array.from({ length: 12 }, (_, i) => 0xa0 + i);
    const sealing = Effect.flatMap(WebhookSecrets, (secrets) => secrets.seal(SECRET, CONTEXT));
    const layered = Effect.provide(sealing, WebhookSecrets.layer([key(1)]));
    const sealed = await Effect.runPromise(
      Effect.provideService(layered, Randomness, (count) => nonce.slice(0, count)),
    );
    expect(Buffer.from(sealed, "base64").subarray(5, 17)).toEqual(Buffer.from(nonce));
  });

  it("is refused when any bit of it has been changed", async () => {
    const sealed = Buffer.from(await seal(SECRET), "base64");
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await open(changed.toString("base64"))).toBeInstanceOf(StoreFault);
    }
  });

  it("is refused in any other spelling", async () => {
    // Of a length whose last character has bits that stand for nothing.
    const sealed = await seal(SECRET.slice(0, 35));
    expect(sealed.endsWith("=")).toBe(true);
    const last = sealed.search(/=+$/) - 1;
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const next = alphabet[alphabet.indexOf(sealed[last] ?? "") + 1] ?? "";
    const respelled = sealed.slice(0, last) + next + sealed.slice(last + 1);
    expect(Buffer.from(respelled, "base64")).toEqual(Buffer.from(sealed, "base64"));
    for (const other of [respelled, `${sealed}\n`, sealed.replace(/=+$/, "")]) {
      expect(await open(other)).toEqual(refused("damaged"));
    }
  });

  it.each(["", "AQ==", "not base64!", SECRET])("is not %j", async (text) => {
    expect(await open(text)).toBeInstanceOf(StoreFault);
  });

  it("is refused for another endpoint or another ledger", async () => {
    const sealed = await seal(SECRET);
    expect(await open(sealed, { ...CONTEXT, endpoint: "whe_two" })).toEqual(refused("damaged"));
    expect(await open(sealed, { ...CONTEXT, ledger: 2 })).toEqual(refused("damaged"));
  });

  it("is refused without its key, and says nothing of the secret", async () => {
    const sealed = await seal(SECRET);
    const found = await open(sealed, CONTEXT, [key(2)]);
    expect(found).toEqual(refused("unavailable"));
    expect(JSON.stringify(found)).not.toContain(SECRET);
    expect(found).toMatchObject({ message: expect.stringContaining("whe_one") });
  });

  it("is refused where another key is taken for its own", async () => {
    // The name of the second key before what the first has sealed.
    const [one, two] = [await seal(SECRET), await seal(SECRET, CONTEXT, [key(2)])];
    const mixed = Buffer.from(one, "base64");
    Buffer.from(two, "base64").copy(mixed, 0, 0, 5);
    expect(await open(mixed.toString("base64"), CONTEXT, [key(2)])).toEqual(refused("damaged"));
  });

  it("stays open to an old key when a new one seals", async () => {
    const old = await seal(SECRET, CONTEXT, [key(1)]);
    const both = [key(2), key(1)];
    expect(await open(old, CONTEXT, both)).toBe(SECRET);
    const next = await seal(SECRET, CONTEXT, both);
    expect(await open(next, CONTEXT, [key(2)])).toBe(SECRET);
    expect(await open(next, CONTEXT, [key(1)])).toEqual(refused("unavailable"));
  });
});

describe("a key to encrypt with", () => {
  it.each([
    [[], "a key to encrypt secrets with is needed"],
    [[undefined as unknown as string], "key 1 must be 32 bytes in base64"],
    [[""], "key 1 must be 32 bytes in base64"],
    [[Buffer.alloc(31, 1).toString("base64")], "key 1 must be 32 bytes in base64"],
    [[Buffer.alloc(33, 1).toString("base64")], "key 1 must be 32 bytes in base64"],
    [["0".repeat(64)], "key 1 must be 32 bytes in base64"],
    [[key(1), "a pass phrase, not a key"], "key 2 must be 32 bytes in base64"],
  ])("is not one of %j", async (keys, message) => {
    const ended = await withKeys(keys, WebhookSecrets);
    const found = Exit.isSuccess(ended) ? undefined : Cause.squash(ended.cause);
    expect(found).toBeInstanceOf(InvalidSecretKey);
    expect(found).toMatchObject({ message });
  });
});

describe("the secrets that sign", () => {
  const endpoint = async (ends: readonly (number | null)[]): Promise<StoredEndpoint> => {
    const secrets = await Promise.all(
      ends.map(async (expiresAt, i) => {
        return { sealed: await seal(`secret ${i}`), createdAt: 0, expiresAt };
      }),
    );
    return { ledger: CONTEXT.ledger, id: CONTEXT.endpoint, secrets } as unknown as StoredEndpoint;
  };

  it("are the newest first, without those that have expired", async () => {
    const opened = async (now: number) => {
      const found = await endpoint([null, 100, 50]);
      return withKeys([key(1)], openSecrets(found, now));
    };
    const all = ["secret 0", "secret 1", "secret 2"];
    expect(await opened(49)).toEqual(Exit.succeed(all));
    expect(await opened(50)).toEqual(Exit.succeed(all.slice(0, 2)));
    expect(await opened(100)).toEqual(Exit.succeed(all.slice(0, 1)));
  });

  it("are none where one cannot be opened, rather than a signature fewer", async () => {
    const found = await endpoint([null, 100]);
    const ended = await withKeys([key(2)], openSecrets(found, 0));
    expect(Exit.isFailure(ended) && Cause.squash(ended.cause)).toEqual(refused("unavailable"));
  });
});
