/** A client of this API as its integrators write them: it knows nothing of this project. */
import type { Proxy as ContractProxy, Prism } from "../../../../test/api/Prism.js";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look at whatever was answered.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly body: any;
  readonly text: string;
  readonly bytes: Uint8Array;
}

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface GuideClient {
  /** Sends whatever it is told to. */
  readonly send: (method: string, path: string, request?: RequestParts) => Promise<Answer>;

  readonly products: (query?: Query) => Promise<Answer>;
  readonly product: (id: string) => Promise<Answer>;
  readonly createProduct: (product: object) => Promise<Answer>;
  readonly changeProduct: (id: string, changes: object) => Promise<Answer>;
  readonly removeProduct: (id: string) => Promise<Answer>;
  readonly importProducts: (products: readonly object[]) => Promise<Answer>;

  readonly stores: (query?: Query) => Promise<Answer>;
  readonly node: (id: string) => Promise<Answer>;
  readonly children: (id: string, query?: Query) => Promise<Answer>;
  readonly summaries: (ids: readonly string[]) => Promise<Answer>;
  readonly available: (id: string) => Promise<Answer>;
  readonly replenish: (id: string, format?: string) => Promise<Answer>;
  readonly createItem: (store: string, item: object) => Promise<Answer>;
  readonly changeItem: (id: string, changes: object) => Promise<Answer>;
  readonly recalculate: (id: string) => Promise<Answer>;

  readonly transactions: (query: Query, format?: string) => Promise<Answer>;
  readonly transactionSummary: (query: Query) => Promise<Answer>;
  readonly dailyStats: (query: Query) => Promise<Answer>;

  readonly storeReport: (id: string, format: string, query?: Query) => Promise<Answer>;
  readonly teamReport: (format: string, query?: Query) => Promise<Answer>;

  readonly registerWebhook: (webhook: object) => Promise<Answer>;
}

export interface RequestParts {
  readonly query?: Query;
  /** What is no text is sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent without a key. */
  readonly key?: null;
  /** Past any proxy that looks at answers. */
  readonly isDirect?: boolean;
}

/** @param proxy finds answers outside the contract, where it is given. */
export function guideClient(
  baseUrl: string,
  apiKey: string,
  proxy?: Pick<Prism, "isInContract"> & ContractProxy,
): GuideClient {
  const send: GuideClient["send"] = async (method, path, request = {}) => {
    const { query = {}, body, headers = {}, key } = request;
    const address = `/api/stock${path}${searchOf(query)}`;
    const viaProxy = proxy?.isInContract(method, address, request) === true;
    const response = await fetch(`${viaProxy ? proxy.url : baseUrl}${address}`, {
      method,
      headers: {
        accept: "application/json",
        ...(key === null ? {} : { authorization: apiKey }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const answer = await answerOf(response);
    if (viaProxy) proxy.check(answer);
    return answer;
  };
  const get = (path: string, query: Query = {}) => send("GET", path, { query });
  const post = (path: string, body?: unknown) => send("POST", path, { body });
  return {
    send,
    products: (query) => get("/products", query),
    product: (id) => get(`/products/${id}`),
    createProduct: (product) => post("/products", product),
    changeProduct: (id, changes) => send("PATCH", `/products/${id}`, { body: changes }),
    removeProduct: (id) => send("DELETE", `/products/${id}`),
    importProducts: (products) => post("/products/import", { products }),
    stores: (query) => get("/stores", query),
    node: (id) => get(`/stores/${id}`),
    children: (id, query) => get(`/stores/${id}/children`, query),
    summaries: (ids) => get("/stores/summaries", { "ids[]": ids }),
    available: (id) => get(`/stores/${id}/available-products`),
    replenish: (id, format = "json") => get(`/stores/${id}/replenish.${format}`),
    createItem: (store, item) => post(`/stores/${store}/items`, item),
    changeItem: (id, changes) => send("PATCH", `/items/${id}`, { body: changes }),
    recalculate: (id) => post(`/stores/${id}/recalculate-summaries`),
    transactions: (query, format = "json") => get(`/transactions.${format}`, query),
    transactionSummary: (query) => get("/transactions/summary", query),
    dailyStats: (query) => get("/transactions/daily-stats", query),
    storeReport: (id, format, query) => get(`/stores/${id}/report.${format}`, query),
    teamReport: (format, query) => get(`/team/report.${format}`, query),
    registerWebhook: (webhook) => post("/webhooks", webhook),
  };
}

function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return search.size === 0 ? "" : `?${search}`;
}

async function answerOf(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  const isJson = /[/+]json\b/.test(headers.get("content-type") ?? "");
  const text = new TextDecoder().decode(bytes);
  return { status, headers, text, bytes, body: isJson && text !== "" ? JSON.parse(text) : text };
}
