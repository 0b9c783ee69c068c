import {
  DEFAULT_OVERLAP_MS,
  type EndpointChanges,
  MAX_OVERLAP_MS,
  type NewEndpoint,
  type StoredEndpoint,
  WEBHOOK_FORMATS,
} from "@stockbook/engine";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideEndpoint,
  type EndpointCommand,
  type EndpointDecision,
} from "../../src/webhooks/Decide.js";
import { signsAt } from "../../src/webhooks/SecretBox.js";
import { change, create, endpointOf, FACTS, MAX_ENDPOINTS, secretOf } from "./support/Endpoints.js";
import { BEGIN, DAY, RULES } from "./support/World.js";

const EVENTS = RULES.shapes[0]?.eventTypes ?? [];

type Step =
  | { readonly type: "create"; readonly request: NewEndpoint }
  | { readonly type: "change"; readonly at: number; readonly changes: EndpointChanges }
  | { readonly type: "rotate"; readonly at: number; readonly overlapMs: number | undefined };

/** Mostly what is well-formed, for that is where the laws are at stake. */
const mostly = <A>(well: fc.Arbitrary<A>, ill: A) =>
  fc.oneof({ weight: 15, arbitrary: well }, { weight: 1, arbitrary: fc.constant(ill) });
const settings = {
  url: mostly(fc.constantFrom("https://example.com", "https://example.org/a"), "nowhere"),
  description: fc.constantFrom("", "the shop"),
  events: mostly(fc.subarray([...EVENTS]), ["nothing"]),
  format: fc.constantFrom(...WEBHOOK_FORMATS),
  headers: mostly<Readonly<Record<string, string>>>(fc.constantFrom({}, { "X-A": "1" }), {
    host: "x",
  }),
  ordered: fc.boolean(),
  maxConcurrent: mostly(fc.integer({ min: 1, max: 64 }), 0),
  maxPerSecond: mostly(fc.option(fc.integer({ min: 1, max: 10_000 })), 0),
  retryDelaysMs: mostly<readonly number[]>(fc.constantFrom([], [5_000, 300_000]), [1]),
};
const changes: fc.Arbitrary<EndpointChanges> = fc.record(
  { ...settings, enabled: fc.boolean() },
  { requiredKeys: [] },
);
const requests: fc.Arbitrary<NewEndpoint> = fc.record(
  {
    organisation: fc.constant("acme"),
    mode: fc.constantFrom("live", "test"),
    ...settings,
    after: fc.integer({ min: 0, max: 101 }),
    secret: mostly(fc.constantFrom(secretOf(24), secretOf(32)), "whsec_"),
    idempotencyKey: fc.constantFrom("one", "two"),
  },
  { requiredKeys: ["organisation", "mode", "url"] },
);
const overlaps = fc.oneof(
  fc.constantFrom(undefined, 0, MAX_OVERLAP_MS),
  fc.integer({ min: -1, max: MAX_OVERLAP_MS + 1 }),
);
const at = fc.nat(2);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: fc.constant("create"), request: requests }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("change"), at, changes }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("rotate"), at, overlapMs: overlaps }) },
);
const waits = fc.oneof(fc.constant(0), fc.nat(60_000), fc.nat(2 * DAY));
const histories = fc.array(fc.tuple(waits, steps), { minLength: 1, maxLength: 50, size: "max" });

interface Moment {
  readonly now: number;
  readonly command: EndpointCommand;
  readonly decision: EndpointDecision;
  readonly before: readonly StoredEndpoint[];
  readonly after: readonly StoredEndpoint[];
}

function commandOf(
  step: Step,
  endpoints: readonly StoredEndpoint[],
  no: number,
): EndpointCommand | undefined {
  if (step.type === "create") {
    const { idempotencyKey = null } = step.request;
    const earlier = endpoints.find(
      (one) => one.idempotencyKey !== null && one.idempotencyKey === idempotencyKey,
    );
    return { ...step, facts: { ...FACTS, endpoints: endpoints.length, earlier } };
  }
  const endpoint = endpoints[step.at];
  if (endpoint === undefined) return undefined;
  return step.type === "change"
    ? { ...step, endpoint }
    : { ...step, endpoint, sealed: `secret ${no}` };
}

/** The endpoints after a decision: what a store would hold. */
function evolved(endpoints: readonly StoredEndpoint[], decision: EndpointDecision) {
  if (decision.type === "make") return [...endpoints, endpointOf(decision, endpoints.length)];
  if (decision.type !== "write") return endpoints;
  const { endpoint } = decision;
  expect(endpoints.map(({ id }) => id)).toContain(endpoint.id);
  return endpoints.map((one) => (one.id === endpoint.id ? endpoint : one));
}

