/** What organisations must look like, and whether one is the one that was asked for. */
import {
  emptyState,
  fingerprintOf,
  isText,
  type LedgerSettings,
  open,
  type Rejection,
  shown,
} from "@stockbook/core";
import { InvalidRequest } from "../Errors.js";
import type { ChangeableOrganisation, Organisation } from "../Store.js";
import { type Fault, nameFault, planFault } from "./Checks.js";
import {
  Conflict,
  DEFAULT_PLAN,
  type NewOrganisation,
  type OrganisationChanges,
  type OrganisationOptions,
} from "./Terms.js";

export const DEFAULT_SETTINGS: LedgerSettings = {
  timeZone: "UTC",
  currency: "EUR",
  negativePolicy: "deny",
};

export function organisationIdFault(id: unknown): Fault {
  if (typeof id === "string" && /^[a-z0-9][a-z0-9_-]{0,62}$/i.test(id)) return undefined;
  const rule = "1 to 63 letters, digits, - or _, beginning with a letter or digit";
  return new InvalidRequest({
    field: "organisation",
    message: `organisation must be ${rule}, not ${JSON.stringify(id)}`,
  });
}

/** The settings a ledger would be opened with, or why the core would not open it. */
export function settingsRejection(settings: LedgerSettings): Rejection | undefined {
  const decision = open(emptyState(), settings, { recordedAt: 0 });
  return decision.type === "rejected" ? decision.rejection : undefined;
}

/** The fields that are kept; whatever else `settings` holds is left behind. */
export function completeSettings(asked: Partial<LedgerSettings>): LedgerSettings {
  const { timeZone, currency, negativePolicy } = asked;
  return {
    timeZone: timeZone ?? DEFAULT_SETTINGS.timeZone,
    currency: currency ?? DEFAULT_SETTINGS.currency,
    negativePolicy: negativePolicy ?? DEFAULT_SETTINGS.negativePolicy,
  };
}

export type OrganisationContent = Pick<
  Organisation,
  "id" | "name" | "plan" | "settings" | "options"
>;

export function organisationContent(asked: NewOrganisation): OrganisationContent {
  const { id, name = id, plan = DEFAULT_PLAN, settings = {}, options = {} } = asked;
  return { id, name, plan, settings: completeSettings(settings), options };
}

export function organisationFault(content: OrganisationContent): Fault {
  const { id, settings } = content;
  const fault = organisationIdFault(id) ?? changesFault(content);
  if (fault !== undefined) return fault;
  const rejection = settingsRejection(settings);
  if (rejection === undefined) return undefined;
  const field = `settings.${rejection.field ?? ""}`;
  return new InvalidRequest({ field, message: `settings.${rejection.message}` });
}

export function changesFault({ name, plan, options }: OrganisationChanges): Fault {
  return (
    (name === undefined ? undefined : nameFault(name)) ??
    (plan === undefined ? undefined : planFault(plan)) ??
    (options === undefined ? undefined : optionsFault(options))
  );
}

/** Where an organisation is not what is asked for; what is left out asks for nothing. */
export function organisationConflict(
  found: Organisation,
  { name, plan, settings = {}, options = {} }: NewOrganisation,
): Conflict | undefined {
  const differs = (field: string) =>
    new Conflict({ field, message: `the organisation ${found.id} is there with another ${field}` });
  if (name !== undefined && name !== found.name) return differs("name");
  if (plan !== undefined) {
    const { name: planName, requests, windowMs } = found.plan;
    const same = plan.name === planName && plan.requests === requests && plan.windowMs === windowMs;
    if (!same) return differs("plan");
  }
  const option = Object.keys(options).find((key) => found.options[key] !== options[key]);
  if (option !== undefined) return differs(`options.${option}`);
  const field = differingSetting(found.settings, settings);
  return field === undefined ? undefined : differs(`settings.${field}`);
}

/** The first of the settings asked for that is another one. */
export function differingSetting(
  settings: LedgerSettings,
  asked: Partial<LedgerSettings>,
): keyof LedgerSettings | undefined {
  const fields = ["timeZone", "currency", "negativePolicy"] as const;
  return fields.find((field) => asked[field] !== undefined && asked[field] !== settings[field]);
}

const MAX_OPTIONS = 50;
const OPTION_NAME = /^[a-z]{1,30}(?:\.[A-Za-z][A-Za-z0-9]{0,29}){1,3}$/;

function optionsFault(options: NonNullable<OrganisationChanges["options"]>): Fault {
  for (const [name, value] of Object.entries(options)) {
    if (!OPTION_NAME.test(name)) {
      const rule = "options are named after their API, such as tictap.mode";
      return new InvalidRequest({ field: "options", message: `${rule}, not ${shown(name)}` });
    }
    if (value === null || isText(value, 255)) continue;
    const message = `options.${name} must be a text of at most 255 characters`;
    return new InvalidRequest({ field: `options.${name}`, message });
  }
  if (Object.keys(options).length <= MAX_OPTIONS) return undefined;
  return new InvalidRequest({ field: "options", message: `at most ${MAX_OPTIONS} options` });
}

/** The options after a change. */
export function changedOptions(
  options: OrganisationOptions,
  changes: OrganisationChanges["options"] = {},
): OrganisationOptions {
  const all = new Map<string, string | null>([
    ...Object.entries(options),
    ...Object.entries(changes),
  ]);
  const kept = [...all].filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether an organisation has the name, the plan and the options that are expected of it. */
export function isAsExpected(
  { name, plan, options }: Organisation,
  expected: ChangeableOrganisation,
): boolean {
  const { requests, windowMs } = expected.plan;
  const samePlan =
    plan.name === expected.plan.name && plan.requests === requests && plan.windowMs === windowMs;
  const sameOptions = fingerprintOf(options) === fingerprintOf(expected.options);
  return name === expected.name && samePlan && sameOptions;
}
