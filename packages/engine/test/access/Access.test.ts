import {
  DEFAULT_PLAN,
  DEFAULT_SETTINGS,
  KeysMoved,
  type KeyView,
  makeMemoryStore,
  type NewOrganisation,
  SCOPES,
} from "@stockbook/engine";
import { describe, expect, it } from "vitest";
import { BEGIN, madeKey, makeAcme, makeWorld, NEW_KEY } from "./support/World.js";

const fault = (tag: string, about: object) => expect.objectContaining({ _tag: tag, ...about });

describe("organisations", () => {
  it("are made with a plan and settings", async () => {
    const { access, run } = await makeWorld();
    expect(await run(access.createOrganisation({ id: "plain" }))).toMatchObject({
      id: "plain",
      name: "plain",
      plan: DEFAULT_PLAN,
      settings: DEFAULT_SETTINGS,
      createdAt: BEGIN,
    });
    const asked = {
      id: "acme",
      name: "Acme",
      plan: { name: "large", requests: 100_000, windowMs: 60_000 },
      settings: { currency: "USD", timeZone: "America/New_York" },
    };
    const made = await run(access.createOrganisation(asked));
    const settings = { ...DEFAULT_SETTINGS, ...asked.settings };
    expect(made).toMatchObject({ ...asked, settings });
    expect(await run(access.organisation("acme"))).toEqual(made);
    expect((await run(access.organisations)).map(({ id }) => id)).toEqual(["plain", "acme"]);
  });

  it("are the same when they are made again, and a conflict with other content", async () => {
    const { access, run, failure } = await makeWorld();
    const asked = { id: "acme", name: "Acme", settings: { currency: "USD" } };
    const made = await run(access.createOrganisation(asked));
    expect(await run(access.createOrganisation(asked))).toEqual(made);
    expect(await run(access.createOrganisation({ id: "acme" }))).toEqual(made);
    const other = (changes: object) => failure(access.createOrganisation({ ...asked, ...changes }));
    expect(await other({ name: "Else" })).toEqual(fault("Conflict", { field: "name" }));
    expect(await other({ plan: { ...DEFAULT_PLAN, requests: 1 } })).toEqual(
      fault("Conflict", { field: "plan" }),
    );
    expect(await other({ settings: { currency: "EUR" } })).toEqual(
      fault("Conflict", { field: "settings.currency" }),
    );
    expect(await run(access.organisation("acme"))).toEqual(made);
  });

  it("change in what is given", async () => {
    const { access, run, failure } = await makeAcme();
    expect(await run(access.changeOrganisation("acme", { name: "Acme" }))).toMatchObject({
      name: "Acme",
      plan: DEFAULT_PLAN,
    });
    const plan = { name: "p", requests: 1, windowMs: 1000 };
    const changed = await run(access.changeOrganisation("acme", { plan }));
    expect(changed).toMatchObject({ name: "Acme", plan });
    expect(await run(access.organisation("acme"))).toEqual(changed);
    expect(await failure(access.changeOrganisation("none", { plan }))).toEqual(
      fault("NotFound", { what: "organisation", id: "none" }),
    );
  });

  it.each([
    [{ id: "" }, "organisation"],
    [{ id: "a/b" }, "organisation"],
    [{ name: " " }, "name"],
    [{ name: "x".repeat(201) }, "name"],
    [{ name: "two\nlines" }, "name"],
    [{ plan: { ...DEFAULT_PLAN, name: "" } }, "plan.name"],
    [{ plan: { ...DEFAULT_PLAN, requests: 0 } }, "plan.requests"],
    [{ plan: { ...DEFAULT_PLAN, requests: 1.5 } }, "plan.requests"],
    [{ plan: { ...DEFAULT_PLAN, windowMs: 999 } }, "plan.windowMs"],
    [{ plan: { ...DEFAULT_PLAN, windowMs: 86_400_001 } }, "plan.windowMs"],
    [{ plan: "large" }, "plan"],
    [{ settings: { timeZone: "Mars/Base" } }, "settings.timeZone"],
    [{ settings: { currency: "euro" } }, "settings.currency"],
    [{ settings: { negativePolicy: "maybe" } }, "settings.negativePolicy"],
  ])("with %j are refused, and none is made", async (changes, field) => {
    const { access, run, failure } = await makeWorld();
    // As a request might say it.
    const asked = { id: "acme", ...changes } as NewOrganisation;
    const found = await failure(access.createOrganisation(asked));
    expect(found).toEqual(fault("InvalidRequest", { field }));
    expect(found).toMatchObject({ message: expect.stringContaining(field) });
    expect(await run(access.organisations)).toEqual([]);
  });
});

