/** `decide`: what a command comes to, given the state. Changes nothing. */
import { calendarOf, type Instant, isTimeZone } from "./Calendar.js";
import type { LedgerSettings } from "./Catalogue.js";
import { draftCatalogueChange } from "./CatalogueCommands.js";
import type { Command } from "./Command.js";
import type { Accepted, DecideContext, Decision, Draft, Drafted } from "./Decision.js";
import type { Entry, EntryBody } from "./Entry.js";
import { fingerprintOf } from "./Fingerprint.js";
import { isCurrency } from "./Money.js";
import { draftMovement } from "./Movements.js";
import { isText } from "./Reading.js";
import { type Rejection, type RejectionDetails, rejection, shown } from "./Rejection.js";
import { type LedgerState, usedKeyOf } from "./State.js";
import { draftThreshold } from "./ThresholdCommands.js";

const MAX_KEY_LENGTH = 200;

/** The key under which a refusal is kept, so that the command's own key stays free. */
export function refusalKeyOf(idempotencyKey: string): string {
  return `@refused:${idempotencyKey}`;
}

/**
 * Decides a command.
 *
 * The same state, command and context always give the same decision. `recordedAt` never goes
 * back: an earlier one than the state's is taken for the state's.
 *
 * @example
 * const decision = decide(state, { type: "issue", location: "shop", lines }, { recordedAt });
 * if (decision.type === "accepted") for (const entry of decision.entries) evolve(state, entry);
 */
export function decide(state: LedgerState, command: Command, context: DecideContext): Decision {
  if (typeof command !== "object" || command === null) return refusedNow(notPlain(command));
  const key = command.idempotencyKey ?? null;
  if (key !== null && !isKey(key)) return refusedNow(badKey(key));
  const fingerprint = key === null ? 0 : fingerprintIfPlain(command);
  if (fingerprint === undefined) return refusedNow(notPlain(command));
  const earlier =
    key === null ? undefined : earlierDecision(state, command, key, fingerprint, context);
  if (earlier !== undefined) return earlier;

  const recordedAt = Math.max(context.recordedAt, state.recordedAt);
  const draft = draftOf(state, command, recordedAt, context);
  switch (draft.type) {
    case "draft": {
      const { occurredAt } = draft;
      const entries = entriesOf(state, draft, { key, fingerprint, recordedAt, occurredAt });
      return { type: "accepted", entries };
    }
    case "needs":
      return draft;
    case "rejected": {
      const { rejection } = draft;
      if (key === null || command.onRefusal !== "record") return refusedNow(rejection);
      const body: EntryBody = { type: "refused", command: command.type, rejection };
      const at = { key: refusalKeyOf(key), fingerprint, recordedAt, occurredAt: recordedAt };
      return { type: "rejected", rejection, entries: [firstEntry(state, body, 1, at)] };
    }
  }
}

/** Opens a ledger: its first entry, which settles what the others are read by. */
export function open(
  state: LedgerState,
  settings: LedgerSettings,
  context: DecideContext,
): Accepted | { readonly type: "rejected"; readonly rejection: Rejection } {
  const fault = faultOf(settings);
  if (fault !== undefined)
    return { type: "rejected", rejection: rejection("invalid-field", fault) };
  const { recordedAt } = context;
  const at = { key: null, fingerprint: 0, recordedAt, occurredAt: recordedAt };
  return { type: "accepted", entries: [firstEntry(state, { type: "opened", settings }, 1, at)] };
}

function faultOf(settings: LedgerSettings): RejectionDetails | undefined {
  const { timeZone, currency, negativePolicy } = settings;
  if (!isTimeZone(timeZone)) {
    return { field: "timeZone", expected: "a zone such as Europe/London", given: shown(timeZone) };
  }
  if (!isCurrency(currency)) {
    return { field: "currency", expected: "an ISO 4217 code such as EUR", given: shown(currency) };
  }
  if (negativePolicy !== "deny" && negativePolicy !== "allow") {
    return { field: "negativePolicy", expected: "deny or allow", given: shown(negativePolicy) };
  }
  calendarOf(timeZone);
  return undefined;
}

