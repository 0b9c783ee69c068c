/** The part of the conformance suite that is about organisations and their keys. */
import {
  DEFAULT_PLAN,
  DEFAULT_SETTINGS,
  type NewKey,
  type OrganisationDraft,
  type StoredKey,
  type StoreError,
  type Stores,
} from "@stockbook/engine";
import { Exit, type Layer } from "effect";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { propertyOptions } from "../LawRun.js";
import {
  type AccessEngine,
  makeAccessEngine,
  type RacingAccess,
  racingAccess,
} from "./AccessHarness.js";
import { makeEngine } from "./Harness.js";

export const ACCESS_TESTS = [
  "keeps organisations with their plans and settings, the first of each",
  "opens a ledger with the settings of its organisation",
  "keeps keys as they are given, in order, each found by what is its own",
  "writes keys over the version they were decided on, all or none",
  "does not find the key of another organisation, nor one of none",
  "gives the same organisations and keys when it is opened again",
  "tells another service of a revocation within five seconds",
  "makes one key under one idempotency key, whoever asks at once",
  "revokes a key for good, whoever rotates or changes it at once",
] as const;
export type AccessTest = (typeof ACCESS_TESTS)[number];

type Store = () => Layer.Layer<Stores, StoreError>;
type Check = (test: AccessTest, body: () => Promise<void>) => void;

