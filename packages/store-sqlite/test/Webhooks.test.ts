/** Webhooks in a file that others use at the same time. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DEFAULT_RETRY_DELAYS_MS, type StoredEndpoint } from "@stockbook/engine";
import { makeSqliteStore } from "@stockbook/store-sqlite";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { withFile, withStore } from "./support/Files.js";

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
