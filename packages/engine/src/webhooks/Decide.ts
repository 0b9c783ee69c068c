/**
 * What becomes of an endpoint, decided from what is known and the time alone. It makes no secrets
 * and opens none: an endpoint that is to be made is a draft, which gets its id and its secret
 * afterwards.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { fingerprintOf, type Instant } from "@stockbook/core";
import { type Fault, idempotencyKeyFault, wholeFault } from "../access/Checks.js";
import { DEFAULT_OVERLAP_MS, MAX_OVERLAP_MS } from "../access/Decide.js";
import { Conflict } from "../access/Terms.js";
import type { InvalidRequest } from "../Errors.js";
import type { LedgerId } from "../Store.js";
import {
  afterFault,
  apiFault,
  canonicalHeaders,
  descriptionFault,
  eventsFault,
  flagFault,
  formatFault,
  headersFault,
  ifGiven,
  maxConcurrentFault,
  maxPerSecondFault,
  retryDelaysFault,
  secretFault,
  type TargetFault,
  urlFault,
} from "./Checks.js";
import { signsAt } from "./SecretBox.js";
import type { WebhookShape } from "./Shapes.js";
import { DEFAULT_RETRY_DELAYS_MS, type EndpointChanges, type NewEndpoint } from "./Terms.js";
import type { SealedSecret, StoredEndpoint } from "./WebhookStore.js";

const MAX_ENDPOINTS = 20;
const MAX_OLD_SECRETS = 10;
const DEFAULT_API = "native";
const DEFAULT_MAX_CONCURRENT = 8;

/** What differs between servers; both must answer the same whenever they are asked. */
export interface EndpointRules {
  readonly shapes: readonly WebhookShape[];
  readonly targetFault: TargetFault;
}

/** An endpoint that lacks only its id and what its secret gives it. */
export type EndpointDraft = Omit<StoredEndpoint, "id" | "secrets" | "version">;

/** What is known of a ledger that is to have one more endpoint. */
export interface LedgerFacts {
  readonly ledger: LedgerId;
  /** The sequence of its latest entry. */
  readonly head: number;
  /** How many endpoints it has. */
  readonly endpoints: number;
  /** What was made under the request's idempotency key. */
  readonly earlier: StoredEndpoint | undefined;
}

export type EndpointCommand =
  | { readonly type: "create"; readonly request: NewEndpoint; readonly facts: LedgerFacts }
  | {
      readonly type: "change";
      readonly endpoint: StoredEndpoint;
      readonly changes: EndpointChanges;
    }
  | {
      readonly type: "rotate";
      readonly endpoint: StoredEndpoint;
      /** The new secret, encrypted. */
      readonly sealed: string;
      readonly overlapMs?: number | undefined;
    };

export type EndpointDecision =
  /** `secret` as it was asked for; left out, it is to be made. */
  | {
      readonly type: "make";
      readonly draft: EndpointDraft;
      readonly secret: string | undefined;
    }
  | { readonly type: "write"; readonly endpoint: StoredEndpoint }
  /** All is as it should be already. */
  | { readonly type: "keep"; readonly endpoint: StoredEndpoint }
  | { readonly type: "refuse"; readonly refusal: InvalidRequest | Conflict };

export function decideEndpoint(
  command: EndpointCommand,
  now: Instant,
  rules: EndpointRules,
): EndpointDecision {
  switch (command.type) {
    case "create":
      return create(command.request, command.facts, now, rules);
    case "change":
      return change(command.endpoint, command.changes, now, rules);
    case "rotate":
      return rotate(command.endpoint, command, now);
  }
}

// ── creating ─────────────────────────────────────────────────────────────────────────────