function run(history: readonly (readonly [wait: number, step: Step])[]): readonly Moment[] {
  const moments: Moment[] = [];
  let endpoints: readonly StoredEndpoint[] = [];
  let now = BEGIN;
  for (const [no, [wait, step]] of history.entries()) {
    now += wait;
    const command = commandOf(step, endpoints, no);
    if (command === undefined) continue;
    const decision = decideEndpoint(command, now, RULES);
    const after = evolved(endpoints, decision);
    moments.push({ now, command, decision, before: endpoints, after });
    endpoints = after;
  }
  return moments;
}

/** A law about every moment of every history. */
function law(check: (moment: Moment) => void): void {
  fc.assert(
    fc.property(histories, (history) => {
      for (const moment of run(history)) check(moment);
    }),
    { numRuns: 300 },
  );
}

describe("whatever happens to an endpoint", () => {
  it("its version rises by one with every change, and it stays where it is", () => {
    law(({ before, after }) => {
      for (const [i, endpoint] of before.entries()) {
        const still = after[i];
        const { id, ledger, organisation, mode, api, createdAt } = endpoint;
        expect(still).toMatchObject({ id, ledger, organisation, mode, api, createdAt });
        const { cursor, idempotencyKey, fingerprint } = endpoint;
        expect(still).toMatchObject({ cursor, idempotencyKey, fingerprint });
        if (still !== endpoint) expect(still?.version).toBe(endpoint.version + 1);
      }
    });
  });

  it("only rotating alters its secrets, and rotating nothing else", () => {
    law(({ command, decision }) => {
      if (decision.type !== "write" || command.type === "create") return;
      const { secrets, version: _, ...rest } = decision.endpoint;
      if (command.type === "change") expect(secrets).toBe(command.endpoint.secrets);
      else expect(command.endpoint).toMatchObject(rest);
    });
  });

  it("it has 1 to 11 secrets, of which the newest is first and never expires", () => {
    law(({ after }) => {
      for (const { secrets } of after) {
        expect(secrets.length).toBeGreaterThan(0);
        expect(secrets.length).toBeLessThanOrEqual(11);
        expect(secrets.filter(({ expiresAt }) => expiresAt === null)).toEqual([secrets[0]]);
        const times = secrets.map(({ createdAt }) => createdAt);
        expect(times).toEqual([...times].sort((a, b) => b - a));
      }
    });
  });

  it("an old secret signs along until its end, which no rotation puts off", () => {
    law(({ now, command, decision }) => {
      if (command.type !== "rotate" || decision.type !== "write") return;
      const end = now + (command.overlapMs ?? DEFAULT_OVERLAP_MS);
      const [newest, ...old] = decision.endpoint.secrets;
      expect(newest).toEqual({ sealed: command.sealed, createdAt: now, expiresAt: null });
      const ended = command.endpoint.secrets.map((secret) => {
        return { ...secret, expiresAt: Math.min(secret.expiresAt ?? end, end) };
      });
      expect(old).toEqual(ended.filter(({ expiresAt }) => expiresAt > now));
      for (const secret of old) {
        expect(signsAt(secret, (secret.expiresAt ?? 0) - 1)).toBe(true);
        expect(signsAt(secret, secret.expiresAt ?? 0)).toBe(false);
      }
    });
  });

  it("under one idempotency key there is one, and other content is a conflict", () => {
    law(({ command, decision, before, after }) => {
      if (command.type !== "create" || command.facts.earlier === undefined) return;
      expect(after).toBe(before);
      if (decision.type === "keep") expect(decision.endpoint).toBe(command.facts.earlier);
      else expect(decision.type).toBe("refuse");
    });
  });

  it("it is kept when its very request comes again, whatever became of it", () => {
    fc.assert(
      fc.property(requests, fc.array(changes, { maxLength: 5 }), (request, later) => {
        const first = create(request);
        fc.pre(first.type === "make");
        let endpoint = endpointOf(first);
        for (const one of later) {
          const decision = change(endpoint, one);
          if (decision.type === "write") endpoint = decision.endpoint;
        }
        const again = create(request, { earlier: endpoint, endpoints: MAX_ENDPOINTS });
        expect(again).toEqual({ type: "keep", endpoint });
      }),
    );
  });
});
