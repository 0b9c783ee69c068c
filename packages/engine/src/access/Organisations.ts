/** What organisations must look like, and whether one is the one that was asked for. */
import { emptyState, type LedgerSettings, open, type Rejection } from "@stockbook/core";
import { InvalidRequest } from "../Errors.js";
import type { Organisation } from "../Store.js";
import { type Fault, nameFault, planFault } from "./Checks.js";
import { Conflict, DEFAULT_PLAN, type NewOrganisation, type OrganisationChanges } from "./Terms.js";

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

export type OrganisationContent = Pick<Organisation, "id" | "name" | "plan" | "settings">;

export function organisationContent(asked: NewOrganisation): OrganisationContent {
  const { id, name = id, plan = DEFAULT_PLAN, settings = {} } = asked;
  return { id, name, plan, settings: completeSettings(settings) };
}

export function organisationFault({ id, name, plan, settings }: OrganisationContent): Fault {
  const fault = organisationIdFault(id) ?? changesFault({ name, plan });
  if (fault !== undefined) return fault;
  const rejection = settingsRejection(settings);
  if (rejection === undefined) return undefined;
  const field = `settings.${rejection.field ?? ""}`;
  return new InvalidRequest({ field, message: `settings.${rejection.message}` });
}

export function changesFault({ name, plan }: OrganisationChanges): Fault {
  return (
    (name === undefined ? undefined : nameFault(name)) ??
    (plan === undefined ? undefined : planFault(plan))
  );
}

/** Where an organisation is not what is asked for; what is left out asks for nothing. */
export function organisationConflict(
  found: Organisation,
  { name, plan, settings = {} }: NewOrganisation,
): Conflict | undefined {
  const differs = (field: string) =>
    new Conflict({ field, message: `the organisation ${found.id} is there with another ${field}` });
  if (name !== undefined && name !== found.name) return differs("name");
  if (plan !== undefined) {
    const { name: planName, requests, windowMs } = found.plan;
    const same = plan.name === planName && plan.requests === requests && plan.windowMs === windowMs;
    if (!same) return differs("plan");
  }
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

/** Whether an organisation has the name and the plan that are expected of it. */
export function isAsExpected(
  { name, plan }: Organisation,
  expected: Pick<Organisation, "name" | "plan">,
): boolean {
  const { requests, windowMs } = expected.plan;
  const samePlan =
    plan.name === expected.plan.name && plan.requests === requests && plan.windowMs === windowMs;
  return name === expected.name && samePlan;
}
