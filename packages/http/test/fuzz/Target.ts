/** The native API with something of everything in it, for the fuzzer. */
import { Stockbook } from "@stockbook/engine";
import { Effect, Schema } from "effect";
import { ENDLESS, type FuzzTarget } from "../../../../test/api/fuzz/Fuzz.js";
import type { Names } from "../../../../test/api/fuzz/Values.js";
import { openApi, PROBLEM_MEDIA_TYPE, Problem } from "../../src/contract/index.js";
import { startServer, type TestServer } from "../support/TestServer.js";

const MAX_BODY_BYTES = 32_768;
const ENDPOINTS = 6;

/** A server that a fuzzer may do anything to. */
export async function startTarget(): Promise<FuzzTarget & AsyncDisposable> {
  const defects: unknown[] = [];
  const server = await startServer({
    maxBodyBytes: MAX_BODY_BYTES,
    plan: { name: "endless", ...ENDLESS },
    refusedKeys: ENDLESS,
    onDefect: (defect) => defects.push(defect),
  });
  return {
    ...(await furnished(server)),
    url: server.url,
    document: openApi(),
    basePath: "/v1",
    names: NAMES,
    failures: { mediaType: PROBLEM_MEDIA_TYPE, faultOf: problemFault },
    defects,
    afterwards: () => afterwards(server),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const decodeProblem = Schema.decodeUnknownSync(Problem, { onExcessProperty: "error" });

function problemFault(body: unknown, status: number): string | undefined {
  return decodeProblem(body).status === status ? undefined : "another status within";
}

/** What exists in the ledger, so that requests get beyond its first checks. */
const NAMES: Names = {
  item: ["TEA", "COFFEE", "MILK", "none"],
  id: ["TEA", "shop", "drinks", "acme", "other", "new"],
  sku: ["TEA", "COFFEE", "NEW"],
  location: ["shop", "back", "none"],
  from: ["shop", "back", "supplier", "2026-01-01T00:00:00Z"],
  to: ["shop", "back", "customer", "2027-01-01T00:00:00Z"],
  parent: ["shop", "drinks", "none"],
  category: ["drinks", "none"],
  manufacturer: ["acme", "none"],
  lot: ["L1", "L2"],
  quantity: ["1", "2.5", "12"],
  minimum: ["0", "5"],
  idempotencyKey: Array.from({ length: 30 }, (_, i) => `key-${i}`),
  url: ["https://example.com/hook", "https://hooks.example.com:8443/a?b=c", "http://localhost/"],
  events: ["stock.moved", "stock.depleted", "stock.everything"],
  types: ["stock.moved", "webhook.test"],
  type: ["stock.moved", "webhook.test"],
  api: ["native", "other"],
  secret: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_short"],
  currency: ["EUR", "USD", "XXX", "eur"],
};

type Furnished = Pick<FuzzTarget, "key" | "otherKeys" | "maxBodyBytes" | "idsIn">;

/** A ledger with something of everything, and keys that may do more or less. */
async function furnished(server: TestServer): Promise<Furnished> {
  const line = (item: string, quantity: number) => ({ item, quantity });
  const commands = [
    { type: "put-category", id: "drinks", name: "Drinks" },
    { type: "put-manufacturer", id: "acme", name: "Acme" },
    { type: "put-location", id: "shop", name: "Shop" },
    { type: "put-location", id: "back", name: "Back", parent: "shop" },
    { type: "put-item", id: "TEA", name: "Tea", unitCost: 320 },
    { type: "put-item", id: "COFFEE", name: "Coffee", precision: 3 },
    { type: "put-item", id: "MILK", name: "Milk", negativePolicy: "allow" },
    { type: "receive", location: "shop", lines: [line("TEA", 500), line("COFFEE", 2.5)] },
    { type: "reserve", location: "shop", lines: [line("TEA", 20)] },
    { type: "dispatch", from: "shop", to: "back", lines: [line("TEA", 20)] },
    { type: "set-threshold", item: "TEA", location: "shop", minimum: 450, maximum: 900 },
  ];
  const body = { mode: "all", commands };
  const { status, text } = await server.send("POST", "/v1/batches", { body });
  if (status !== 200) throw new Error(text);
  const { endpoints, messages } = await furnishedEndpoints(server);
  await server.run(server.access.createOrganisation({ id: "other" }));
  const made = await Promise.all([
    server.createKey(),
    server.createKey({ mode: "live" }),
    server.createKey({ scopes: ["stock:read"] }),
    server.createKey({ organisation: "other" }),
    server.createKey({ allowedIps: ["10.0.0.0/8"] }),
  ]);
  const keyIds = made.slice(0, 3).map(({ key }) => key.id);
  return {
    key: server.key,
    otherKeys: made.map(({ secret }) => secret as string),
    maxBodyBytes: MAX_BODY_BYTES,
    idsIn: (path, name) => {
      if (path.startsWith("/v1/keys")) return [...keyIds, "key_none"];
      if (path.startsWith("/v1/webhooks")) {
        return name === "id" ? [...endpoints, "whe_none"] : [...messages, "msg_no"];
      }
      // Not the caller's own, whose plan has to last.
      return path.startsWith("/v1/organisations") ? ["other", "none"] : undefined;
    },
  };
}

/** Endpoints, more than are removed by chance, and tests sent to them. */
async function furnishedEndpoints({ send }: TestServer) {
  const endpoints: string[] = [];
  const messages: string[] = [];
  for (let i = 0; i < ENDPOINTS; i++) {
    const made = await send("POST", "/v1/webhooks", { body: { url: "https://example.com/hook" } });
    const { id } = made.body.endpoint;
    endpoints.push(id);
    messages.push((await send("POST", `/v1/webhooks/${id}/test`)).body.message);
  }
  return { endpoints, messages };
}

/** What is wrong with the server and its ledgers when all is over. */
async function afterwards(server: TestServer): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const list of ["items", "stock", "transactions", "events", "thresholds", "reservations"]) {
    faults.push(...(await walk(server, `/v1/${list}`)));
  }
  const ledger = Effect.flatMap(Stockbook, (stockbook) =>
    stockbook.ledger({ organisation: "acme", mode: "test" }),
  );
  const verification = await server.run(Effect.flatMap(ledger, ({ verify }) => verify()));
  if (!verification.sound) faults.push(`the ledger is unsound: ${JSON.stringify(verification)}`);
  const live = await server.send("GET", "/health/live", { key: null });
  if (live.status !== 200) faults.push("the server is not alive");
  return faults;
}

async function walk({ send }: TestServer, path: string): Promise<readonly string[]> {
  let position = "";
  for (let page = 0; page < 1_000; page++) {
    const { status, body, text } = await send("GET", `${path}?limit=500${position}`);
    if (status !== 200) return [`${path} cannot be read any more: ${text}`];
    if (body.next === undefined ? !body.more : body.next === null) return [];
    position =
      body.next === undefined ? `&after=${body.after}` : `&cursor=${encodeURIComponent(body.next)}`;
  }
  return [`${path} has no end`];
}
