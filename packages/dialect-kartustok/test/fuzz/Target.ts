/** The API with something of everything in it, for the fuzzer. */
import { Schema } from "effect";
import { ENDLESS, type FuzzTarget } from "../../../../test/api/fuzz/Fuzz.js";
import { ErrorAnswer, openApi } from "../../src/contract/index.js";
import { CATALOGUE, MOVEMENTS } from "../support/Kopi.js";
import { type Served, serve } from "../support/Served.js";

const NONE = "5d0a3a52-3c0e-4f57-9f0e-6a1a70c1b9d4";

/** A server that a fuzzer may do anything to. */
export async function startTarget(): Promise<FuzzTarget & AsyncDisposable> {
  const defects: unknown[] = [];
  const served = await serve({
    settings: { timeZone: "Asia/Jakarta" },
    refusedKeys: ENDLESS,
    quota: ENDLESS,
    onDefect: (defect) => defects.push(defect),
  });
  await served.did([...CATALOGUE, ...MOVEMENTS]);
  const { items, locators, categories } = await idsOf(served);
  return {
    url: served.origin,
    document: openApi(),
    basePath: "/public/v1",
    key: served.token,
    otherKeys: [
      await served.tokenWith({ mode: "test" }),
      await served.tokenWith({ scopes: ["meta.read"] }),
      await served.tokenWith({ organisation: "other" }),
      await served.tokenWith({ allowedIps: ["10.0.0.0/8"] }),
    ],
    maxBodyBytes: 1_048_576,
    idsIn: () => [...items, NONE, "none"],
    names: {
      q: ["coffee", "%", "_", "BEANS"],
      is_active: ["true", "0", "maybe"],
      item_id: [...items, NONE, "1"],
      locator_id: [...locators, NONE, "1"],
      category_id: [...categories, NONE, "1"],
      transaction_type: ["input", "adjust", "gift"],
      date_from: ["2026-02-10", "2026-02-30", "2999-12-31"],
      date_to: ["2026-02-11", "1900-01-01", "today"],
      page: ["1", "2", "90071992547409"],
      per_page: ["1", "100", "101"],
    },
    failures: { mediaType: "application/json", faultOf: failureFault },
    defects,
    afterwards: async () => {
      const { sound, differences } = await served.run(served.ledger.verify());
      return sound ? [] : [JSON.stringify(differences)];
    },
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
}

const decodeFailure = Schema.decodeUnknownSync(ErrorAnswer, { onExcessProperty: "error" });

function failureFault(body: unknown, status: number): string | undefined {
  const { message, errors } = decodeFailure(body);
  if (message === "") return "no message";
  return (status === 422) === (errors !== undefined) ? undefined : "errors are of 422 alone";
}

async function idsOf({ client }: Served) {
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
  return {
    items: ids(await client.all("/items")),
    locators: ids((await client.locators()).body.data),
    categories: ids((await client.itemCategories()).body.data),
  };
}
