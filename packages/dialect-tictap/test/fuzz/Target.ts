/** The API with something of everything in it, for the fuzzer. */
import { SCOPES } from "@stockbook/engine";
import { Schema } from "effect";
import { ENDLESS, type FuzzTarget } from "../../../../test/api/fuzz/Fuzz.js";
import type { Names } from "../../../../test/api/fuzz/Values.js";
import { Failure, openApi } from "../../src/contract/index.js";
import { furnish, issue, MUG, receive, TEA } from "../support/Shop.js";
import { startServer, type TestServer } from "../support/TestServer.js";

const MAX_BODY_BYTES = 32_768;
const SPARE = "0b6f2f3e-6a0f-4c7e-9d5a-2f4c5a1b9e77";

/** A server that a fuzzer may do anything to. */
export async function startTarget(): Promise<FuzzTarget & AsyncDisposable> {
  const defects: unknown[] = [];
  const server = await startServer({
    maxBodyBytes: MAX_BODY_BYTES,
    organisation: { plan: { name: "endless", ...ENDLESS } },
    refusedKeys: ENDLESS,
    onDefect: (defect) => defects.push(defect),
  });
  const items = await furnished(server);
  return {
    key: server.key,
    otherKeys: await otherKeys(server),
    maxBodyBytes: MAX_BODY_BYTES,
    idsIn: (path) => {
      if (path.includes("/items/")) return [...items, "none"];
      if (path.includes("/products/")) return [TEA, MUG, SPARE, "none"];
      return path.includes("/stores/") ? ["north", "a1", "shop", "none"] : undefined;
    },
    url: server.url,
    document: openApi(),
    basePath: "/api/stock",
    names: NAMES,
    failures: { mediaType: "application/json", faultOf: failureFault },
    defects,
    afterwards: () => afterwards(server),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const decodeFailure = Schema.decodeUnknownSync(Failure, { onExcessProperty: "error" });

function failureFault(body: unknown): string | undefined {
  return decodeFailure(body).message === "" ? "no message" : undefined;
}

/** What exists in the ledger, so that requests get beyond its first checks. */
const NAMES: Names = {
  productId: [TEA, MUG, SPARE, "none"],
  product_id: [TEA, MUG, "none"],
  id: [TEA, MUG, SPARE],
  partNumber: ["TEA-1", "NEW", "OTHER"],
  categoryId: ["drinks", "none"],
  manufacturerId: ["brand", "none"],
  categoryName: ["Drinks", "New"],
  manufacturerName: ["Brand", "New"],
  unitCostCurrency: ["EUR", "USD", "eur"],
  currency: ["EUR", "USD", "eur"],
  image: ["https://shop.example/a.jpg", "no"],
  ownerId: ["acme", "other"],
  format: ["json", "csv", "xlsx", "form", "pdf"],
  scope: ["team", "enterprise"],
  store: ["north", "none"],
  "stores[]": ["north", "shop", "none"],
  "ids[]": ["north", "shop", "none"],
  origin_store: ["north", "shop", "none"],
  destination_store: ["north", "shop", "none"],
  origin_node: ["a1", "none"],
  destination_node: ["a2", "none"],
  movement_type: ["input", "output", "transfer", "adjust"],
  quantity: ["1", "2.5"],
  order_number: ["PO", "%"],
  from: ["2026-01-01 00:00:00", "2026-02-30 00:00:00"],
  to: ["2026-03-01 00:00:00", "2027-01-01 00:00:00"],
  from_date: ["2026-01-01 00:00:00", "now"],
  to_date: ["2027-01-01 00:00:00", "now"],
  url: ["https://example.com/hook", "http://localhost/"],
};

/** A ledger with something of everything; the ids of its stock items. */
async function furnished(server: TestServer): Promise<readonly string[]> {
  await furnish(server);
  await server.submit(
    { type: "put-category", id: "drinks", name: "Drinks" },
    { type: "put-manufacturer", id: "brand", name: "Brand" },
    { type: "put-item", id: SPARE, name: "Spare" },
    { type: "put-item", id: "OIL", name: "Oil", precision: 3, negativePolicy: "allow" },
    receive("a1", TEA, 500),
    receive("a2", "OIL", "2.125"),
    receive("shop", MUG, 5),
    { type: "receive", location: "a2", lines: [{ item: TEA, quantity: 3, lot: "L1" }] },
    { type: "reserve", location: "a1", lines: [{ item: TEA, quantity: 20 }] },
    { type: "dispatch", from: "a1", to: "shop", lines: [{ item: TEA, quantity: 20 }] },
    { type: "set-threshold", item: TEA, location: "north", minimum: 450, maximum: 900 },
    issue("a1", TEA, 100),
  );
  const { body } = await server.client.available("north");
  return body.map(({ id }: { readonly id: string }) => id);
}

async function otherKeys(server: TestServer): Promise<readonly string[]> {
  await server.run(server.access.createOrganisation({ id: "other" }));
  return Promise.all([
    server.createKey({ mode: "live" }),
    server.createKey({ scopes: ["stock:read"] }),
    server.createKey({ organisation: "other", scopes: SCOPES }),
    server.createKey({ allowedIps: ["10.0.0.0/8"] }),
  ]);
}

/** What is wrong with the server and its ledger when all is over. */
async function afterwards({ client, ledger, run }: TestServer): Promise<readonly string[]> {
  const faults: string[] = [];
  const reads = [
    await client.products(),
    await client.node("north"),
    await client.available("north"),
    await client.transactions({ origin_store: "north" }),
    await client.teamReport("csv"),
  ];
  for (const { status, text } of reads) {
    if (status !== 200) faults.push(`something cannot be read any more: ${text}`);
  }
  const verification = await run(ledger.verify());
  if (!verification.sound) faults.push(`the ledger is unsound: ${JSON.stringify(verification)}`);
  return faults;
}
