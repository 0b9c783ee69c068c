import { LOCAL_TARGETS, PUBLIC_TARGETS, type TargetPolicy } from "@stockbook/engine";
import type { Failed, SendOutcome } from "@stockbook/webhooks/delivery";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import {
  FORBIDDEN_NAMES,
  FORBIDDEN_RANGES,
  INNER_HOSTS,
  LOCAL_HOSTS,
  MISLEADING_URLS,
} from "../../engine/test/webhooks/ForbiddenTargets.js";
import { AddressRefused, guardedLookup, NameUnresolved } from "../src/delivery/Guard.js";
import { ANSWER_THEN_CLOSE, chaosReceiver } from "./ChaosReceiver.js";
import { selfSigned } from "./support/Certificates.js";
import { countConnections } from "./support/Connections.js";
import { message, run, senderWith } from "./support/Sending.js";

/** For tests, one address of this machine stands for the public ones; all others are forbidden. */
const ONE_ADDRESS: TargetPolicy = { loopback: "refused", allowedRanges: ["127.0.0.1"] };
const NAME = "receiver.test";
const CERTIFIED = selfSigned(NAME);

/** Sends under a policy to a URL made of a port that is listened on, and a name that leads there. */
const attempt = (
  policy: TargetPolicy,
  urlAt: (port: number) => string,
  answers: readonly string[] = [],
) =>
  Effect.gen(function* () {
    const receiver = yield* chaosReceiver(CERTIFIED);
    const connections = yield* countConnections;
    const asked: string[] = [];
    const { send } = yield* senderWith({
      policy,
      authorities: [CERTIFIED.cert],
      resolve: async (hostname) => {
        asked.push(hostname);
        return answers;
      },
    });
    const outcome = yield* send(message(urlAt(receiver.port)));
    return {
      what: whatOf(outcome),
      asked,
      attempts: connections(),
      taken: receiver.connections().taken,
    };
  });

function whatOf(outcome: SendOutcome): number | Failed["reason"] {
  return outcome.type === "answered" ? outcome.status : outcome.reason;
}

const REFUSED = { what: "refused-target", attempts: 0, taken: 0 };
const REFUSED_UNASKED = { ...REFUSED, asked: [] };

describe("a URL", () => {
  it("of an allowed address is connected to, and the attempt is counted", async () => {
    const allowed = await run(attempt(LOCAL_TARGETS, (port) => `https://127.0.0.1:${port}/`));
    // The certificate is for the name alone.
    expect(allowed).toEqual({ what: "insecure", asked: [], attempts: 1, taken: 1 });
    const named = await run(
      attempt(ONE_ADDRESS, (port) => `https://${NAME}:${port}/`, ["127.0.0.1"]),
    );
    expect(named).toEqual({ what: 204, asked: [NAME], attempts: 1, taken: 1 });
  });

  it.each([...LOCAL_HOSTS, ...INNER_HOSTS, ...FORBIDDEN_NAMES])(
    "of %s is neither resolved nor connected to",
    async (host) => {
      const urlAt = (port: number) => `https://${host}:${port}/hooks`;
      expect(await run(attempt(PUBLIC_TARGETS, urlAt))).toEqual(REFUSED_UNASKED);
    },
  );

  it.each([...INNER_HOSTS, ...FORBIDDEN_NAMES])(
    "of %s is neither resolved nor connected to on a sandbox",
    async (host) => {
      const urlAt = (port: number) => `http://${host}:${port}/hooks`;
      expect(await run(attempt(LOCAL_TARGETS, urlAt))).toEqual(REFUSED_UNASKED);
    },
  );

  it.each(MISLEADING_URLS)("such as %j is neither resolved nor connected to", async (url) => {
    expect(await run(attempt(LOCAL_TARGETS, () => url))).toEqual(REFUSED_UNASKED);
  });
});