describe("keys", () => {
  it("are listed in the order in which they were made, without their secrets", async () => {
    const world = await makeAcme();
    const { access, run, clock } = world;
    const first = await madeKey(world, { name: "first" });
    clock.now -= 1000;
    const second = await madeKey(world, { name: "second", expiresAt: BEGIN + 9 });
    await run(access.revokeKey("acme", first.key.id));
    const keys = await run(access.keys("acme"));
    expect(keys.map(({ name }) => name)).toEqual(["first", "second"]);
    expect(keys[1]).toEqual(second.key);
    expect(await run(access.key("acme", second.key.id))).toEqual(second.key);
    expect(second.key).toEqual({
      id: expect.stringMatching(/^key_[0-9A-Za-z]{20}$/),
      organisation: "acme",
      mode: "test",
      name: "second",
      hint: expect.stringMatching(/^sb_test_.{4}….{4}$/),
      scopes: ["stock:read", "stock:write"],
      allowedIps: [],
      active: true,
      createdAt: BEGIN - 1000,
      expiresAt: BEGIN + 9,
      revokedAt: null,
    });
  });

  it("begin with the prefix of their mode", async () => {
    const world = await makeAcme();
    expect((await madeKey(world, { mode: "live" })).secret).toMatch(/^sb_live_/);
    expect((await madeKey(world, { mode: "test" })).secret).toMatch(/^sb_test_/);
  });

  it("are made once under an idempotency key, and conflict under it with others", async () => {
    const world = await makeAcme();
    const { access, run, failure, clock } = world;
    const asked = { ...NEW_KEY, idempotencyKey: "till-1", expiresAt: BEGIN + 1000 };
    const first = await run(access.createKey(asked));
    clock.now += 100_000;
    const again = await run(access.createKey({ ...asked, scopes: [...asked.scopes].reverse() }));
    expect(again).toEqual({ key: first.key, secret: null });
    expect(await failure(access.createKey({ ...asked, name: "else" }))).toEqual(
      fault("Conflict", { field: "idempotencyKey" }),
    );
    expect(await run(access.keys("acme"))).toHaveLength(1);
    await run(access.createOrganisation({ id: "other" }));
    const other = await run(access.createKey({ ...asked, organisation: "other", expiresAt: null }));
    expect(other.secret).not.toBe(null);
  });

  it("leave an idempotency key free when they are refused", async () => {
    const { access, run, failure } = await makeAcme();
    const asked = { ...NEW_KEY, idempotencyKey: "once" };
    expect(await failure(access.createKey({ ...asked, name: "" }))).toBeDefined();
    expect((await run(access.createKey(asked))).secret).not.toBe(null);
  });

  it("are rotated into new ones with the same rights, and go on for a day", async () => {
    const world = await makeAcme();
    const { access, run, failure, clock } = world;
    const { key, secret } = await madeKey(world, {
      scopes: SCOPES,
      allowedIps: ["10.0.0.0/8"],
      expiresAt: BEGIN + 30 * 86_400_000,
    });
    const { key: next, secret: nextSecret } = await run(access.rotateKey("acme", key.id));
    const { id: _, hint: __, ...rights } = key;
    expect(next).toMatchObject(rights);
    expect(next.id).not.toBe(key.id);
    expect((await run(access.key("acme", key.id))).expiresAt).toBe(BEGIN + 86_400_000);
    clock.now += 86_400_000 - 1;
    expect(await failure(access.authenticate(secret))).toBe(undefined);
    clock.now += 1;
    expect(await failure(access.authenticate(secret))).toMatchObject({ reason: "expired" });
    expect((await run(access.authenticate(nextSecret ?? ""))).key).toEqual(next);
  });

  it("are rotated once under an idempotency key, also where that has ended the old one", async () => {
    const world = await makeAcme();
    const { access, run, failure } = world;
    const { key } = await madeKey(world);
    const once = { overlapMs: 0, idempotencyKey: "once" };
    const { key: next, secret } = await run(access.rotateKey("acme", key.id, once));
    expect(secret).not.toBe(null);
    expect(await run(access.rotateKey("acme", key.id, once))).toEqual({ key: next, secret: null });
    expect(await run(access.keys("acme"))).toHaveLength(2);
    const other = { ...once, overlapMs: 1 };
    const conflict = fault("Conflict", { field: "idempotencyKey" });
    expect(await failure(access.rotateKey("acme", key.id, other))).toEqual(conflict);
    expect(await failure(access.createKey({ ...NEW_KEY, idempotencyKey: "once" }))).toEqual(
      conflict,
    );
  });

  it("change only if they are as their owner has read them, whoever else writes", async () => {
    const world = await makeAcme();
    const { access, run, failure } = world;
    const { key } = await madeKey(world);
    const onlyIf = (present: KeyView) => present.name === key.name;
    const named = (name: string) => access.changeKey("acme", key.id, { name }, { onlyIf });
    expect(await run(named("Left"))).toMatchObject({ name: "Left" });
    expect(await failure(named("Right"))).toEqual(fault("Stale", {}));
    expect(await run(access.key("acme", key.id))).toMatchObject({ name: "Left" });
  });

  it("of another organisation are not found, nor are those of none", async () => {
    const world = await makeAcme();
    const { access, run, failure } = world;
    const { key } = await madeKey(world);
    await run(access.createOrganisation({ id: "other" }));
    const missing = fault("NotFound", { what: "key", id: key.id });
    expect(await failure(access.key("other", key.id))).toEqual(missing);
    expect(await failure(access.revokeKey("other", key.id))).toEqual(missing);
    expect(await failure(access.rotateKey("other", key.id))).toEqual(missing);
    expect(await failure(access.changeKey("other", key.id, { active: false }))).toEqual(missing);
    expect(await run(access.keys("other"))).toEqual([]);
    expect(await run(access.key("acme", key.id))).toEqual(key);
    const nobody = fault("NotFound", { what: "organisation", id: "nobody" });
    expect(await failure(access.keys("nobody"))).toEqual(nobody);
    expect(await failure(access.key("nobody", key.id))).toEqual(nobody);
    expect(await failure(access.createKey({ ...NEW_KEY, organisation: "nobody" }))).toEqual(nobody);
  });

  it("are not looked for under ids that no key or organisation can have", async () => {
    const world = await makeAcme();
    const { access, failure, looked } = world;
    // As a request might say it.
    const odd = { any: "object" } as unknown as string;
    expect(await failure(access.key("acme", odd))).toEqual(fault("NotFound", { what: "key" }));
    expect(await failure(access.keys(odd))).toEqual(fault("NotFound", { what: "organisation" }));
    expect(await failure(access.createKey({ ...NEW_KEY, idempotencyKey: odd }))).toEqual(
      fault("InvalidRequest", { field: "idempotencyKey" }),
    );
    expect(looked.times).toBe(0);
  });

  it("are given up on with Busy when other writers are always faster", async () => {
    const memory = makeMemoryStore();
    const { access, failure } = await makeAcme({ ...memory, writeKeys: () => new KeysMoved() });
    expect(await failure(access.createKey(NEW_KEY))).toEqual(fault("Busy", {}));
  });
});
