/** Commands in a request, and what they came to as it is answered. */
import type { Command, Entry } from "@stockbook/core";
import { eventTypeOf, type LedgerService, type Receipt } from "@stockbook/engine";
import { Effect } from "effect";
import type { Receipt as ReceiptSchema } from "../contract/Views.js";
import type { Answer, RequestContext } from "../kit/Endpoint.js";
import type { HandlerFailure } from "../kit/Failure.js";
import { idempotencyKeyOf } from "../kit/Headers.js";
import type { LedgerOf } from "../kit/Ledgers.js";

type ReceiptView = typeof ReceiptSchema.Type;

/** A receipt without what it says of the inside of the ledger. */
export function receiptView(receipt: Receipt): ReceiptView {
  const { type, sequence, occurredAt, recordedAt, entries } = receipt;
  return { result: type, sequence, occurredAt, recordedAt, entries: entries.map(entryView) };
}

function entryView({ sequence, body }: Entry) {
  return { sequence, type: eventTypeOf(body.type) };
}

/** Submits a command to the request's ledger: 201 when it is done, 200 when it had been. */
export const submits =
  (ledgerOf: LedgerOf) =>
  (context: RequestContext, command: Command): Effect.Effect<Answer<ReceiptView>, HandlerFailure> =>
    Effect.flatMap(ledgerOf(context), (ledger) =>
      Effect.map(ledger.submit(withKey(command, context)), done),
    );

/** Tells that the request was done before, and was not done again. */
export const REPLAYED = { "idempotency-replayed": "true" } as const;

function done(receipt: Receipt): Answer<ReceiptView> {
  const body = receiptView(receipt);
  if (receipt.type === "repeated") return { status: 200, body, headers: REPLAYED };
  return { status: 201, body, headers: { location: `/v1/transactions/${receipt.sequence}` } };
}

/** Submits a command where there is but one status. */
export const submission =
  (command: Command, context: RequestContext) =>
  (ledger: LedgerService): Effect.Effect<Answer<ReceiptView>, HandlerFailure> =>
    Effect.map(ledger.submit(withKey(command, context)), (receipt) => ({
      body: receiptView(receipt),
      headers: receipt.type === "repeated" ? REPLAYED : {},
    }));

/** The command under the key of the header, unless it has one of its own. */
function withKey(command: Command, { headers }: RequestContext): Command {
  const idempotencyKey = idempotencyKeyOf(headers["idempotency-key"]);
  if (idempotencyKey === undefined || command.idempotencyKey !== undefined) return command;
  return { ...command, idempotencyKey };
}
