/** The ledger a request is about: that of its key's organisation, in its key's mode. */
import {
  Busy,
  type Caller,
  type LedgerService,
  type StockbookService,
  type StoreError,
  StoreFault,
} from "@stockbook/engine";
import { Effect } from "effect";
import type { Answer, RequestContext } from "./Endpoint.js";
import type { HandlerFailure } from "./Failure.js";

export type LedgerOf = (
  context: Pick<RequestContext, "caller">,
) => Effect.Effect<LedgerService, StoreError>;

/** Opens each ledger once. */
export function makeLedgers(stockbook: StockbookService): LedgerOf {
  const opened = new Map<number, LedgerService>();
  return ({ caller }) => {
    // Only public endpoints have no caller, and they are about no ledger.
    const { key, organisation } = caller as Caller;
    const known = opened.get(organisation.ledgers[key.mode]);
    if (known !== undefined) return Effect.succeed(known);
    return stockbook.ledger({ organisation: organisation.id, mode: key.mode }).pipe(
      Effect.tap((ledger) => Effect.sync(() => opened.set(organisation.ledgers[key.mode], ledger))),
      Effect.catchTags({
        InvalidRequest: ({ message }) => new Busy({ message }),
        Rejected: ({ message }) => new StoreFault({ reason: "damaged", message }),
      }),
    );
  };
}

/** Answers with what is read from the request's ledger. */
export const reads =
  (ledgerOf: LedgerOf) =>
  <A>(
    context: RequestContext,
    read: (ledger: LedgerService) => Effect.Effect<A, HandlerFailure>,
  ): Effect.Effect<Answer<A>, HandlerFailure> =>
    Effect.map(Effect.flatMap(ledgerOf(context), read), (body) => ({ body }));
