import { makeMemoryStore, storeContext } from "@stockbook/engine";
import { storeConformance } from "@stockbook/testing";
import { Layer } from "effect";

storeConformance({
  name: "memory",
  makeStore: async () => {
    const store = makeMemoryStore();
    return { layer: () => Layer.succeedContext(storeContext(store)) };
  },
});
