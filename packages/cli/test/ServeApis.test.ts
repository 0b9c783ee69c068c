import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HttpServerRequest, HttpServerResponse } from "@effect/platform";
import { Effect, Either, Option } from "effect";
import { expect, it } from "vitest";
import { NATIVE, type ServableApi } from "../src/serve/Apis.js";
import { serveFile } from "../src/serve/Server.js";
import { settingsOf } from "../src/serve/Settings.js";

/** Says what it was asked, and where it thinks it is. */
const echo: ServableApi = {
  name: "echo",
  basePath: "/echo/v1",
  load: async () => ({
    app: (_, { host = "any" }) =>
      Effect.succeed(
        Effect.map(HttpServerRequest.HttpServerRequest, ({ url }) =>
          HttpServerResponse.text(`${host} ${url}`),
        ),
      ),
    shapes: [],
  }),
  contract: NATIVE.contract,
};

it("another API is served below a path, and the native one where it always is", async () => {
  const directory = mkdtempSync(join(tmpdir(), "stockbook-apis-"));
  const options = {
    db: Option.some(join(directory, "stock.db")),
    port: Option.some("0"),
    host: Option.none(),
    log: Option.some("off" as const),
    api: [],
    webhookKeysFile: Option.none(),
    allowLoopbackWebhooks: false,
  };
  const settings = Either.getOrThrow(settingsOf(options, {}));
  const { basePath } = echo;
  const apis = [{ api: echo, name: "echo", basePath, prefix: "/erp" }] as const;
  const asked = Effect.gen(function* () {
    const { url } = yield* serveFile({ ...settings, apis });
    const ask = (path: string) => Effect.promise(async () => (await fetch(url + path)).text());
    expect(yield* ask("/erp/echo/v1/things?a=b")).toBe("any /echo/v1/things?a=b");
    expect(JSON.parse(yield* ask("/health/ready"))).toEqual({ status: "ok" });
    expect(JSON.parse(yield* ask("/echo/v1"))).toMatchObject({ code: "unknown-route" });
  });
  try {
    await Effect.runPromise(Effect.scoped(asked));
  } finally {
    rmSync(directory, { recursive: true });
  }
});
