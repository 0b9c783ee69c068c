/** Sends many wrong requests to a real server, and tells what it did that it must not do. */
import { Agent, type IncomingHttpHeaders, request as send } from "node:http";
import { randomOf } from "./Random.js";
import { type FuzzRequest, type Means, operationsOf, requestOf } from "./Requests.js";

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** Only this one of them. */
  readonly only?: number | undefined;
}

/** What the environment says; `npm run fuzz` of a package sets it. */
export function fuzzOptions({
  STOCKBOOK_FUZZ_REQUESTS: requests,
  STOCKBOOK_FUZZ_SEED: seed,
  STOCKBOOK_FUZZ_ONLY: only,
}: NodeJS.ProcessEnv): FuzzOptions {
  return {
    requests: Number(requests ?? 1_000),
    seed: Number(seed ?? 1),
    only: only === undefined ? undefined : Number(only),
  };
}

/** A server with something of everything in it, and how its API is spoken. */
export interface FuzzTarget extends Omit<Means, "operations" | "schemas"> {
  readonly url: string;
  /** Its OpenAPI document. */
  readonly document: object;
  readonly failures: {
    readonly mediaType: string;
    /** What is wrong with the body of a failure; throws or tells, where it is not as documented. */
    readonly faultOf: (body: unknown, status: number) => string | undefined;
  };
  /** What the server called a fault of its own, filled while it runs. */
  readonly defects: readonly unknown[];
  /** What is wrong with the server and its ledgers when all is over. */
  readonly afterwards: () => Promise<readonly string[]>;
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

const LANES = 8;
const MOST_FAULTS = 20;
/** A plan, or a quota of refused keys, that outlasts any run. */
export const ENDLESS = { requests: 1_000_000_000, windowMs: 60_000 };

export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  const means = { ...target, ...operationsOf(target.document) };
  const prototype = Object.getOwnPropertyNames(Object.prototype).join();
  const byStatus: Record<string, number> = {};
  const faults: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  const startedAt = performance.now();
  const waiting = numbersOf(options);
  const lane = async () => {
    for (const index of waiting) {
      const request = requestOf(randomOf(options.seed, index), means);
      const reply = await replyTo(target, agent, request);
      const status = reply === "reset" ? "reset" : String(reply.status);
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      const fault = faultOf(target, request, reply);
      if (fault !== undefined) faults.push(described(options, index, request, reply, fault));
      if (faults.length >= MOST_FAULTS) return;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  const defects = target.defects.slice(0, MOST_FAULTS);
  faults.push(...defects.map((defect) => `a defect: ${stackOf(defect)}`));
  faults.push(...(await target.afterwards()));
  if (Object.getOwnPropertyNames(Object.prototype).join() !== prototype) {
    faults.push("Object.prototype is not what it was");
  }
  return { byStatus, seconds, faults };
}

function* numbersOf({ requests, only }: FuzzOptions): Generator<number> {
  if (only !== undefined) return yield only;
  for (let index = 0; index < requests; index++) yield index;
}

function replyTo(
  { url }: FuzzTarget,
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

/** What is wrong with a reply; nothing, if all is well. */
function faultOf(
  { failures, maxBodyBytes }: FuzzTarget,
  request: FuzzRequest,
  reply: Reply | "reset",
): string | undefined {
  if (reply === "reset") {
    const isLong = (request.body?.length ?? 0) > maxBodyBytes;
    return isLong ? undefined : "the connection was broken off";
  }
  const { status, headers, text } = reply;
  if (status >= 500 || status < 200) return `status ${status}`;
  if (request.documented?.has(status) === false) return `status ${status} is not documented`;
  if (headers["x-request-id"] === undefined && status !== 400) return "no x-request-id";
  const types = status >= 400 ? [failures.mediaType] : typesOf(request, status);
  if (request.method === "HEAD" || status === 304 || types?.length === 0) {
    return text === "" ? undefined : "a body where there must be none";
  }
  const type = headers["content-type"]?.replaceAll(" ", "");
  if (type === undefined || types?.includes(type) === false) return `content-type ${type}`;
  if (!/[/+]json$/.test(type)) return undefined;
  try {
    const body: unknown = JSON.parse(text);
    return status >= 400 ? failures.faultOf(body, status) : undefined;
  } catch (error) {
    return `not the documented shape: ${error}`;
  }
}

/** As they are documented; any, where the address is none of the document's. */
function typesOf({ documented }: FuzzRequest, status: number): readonly string[] | undefined {
  if (documented === undefined) return undefined;
  return documented.get(status) ?? ["application/json"];
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
