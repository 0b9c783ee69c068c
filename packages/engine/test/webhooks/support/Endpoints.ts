/** Endpoints as the decider makes and changes them, without a store. */
import type { EndpointChanges, NewEndpoint, StoredEndpoint } from "@stockbook/engine";
import {
  decideEndpoint,
  type EndpointDecision,
  type LedgerFacts,
} from "../../../src/webhooks/Decide.js";
import { BEGIN, NEW_ENDPOINT, RULES } from "./World.js";

export const FACTS: LedgerFacts = { ledger: 7, head: 100, endpoints: 0, earlier: undefined };
/** How many endpoints a ledger may have. */
export const MAX_ENDPOINTS = 20;

export function create(
  changes: object = {},
  facts: Partial<LedgerFacts> = {},
  now = BEGIN,
): EndpointDecision {
  // As a request might say it.
  const request: NewEndpoint = { ...NEW_ENDPOINT, ...changes };
  return decideEndpoint({ type: "create", request, facts: { ...FACTS, ...facts } }, now, RULES);
}

/** The endpoint of a decision to make one, as if it had an id and a secret. */
export function endpointOf(decision: EndpointDecision, no = 0): StoredEndpoint {
  if (decision.type !== "make") throw new Error(`not made: ${JSON.stringify(decision)}`);
  const { draft } = decision;
  const secret = { sealed: `first of ${no}`, createdAt: draft.createdAt, expiresAt: null };
  return { ...draft, id: `whe_${no}`, version: 1, secrets: [secret] };
}

export const made = (changes: Partial<NewEndpoint> = {}) => endpointOf(create(changes));

export function change(endpoint: StoredEndpoint, changes: object, now = BEGIN): EndpointDecision {
  // As a request might say it.
  const command = { type: "change", endpoint, changes: changes as EndpointChanges } as const;
  return decideEndpoint(command, now, RULES);
}

export function rotate(endpoint: StoredEndpoint, sealed: string, overlapMs?: number, now = BEGIN) {
  return decideEndpoint({ type: "rotate", endpoint, sealed, overlapMs }, now, RULES);
}

/** The endpoint that a decision writes. */
export function written(decision: EndpointDecision): StoredEndpoint {
  if (decision.type !== "write") throw new Error(`not written: ${JSON.stringify(decision)}`);
  return decision.endpoint;
}

/** The field a decision is refused for. */
export function refusedFor(decision: EndpointDecision): string | undefined {
  return decision.type === "refuse" ? decision.refusal.field : undefined;
}

export function messageOf(decision: EndpointDecision): string {
  return decision.type === "refuse" ? decision.refusal.message : "";
}

export function secretOf(bytes: number): string {
  return `whsec_${Buffer.alloc(bytes, 9).toString("base64")}`;
}
