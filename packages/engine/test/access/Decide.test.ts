import {
  DEFAULT_OVERLAP_MS,
  type KeyChanges,
  MAX_OVERLAP_MS,
  type NewKey,
  SCOPES,
  type StoredKey,
} from "@stockbook/engine";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideKey,
  type KeyCommand,
  type KeyDecision,
  type KeyDraft,
  refusalOf,
} from "../../src/access/Decide.js";
import { BEGIN, NEW_KEY } from "./support/World.js";

const DAY = 86_400_000;

/** The key of a draft, as if it had a secret. */
function keyOf(draft: KeyDraft, no: number): StoredKey {
  return { ...draft, id: `key_${no}`, hash: `hash ${no}`, hint: `hint ${no}`, version: 1 };
}

function create(key: Partial<NewKey> = {}, now = BEGIN, earlier?: StoredKey): KeyDecision {
  return decideKey({ type: "create", key: { ...NEW_KEY, ...key }, earlier }, now);
}

function made(key: Partial<NewKey> = {}): StoredKey {
  const decision = create(key);
  if (decision.type !== "make") throw new Error(`not made: ${JSON.stringify(decision)}`);
  return keyOf(decision.draft, 0);
}

/** The field a decision is refused for. */
function refusedFor(decision: KeyDecision): string | undefined {
  return decision.type === "refuse" ? decision.refusal.field : undefined;
}

// ── any history of a few keys ────────────────────────────────────────────────────────────

type Step =
  | { readonly type: "create"; readonly key: NewKey }
  | { readonly type: "change"; readonly at: number; readonly changes: KeyChanges }
  | { readonly type: "revoke"; readonly at: number }
  | {
      readonly type: "rotate";
      readonly at: number;
      readonly overlapMs: number | undefined;
      readonly idempotencyKey: string | undefined;
    };

const at = fc.nat(4);
const instants = fc.option(fc.integer({ min: BEGIN - DAY, max: BEGIN + 20 * DAY }));
/** Mostly what is well-formed, for that is where the laws are at stake. */
const mostly = <A>(well: fc.Arbitrary<A>, ill: A) =>
  fc.oneof({ weight: 15, arbitrary: well }, { weight: 1, arbitrary: fc.constant(ill) });
const names = mostly(fc.constantFrom("the till", "the web shop"), "");
const scopes = mostly(fc.subarray([...SCOPES], { minLength: 1 }), []);
const ranges = mostly(fc.subarray(["10.0.0.1", "10.0.0.0/8", "2001:db8::/32"]), ["nowhere"]);
const changes: fc.Arbitrary<KeyChanges> = fc.record(
  { name: names, active: fc.boolean(), scopes, allowedIps: ranges, expiresAt: instants },
  { requiredKeys: [] },
);
const newKeys: fc.Arbitrary<NewKey> = fc.record(
  {
    organisation: fc.constant("acme"),
    mode: fc.constantFrom("live", "test"),
    name: names,
    scopes,
    allowedIps: ranges,
    expiresAt: instants,
    idempotencyKey: fc.constantFrom("one", "two"),
  },
  { requiredKeys: ["organisation", "mode", "name", "scopes"] },
);
const overlaps = fc.option(fc.integer({ min: -1, max: MAX_OVERLAP_MS + 1 }), { nil: undefined });
const onceKeys = fc.constantFrom("one", "two", undefined);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("create"), key: newKeys }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("change"), at, changes }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("revoke"), at }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("rotate"),
      at,
      overlapMs: overlaps,
      idempotencyKey: onceKeys,
    }),
  },
);
const waits = fc.oneof(fc.constant(0), fc.constant(DAY), fc.nat(2 * DAY));
const histories = fc.array(fc.tuple(waits, steps), { minLength: 1, maxLength: 40, size: "max" });

function commandOf(step: Step, keys: readonly StoredKey[]): KeyCommand | undefined {
  const earlierOf = (idempotencyKey: string | undefined) =>
    keys.find((key) => key.idempotencyKey !== null && key.idempotencyKey === idempotencyKey);
  if (step.type === "create") return { ...step, earlier: earlierOf(step.key.idempotencyKey) };
  const key = keys[step.at];
  if (key === undefined) return undefined;
  return step.type === "rotate"
    ? { ...step, key, earlier: earlierOf(step.idempotencyKey) }
    : { ...step, key };
}