describe("a name", () => {
  const addresses = FORBIDDEN_RANGES.flatMap(({ first, last }) => [first, last]);

  it.each([...new Set(addresses)])("that leads to %s is not connected to", async (address) => {
    const urlAt = (port: number) => `https://${NAME}:${port}/`;
    const result = await run(attempt(PUBLIC_TARGETS, urlAt, [address]));
    expect(result).toEqual({ ...REFUSED, asked: [NAME] });
  });

  it.each([
    ["127.0.0.1", "127.0.0.2"],
    ["127.0.0.2", "127.0.0.1"],
    ["127.0.0.1", "::1"],
    ["127.0.0.1", "8.8.8.8", "169.254.169.254"],
    ["127.0.0.1", "::127.0.0.1"],
    ["127.0.0.1", "fe80::1%lo"],
    ["127.0.0.1", "not an address"],
    ["127.0.0.1", ""],
  ])("that leads to %s as well as %s is not connected to at all", async (...answers) => {
    const urlAt = (port: number) => `https://${NAME}:${port}/`;
    const result = await run(attempt(ONE_ADDRESS, urlAt, answers));
    expect(result).toEqual({ ...REFUSED, asked: [NAME] });
  });

  it("of this machine does not take plain http elsewhere", async () => {
    const urlAt = (port: number) => `http://localhost:${port}/`;
    const elsewhere = await run(attempt(LOCAL_TARGETS, urlAt, ["8.8.8.8"]));
    expect(elsewhere).toEqual({ ...REFUSED, asked: ["localhost"] });
    const allowed: TargetPolicy = { loopback: "http-and-https", allowedRanges: ["10.0.0.0/8"] };
    const inside = await run(attempt(allowed, urlAt, ["10.0.0.1"]));
    expect(inside).toEqual({ ...REFUSED, asked: ["localhost"] });
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("ENOTFOUND"))],
    [
      "throws",
      () => {
        throw new Error("no resolver");
      },
    ],
    ["knows no address", () => Promise.resolve([])],
  ])("is not connected to when the resolver %s", async (_, resolve) => {
    const outcome = await run(
      Effect.gen(function* () {
        const connections = yield* countConnections;
        const { send } = yield* senderWith({ resolve });
        const outcome = yield* send(message(`https://${NAME}/`));
        expect(connections()).toBe(0);
        return outcome;
      }),
    );
    expect(whatOf(outcome)).toBe("unresolved");
  });

  it("of the inner network is refused in the same words as one that does not exist", async () => {
    const outcomes = await run(
      Effect.gen(function* () {
        const inner = yield* senderWith({ resolve: async () => ["10.0.0.1"] });
        const nowhere = yield* senderWith({ resolve: () => Promise.reject(new Error("no")) });
        const url = `https://${NAME}/`;
        return [yield* inner.send(message(url)), yield* nowhere.send(message(url))];
      }),
    );
    const messages = outcomes.map((outcome) => outcome.type === "failed" && outcome.message);
    expect(messages[0]).toBe(messages[1]);
    expect(messages[0]).not.toMatch(/\d/);
  });
});

