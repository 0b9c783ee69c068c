import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlite } from "@stockbook/store-sqlite";
import { storeConformance } from "@stockbook/testing";

storeConformance({
  name: "sqlite",
  makeStore: async () => {
    const folder = await mkdtemp(join(tmpdir(), "stockbook-conformance-"));
    return {
      layer: () => sqlite(join(folder, "stock.db")),
      cleanUp: () => rm(folder, { recursive: true }),
    };
  },
});
