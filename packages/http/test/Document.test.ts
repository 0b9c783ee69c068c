import { describe, expect, it } from "vitest";
import { openApi } from "../src/contract/index.js";

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly in: string; readonly name: string }[];
}

describe("the document of the native API", () => {
  const document = openApi();

  it("has what it refers to", () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    const dead = refs.map(([, ref = ""]) => ref).filter((ref) => at(document, ref) === undefined);
    expect([...new Set(dead)]).toEqual([]);
  });

  it("knows `issue` as the command, not as the library's fault of a field", () => {
    expect(at(document, "components/schemas/GoodsIssue/properties/type/enum")).toEqual(["issue"]);
  });

  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const headersOf = (operationId: string) =>
    operations
      .find((operation) => operation.operationId === operationId)
      ?.parameters.filter(({ in: place }) => place === "header")
      .map(({ name }) => name);

  it.each([
    ["movements.create", ["Idempotency-Key"]],
    ["thresholds.remove", ["Idempotency-Key"]],
    ["keys.create", ["Idempotency-Key"]],
    ["items.put", ["Idempotency-Key", "If-Match", "If-None-Match"]],
    ["keys.change", ["If-Match"]],
    ["keys.rotate", ["Idempotency-Key"]],
    ["webhooks.rotate", []],
    ["items.get", []],
  ])("names the headers that %s heeds", (operationId, headers) => {
    expect(headersOf(operationId)).toEqual(headers);
  });
});

function at(document: unknown, ref: string): unknown {
  return ref.split("/").reduce<unknown>((value, name) => Object(value)[name], document);
}
