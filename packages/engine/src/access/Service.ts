/** Access put together: what is known is read, the decider judges, the store keeps. */
import { Clock, Effect } from "effect";
import { NotFound, Stale, type StoreError } from "../Errors.js";
import {
  LedgerStore,
  type LedgerStoreService,
  type Organisation,
  type OrganisationMoved,
} from "../Store.js";
import type { AccessService } from "./Access.js";
import { AccessStore } from "./AccessStore.js";
import { makeAuthenticate } from "./Authenticate.js";
import { KeyCache } from "./KeyCache.js";
import { type KeyFormat, STOCKBOOK_KEYS } from "./KeyFormat.js";
import { MOST_ATTEMPTS, makeKeys, overtaken } from "./Keys.js";
import {
  changesFault,
  organisationConflict,
  organisationContent,
  organisationFault,
  organisationIdFault,
} from "./Organisations.js";
import { Randomness } from "./Secrets.js";
import type { OnlyIf } from "./Terms.js";

export interface AccessOptions {
  /** How secrets are written. */
  readonly format: KeyFormat;
  /** How many keys are remembered at most. */
  readonly rememberedKeys: number;
  /** For how long a key is good before the store is asked again. */
  readonly rememberedMs: number;
}

export const DEFAULT_ACCESS_OPTIONS: AccessOptions = {
  format: STOCKBOOK_KEYS,
  rememberedKeys: 10_000,
  rememberedMs: 5_000,
};

export function makeAccess({
  format,
  rememberedKeys,
  rememberedMs,
}: AccessOptions): Effect.Effect<AccessService, never, LedgerStore | AccessStore> {
  return Effect.gen(function* () {
    const ledgers = yield* LedgerStore;
    const store = yield* AccessStore;
    const random = yield* Randomness;
    const cache = new KeyCache(rememberedKeys, rememberedMs);
    const organisations = makeOrganisations(ledgers, cache);
    return {
      ...organisations,
      ...makeKeys({ store, organisation: organisations.organisation, format, random, cache }),
      authenticate: makeAuthenticate({ ledgers, store, format, cache }),
    };
  });
}

type Organisations = Pick<
  AccessService,
  "organisations" | "organisation" | "createOrganisation" | "changeOrganisation"
>;

function makeOrganisations(store: LedgerStoreService, cache: KeyCache): Organisations {
  const organisation = (id: string) =>
    organisationIdFault(id) === undefined
      ? Effect.flatMap(store.organisation(id), thereOf(id))
      : thereOf(id)(undefined);
  return {
    organisations: store.organisations,
    organisation,
    createOrganisation: (asked) =>
      Effect.gen(function* () {
        const content = organisationContent(asked);
        const fault = organisationFault(content);
        if (fault !== undefined) return yield* fault;
        const createdAt = yield* Clock.currentTimeMillis;
        const found = yield* store.putOrganisation({ ...content, createdAt });
        const conflict = organisationConflict(found, asked);
        return conflict === undefined ? found : yield* conflict;
      }),
    changeOrganisation: (id, { name, plan, options }, { onlyIf } = {}) =>
      Effect.gen(function* () {
        const fault = changesFault({ name, plan, options });
        if (fault !== undefined) return yield* fault;
        const changed = yield* changedOver(organisation(id), onlyIf, (expected) =>
          store.changeOrganisation(id, { name, plan, options }, expected),
        );
        return yield* thereOf(id)(changed);
      }).pipe(
        Effect.ensuring(
          Effect.sync(() => cache.forget(({ organisation }) => organisation.id === id)),
        ),
      ),
  };
}

/** Writes over what was read and found to be as it should, as often as it takes to be the first. */
function changedOver(
  read: Effect.Effect<Organisation, StoreError | NotFound>,
  onlyIf: OnlyIf<Organisation>["onlyIf"],
  change: (
    expected: Organisation | undefined,
  ) => Effect.Effect<Organisation | undefined, OrganisationMoved | StoreError>,
  attempt = 1,
): Effect.Effect<Organisation | undefined, StoreError | NotFound | Stale> {
  return Effect.gen(function* () {
    const present = yield* read;
    if (onlyIf === undefined) return yield* change(undefined);
    if (!onlyIf(present)) return yield* new Stale();
    return yield* change(present);
  }).pipe(
    Effect.catchTag("OrganisationMoved", () =>
      attempt < MOST_ATTEMPTS ? changedOver(read, onlyIf, change, attempt + 1) : overtaken(),
    ),
  );
}

function thereOf(id: string) {
  return (found: Organisation | undefined): Effect.Effect<Organisation, NotFound> =>
    found === undefined ? new NotFound({ what: "organisation", id }) : Effect.succeed(found);
}
