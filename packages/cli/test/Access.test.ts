import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Access, type CreatedKey, type KeyView, OPERATOR_SCOPES, SCOPES } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { Cause, Effect, Exit, Layer } from "effect";
import { beforeAll, describe, expect, it } from "vitest";
import { directory, json, stockbook } from "./support/Cli.js";

const cwd = directory();
const SECRET = /sb_(live|test)_[0-9A-Za-z]{38}/;
const TENANT_SCOPES = SCOPES.filter((scope) => !OPERATOR_SCOPES.includes(scope));

async function told(...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await stockbook(words, { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.trimEnd();
}

/** Runs a command that must fail: one line, exit status 1, nothing printed. */
async function complaintOf(...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await stockbook(words, { cwd });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^stockbook[^\n]*\n$/);
  return stderr.trim();
}

const asJson = async <A>(...words: readonly string[]) => (await json(words, cwd)) as A;

const create = (...words: readonly string[]) =>
  asJson<CreatedKey>("keys", "create", "--org", "acme", "--name", "a key", ...words);

const keys = async () =>
  (await asJson<{ readonly keys: readonly KeyView[] }>("keys", "list", "--org", "acme")).keys;

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
const fileDigest = () => sha256(readFileSync(join(cwd, "stock.db")));

/** Whether a secret opens something in the file, or why it does not. */
async function verdictOn(secret: string | null): Promise<string> {
  const layer = Layer.provide(Access.layer(), sqlite(join(cwd, "stock.db")));
  const ask = Effect.flatMap(Access, (access) => access.authenticate(secret ?? ""));
  const exit = await Effect.runPromiseExit(Effect.provide(ask, layer));
  if (Exit.isSuccess(exit)) return "admitted";
  return (Cause.squash(exit.cause) as { readonly reason: string }).reason;
}

beforeAll(() =>
  told(
    "orgs",
    "create",
    "acme",
    "--name",
    "Acme Ltd",
    "--currency",
    "GBP",
    "--below-zero",
    "allow",
  ),
);

describe("stockbook orgs", () => {
  it("makes an organisation, once", async () => {
    const again = await told("orgs", "create", "acme", "--name", "Acme Ltd");
    expect(again).toMatch(/\nacme +Acme Ltd +GBP +UTC +allow +standard: 6,000 requests in 60 s/);
    expect(await complaintOf("orgs", "create", "acme", "--currency", "USD")).toMatch(
      /stock\.db: the organisation acme is there with another settings\.currency$/,
    );
  });

  it("lists them", async () => {
    expect(await told("orgs", "list")).toMatch(/\nacme +Acme Ltd .*\n\n1 organisation$/);
    expect(await asJson("orgs", "list")).toEqual({
      organisations: [
        {
          id: "acme",
          name: "Acme Ltd",
          createdAt: expect.any(Number),
          plan: { name: "standard", requests: 6000, windowMs: 60_000 },
          settings: { timeZone: "UTC", currency: "GBP", negativePolicy: "allow" },
          options: {},
        },
      ],
    });
  });

  it("changes how an API behaves towards one", async () => {
    const change = (...options: readonly string[]) =>
      asJson("orgs", "change", "acme", ...options.flatMap((option) => ["--option", option]));
    await change("tictap.mode=entities", "tictap.note=a=b");
    expect(await change("tictap.mode=")).toMatchObject({
      organisation: { name: "Acme Ltd", options: { "tictap.note": "a=b" } },
    });
    expect(await told("orgs", "list")).toMatch(/ tictap\.note=a=b /);
    await change("tictap.note=");
    const complaint = (option: string) => complaintOf("orgs", "change", "acme", "--option", option);
    expect(await complaint("tictap")).toMatch(/takes a name and a value .*, not tictap$/);
    expect(await complaint("mode=x")).toMatch(/such as tictap\.mode, not "mode"$/);
  });

  it("refuses what no ledger could be opened with, and makes nothing", async () => {
    const zone = ["--time-zone", "Mars/Base"];
    expect(await complaintOf("orgs", "create", "mars", ...zone)).toMatch(/settings\.timeZone must/);
    expect(await complaintOf("orgs", "create", "a/b")).toMatch(/organisation must be 1 to 63/);
    expect(await told("orgs", "list")).toMatch(/1 organisation$/);
  });
});

describe("stockbook keys", () => {
  it("shows the secret of a new key once, and nowhere else", async () => {
    const words = ["--scope", "stock:read", "--allow-ip", "10.1.2.3/8", "--expires", "2099-01-31"];
    const made = await told("keys", "create", "--org", "acme", "--name", "the till", ...words);
    const [secret = ""] = SECRET.exec(made) ?? [];
    expect(made.split(secret)).toHaveLength(2);
    expect(secret).toMatch(/^sb_test_/);
    expect(made).toMatch(/it is not shown again\.\n/);
    expect(made).toMatch(/\(the till\) opens the test ledger of acme\n/);
    expect(made).toMatch(/ from +10\.0\.0\.0\/8\n +expires +2099-01-31 00:00 UTC$/);
    const list = await told("keys", "list", "--org", "acme");
    expect(list).toMatch(/the till +sb_test_.{4}….{4} +active +2099-01-31 00:00 +10\.0\.0\.0\/8/);
    const listed = list + JSON.stringify(await keys());
    expect(listed).not.toMatch(SECRET);
    expect(listed).not.toContain(secret.slice(12, 36));
    expect(readFileSync(join(cwd, "stock.db"), "latin1")).not.toContain(secret.slice(12, 36));
    expect(await verdictOn(secret)).toBe("admitted");
  });

  it("takes scopes and modes as they are named", async () => {
    const all = await create("--scope", "all", "--mode", "live");
    expect(all.key).toMatchObject({ mode: "live", scopes: TENANT_SCOPES, expiresAt: null });
    expect(all.secret).toMatch(/^sb_live_/);
    const some = await create("--scope", "organisations:read", "--scope", "stock:read");
    expect(some.key.scopes).toEqual(["stock:read", "organisations:read"]);
  });

  it("revokes a key for good", async () => {
    const { key, secret } = await create("--scope", "stock:read");
    const words = ["keys", "revoke", key.id, "--org", "acme"];
    const revoked = await told(...words);
    expect(revoked).toMatch(
      /^key_\w+ \(a key\) is revoked since .* UTC and opens nothing any more\.$/,
    );
    expect(await told(...words)).toBe(revoked);
    expect(await verdictOn(secret)).toBe("revoked");
    expect(await complaintOf("keys", "rotate", key.id, "--org", "acme")).toMatch(
      /has been revoked and can change no more/,
    );
  });

  it("rotates a key, with an overlap or without", async () => {
    const { key, secret } = await create("--scope", "stock:read");
    const rotate = ["keys", "rotate", key.id, "--org", "acme"];
    const rotated = await told(...rotate);
    expect(rotated).toMatch(/it is not shown again\.\n/);
    expect(rotated).toMatch(new RegExp(`\\n\\n${key.id} goes on until \\d{4}-.* UTC\\.$`));
    expect(await verdictOn(SECRET.exec(rotated)?.[0] ?? "")).toBe("admitted");
    expect(await verdictOn(secret)).toBe("admitted");
    const now = await asJson<CreatedKey & { readonly replaced: KeyView }>(
      ...rotate,
      "--overlap",
      "0",
    );
    expect(now.replaced.id).toBe(key.id);
    expect(await verdictOn(secret)).toBe("expired");
    expect(await verdictOn(now.secret)).toBe("admitted");
  });

  const naming = ["--org", "acme", "--name", "x"];
  it.each<[string, readonly string[], RegExp]>([
    ["no scope", ["create", ...naming], /--scope must be given at least once: all, catalogue:read/],
    [
      "an unknown scope",
      ["create", ...naming, "--scope", "stock:burn"],
      /there is no scope stock:burn; there are all, /,
    ],
    ["no name", ["create", "--org", "acme", "--scope", "all"], /keys create: .*--name/],
    [
      "an unknown mode",
      ["create", ...naming, "--scope", "all", "--mode", "prod"],
      /keys create: .*live, test/,
    ],
    [
      "an unknown organisation",
      ["create", "--name", "x", "--scope", "all"],
      /stock\.db: there is no organisation default; `stockbook orgs list`/,
    ],
    [
      "an expiry in the past",
      ["create", ...naming, "--scope", "all", "--expires", "2020-01-31"],
      /expiresAt must be in the future, not 2020-01-31/,
    ],
    [
      "a day that is none",
      ["create", ...naming, "--scope", "all", "--expires", "2099-02-30"],
      /--expires must be a day such as .*, not "2099-02-30"/,
    ],
    [
      "an address that is none",
      ["create", ...naming, "--scope", "all", "--allow-ip", "10.0.0.256"],
      /allowedIps\[0\] must be an address or a range/,
    ],
    ["an unknown key", ["revoke", "key_x", "--org", "acme"], /there is no key key_x; `stockbook/],
    [
      "an overlap that is none",
      ["rotate", "key_x", "--overlap", "soon"],
      /--overlap must be 0, or/,
    ],
    ["an unknown command", ["make"], /there is no command keys make; there are keys create, /],
  ])("refuses %s and changes nothing", async (_, words, complaint) => {
    const before = fileDigest();
    expect(await complaintOf("keys", ...words)).toMatch(complaint);
    expect(fileDigest()).toBe(before);
  });

  it("never repeats a secret that is given in the place of an id", async () => {
    const { secret } = await create("--scope", "stock:read");
    const complaint = await complaintOf("keys", "revoke", secret ?? "", "--org", "acme");
    expect(complaint).not.toMatch(SECRET);
  });

  it("makes no file", async () => {
    const words = ["keys", "create", "--name", "x", "--scope", "all", "--db", "none.db"];
    expect(await complaintOf(...words)).toMatch(/none\.db: there is no such file/);
    expect(existsSync(join(cwd, "none.db"))).toBe(false);
  });
});

it("keeps of a secret what a hash can tell", async () => {
  const { secret } = await create("--scope", "stock:read");
  expect(readFileSync(join(cwd, "stock.db"), "latin1")).toContain(sha256(secret ?? ""));
});