describe("a name that leads elsewhere later", () => {
  /** Answers in turn; the last one from then on. */
  const inTurn = (...answers: readonly (readonly string[])[]) => {
    const left = [...answers];
    const asked = { times: 0 };
    const resolve = async () => {
      asked.times += 1;
      return (left.length > 1 ? left.shift() : left[0]) ?? [];
    };
    return { asked, resolve };
  };

  it("is followed there by no new connection", async () => {
    await run(
      Effect.gen(function* () {
        const { resolve, asked } = inTurn(["127.0.0.1"], ["127.0.0.2"]);
        const receiver = yield* chaosReceiver(CERTIFIED);
        const connections = yield* countConnections;
        const authorities = [CERTIFIED.cert];
        const { send } = yield* senderWith({ policy: ONE_ADDRESS, authorities, resolve });
        const url = `https://${NAME}:${receiver.port}/`;
        receiver.next({ type: "answer", status: 200, headers: { connection: "close" } });
        expect(whatOf(yield* send(message(url)))).toBe(200);
        yield* receiver.deserted;
        expect(whatOf(yield* send(message(url)))).toBe("refused-target");
        expect(connections()).toBe(1);
        expect(asked.times).toBe(2);
      }),
    );
  });

  it("is not asked for again while a connection is kept, which leads where it was allowed", async () => {
    await run(
      Effect.gen(function* () {
        const { resolve, asked } = inTurn(["127.0.0.1"], ["127.0.0.2"]);
        const receiver = yield* chaosReceiver(CERTIFIED);
        const connections = yield* countConnections;
        const authorities = [CERTIFIED.cert];
        const { send } = yield* senderWith({ policy: ONE_ADDRESS, authorities, resolve });
        const url = `https://${NAME}:${receiver.port}/`;
        expect(whatOf(yield* send(message(url)))).toBe(204);
        expect(whatOf(yield* send(message(url)))).toBe(204);
        expect(receiver.received.map(({ connection }) => connection)).toEqual([1, 1]);
        expect(asked.times).toBe(1);
        expect(connections()).toBe(1);
      }),
    );
  });

  it("is not followed when a kept connection turns out to be closed", async () => {
    await run(
      Effect.gen(function* () {
        const { resolve } = inTurn(["127.0.0.1"], ["127.0.0.2"]);
        const receiver = yield* chaosReceiver(CERTIFIED);
        const connections = yield* countConnections;
        const authorities = [CERTIFIED.cert];
        const { send } = yield* senderWith({ policy: ONE_ADDRESS, authorities, resolve });
        const url = `https://${NAME}:${receiver.port}/`;
        receiver.next(ANSWER_THEN_CLOSE);
        expect(whatOf(yield* send(message(url)))).toBe(204);
        expect(whatOf(yield* send(message(url)))).toBe("refused-target");
        expect(connections()).toBe(1);
      }),
    );
  });

  it("lends its kept connection to no other host", async () => {
    await run(
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver(CERTIFIED);
        const connections = yield* countConnections;
        const authorities = [CERTIFIED.cert];
        const resolve = async (name: string) => (name === NAME ? ["127.0.0.1"] : ["127.0.0.2"]);
        const { send } = yield* senderWith({ policy: ONE_ADDRESS, authorities, resolve });
        const at = (host: string) => send(message(`https://${host}:${receiver.port}/`));
        expect(whatOf(yield* at(NAME))).toBe(204);
        for (const host of ["other.test", `x.${NAME}`, "127.0.0.2", "[::1]", "[::ffff:7f00:2]"]) {
          expect(whatOf(yield* at(host)), host).toBe("refused-target");
        }
        expect(whatOf(yield* at(NAME))).toBe(204);
        expect(receiver.received.map(({ connection }) => connection)).toEqual([1, 1]);
        expect(connections()).toBe(1);
      }),
    );
  });
});

describe("the look-up of a socket", () => {
  const lookup = (answers: readonly string[], all: boolean) =>
    new Promise((resolve, reject) => {
      const isAllowed = (address: string) => !address.startsWith("10.");
      guardedLookup(async () => answers, isAllowed)(NAME, { all }, (error, address, family) =>
        error === null
          ? resolve(family === undefined ? address : [address, family])
          : reject(error),
      );
    });

  it("gives all addresses or one, with their families", async () => {
    expect(await lookup(["1.1.1.1", "2606:4700::1"], true)).toEqual([
      { address: "1.1.1.1", family: 4 },
      { address: "2606:4700::1", family: 6 },
    ]);
    expect(await lookup(["1.1.1.1", "2606:4700::1"], false)).toEqual(["1.1.1.1", 4]);
    expect(await lookup(["2606:4700::1"], false)).toEqual(["2606:4700::1", 6]);
  });

  it.each([true, false])("judges those it does not give too, asked for all: %s", async (all) => {
    await expect(lookup(["1.1.1.1", "10.0.0.1"], all)).rejects.toBeInstanceOf(AddressRefused);
    await expect(lookup([], all)).rejects.toBeInstanceOf(NameUnresolved);
  });
});
