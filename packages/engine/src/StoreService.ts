/** All that a store keeps for the engine, behind one connection or in one memory. */
import { Context } from "effect";
import { AccessStore, type AccessStoreService } from "./access/AccessStore.js";
import { LedgerStore, type LedgerStoreService } from "./Store.js";
import { WebhookStore, type WebhookStoreService } from "./webhooks/WebhookStore.js";

export interface StoreService extends LedgerStoreService, AccessStoreService {
  readonly webhooks: WebhookStoreService;
}

/** The tags of the ports that a store serves. */
export type Stores = LedgerStore | AccessStore | WebhookStore;

/** A store under each of its tags. */
export function storeContext(store: StoreService): Context.Context<Stores> {
  return Context.make(LedgerStore, store).pipe(
    Context.add(AccessStore, store),
    Context.add(WebhookStore, store.webhooks),
  );
}
