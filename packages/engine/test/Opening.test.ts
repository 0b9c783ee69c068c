/** A ledger is opened with the settings of its organisation, whoever comes to open it. */
import {
  DEFAULT_PLAN,
  DEFAULT_SETTINGS,
  type LedgerRequest,
  makeMemoryStore,
  Stockbook,
  StoreFault,
  type StoreService,
  storeContext,
} from "@stockbook/engine";
import { Cause, Effect, Exit, Layer } from "effect";
import { describe, expect, it } from "vitest";

const YEN = { timeZone: "Asia/Tokyo", currency: "JPY", negativePolicy: "allow" } as const;

/** The settings a process gets that opens a ledger, or what it fails with. */
async function opened(store: StoreService, request: LedgerRequest): Promise<unknown> {
  const layer = Layer.provide(Stockbook.layer(), Layer.succeedContext(storeContext(store)));
  const open = Effect.flatMap(Stockbook, (stockbook) => stockbook.ledger(request));
  const exit = await Effect.runPromiseExit(Effect.provide(open, layer));
  return Exit.isSuccess(exit) ? exit.value.settings : Cause.squash(exit.cause);
}

const settingsFault = (field: string) =>
  expect.objectContaining({ _tag: "InvalidRequest", field: `settings.${field}` });

describe("opening a ledger", () => {
  it("takes the settings its organisation was made with", async () => {
    const store = makeMemoryStore();
    const named = { id: "acme", name: "Acme", createdAt: 0 };
    const draft = { ...named, plan: DEFAULT_PLAN, settings: YEN, options: {} };
    await Effect.runPromise(store.putOrganisation(draft));
    const asked = { organisation: "acme", settings: { currency: "USD" } };
    expect(await opened(store, asked)).toEqual(settingsFault("currency"));
    expect(await Effect.runPromise(store.head(1))).toMatchObject({ sequence: 0 });
    expect(await opened(store, { organisation: "acme" })).toEqual(YEN);
    expect(await opened(store, { organisation: "acme", mode: "test" })).toEqual(YEN);
    expect(await opened(store, asked)).toEqual(settingsFault("currency"));
  });

  it("goes on with the settings asked for by a process that died in between", async () => {
    const store = makeMemoryStore();
    const gone = new StoreFault({ reason: "unavailable", message: "the process is gone" });
    const dying: StoreService = { ...store, append: () => gone };
    expect(await opened(dying, { organisation: "acme", settings: YEN })).toBe(gone);
    expect(await opened(store, { organisation: "acme", settings: DEFAULT_SETTINGS })).toEqual(
      settingsFault("timeZone"),
    );
    expect(await opened(store, { organisation: "acme" })).toEqual(YEN);
  });

  it("makes no organisation with settings that no ledger can have", async () => {
    const store = makeMemoryStore();
    expect(await opened(store, { settings: { timeZone: "Mars/Base" } })).toMatchObject({
      _tag: "Rejected",
      code: "invalid-field",
    });
    expect(await Effect.runPromise(store.organisations)).toEqual([]);
  });
});
