/** Handlers of what moves stock, and of what is and was there. */
import type { Command } from "@stockbook/core";
import type { Verdict } from "@stockbook/engine";
import { Effect } from "effect";
import type {
  Events,
  Movements,
  Reservations,
  Shipments,
  Stock,
  Thresholds,
  Transactions,
} from "../contract/StockApi.js";
import type { HandlersOfGroup, RequestContext } from "../kit/Endpoint.js";
import { InvalidInput } from "../kit/Failure.js";
import { idempotencyKeyOf } from "../kit/Headers.js";
import { type LedgerOf, reads } from "../kit/Ledgers.js";
import { withoutCursor } from "./Cursors.js";
import { receiptView, submission, submits } from "./Receipts.js";

export function movementHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Movements> {
  const read = reads(ledgerOf);
  const submit = submits(ledgerOf);
  return {
    create: ({ payload }, context) => submit(context, payload),
    count: ({ payload }, context) => submit(context, { type: "count", ...payload }),
    batch: ({ payload: { mode, commands } }, context) =>
      read(context, (ledger) => {
        const keyed = withKeys(commands, context);
        const verdicts = mode === "all" ? ledger.submitAll(keyed) : ledger.submitEach(keyed);
        return Effect.map(verdicts, (all) => ({ results: all.map(verdictView) }));
      }),
    preview: ({ payload: { commands } }, context) =>
      read(context, (ledger) =>
        Effect.map(ledger.preview(commands), (all) => ({ results: all.map(receiptView) })),
      ),
  };
}

/** Commands of a batch under keys of their own, made from that of the request. */
function withKeys(commands: readonly Command[], { headers }: RequestContext): readonly Command[] {
  const key = idempotencyKeyOf(headers["idempotency-key"]);
  if (key === undefined) return commands;
  return commands.map((command, index) =>
    command.idempotencyKey === undefined
      ? { ...command, idempotencyKey: `${key}:${index}` }
      : command,
  );
}

function verdictView(verdict: Verdict) {
  if (verdict.type !== "rejected") return receiptView(verdict);
  return { result: "rejected" as const, rejection: verdict.rejection };
}

export function stockHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Stock> {
  const read = reads(ledgerOf);
  return {
    list: ({ urlParams: { at, sequence, recordedAt, ...params } }, context) => {
      const filter = withoutCursor(params);
      if (at !== undefined) {
        return read(context, (ledger) => ledger.stockAt({ ...filter, at, sequence, recordedAt }));
      }
      if (sequence !== undefined || recordedAt !== undefined) return withoutMoment();
      return read(context, (ledger) => ledger.stock(filter));
    },
    card: ({ urlParams }, context) =>
      read(context, (ledger) => ledger.card(withoutCursor(urlParams))),
    valuation: ({ urlParams }, context) =>
      read(context, (ledger) => ledger.valuation(withoutCursor(urlParams))),
  };
}

function withoutMoment(): InvalidInput {
  const message = "is needed beside sequence and recordedAt";
  return new InvalidInput({ issues: [{ in: "query", path: ["at"], message }] });
}

export function reservationHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Reservations> {
  const read = reads(ledgerOf);
  const submit = submits(ledgerOf);
  return {
    list: ({ urlParams }, context) =>
      read(context, (ledger) => ledger.reservations(withoutCursor(urlParams))),
    get: ({ path }, context) => read(context, (ledger) => ledger.reservation(path.sequence)),
    create: ({ payload }, context) => submit(context, { type: "reserve", ...payload }),
    release: ({ path, payload }, context) =>
      submit(context, { type: "release", reservation: path.sequence, ...payload }),
    fulfil: ({ path, payload }, context) =>
      submit(context, { type: "fulfil", reservation: path.sequence, ...payload }),
  };
}

export function shipmentHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Shipments> {
  const read = reads(ledgerOf);
  return {
    list: ({ urlParams }, context) =>
      read(context, (ledger) => ledger.shipments(withoutCursor(urlParams))),
    get: ({ path }, context) => read(context, (ledger) => ledger.shipment(path.sequence)),
  };
}

export function thresholdHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Thresholds> {
  const read = reads(ledgerOf);
  const submit = (context: RequestContext, command: Command) =>
    Effect.flatMap(ledgerOf(context), submission(command, context));
  return {
    list: ({ urlParams }, context) =>
      read(context, (ledger) => ledger.thresholds(withoutCursor(urlParams))),
    low: ({ urlParams }, context) =>
      read(context, (ledger) => ledger.thresholds({ ...withoutCursor(urlParams), depleted: true })),
    put: ({ path, payload }, context) =>
      submit(context, { type: "set-threshold", ...path, ...payload }),
    remove: ({ path }, context) => submit(context, { type: "remove-threshold", ...path }),
    plan: (_, context) => read(context, (ledger) => Effect.map(ledger.plan, (rows) => ({ rows }))),
  };
}

export function transactionHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Transactions> {
  const read = reads(ledgerOf);
  return {
    list: ({ urlParams }, context) =>
      read(context, (ledger) => ledger.transactions(withoutCursor(urlParams))),
    statistics: ({ urlParams }, context) => read(context, (ledger) => ledger.statistics(urlParams)),
    get: ({ path }, context) => read(context, (ledger) => ledger.transaction(path.sequence)),
  };
}

export function eventHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Events> {
  const read = reads(ledgerOf);
  return {
    list: ({ urlParams }, context) => read(context, (ledger) => ledger.events(urlParams)),
  };
}
