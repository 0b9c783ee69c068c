/** Endpoints of webhooks and their deliveries as people read them. */
import type { Instant } from "@stockbook/core";
import type {
  AttemptView,
  CreatedEndpoint,
  DeliveryDetails,
  DeliveryView,
  DisabledReason,
  EndpointView,
} from "@stockbook/engine";
import { type Column, table } from "../output/Table.js";
import { clockOf, count, number } from "../output/Text.js";

const clock = clockOf("UTC");

const WHY: Readonly<Record<DisabledReason, string>> = {
  asked: "disabled",
  gone: "disabled: it answered 410",
  told: "disabled: it said so",
  failing: "disabled: it failed for days",
};

// ── endpoints ────────────────────────────────────────────────────────────────────────────

/** An endpoint that has just been made; the one time that its secret is shown. */
export function createdText({ endpoint, secret }: CreatedEndpoint): string {
  return [
    secret,
    "",
    "Deliveries are signed with this secret. Keep it now: it is not shown again.",
    "",
    endpointText(endpoint),
  ].join("\n");
}

export function endpointText(endpoint: EndpointView): string {
  const { id, url, mode, organisation, description, headers } = endpoint;
  const named = description === "" ? "" : ` (${description})`;
  const names = Object.keys(headers);
  return [
    `${id}${named} is told of the ${mode} ledger of ${organisation}`,
    `  to       ${url}`,
    `  events   ${eventsText(endpoint)}`,
    ...(names.length === 0 ? [] : [`  headers  ${names.join(", ")}`]),
    `  pace     ${paceText(endpoint)}`,
    `  retries  ${endpoint.retryDelaysMs.map(delayText).join(", ")}`,
    `  state    ${stateText(endpoint)}`,
  ].join("\n");
}

const ENDPOINTS: readonly Column<EndpointView>[] = [
  { title: "Id", cell: ({ id }) => id },
  { title: "URL", most: 48, cell: ({ url }) => url },
  { title: "Events", most: 40, cell: eventsText },
  { title: "State", cell: stateText },
  { title: "Up to", align: "number", cell: ({ cursor }) => number(cursor) },
  { title: "Description", most: 30, cell: ({ description }) => description },
];

export function endpointsText(endpoints: readonly EndpointView[]): string {
  if (endpoints.length === 0) return "No endpoints; `stockbook webhooks create` makes one.";
  return `${table(ENDPOINTS, endpoints)}\n\n${count(endpoints.length, "endpoint")}`;
}

function eventsText({ events }: EndpointView): string {
  return events.length === 0 ? "all" : events.join(", ");
}

function stateText({ disabled }: EndpointView): string {
  return disabled === null ? "enabled" : `${WHY[disabled.reason]} (${clock(disabled.at)} UTC)`;
}

function paceText({ ordered, maxConcurrent, maxPerSecond }: EndpointView): string {
  const atOnce = ordered ? "one at a time, in order" : `${maxConcurrent} at once`;
  return maxPerSecond === null ? atOnce : `${atOnce}, ${number(maxPerSecond)} a second`;
}

const UNITS = [
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
] as const;

function delayText(milliseconds: number): string {
  const [size, unit] = UNITS.find(([size]) => milliseconds >= size) ?? [1_000, "s"];
  return `${number(milliseconds / size)} ${unit}`;
}

// ── deliveries ───────────────────────────────────────────────────────────────────────────

const DELIVERIES: readonly Column<DeliveryView>[] = [
  { title: "Message", cell: ({ message }) => message },
  { title: "Made (UTC)", cell: ({ createdAt }) => clock(createdAt) },
  { title: "Type", cell: ({ type }) => type },
  { title: "Sequence", align: "right", cell: ({ sequence }) => sequence?.toString() ?? "" },
  { title: "Status", cell: ({ status }) => status },
  { title: "Attempts", align: "right", cell: ({ attempts }) => String(attempts) },
  { title: "Next (UTC)", cell: ({ nextAttemptAt }) => instantText(nextAttemptAt) },
];

export function deliveriesText(rows: readonly DeliveryView[], next: number | null): string {
  if (rows.length === 0) return "No deliveries.";
  const more = next === null ? "" : `; --before ${next} shows those before`;
  return `${table(DELIVERIES, rows)}\n\n${count(rows.length, "delivery", "deliveries")}${more}`;
}

/** One line that says where a delivery stands. */
export function deliveryLine({ message, type, status, nextAttemptAt }: DeliveryView): string {
  const next = nextAttemptAt === null ? "" : `, due ${clock(nextAttemptAt)} UTC`;
  return `${message} (${type}) is ${status}${next}.`;
}

/** A delivery with its body, and each attempt with its request and answer. */
export function deliveryText(delivery: DeliveryDetails): string {
  const { body, history } = delivery;
  const attempts = history.map(attemptText);
  return [deliveryLine(delivery), `Body:\n${indented(body)}`, ...attempts].join("\n\n");
}

function attemptText({ number: nth, at, durationMs, request, outcome }: AttemptView): string {
  const title = `Attempt ${nth}, ${new Date(at).toISOString()}, ${number(durationMs)} ms`;
  return [
    title,
    `  → POST ${printable(request.url)}`,
    ...headerLines(request.headers),
    ...outcomeLines(outcome),
  ].join("\n");
}

function outcomeLines(outcome: AttemptView["outcome"]): readonly string[] {
  if (outcome.type === "failed") return [`  ← no answer, ${outcome.reason}: ${outcome.message}`];
  const { status, headers, body, truncated } = outcome;
  const rest = truncated ? ["    … (more was not kept)"] : [];
  const text = body === "" ? [] : ["", indented(body)];
  return [`  ← ${status}`, ...headerLines(headers), ...text, ...rest];
}

function headerLines(headers: { readonly [name: string]: string }): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `    ${name}: ${printable(value)}`);
}

function indented(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `    ${printable(line)}`)
    .join("\n");
}

/** What a receiver has answered must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}

function instantText(instant: Instant | null): string {
  return instant === null ? "" : clock(instant);
}