function draftOf(
  state: LedgerState,
  command: Command,
  recordedAt: Instant,
  context: DecideContext,
): Draft {
  switch (command.type) {
    case "receive":
    case "issue":
    case "transfer":
    case "dispatch":
    case "arrive":
    case "adjust":
    case "count":
    case "reserve":
    case "release":
    case "fulfil":
    case "hold":
    case "unhold":
    case "reverse":
      return draftMovement(state, command, recordedAt, context);
    case "set-threshold":
    case "remove-threshold":
      return draftThreshold(state, command, recordedAt);
    case "put-item":
    case "put-category":
    case "put-manufacturer":
    case "put-location":
      return draftCatalogueChange(state, command, recordedAt);
    default:
      return unknownCommand(command);
  }
}

// Reached only by callers whose types were not checked.
function unknownCommand(command: never): Draft {
  const { type } = command as { readonly type?: unknown };
  const details = { field: "type", expected: "the type of a command", given: shown(type) };
  return { type: "rejected", rejection: rejection("invalid-field", details) };
}

function earlierDecision(
  state: LedgerState,
  { onRefusal }: Command,
  key: string,
  fingerprint: number,
  context: DecideContext,
): Decision | undefined {
  const used = usedKeyOf(state, key);
  if (used !== undefined) {
    if (used.fingerprint === fingerprint) {
      return { type: "repeated", sequence: used.sequence, span: used.span };
    }
    const details = { given: shown(key), sequence: used.sequence };
    return refusedNow(rejection("idempotency-conflict", details));
  }
  if (onRefusal !== "record") return undefined;
  const refusal = usedKeyOf(state, refusalKeyOf(key));
  if (refusal === undefined || refusal.fingerprint !== fingerprint) return undefined;
  const entry = context.entryAt?.(refusal.sequence);
  if (entry === undefined) return { type: "needs", timelines: [], entries: [refusal.sequence] };
  return entry.body.type === "refused" ? refusedNow(entry.body.rejection) : undefined;
}

function refusedNow(rejection: Rejection): Decision {
  return { type: "rejected", rejection, entries: [] };
}

function isKey(key: unknown): key is string {
  return isText(key, MAX_KEY_LENGTH) && key !== "" && !key.startsWith("@");
}

function badKey(key: unknown): Rejection {
  return rejection("invalid-field", {
    field: "idempotencyKey",
    expected: `a text of 1 to ${MAX_KEY_LENGTH} characters, not beginning with @`,
    given: shown(key),
  });
}

// Content that cannot be written as JSON could not be told from other content.
function fingerprintIfPlain(command: Command): number | undefined {
  try {
    return fingerprintOf(command);
  } catch {
    return undefined;
  }
}

function notPlain(command: unknown): Rejection {
  return rejection("invalid-field", {
    field: "command",
    expected: "an object of plain data",
    given: shown(command),
  });
}

type SharedPosition = Pick<Entry, "key" | "fingerprint" | "recordedAt" | "occurredAt">;

function entriesOf(
  state: LedgerState,
  { body, crossings }: Drafted,
  position: SharedPosition,
): readonly Entry[] {
  const entries = [firstEntry(state, body, 1 + crossings.length, position)];
  for (const crossing of crossings) {
    const { recordedAt, occurredAt } = position;
    const sequence = state.sequence + 1 + entries.length;
    const shared = { sequence, occurredAt, recordedAt, key: null, fingerprint: 0, span: 0 };
    entries.push({ ...shared, body: crossing });
  }
  return entries;
}

function firstEntry(
  state: LedgerState,
  body: EntryBody,
  span: number,
  { key, fingerprint, recordedAt, occurredAt }: SharedPosition,
): Entry {
  return { sequence: state.sequence + 1, occurredAt, recordedAt, key, fingerprint, span, body };
}
