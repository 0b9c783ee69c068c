/** Sends many wrong requests to a real server, and tells what it did that it must not do. */
import { Agent, type IncomingHttpHeaders, request as send } from "node:http";
import { Stockbook } from "@stockbook/engine";
import { Effect, Schema } from "effect";
import { PROBLEM_MEDIA_TYPE, Problem } from "../../src/contract/index.js";
import { startServer, type TestServer } from "../support/TestServer.js";
import { randomOf } from "./Random.js";
import { type FuzzRequest, type Means, operationsOfDocument, requestOf } from "./Requests.js";

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** Only this one of them. */
  readonly only?: number | undefined;
}

export interface FuzzReport {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly faults: readonly string[];
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const MAX_BODY_BYTES = 32_768;
const LANES = 8;
const ENDPOINTS = 6;
const MOST_FAULTS = 20;
const ENDLESS = { requests: 1_000_000_000, windowMs: 60_000 };

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const defects: unknown[] = [];
  await using server = await startServer({
    maxBodyBytes: MAX_BODY_BYTES,
    plan: { name: "endless", ...ENDLESS },
    refusedKeys: ENDLESS,
    onDefect: (defect) => defects.push(defect),
  });
  const means = await furnished(server);
  const prototype = Object.getOwnPropertyNames(Object.prototype).join();
  const byStatus: Record<string, number> = {};
  const faults: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  const startedAt = performance.now();
  const waiting = numbersOf(options);
  const lane = async () => {
    for (const index of waiting) {
      const request = requestOf(randomOf(options.seed, index), means);
      const reply = await replyTo(server, agent, request);
      const status = reply === "reset" ? "reset" : String(reply.status);
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      const fault = faultOf(request, reply);
      if (fault !== undefined) faults.push(described(options, index, request, reply, fault));
      if (faults.length >= MOST_FAULTS) return;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  faults.push(...defects.slice(0, MOST_FAULTS).map((defect) => `a defect: ${stackOf(defect)}`));
  faults.push(...(await afterwards(server)));
  if (Object.getOwnPropertyNames(Object.prototype).join() !== prototype) {
    faults.push("Object.prototype is not what it was");
  }
  return { byStatus, seconds, faults };
}

function* numbersOf({ requests, only }: FuzzOptions): Generator<number> {
  if (only !== undefined) return yield only;
  for (let index = 0; index < requests; index++) yield index;
}

/** A ledger with something of everything, and keys that may do more or less. */
async function furnished(server: TestServer): Promise<Means> {
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
  return {
    ...operationsOfDocument(),
    key: server.key,
    otherKeys: made.map(({ secret }) => secret as string),
    keyIds: made.slice(0, 3).map(({ key }) => key.id),
    endpointIds: endpoints,
    messageIds: messages,
    maxBodyBytes: MAX_BODY_BYTES,
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

function replyTo(
  { url }: TestServer,
  agent: Agent,
  { method, path, headers, body, isChunked }: FuzzRequest,
): Promise<Reply | "reset"> {
  const { hostname, port } = new URL(url);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const length =
    bytes === undefined
      ? {}
      : isChunked
        ? { "transfer-encoding": "chunked" }
        : { "content-length": bytes.length };
  return new Promise((resolve) => {
    const options = { hostname, port, agent, method, path, headers: { ...headers, ...length } };
    const outgoing = send(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk) => chunks.push(chunk));
      incoming.on("error", () => resolve("reset"));
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    outgoing.on("error", () => resolve("reset"));
    if (bytes !== undefined && isChunked) {
      outgoing.write(bytes.slice(0, 10));
      outgoing.end(bytes.slice(10));
    } else outgoing.end(bytes);
  });
}

const decodeProblem = Schema.decodeUnknownSync(Problem, { onExcessProperty: "error" });

/** What is wrong with a reply; nothing, if all is well. */
function faultOf(request: FuzzRequest, reply: Reply | "reset"): string | undefined {
  if (reply === "reset") {
    const isLong = (request.body?.length ?? 0) > MAX_BODY_BYTES;
    return isLong ? undefined : "the connection was broken off";
  }
  const { status, headers, text } = reply;
  if (status >= 500 || status < 200) return `status ${status}`;
  if (request.documented?.includes(status) === false) return `status ${status} is not documented`;
  if (headers["x-request-id"] === undefined && status !== 400) return "no x-request-id";
  if (request.method === "HEAD" || status === 304) {
    return text === "" ? undefined : "a body where there must be none";
  }
  const type = status >= 400 ? PROBLEM_MEDIA_TYPE : "application/json";
  if (headers["content-type"] !== type) return `content-type ${headers["content-type"]}`;
  try {
    const body: unknown = JSON.parse(text);
    if (status >= 400 && decodeProblem(body).status !== status) return "another status within";
  } catch (error) {
    return `not the documented shape: ${error}`;
  }
  return undefined;
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

function described(
  { seed }: FuzzOptions,
  index: number,
  request: FuzzRequest,
  reply: Reply | "reset",
  fault: string,
): string {
  const { method, path, headers, body } = request;
  // The secrets are other ones in every run; what matters is which of them it was.
  const authorization = headers.authorization?.replace(/\w{38}/g, "…");
  const text = typeof body === "string" ? body : body && new TextDecoder().decode(body);
  const answer = reply === "reset" ? reply : `${reply.status} ${reply.text.slice(0, 500)}`;
  return [
    `${fault} (--seed ${seed} --only ${index})`,
    `  ${method} ${path.slice(0, 500)}`,
    `  ${JSON.stringify({ ...headers, authorization })}`,
    `  ${text?.slice(0, 1_000)}`,
    `  → ${answer}`,
  ].join("\n");
}

function stackOf(defect: unknown): string {
  return defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
}
