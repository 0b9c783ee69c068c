/** A proxy in front of a server that finds every answer that breaks the contract. */
import { createServer as reserve } from "node:http";
import type { AddressInfo } from "node:net";
import { openApi } from "../../src/contract/index.js";
import type { Answer, RequestOptions } from "./TestServer.js";

export interface Proxy {
  readonly url: string;
  /** Throws where an answer breaks the contract. */
  readonly check: (answer: Answer) => void;
  readonly close: () => Promise<void>;
}

/** Whether this run of the tests goes through a proxy. */
export function wantsProxy(): boolean {
  return process.env.STOCKBOOK_PRISM === "1";
}

const document = openApi() as { readonly paths: Readonly<Record<string, object>> };

// Loading it all takes longer than most tests, and it is the same for all.
const prism = wantsProxy() ? load() : undefined;

async function load() {
  const { createLogger } = await import("@stoplight/prism-core");
  const { getHttpOperationsFromSpec } = await import("@stoplight/prism-http");
  const { createServer } = await import("@stoplight/prism-http-server");
  return { createLogger, createServer, operations: await getHttpOperationsFromSpec(document) };
}

const routes = Object.entries(document.paths).map(([path, methods]) => ({
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
  methods: Object.keys(methods).map((method) => method.toUpperCase()),
}));

/**
 * Whether the contract knows the request. The proxy answers others itself: unknown routes and
 * methods, broken JSON, and types that it cannot offer.
 */
export function isInContract(method: string, path: string, request: RequestOptions): boolean {
  const [route = ""] = path.split("?");
  const isKnown = routes.some(
    ({ pattern, methods }) => pattern.test(route) && methods.includes(method),
  );
  const { body, headers = {}, isDirect = false } = request;
  return isKnown && !isDirect && typeof body !== "string" && headers.accept === undefined;
}

export async function startProxy(upstream: string): Promise<Proxy> {
  const { createLogger, createServer, operations } = await (prism ?? load());
  const server = createServer(operations, {
    components: { logger: createLogger("proxy", { level: "silent" }) },
    cors: false,
    config: {
      isProxy: true,
      upstream: new URL(upstream),
      // Tests send what is wrong on purpose: the server has to find it.
      validateRequest: false,
      checkSecurity: false,
      validateResponse: true,
      errors: true,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
  });
  const url = await server.listen(await freePort(), "127.0.0.1");
  return { url, check, close: () => server.close() };
}

function check({ body, headers, text }: Answer): void {
  // A status that the document does not know is but a warning, which stands in this header alone.
  const violations = headers.get("sl-violations") ?? "";
  const isOwn = typeof body?.type === "string" && body.type.includes("stoplight.io/prism");
  if (!isOwn && !violations.includes('"response"')) return;
  throw new Error(`the answer breaks the contract: ${violations} ${text}`);
}

/** The proxy does not tell which port it was given, so it is given one. */
async function freePort(): Promise<number> {
  const server = reserve();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