/** Declares these tests for a store; `layer` is asked for when they run. */
export function accessTests(layer: Store, check: Check): void {
  describe("with access", () => {
    let engine: AccessEngine;
    beforeAll(async () => {
      engine = await makeAccessEngine(layer());
    });
    afterAll(() => engine.close());

    check("keeps organisations with their plans and settings, the first of each", async () => {
      const { ledgers, run, failure } = engine;
      const made = await run(ledgers.putOrganisation(DRAFT));
      expect(made).toMatchObject(DRAFT);
      expect(made.ledgers.live).not.toBe(made.ledgers.test);
      const other = { ...DRAFT, name: "Else", plan: DEFAULT_PLAN, settings: DEFAULT_SETTINGS };
      expect(await run(ledgers.putOrganisation(other))).toEqual(made);
      expect(await run(ledgers.organisation(DRAFT.id))).toEqual(made);
      expect(await run(ledgers.organisations)).toContainEqual(made);
      const named = await run(ledgers.changeOrganisation(DRAFT.id, { name: "New" }));
      expect(named).toEqual({ ...made, name: "New" });
      const planned = await run(ledgers.changeOrganisation(DRAFT.id, { plan: DEFAULT_PLAN }));
      expect(planned).toEqual({ ...made, name: "New", plan: DEFAULT_PLAN });
      expect(await run(ledgers.organisation(DRAFT.id))).toEqual(planned);
      const chosen = { "tictap.mode": "entities", "tictap.xlsxAsCsv": "true" };
      const first = await run(ledgers.changeOrganisation(DRAFT.id, { options: chosen }));
      expect(first).toEqual({ ...planned, options: { ...DRAFT.options, ...chosen } });
      const less = { "tictap.mode": null, "kartustok.logo": null };
      expect(await run(ledgers.changeOrganisation(DRAFT.id, { options: less }))).toEqual({
        ...planned,
        options: { "tictap.xlsxAsCsv": "true" },
      });
      const options = { "tictap.xlsxAsCsv": "true" };
      const asRead = { name: "New", plan: DEFAULT_PLAN, options };
      for (const other of [
        { ...asRead, name: "Old" },
        { ...asRead, plan: { ...DEFAULT_PLAN, requests: 1 } },
        { ...asRead, options: {} },
      ]) {
        const moved = await failure(ledgers.changeOrganisation(DRAFT.id, { name: "x" }, other));
        expect(moved).toMatchObject({ _tag: "OrganisationMoved" });
      }
      const again = await run(ledgers.changeOrganisation(DRAFT.id, { name: "Newer" }, asRead));
      expect(again).toEqual({ ...planned, options, name: "Newer" });
      await run(ledgers.changeOrganisation(DRAFT.id, { name: "New" }));
      expect(await run(ledgers.changeOrganisation("nobody", { name: "x" }, asRead))).toBe(
        undefined,
      );
      expect(await run(ledgers.changeOrganisation("nobody", { name: "x" }))).toBe(undefined);
      expect(await run(ledgers.organisation("nobody"))).toBe(undefined);
    });

    check("opens a ledger with the settings of its organisation", async () => {
      await engine.run(engine.ledgers.putOrganisation({ ...DRAFT, id: "unopened" }));
      const other = await makeEngine(layer(), { prefix: "unused" });
      const { settings } = await other.ledger("unopened");
      expect(settings).toEqual(DRAFT.settings);
      await other.close();
    });

    check("keeps keys as they are given, in order, each found by what is its own", async () => {
      const { keys, run } = engine;
      const written = [
        storedKey("order", 3),
        { ...storedKey("order", 1), idempotencyKey: "one" },
        { ...storedKey("order", 2), expiresAt: 7, revokedAt: 9, active: false },
      ];
      for (const key of written) await run(keys.writeKeys([key]));
      expect(await run(keys.keysOf("order"))).toEqual(written);
      const organisation = "order";
      for (const key of written) {
        const { hash, id, idempotencyKey } = key;
        expect(await run(keys.findKey({ by: "hash", hash }))).toEqual(key);
        expect(await run(keys.findKey({ by: "id", organisation, id }))).toEqual(key);
        if (idempotencyKey === null) continue;
        const query = { by: "idempotency-key", organisation, idempotencyKey } as const;
        expect(await run(keys.findKey(query))).toEqual(key);
      }
      const none = { by: "idempotency-key", organisation, idempotencyKey: "two" } as const;
      expect(await run(keys.findKey(none))).toBe(undefined);
      expect(await run(keys.keysOf("nobody"))).toEqual([]);
    });

    check("writes keys over the version they were decided on, all or none", async () => {
      const { keys, run, failure } = engine;
      const first = { ...storedKey("versions", 1), idempotencyKey: "one" };
      const second = storedKey("versions", 2);
      await run(keys.writeKeys([first, second]));
      const next = (key: StoredKey) => ({ ...key, name: "changed", version: key.version + 1 });
      const fresh = storedKey("versions", 3);
      const refused: readonly (readonly StoredKey[])[] = [
        [{ ...next(first), version: 3 }],
        [{ ...next(fresh) }],
        [first],
        [{ ...fresh, hash: first.hash }],
        [{ ...fresh, id: first.id }],
        [{ ...fresh, idempotencyKey: "one" }],
        [fresh, { ...next(second), version: 3 }],
        [next(first), { ...fresh, hash: second.hash }],
      ];
      for (const written of refused) {
        expect(await failure(keys.writeKeys(written))).toMatchObject({ _tag: "KeysMoved" });
      }
      expect(await run(keys.keysOf("versions"))).toEqual([first, second]);
      await run(keys.writeKeys([next(second), fresh]));
      expect(await run(keys.keysOf("versions"))).toEqual([first, next(second), fresh]);
      // The same id and idempotency key of another organisation are its own.
      const elsewhere = { ...first, organisation: "elsewhere", hash: "of another" };
      await run(keys.writeKeys([elsewhere]));
      expect(await run(keys.keysOf("elsewhere"))).toEqual([elsewhere]);
      expect(await run(keys.keysOf("versions"))).toEqual([first, next(second), fresh]);
    });

    check("does not find the key of another organisation, nor one of none", async () => {
      const { access, run, failure } = engine;
      const { key } = await run(access.createKey(await newKey(engine, "owner")));
      await run(access.createOrganisation({ id: "stranger" }));
      const unknownKey = { _tag: "NotFound", what: "key", id: key.id };
      const unknownOwner = { _tag: "NotFound", what: "organisation", id: "nobody" };
      for (const [owner, expected] of [
        ["stranger", unknownKey],
        ["nobody", unknownOwner],
      ] as const) {
        for (const asked of [
          access.key(owner, key.id),
          access.changeKey(owner, key.id, { name: "mine" }),
          access.revokeKey(owner, key.id),
          access.rotateKey(owner, key.id),
        ]) {
          expect(await failure(asked)).toMatchObject(expected);
        }
      }
      expect(await failure(access.keys("nobody"))).toMatchObject(unknownOwner);
      expect(await run(access.key("owner", key.id))).toEqual(key);
    });

    check("gives the same organisations and keys when it is opened again", async () => {
      if (!engine.ledgers.capabilities.durable) return;
      const first = await makeAccessEngine(layer());
      const { key, secret } = await first.run(first.access.createKey(await newKey(first, "kept")));
      const { organisation } = await first.run(first.access.authenticate(secret ?? ""));
      await first.close();
      const again = await makeAccessEngine(layer());
      const caller = await again.run(again.access.authenticate(secret ?? ""));
      expect(caller).toEqual({ key, organisation });
      await again.close();
    });

    check("tells another service of a revocation within five seconds", async () => {
      const { access, run } = engine;
      const other = await makeAccessEngine(layer());
      const { key, secret } = await run(access.createKey(await newKey(engine, "revoking")));
      await other.run(other.access.authenticate(secret ?? ""));
      await run(access.revokeKey("revoking", key.id));
      const revoked = { _tag: "RefusedKey", reason: "revoked" };
      expect(await engine.failure(access.authenticate(secret ?? ""))).toMatchObject(revoked);
      other.clock.now += 5_000;
      expect(await other.failure(other.access.authenticate(secret ?? ""))).toMatchObject(revoked);
      await other.close();
    });
  });

  describe("with two services", () => {
    let racing: RacingAccess;
    let races = 0;
    beforeAll(async () => {
      racing = await racingAccess(layer);
    });
    afterAll(() => Promise.all(racing.engines.map(({ close }) => close())));

    const raced = (body: (scheduler: fc.Scheduler, organisation: string) => Promise<void>) =>
      fc.assert(
        fc.asyncProperty(fc.scheduler(), (scheduler) => body(scheduler, `race-${++races}`)),
        propertyOptions(0.05),
      );

    check("makes one key under one idempotency key, whoever asks at once", () =>
      raced(async (scheduler, organisation) => {
        const { engines, race } = racing;
        const key = { ...(await newKey(engines[0], organisation)), idempotencyKey: "once" };
        const answers = await race(scheduler, () =>
          Promise.all(
            [...engines, ...engines].map(({ run, access }) => run(access.createKey(key))),
          ),
        );
        expect(answers.filter(({ secret }) => secret !== null)).toHaveLength(1);
        const [{ run, access }] = engines;
        const made = await run(access.keys(organisation));
        expect(made).toHaveLength(1);
        for (const answer of answers) expect(answer.key).toEqual(made[0]);
      }),
    );

    check("revokes a key for good, whoever rotates or changes it at once", () =>
      raced(async (scheduler, organisation) => {
        const { engines, race } = racing;
        const [one, two] = engines;
        const created = await one.run(one.access.createKey(await newKey(one, organisation)));
        const { id } = created.key;
        const [, rotated, changed] = await race(scheduler, () =>
          Promise.all([
            one.run(one.access.revokeKey(organisation, id)),
            two.exit(two.access.rotateKey(organisation, id)),
            two.exit(two.access.changeKey(organisation, id, { name: "changed" })),
          ]),
        );
        const secret = created.secret ?? "";
        const refusal = await one.failure(one.access.authenticate(secret));
        expect(refusal).toMatchObject({ _tag: "RefusedKey", reason: "revoked" });
        const [old, ...others] = await one.run(one.access.keys(organisation));
        expect(old?.name).toBe(Exit.isSuccess(changed) ? "changed" : created.key.name);
        expect(others).toEqual(Exit.isSuccess(rotated) ? [rotated.value.key] : []);
        if (Exit.isFailure(rotated)) return;
        const { run, access } = two;
        const caller = await run(access.authenticate(rotated.value.secret ?? ""));
        expect(caller.key.scopes).toEqual(created.key.scopes);
      }),
    );
  });
}

