import { HttpApi } from "@effect/platform";
import { SCOPES } from "@stockbook/engine";
import { Context, Option } from "effect";
import { describe, expect, it } from "vitest";
import { type Admission, Admits, NativeApi } from "../../src/contract/index.js";
import { expectProblem } from "../support/Problems.js";
import { startServer } from "../support/TestServer.js";

interface Endpoint {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly admission: Admission | undefined;
}

function endpoints(): readonly Endpoint[] {
  const found: Endpoint[] = [];
  HttpApi.reflect(NativeApi, {
    onGroup: () => {},
    onEndpoint: ({ group, endpoint }) =>
      found.push({
        name: `${group.identifier}.${endpoint.name}`,
        method: endpoint.method,
        path: endpoint.path.replaceAll(/:\w+/g, "1"),
        admission: Option.getOrUndefined(Context.getOption(endpoint.annotations, Admits)),
      }),
  });
  return found;
}

describe("every endpoint", () => {
  it("says whom it admits", () => {
    expect(endpoints().filter(({ admission }) => admission === undefined)).toEqual([]);
    expect(endpoints().length).toBeGreaterThan(40);
  });

  it("refuses a key that has every scope but its own, before it reads anything", async () => {
    await using server = await startServer();
    for (const scope of SCOPES) {
      const others = SCOPES.filter((other) => other !== scope);
      const { secret } = await server.createKey({ scopes: others });
      for (const { name, method, path } of endpoints().filter(
        ({ admission }) => admission === scope,
      )) {
        // Neither parameters nor a body that are right.
        const body = method === "GET" ? {} : { body: [] };
        const answer = await server.send(method, `${path}?nonsense=1`, { key: secret, ...body });
        expect({ name, scopes: expectProblem(answer, "missing-scope").requiredScopes }).toEqual({
          name,
          scopes: [scope],
        });
      }
    }
  });

  it("refuses whoever has no key, unless it is open to all", async () => {
    await using server = await startServer();
    for (const { name, method, path, admission } of endpoints()) {
      const answer = await server.send(method, path, { key: null });
      const expected = admission === "public" ? 200 : 401;
      expect({ name, status: answer.status }).toEqual({ name, status: expected });
    }
  });

  it("lets a key in that has its scope alone", async () => {
    await using server = await startServer();
    for (const scope of SCOPES) {
      const { secret } = await server.createKey({ scopes: [scope] });
      for (const { name, method, path } of endpoints().filter(
        ({ admission }) => admission === scope,
      )) {
        const { status } = await server.send(method, path, { key: secret });
        expect([401, 403], name).not.toContain(status);
      }
    }
  });
});