/** The keys after a decision: what a store would hold. */
function evolved(keys: readonly StoredKey[], decision: KeyDecision): readonly StoredKey[] {
  const put = (written: StoredKey) =>
    keys.map((key) => {
      if (key.id !== written.id) return key;
      expect(written.version).toBe(key.version + 1);
      return written;
    });
  if (decision.type === "write") return put(decision.key);
  if (decision.type !== "make") return keys;
  const others = decision.replaced === undefined ? keys : put(decision.replaced);
  return [...others, keyOf(decision.draft, keys.length)];
}

interface Moment {
  readonly now: number;
  readonly command: KeyCommand;
  readonly decision: KeyDecision;
  readonly before: readonly StoredKey[];
  readonly after: readonly StoredKey[];
}

function run(history: readonly (readonly [wait: number, step: Step])[]): readonly Moment[] {
  const moments: Moment[] = [];
  let keys: readonly StoredKey[] = [];
  let now = BEGIN;
  for (const [wait, step] of history) {
    now += wait;
    const command = commandOf(step, keys);
    if (command === undefined) continue;
    const decision = decideKey(command, now);
    const after = evolved(keys, decision);
    moments.push({ now, command, decision, before: keys, after });
    keys = after;
  }
  return moments;
}

/** A law about every moment of every history. */
function law(check: (moment: Moment, earlier: readonly Moment[]) => void): void {
  fc.assert(
    fc.property(histories, (history) => {
      const moments = run(history);
      moments.forEach((moment, i) => {
        check(moment, moments.slice(0, i));
      });
    }),
    { numRuns: 300 },
  );
}

describe("whatever happens to a key", () => {
  it.each(["revoked", "expired"])("once it is %s it opens nothing again", (end) => {
    law(({ now, after }, earlier) => {
      for (const past of earlier) {
        for (const key of past.after) {
          if (refusalOf(key, past.now) !== end) continue;
          const still = after.find(({ id }) => id === key.id) as StoredKey;
          expect(refusalOf(still, now)).toMatch(/^(revoked|expired)$/);
        }
      }
    });
  });

  it("it stays in its organisation and mode, and keeps its hash", () => {
    law(({ before, after }) => {
      for (const [i, { id, organisation, mode, hash, createdAt }] of before.entries()) {
        expect(after[i]).toMatchObject({ id, organisation, mode, hash, createdAt });
      }
    });
  });

  it("it has scopes that are known, each once, and at least one", () => {
    law(({ after }) => {
      for (const key of after) {
        expect(key.scopes.length).toBeGreaterThan(0);
        expect(key.scopes).toEqual(SCOPES.filter((scope) => key.scopes.includes(scope)));
      }
    });
  });
});

describe("rotating", () => {
  it("gives a key with exactly the same rights, and the old one no more time than it had", () => {
    law(({ now, command, decision }) => {
      if (command.type !== "rotate" || decision.type !== "make") return;
      const { mode, organisation, name, scopes, allowedIps, active, expiresAt } = command.key;
      const rights = { mode, organisation, name, scopes, allowedIps, active, expiresAt };
      expect(decision.draft).toMatchObject({ ...rights, createdAt: now, revokedAt: null });
      const overlap = command.overlapMs ?? DEFAULT_OVERLAP_MS;
      const until = Math.min(expiresAt ?? Number.POSITIVE_INFINITY, now + overlap);
      const { key } = command;
      expect(decision.replaced).toEqual({ ...key, expiresAt: until, version: key.version + 1 });
    });
  });

  it.each([-1, 0.5, MAX_OVERLAP_MS + 1, Number.NaN])("refuses an overlap of %j", (overlapMs) => {
    expect(
      refusedFor(decideKey({ type: "rotate", key: made(), overlapMs, earlier: undefined }, BEGIN)),
    ).toBe("overlapMs");
  });
});

