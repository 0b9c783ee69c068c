/** What the parts of the service work with, and how they find what they are asked about. */
import { Effect } from "effect";
import { modeFault } from "../access/Checks.js";
import type { RandomBytes } from "../access/KeyFormat.js";
import { organisationIdFault } from "../access/Organisations.js";
import { type InvalidRequest, NotFound, type StoreError } from "../Errors.js";
import type { LedgerId, LedgerStoreService } from "../Store.js";
import type { EndpointRules } from "./Decide.js";
import type { WebhookSecretsService } from "./SecretBox.js";
import type { StoredEndpoint, WebhookStoreService } from "./WebhookStore.js";
import type { Owner } from "./Webhooks.js";

export type FindError = StoreError | NotFound | InvalidRequest;

export interface Finders {
  readonly ledgerOf: (owner: Owner) => Effect.Effect<LedgerId, FindError>;
  readonly stored: (owner: Owner, id: string) => Effect.Effect<StoredEndpoint, FindError>;
}

export interface Means extends Finders {
  readonly ledgers: LedgerStoreService;
  readonly store: WebhookStoreService;
  readonly secrets: WebhookSecretsService;
  readonly random: RandomBytes;
  readonly rules: EndpointRules;
}

export function makeFinders(ledgers: LedgerStoreService, store: WebhookStoreService): Finders {
  const ledgerOf = ({ organisation: id, mode }: Owner): Effect.Effect<LedgerId, FindError> =>
    Effect.gen(function* () {
      const fault = modeFault(mode);
      if (fault !== undefined) return yield* fault;
      const known = organisationIdFault(id) === undefined;
      const found = known ? yield* ledgers.organisation(id) : undefined;
      return found?.ledgers[mode] ?? (yield* new NotFound({ what: "organisation", id }));
    });
  return {
    ledgerOf,
    stored: (owner, id) =>
      Effect.gen(function* () {
        const ledger = yield* ledgerOf(owner);
        yield* checkId("endpoint", id);
        const found = yield* store.endpoint(ledger, id);
        return found ?? (yield* new NotFound({ what: "endpoint", id }));
      }),
  };
}

const ID_PATTERNS = { endpoint: /^whe_\w{1,64}$/, delivery: /^msg_\w{1,64}$/ };

/** Nothing is found under what is no id. It may be a secret by mistake, so it is not repeated. */
export function checkId(
  what: keyof typeof ID_PATTERNS,
  id: unknown,
): Effect.Effect<void, NotFound> {
  const fits = typeof id === "string" && ID_PATTERNS[what].test(id);
  return fits ? Effect.void : new NotFound({ what, id: "of such an id" });
}
