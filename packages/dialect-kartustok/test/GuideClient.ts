/** A client as its reader would write it from the guide: base address, token, and nothing else. */
import { request } from "node:http";

/** Filters as they stand in the query. */
export type Query = Readonly<Record<string, string | number | boolean>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // Tests look at whatever was answered.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly body: any;
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Access {
  /** Where the server listens, such as `http://127.0.0.1:4280`. */
  readonly origin: string;
  /** The host that is asked, as DNS would lead to the server. */
  readonly host?: string | undefined;
  readonly token?: string | undefined;
}

/** One company's stock, read with one token. */
export class GuideClient {
  constructor(protected readonly access: Access) {}

  health = () => this.get("/health");
  company = () => this.get("/meta/company");
  items = (filters: Query = {}) => this.get("/items", filters);
  item = (id: string) => this.get(`/items/${id}`);
  itemCategories = () => this.get("/item-categories");
  locators = () => this.get("/locators");
  stockSummary = (filters: Query = {}) => this.get("/stock/summary", filters);
  stockDetail = (filters: Query = {}) => this.get("/stock/detail", filters);

  get(path: string, query: Query = {}, asking: Asking = {}): Promise<Reply> {
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    return this.send(`/public/v1${path}${search === "" ? "" : `?${search}`}`, asking);
  }

  /** Sends to any address, in any way. */
  send(path: string, asking: Asking = {}): Promise<Reply> {
    return this.sendTo(this.access.origin, path, asking);
  }

  protected sendTo(
    origin: string,
    path: string,
    { method = "GET", headers = {} }: Asking,
  ): Promise<Reply> {
    const { host, token } = this.access;
    return exchange(origin + path, method, {
      accept: "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(host !== undefined && { host }),
      ...headers,
    });
  }

  /** The rows of all pages, one page after another. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async all(path: string, filters: Query = {}): Promise<any[]> {
    const rows: unknown[] = [];
    for (let page = 1; ; page++) {
      const { status, body, text } = await this.get(path, { ...filters, page });
      if (status !== 200) throw new Error(`${status} ${text}`);
      rows.push(...body.data);
      if (page >= body.meta.total_pages) return rows;
    }
  }
}

/** With the `Host` as it is given, which `fetch` would not let through. */
function exchange(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () => {
        const got = new Headers();
        for (const [name, value] of Object.entries(response.headersDistinct)) {
          for (const one of value ?? []) got.append(name, one);
        }
        const body = text === "" ? undefined : JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, headers: got, body, text });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}