describe("creating", () => {
  it("the same again makes no second one, other content is a conflict", () => {
    law(({ command, decision, before }) => {
      if (command.type !== "create" || command.earlier === undefined) return;
      expect(decision.type).not.toBe("make");
      if (decision.type === "keep") expect(before).toContain(decision.key);
    });
  });

  it("takes ranges and scopes for what they mean", () => {
    const first = made({ allowedIps: ["10.1.2.3/8", "2001:DB8:0::/32"], idempotencyKey: "a" });
    expect(first.allowedIps).toEqual(["10.0.0.0/8", "2001:db8::/32"]);
    const again = create(
      {
        allowedIps: ["::ffff:10.0.0.0/104", "2001:db8::/32", "10.0.0.0/8"],
        scopes: ["stock:write", "stock:read", "stock:read"],
        idempotencyKey: "a",
      },
      BEGIN + DAY,
      first,
    );
    expect(again).toEqual({ type: "keep", key: first });
  });

  it.each([
    [{ mode: "prod" }, "mode"],
    [{ name: "" }, "name"],
    [{ name: "x".repeat(201) }, "name"],
    [{ name: "a\u0007b" }, "name"],
    [{ scopes: [] }, "scopes"],
    [{ scopes: "stock:read" }, "scopes"],
    [{ scopes: ["stock:read", "stock:burn"] }, "scopes[1]"],
    [{ allowedIps: "10.0.0.1" }, "allowedIps"],
    [{ allowedIps: Array.from({ length: 101 }, (_, i) => `10.0.0.${i}`) }, "allowedIps"],
    [{ allowedIps: ["10.0.0.1", "10.0.0.256"] }, "allowedIps[1]"],
    [{ expiresAt: BEGIN }, "expiresAt"],
    [{ expiresAt: BEGIN + 0.5 }, "expiresAt"],
    [{ expiresAt: "2026-01-02" }, "expiresAt"],
    [{ expiresAt: Number.MAX_SAFE_INTEGER }, "expiresAt"],
    [{ idempotencyKey: "" }, "idempotencyKey"],
    [{ idempotencyKey: "x".repeat(201) }, "idempotencyKey"],
  ])("with %j is refused", (changes, field) => {
    // As a request might say it.
    expect(refusedFor(create(changes as Partial<NewKey>))).toBe(field);
  });
});

describe("changing", () => {
  const key = made();
  const change = (changes: object, now = BEGIN, of = key) =>
    decideKey({ type: "change", key: of, changes: changes as KeyChanges }, now);

  it("leaves what is not given", () => {
    expect(change({ name: "else" })).toEqual({
      type: "write",
      key: { ...key, name: "else", version: 2 },
    });
    expect(change({})).toEqual({ type: "write", key: { ...key, version: 2 } });
  });

  it("takes null for no expiry", () => {
    const expiring = made({ expiresAt: BEGIN + DAY });
    expect(change({ expiresAt: null }, BEGIN, expiring)).toMatchObject({
      key: { expiresAt: null },
    });
  });

  it.each([
    [{ name: 7 }, "name"],
    [{ active: "yes" }, "active"],
    [{ scopes: ["all"] }, "scopes[0]"],
    [{ allowedIps: ["fe80::1%eth0"] }, "allowedIps[0]"],
    [{ expiresAt: BEGIN - 1 }, "expiresAt"],
  ])("to %j is refused", (changes, field) => {
    expect(refusedFor(change(changes))).toBe(field);
  });

  it("is refused where the key has come to its end", () => {
    const revoked = { ...key, revokedAt: BEGIN };
    const expired = { ...key, expiresAt: BEGIN };
    expect(refusedFor(change({ active: true }, BEGIN + 1, revoked))).toBe("revokedAt");
    expect(refusedFor(change({ expiresAt: null }, BEGIN + 1, expired))).toBe("expiresAt");
    expect(refusedFor(decideKey({ type: "rotate", key: revoked, earlier: undefined }, BEGIN))).toBe(
      "revokedAt",
    );
    expect(refusedFor(decideKey({ type: "rotate", key: expired, earlier: undefined }, BEGIN))).toBe(
      "expiresAt",
    );
  });
});

describe("revoking", () => {
  it("is done once and for all, and may be said again", () => {
    const key = made();
    const first = decideKey({ type: "revoke", key }, BEGIN);
    const revoked = { ...key, revokedAt: BEGIN, version: 2 };
    expect(first).toEqual({ type: "write", key: revoked });
    const again = decideKey({ type: "revoke", key: revoked }, BEGIN + 5);
    expect(again).toEqual({ type: "keep", key: revoked });
  });
});
