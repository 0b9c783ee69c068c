/** A proxy in front of a server that finds every answer that breaks the contract. */
import { createServer as reserve } from "node:http";
import type { AddressInfo } from "node:net";

/** The part of an answer that is looked at. */
interface Answer {
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

/** The part of a request that decides whether it goes through the proxy. */
interface Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Past any proxy, which has connections of its own. */
  readonly isDirect?: boolean;
}

export interface Proxy {
  readonly url: string;
  /** Throws where an answer breaks the contract. */
  readonly check: (answer: Answer) => void;
  readonly close: () => Promise<void>;
}

/** Proxies for the servers of one contract. */
export interface Prism {
  /**
   * Whether the contract knows the request. The proxy answers others itself: unknown routes and
   * methods, broken JSON, and types that it cannot offer.
   */
  readonly isInContract: (method: string, path: string, request: Asked) => boolean;
  readonly start: (upstream: string) => Promise<Proxy>;
}

/** The proxies of a document, or nothing where this run of the tests goes without. */
export function prismOf(document: object): Prism | undefined {
  if (process.env.STOCKBOOK_PRISM !== "1") return undefined;
  const { paths } = document as { readonly paths: Readonly<Record<string, object>> };
  const routes = Object.entries(paths).map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
    methods: Object.keys(methods).map((method) => method.toUpperCase()),
  }));
  // Loading it all takes longer than most tests, and it is the same for all.
  const loaded = load(document);
  return {
    isInContract: (method, path, { body, headers = {}, isDirect = false }) => {
      const [route = ""] = path.split("?");
      const isKnown = routes.some(
        ({ pattern, methods }) => pattern.test(route) && methods.includes(method),
      );
      return isKnown && !isDirect && typeof body !== "string" && headers.accept === undefined;
    },
    start: async (upstream) => startProxy(await loaded, upstream),
  };
}

async function load(document: object) {
  const { createLogger } = await import("@stoplight/prism-core");
  const { getHttpOperationsFromSpec } = await import("@stoplight/prism-http");
  const { createServer } = await import("@stoplight/prism-http-server");
  return { createLogger, createServer, operations: await getHttpOperationsFromSpec(document) };
}

async function startProxy(
  { createLogger, createServer, operations }: Awaited<ReturnType<typeof load>>,
  upstream: string,
): Promise<Proxy> {
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
  const { type } = Object(body) as { readonly type?: unknown };
  const isOwn = typeof type === "string" && type.includes("stoplight.io/prism");
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