function create(
  request: NewEndpoint,
  { ledger, head, endpoints, earlier }: LedgerFacts,
  now: Instant,
  rules: EndpointRules,
): EndpointDecision {
  const fault = newEndpointFault(request, rules);
  if (fault !== undefined) return refuse(fault);
  const content = contentOf(request, rules);
  const fingerprint = fingerprintOf({ ...content, ...onceOnly(request) });
  if (earlier !== undefined) {
    return earlier.fingerprint === fingerprint ? keep(earlier) : refuse(usedBefore());
  }
  // Only now: a repeated request is answered as it was, whatever has come since.
  const { after = head, idempotencyKey = null } = request;
  const late = afterFault(after, head) ?? fullFault(endpoints);
  if (late !== undefined) return refuse(late);
  const state = { createdAt: now, disabled: null, health: null, cursor: after };
  const draft = { ...content, ...state, ledger, idempotencyKey, fingerprint };
  return { type: "make", draft, secret: request.secret };
}

function newEndpointFault(request: NewEndpoint, rules: EndpointRules): Fault {
  const { url, mode, api = DEFAULT_API, after, secret, idempotencyKey } = request;
  return (
    urlFault(url, mode, rules.targetFault) ??
    apiFault(api, rules.shapes) ??
    settingsFault(request, api, rules) ??
    ifGiven(after, (sequence) => afterFault(sequence, Number.MAX_SAFE_INTEGER)) ??
    ifGiven(secret, secretFault) ??
    ifGiven(idempotencyKey, idempotencyKeyFault)
  );
}

/** What can be set at first and changed later alike, in the form in which it is kept. */
function contentOf(request: NewEndpoint, rules: EndpointRules) {
  const { organisation, mode, url, description = "", api = DEFAULT_API, events = [] } = request;
  const { format = "json", headers = {}, ordered = false, maxPerSecond = null } = request;
  const { maxConcurrent = DEFAULT_MAX_CONCURRENT, retryDelaysMs = DEFAULT_RETRY_DELAYS_MS } =
    request;
  const wants = { api, events: orderedEvents(events, api, rules), format };
  const pace = { ordered, maxConcurrent, maxPerSecond, retryDelaysMs };
  const target = { url, description, headers: canonicalHeaders(headers) };
  return { organisation, mode, ...target, ...wants, ...pace };
}

/**
 * What is asked for when an endpoint is made and never again. The fingerprint is kept as it is
 * and not encrypted; it holds no more of the secret than a part of its hash.
 */
function onceOnly({ after, secret }: NewEndpoint) {
  const given = secret === undefined ? null : bytesToHex(sha256(utf8ToBytes(secret)));
  return { after: after ?? null, secret: given };
}

function fullFault(endpoints: number): Conflict | undefined {
  if (endpoints < MAX_ENDPOINTS) return undefined;
  const message = `there are ${endpoints} endpoints already; remove one before you add another`;
  return new Conflict({ field: "endpoints", message });
}

// ── changing ─────────────────────────────────────────────────────────────────────────────

function change(
  endpoint: StoredEndpoint,
  changes: EndpointChanges,
  now: Instant,
  rules: EndpointRules,
): EndpointDecision {
  const { mode, api } = endpoint;
  const { url, enabled } = changes;
  const fault =
    ifGiven(url, (target) => urlFault(target, mode, rules.targetFault)) ??
    settingsFault(changes, api, rules) ??
    ifGiven(enabled, (flag) => flagFault("enabled", flag));
  if (fault !== undefined) return refuse(fault);
  const settings = changed(endpoint, changes, rules);
  return write({ ...endpoint, ...settings, ...switched(endpoint, enabled, now) });
}

/** The fields that changes are made to, as they are then. */
function changed(endpoint: StoredEndpoint, changes: EndpointChanges, rules: EndpointRules) {
  const { url = endpoint.url, description = endpoint.description } = changes;
  const { format = endpoint.format, ordered = endpoint.ordered } = changes;
  const { maxConcurrent = endpoint.maxConcurrent, maxPerSecond = endpoint.maxPerSecond } = changes;
  const { retryDelaysMs = endpoint.retryDelaysMs } = changes;
  const { events, headers } = changes;
  return {
    url,
    description,
    format,
    ordered,
    maxConcurrent,
    maxPerSecond,
    retryDelaysMs,
    events: events === undefined ? endpoint.events : orderedEvents(events, endpoint.api, rules),
    headers: headers === undefined ? endpoint.headers : canonicalHeaders(headers),
  };
}

