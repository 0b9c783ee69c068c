/** The demo's report: what came out of its year. */
import type { Command, Entry, Instant } from "@stockbook/core";
import type { PlanRow, StockView, ThresholdView, Verification } from "@stockbook/engine";
import { whyOrder } from "../commands/Plan.js";
import { verificationText } from "../commands/Verify.js";
import { type Column, table } from "../output/Table.js";
import { clockOf, count, duration, number, rate } from "../output/Text.js";
import { DEMO_KEY } from "./Acts.js";
import type { RefusedSale, Run } from "./Runner.js";
import { PLACES, SHOPS, TIME_ZONE } from "./Shop.js";

export interface DemoReport {
  readonly db: string;
  readonly run: Run;
  readonly milliseconds: number;
  readonly stock: readonly StockView[];
  readonly low: readonly LowSince[];
  /** How often anything fell below its minimum. */
  readonly depletions: number;
  readonly plan: readonly PlanRow[];
  readonly verification: Verification;
}

/** What is below its minimum, and since when. */
export interface LowSince extends ThresholdView {
  readonly since: Instant;
}

const SHOWN = 12;

/** Since when each rule has been depleted, by its latest crossing, and how often any was. */
export class Depletions {
  count = 0;
  private readonly since = new Map<string, Instant>();

  take({ body, occurredAt }: Entry): void {
    if (body.type !== "depleted") return;
    this.count++;
    this.since.set(`${body.threshold.location} ${body.threshold.item}`, occurredAt);
  }

  of(rows: readonly ThresholdView[]): readonly LowSince[] {
    return rows
      .map((row) => ({ ...row, since: this.since.get(`${row.location} ${row.item}`) ?? 0 }))
      .sort((a, b) => a.since - b.since);
  }
}

export function demoJson({ db, run, milliseconds, ...rest }: DemoReport): unknown {
  const { movements, refused } = run;
  const refusals = refused.map(({ command, rejection }) => ({
    document: command.idempotencyKey,
    ...rejection,
  }));
  return { db, movements, seconds: milliseconds / 1000, refusals, ...rest };
}

export function demoText(report: DemoReport): string {
  const { db, stock, low, plan, run, verification } = report;
  return [
    speedText(report),
    heading("Stock by location"),
    some(itemRows(stock), ITEM_COLUMNS, `stockbook stock --db ${db}`),
    heading("Below the minimum, and since when"),
    some(low, LOW_COLUMNS, `stockbook low --db ${db}`),
    depletionNote(report),
    heading("What to order, and why"),
    some(plan, PLAN_COLUMNS, `stockbook plan --db ${db}`),
    heading("Refused: nothing is sold that is not there"),
    some(run.refused, REFUSED_COLUMNS, `stockbook demo --db ${db} --json`),
    heading("Is every balance the fold of its postings?"),
    verificationText(verification),
    heading("What to try next"),
    nextText(report),
  ].join("\n\n");
}

function heading(title: string): string {
  return `── ${title} ${"─".repeat(Math.max(4, 76 - title.length))}`;
}

/** The first rows, and which command shows the rest. */
function some<Row>(rows: readonly Row[], columns: readonly Column<Row>[], command: string): string {
  if (rows.length === 0) return "None.";
  const more = rows.length - SHOWN;
  const rest = more > 0 ? `\n… and ${number(more)} more: npx ${command}` : "";
  return table(columns, rows.slice(0, SHOWN)) + rest;
}

function speedText({ db, run, milliseconds }: DemoReport): string {
  const movements = count(run.movements, "movement");
  const speed = `${rate(run.movements, milliseconds)} a second`;
  return (
    `A year of Harbour Tea & Coffee is in ${db}: ` +
    `${movements} in ${duration(milliseconds)}, ${speed}, every one of them durable.`
  );
}

interface ItemRow {
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly onHand: ReadonlyMap<string, number>;
}

function itemRows(stock: readonly StockView[]): readonly ItemRow[] {
  const places = new Map<string, Map<string, number>>();
  const rows = new Map<string, ItemRow>();
  for (const { item, sku, name, unit, location, onHand } of stock) {
    const there = places.get(item) ?? new Map<string, number>();
    places.set(item, there.set(location, onHand));
    rows.set(item, { sku, name, unit, onHand: there });
  }
  return [...rows.values()];
}

const ITEM_COLUMNS: readonly Column<ItemRow>[] = [
  { title: "SKU", cell: ({ sku }) => sku },
  { title: "Name", cell: ({ name }) => name },
  ...PLACES.map(
    (place): Column<ItemRow> => ({
      title: place,
      align: "number",
      cell: ({ onHand }) => number(onHand.get(place) ?? 0),
    }),
  ),
  { title: "Unit", cell: ({ unit }) => unit },
];

const clock = clockOf(TIME_ZONE);

const LOW_COLUMNS: readonly Column<LowSince>[] = [
  { title: "SKU", cell: ({ sku }) => sku },
  { title: "Name", cell: ({ name }) => name },
  { title: "Location", cell: ({ location }) => location },
  { title: "On hand", align: "number", cell: ({ quantity }) => number(quantity) },
  { title: "Minimum", align: "number", cell: ({ minimum }) => number(minimum) },
  { title: "Since", cell: ({ since }) => clock(since) },
];

function depletionNote({ low, depletions }: DemoReport): string {
  const times = count(depletions, "time");
  return `In the course of the year it happened ${times}; ${number(low.length)} are open.`;
}

const PLAN_COLUMNS: readonly Column<PlanRow>[] = [
  { title: "SKU", cell: ({ sku }) => sku },
  { title: "For", cell: ({ location }) => location },
  { title: "Order", align: "number", cell: ({ quantity }) => number(quantity) },
  { title: "Unit", cell: ({ unit }) => unit },
  { title: "Why", cell: whyOrder },
];

const REFUSED_COLUMNS: readonly Column<RefusedSale>[] = [
  { title: "When", cell: ({ command }) => whenOf(command) },
  { title: "Sale", cell: ({ command }) => keyOf(command) },
  { title: "Location", cell: ({ rejection }) => rejection.location ?? "" },
  { title: "Item", cell: ({ rejection }) => rejection.item ?? "" },
  { title: "Wanted", align: "number", cell: ({ rejection }) => number(rejection.wanted ?? 0) },
  {
    title: "Available",
    align: "number",
    cell: ({ rejection }) => number(rejection.available ?? 0),
  },
];

function whenOf(command: Command): string {
  return "occurredAt" in command && command.occurredAt !== undefined
    ? clock(command.occurredAt)
    : "";
}

function keyOf({ idempotencyKey }: Command): string {
  return (idempotencyKey ?? "").slice(DEMO_KEY.length);
}

function nextText({ db, low }: DemoReport): string {
  const [shop] = SHOPS;
  const { sku, location } = low.at(-1) ?? { sku: "COF-HOUSE", location: shop };
  return [
    ["its movements one by one", `card ${sku} --location ${location} --from 2025-12-01`],
    ["one shop's stock", `stock --location ${shop}`],
    ["all that is low", "low"],
    ["your own sales", "import --help"],
  ]
    .map(
      ([what, words]) =>
        `  npx stockbook ${words}${words?.endsWith("--help") ? "" : ` --db ${db}`}`.padEnd(86) +
        what,
    )
    .join("\n");
}
