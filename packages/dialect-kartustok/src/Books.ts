/** Books: the ledger that a request is about, with what its answers are written by. */
import type { Calendar } from "@stockbook/core";
import type { Caller, LedgerService, Organisation } from "@stockbook/engine";
import type { Answer, HandlerFailure, LedgerOf, RequestContext } from "@stockbook/http/kit";
import { Effect } from "effect";
import { makeCalendars } from "./LocalTime.js";

export interface Book {
  readonly ledger: LedgerService;
  readonly organisation: Organisation;
  /** Of the company's time zone. */
  readonly calendar: Calendar;
}

/** Answers with what is read from the book of whoever asks. */
export type Reading = <A>(
  context: RequestContext,
  read: (book: Book) => Effect.Effect<A, HandlerFailure>,
) => Effect.Effect<Answer<A>, HandlerFailure>;

export function makeReading(ledgerOf: LedgerOf): Reading {
  const calendarOf = makeCalendars();
  return (context, read) => {
    // Every endpoint needs a token, so there is a caller.
    const { organisation } = context.caller as Caller;
    return Effect.map(
      Effect.flatMap(ledgerOf(context), (ledger) =>
        read({ ledger, organisation, calendar: calendarOf(ledger.settings.timeZone) }),
      ),
      (body) => ({ body }),
    );
  };
}

/** The envelope of what was read. */
export function success<A>(data: A): { readonly status: "success"; readonly data: A } {
  return { status: "success", data };
}
