import { type KeyChanges, makeMemoryStore, type StoreService } from "@stockbook/engine";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { BEGIN, madeKey, makeAcme, makeWorld, NEW_KEY } from "./support/World.js";

const refused = (reason: string) => expect.objectContaining({ _tag: "RefusedKey", reason });

describe("authenticate", () => {
  it("tells whose a secret is", async () => {
    const world = await makeAcme();
    const { key, secret } = await madeKey(world);
    const caller = await world.run(world.access.authenticate(secret));
    expect(caller.key).toEqual(key);
    expect(caller.organisation).toEqual(await world.run(world.access.organisation("acme")));
  });

  it("never asks the store about a secret that is mistyped, missing or none at all", async () => {
    const world = await makeAcme();
    const { secret } = await madeKey(world);
    const asked = world.looked.times;
    const last = secret.endsWith("0") ? "1" : "0";
    const ask = (text: string) => world.failure(world.access.authenticate(text));
    expect(await ask(secret.slice(0, -1) + last)).toEqual(refused("malformed"));
    expect(await ask(secret.replace("_test_", "_demo_"))).toEqual(refused("malformed"));
    expect(await ask(`Bearer ${secret}`)).toEqual(refused("malformed"));
    expect(await ask("")).toEqual(refused("missing"));
    // As JavaScript may call it.
    expect(await ask(undefined as unknown as string)).toEqual(refused("missing"));
    expect(world.looked.times).toBe(asked);
  });

  it("does not know a secret of another store, nor one of the other mode", async () => {
    const world = await makeAcme();
    const { secret } = await madeKey(await makeAcme());
    const ask = (text: string) => world.failure(world.access.authenticate(text));
    expect(await ask(secret)).toEqual(refused("unknown"));
    const own = await madeKey(world);
    expect(await ask(own.secret.replace("_test_", "_live_"))).toEqual(refused("unknown"));
  });

  it("refuses keys that are inactive, expired or revoked", async () => {
    const world = await makeAcme();
    const { access, run, failure, clock } = world;
    const { key, secret } = await madeKey(world, { expiresAt: BEGIN + 1000 });
    const change = (changes: KeyChanges) => run(access.changeKey("acme", key.id, changes));
    await change({ active: false });
    expect(await failure(access.authenticate(secret))).toEqual(refused("inactive"));
    await change({ active: true });
    expect((await run(access.authenticate(secret))).key.active).toBe(true);
    clock.now += 999;
    expect(await failure(access.authenticate(secret))).toBe(undefined);
    clock.now += 1;
    expect(await failure(access.authenticate(secret))).toEqual(refused("expired"));
    await run(access.revokeKey("acme", key.id));
    expect(await failure(access.authenticate(secret))).toEqual(refused("revoked"));
  });

  it("asks the store once for a key that is used again and again", async () => {
    const world = await makeAcme();
    const { secret } = await madeKey(world);
    const asked = world.looked.times;
    for (let i = 0; i < 100; i++) await world.run(world.access.authenticate(secret));
    expect(world.looked.times).toBe(asked + 1);
    world.clock.now += 5_000;
    await world.run(world.access.authenticate(secret));
    expect(world.looked.times).toBe(asked + 2);
    world.clock.now -= 1;
    await world.run(world.access.authenticate(secret));
    expect(world.looked.times).toBe(asked + 3);
  });

  it("remembers no more keys than it may", async () => {
    const world = await makeWorld(makeMemoryStore(), { rememberedKeys: 2 });
    await world.run(world.access.createOrganisation({ id: "acme" }));
    const secrets: string[] = [];
    for (let i = 0; i < 3; i++) secrets.push((await madeKey(world)).secret);
    const asked = world.looked.times;
    for (const secret of [...secrets, ...secrets]) {
      await world.run(world.access.authenticate(secret));
    }
    expect(world.looked.times).toBe(asked + 6);
  });

  it("sees at once what changes through the same service", async () => {
    const world = await makeAcme();
    const { access, run, failure } = world;
    const { key, secret } = await madeKey(world);
    await run(access.authenticate(secret));
    await run(access.changeKey("acme", key.id, { scopes: ["stock:read"] }));
    expect((await run(access.authenticate(secret))).key.scopes).toEqual(["stock:read"]);
    const plan = { name: "small", requests: 10, windowMs: 1000 };
    await run(access.changeOrganisation("acme", { plan }));
    expect((await run(access.authenticate(secret))).organisation.plan).toEqual(plan);
    await run(access.rotateKey("acme", key.id, { overlapMs: 0 }));
    expect(await failure(access.authenticate(secret))).toEqual(refused("expired"));
    await run(access.revokeKey("acme", key.id));
    expect(await failure(access.authenticate(secret))).toEqual(refused("revoked"));
  });

  it("sees within five seconds what changes through another", async () => {
    const store = makeMemoryStore();
    const world = await makeAcme(store);
    const other = await makeWorld(store);
    const { key, secret } = await madeKey(world);
    await other.run(other.access.authenticate(secret));
    await world.run(world.access.revokeKey("acme", key.id));
    other.clock.now += 4_999;
    expect(await other.failure(other.access.authenticate(secret))).toBe(undefined);
    other.clock.now += 1;
    expect(await other.failure(other.access.authenticate(secret))).toEqual(refused("revoked"));
  });

  it("does not remember what was read before a revocation and came after it", async () => {
    const memory = makeMemoryStore();
    let held: Promise<void> = Promise.resolve();
    const slow: StoreService = {
      ...memory,
      findKey: (query) =>
        Effect.tap(memory.findKey(query), () =>
          query.by === "hash" ? Effect.promise(() => held) : Effect.void,
        ),
    };
    const world = await makeAcme(slow);
    const { access, run, failure } = world;
    const { key, secret } = await madeKey(world);
    let letGo = () => {};
    held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const early = run(access.authenticate(secret));
    await run(access.revokeKey("acme", key.id));
    letGo();
    expect((await early).key.id).toBe(key.id);
    expect(await failure(access.authenticate(secret))).toEqual(refused("revoked"));
  });
});

describe("a secret", () => {
  it("is in no view, no error and nothing the store is given", async () => {
    const memory = makeMemoryStore();
    const given: unknown[] = [];
    const watched: StoreService = {
      ...memory,
      findKey: (query) => {
        given.push(query);
        return memory.findKey(query);
      },
      writeKeys: (keys) => {
        given.push(keys);
        return memory.writeKeys(keys);
      },
    };
    const world = await makeAcme(watched);
    const { access, run, failure } = world;
    const { key, secret } = await madeKey(world);
    const { key: next, secret: nextSecret } = await run(access.rotateKey("acme", key.id));
    const shown = [
      given.splice(0),
      key,
      next,
      await run(access.keys("acme")),
      await run(access.authenticate(secret)),
      await failure(access.authenticate(secret.replace("_test_", "_live_"))),
      await failure(access.authenticate(`${secret}x`)),
      await failure(access.key("acme", secret)),
      await failure(access.revokeKey("acme", secret)),
      await failure(access.createKey({ ...NEW_KEY, scopes: [] })),
    ].map((part) => (part instanceof Error ? `${part} ${JSON.stringify(part)}` : part));
    const text = JSON.stringify(shown);
    for (const hidden of [secret, nextSecret ?? ""]) {
      expect(hidden).toHaveLength(46);
      expect(text).not.toContain(hidden.slice("sb_test_".length, -6));
      expect(text).not.toContain(hidden.slice(-6));
    }
    expect(key.hint).toBe(`${secret.slice(0, 12)}…${secret.slice(36, 40)}`);
  });
});
