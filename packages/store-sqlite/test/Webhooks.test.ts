/** Webhooks in a file that others use at the same time. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  DEFAULT_RETRY_DELAYS_MS,
  type Settlement,
  type StoredEndpoint,
  type StoredMessage,
} from "@stockbook/engine";
import { makeSqliteStore } from "@stockbook/store-sqlite";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { contentsOf, withDatabase, withFile, withStore } from "./support/Files.js";

const LEASER = fileURLToPath(new URL("./processes/leaser.mjs", import.meta.url));
const FOR_MS = 1_000;

function endpoint(id: string): StoredEndpoint {
  return {
    ledger: 1,
    id,
    version: 1,
    organisation: "acme",
    mode: "live",
    url: "https://example.com/",
    description: "",
    api: "native",
    events: [],
    format: "json",
    headers: {},
    ordered: false,
    maxConcurrent: 1,
    maxPerSecond: null,
    retryDelaysMs: DEFAULT_RETRY_DELAYS_MS,
    createdAt: 0,
    disabled: null,
    cursor: 0,
    secrets: [],
    health: null,
    idempotencyKey: null,
    fingerprint: 0,
  };
}

function message(sequence: number): StoredMessage {
  return { id: `msg_${sequence}`, type: "stock.low", sequence, body: "{}" };
}

function delivered({ id }: StoredMessage): Settlement {
  const request = { url: "https://example.com/", headers: {} };
  const outcome = { type: "failed", reason: "timeout", message: "" } as const;
  const attempt = { number: 1, at: 1, durationMs: 1, request, outcome };
  const of = { ledger: 1, endpoint: "whe_1", message: id, attempts: 0, attemptsBefore: 0 };
  return { ...of, attempt, status: "delivered", dueAt: null, delaysUsed: 0 };
}

interface Held {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

describe("webhooks", () => {
  it("of one file are leased to one of two processes at a time", () =>
    withFile(async (file) => {
      const ids = ["whe_1", "whe_2", "whe_3"];
      await withStore(file, ({ webhooks }) =>
        Effect.forEach(ids, (id) => webhooks.writeEndpoint(endpoint(id))),
      );
      const run = async (owner: string) => {
        const args = [LEASER, file, owner, `${FOR_MS}`];
        const { stdout } = await promisify(execFile)(process.execPath, args);
        return JSON.parse(stdout) as readonly Held[];
      };
      const [one, two] = await Promise.all([run("one"), run("two")]);
      expect(one.length).toBeGreaterThan(0);
      expect(two.length).toBeGreaterThan(0);
      const both = one.flatMap((a) =>
        two
          .filter((b) => a.id === b.id && a.from < b.to && b.from < a.to)
          .map((b) => ({ one: a, two: b })),
      );
      expect(both).toEqual([]);
    }));

  it("leave no rows behind when they are pruned, or removed with their endpoint", () =>
    withFile(async (file) => {
      const sent = Array.from({ length: 12 }, (_, i) => message(i + 1));
      const rows = () =>
        withDatabase(file, (db) => {
          const { webhook_deliveries, webhook_attempts, webhook_messages } = contentsOf(db);
          return [webhook_deliveries, webhook_attempts, webhook_messages].map(
            (found) => found?.length,
          );
        });
      await withStore(file, ({ webhooks }) =>
        Effect.gen(function* () {
          const at = { ledger: 1, endpoint: "whe_1", at: 0 };
          yield* webhooks.writeEndpoint(endpoint("whe_1"));
          yield* webhooks.enqueue({ ...at, from: 0, to: 12, messages: sent });
          yield* webhooks.settle(sent.map(delivered), []);
          expect(rows()).toEqual([12, 12, 12]);
          expect(yield* webhooks.prune(99, 7)).toBe(7);
          expect(rows()).toEqual([5, 5, 5]);
          yield* webhooks.removeEndpoint(1, "whe_1");
          expect(rows()).toEqual([0, 0, 0]);
        }),
      );
    }));

  it("of one file go from one service to the other when a lease is over", () =>
    withFile((file) =>
      withStore(file, ({ webhooks: one }) =>
        Effect.gen(function* () {
          const { webhooks: two } = yield* makeSqliteStore(file);
          const made = endpoint("whe_1");
          yield* one.writeEndpoint(made);
          const leases = yield* Effect.all(
            [
              one.lease({ owner: "one", now: 0, until: 10 }),
              two.lease({ owner: "two", now: 0, until: 10 }),
            ],
            { concurrency: "unbounded" },
          );
          expect(leases.map(({ length }) => length).sort()).toEqual([0, 1]);
          const [first, second] = leases[0].length === 1 ? ["one", "two"] : ["two", "one"];
          expect(yield* two.lease({ owner: second, now: 9, until: 20 })).toEqual([]);
          expect(yield* two.lease({ owner: second, now: 10, until: 20 })).toEqual([made]);
          expect(yield* one.lease({ owner: first, now: 19, until: 30 })).toEqual([]);
          yield* two.release(second);
          expect(yield* one.lease({ owner: first, now: 19, until: 30 })).toEqual([made]);
        }),
      ),
    ));
});