const DRAFT: OrganisationDraft = {
  id: "drafted",
  name: "Drafted & Sons",
  createdAt: 1,
  plan: { name: "large", requests: 7, windowMs: 1000 },
  settings: { timeZone: "Asia/Tokyo", currency: "JPY", negativePolicy: "allow" },
  options: { "kartustok.logo": "none" },
};

/** A key as a service would make it; its numbers tell it from others. */
function storedKey(organisation: string, no: number): StoredKey {
  return {
    organisation,
    id: `key_${no}`,
    version: 1,
    mode: no % 2 === 0 ? "live" : "test",
    name: `key ${no} “é”`,
    hash: `${organisation} ${no}`,
    hint: `sb_test_${no}…`,
    scopes: ["stock:read", "events:read"],
    allowedIps: ["10.0.0.0/8", "2001:db8::/32"],
    active: true,
    createdAt: 1_000 - no,
    expiresAt: null,
    revokedAt: null,
    idempotencyKey: null,
    fingerprint: Number.MAX_SAFE_INTEGER - no,
  };
}

/** A key to ask for, of an organisation that is there. */
async function newKey({ run, access }: AccessEngine, organisation: string): Promise<NewKey> {
  await run(access.createOrganisation({ id: organisation }));
  return { organisation, mode: "test", name: "the till", scopes: ["stock:read"] };
}