/** What was held against an endpoint is forgotten when it is enabled again. */
function switched(
  { disabled, health }: StoredEndpoint,
  enabled: boolean | undefined,
  now: Instant,
): Pick<StoredEndpoint, "disabled" | "health"> {
  if (enabled === true && disabled !== null) return { disabled: null, health: null };
  if (enabled === false && disabled === null) {
    return { disabled: { reason: "asked", at: now }, health };
  }
  return { disabled, health };
}

/** Of the settings that are given; those that were kept before are not judged again. */
function settingsFault(given: EndpointChanges, api: string, rules: EndpointRules): Fault {
  return (
    ifGiven(given.description, descriptionFault) ??
    ifGiven(given.events, (events) => eventsFault(events, api, rules.shapes)) ??
    ifGiven(given.format, formatFault) ??
    ifGiven(given.headers, headersFault) ??
    ifGiven(given.ordered, (ordered) => flagFault("ordered", ordered)) ??
    ifGiven(given.maxConcurrent, maxConcurrentFault) ??
    ifGiven(given.maxPerSecond, maxPerSecondFault) ??
    ifGiven(given.retryDelaysMs, retryDelaysFault)
  );
}

/** Each once, in the order of its API. */
function orderedEvents(
  events: readonly string[],
  api: string,
  { shapes }: EndpointRules,
): readonly string[] {
  const known = shapes.find((shape) => shape.api === api)?.eventTypes ?? [];
  return known.filter((type) => events.includes(type));
}

// ── rotating ─────────────────────────────────────────────────────────────────────────────

function rotate(
  endpoint: StoredEndpoint,
  { sealed, overlapMs = DEFAULT_OVERLAP_MS }: RotateOptions,
  now: Instant,
): EndpointDecision {
  const fault = wholeFault("overlapMs", overlapMs, 0, MAX_OVERLAP_MS);
  if (fault !== undefined) return refuse(fault);
  const old = endpoint.secrets
    .map((secret) => endedBy(secret, now + overlapMs))
    .filter((secret) => signsAt(secret, now));
  if (old.length > MAX_OLD_SECRETS) return refuse(tooManySecrets(endpoint));
  const newest: SealedSecret = { sealed, createdAt: now, expiresAt: null };
  return write({ ...endpoint, secrets: [newest, ...old] });
}

type RotateOptions = Pick<
  Extract<EndpointCommand, { readonly type: "rotate" }>,
  "sealed" | "overlapMs"
>;

/** The secret with no more time than it had. */
function endedBy(secret: SealedSecret, end: Instant): SealedSecret {
  return { ...secret, expiresAt: Math.min(secret.expiresAt ?? end, end) };
}

/** Dropping the oldest would break the promise that it signs along to its end. */
function tooManySecrets({ id }: StoredEndpoint): Conflict {
  const message = `${MAX_OLD_SECRETS} older secrets of ${id} still sign; rotate with a shorter overlapMs, or later`;
  return new Conflict({ field: "overlapMs", message });
}

// ── decisions ────────────────────────────────────────────────────────────────────────────

function usedBefore(): Conflict {
  const message = "idempotencyKey: an endpoint with other content was made under it before";
  return new Conflict({ field: "idempotencyKey", message });
}

function write(endpoint: StoredEndpoint): EndpointDecision {
  return { type: "write", endpoint: { ...endpoint, version: endpoint.version + 1 } };
}

function keep(endpoint: StoredEndpoint): EndpointDecision {
  return { type: "keep", endpoint };
}

function refuse(refusal: InvalidRequest | Conflict): EndpointDecision {
  return { type: "refuse", refusal };
}
