/** The table that a run prints. */

import type { Outcome } from "./Harness.js";
import { type Budget, type Figure, passes, type Unit } from "./Row.js";
import type { Spread } from "./Statistics.js";

/** A figure with the row it belongs to. */
export interface RowFigure extends Figure {
  readonly row: string;
}

const CPU = "µs of CPU";
const TITLES = [
  "row",
  "what",
  "measured",
  "against",
  "floor",
  "ratio",
  "budget",
  "",
  CPU,
  "rounds",
];
const RIGHT = new Set(["measured", "floor", "ratio", CPU]);
const GAP = "  ";

/** Figures as a table with aligned columns, without a last newline. */
export function tableOf(figures: readonly RowFigure[]): string {
  const rows = figures.map(cellsOf);
  const widths = TITLES.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => widthOf(row[i]))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => aligned(cell, widths[i] ?? 0, TITLES[i]))
      .join(GAP)
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join(GAP);
  return [line(TITLES), rule, ...rows.map(line)].join("\n");
}

/** How a run came out, in one sentence. */
export function verdictOf(figures: readonly Figure[]): string {
  const verdicts = figures.map(passes);
  const asked = verdicts.filter((verdict) => verdict !== undefined);
  const kept = asked.filter((verdict) => verdict);
  return `${kept.length} of ${asked.length} budgets kept`;
}

function cellsOf(figure: RowFigure): readonly string[] {
  const { outcome, unit } = figure;
  const { counted, tried, steady } = outcome.rounds;
  return [
    figure.row,
    figure.subject,
    spreadText(outcome.measured, unit),
    figure.floor,
    spreadText(outcome.reference, unit),
    ratioText(outcome.ratio),
    figure.budgets.map((budget) => budgetText(budget, unit)).join(", "),
    markOf(figure),
    figure.cpu === undefined ? "" : cpuText(figure.cpu),
    steady ? `${counted} of ${tried}` : `${counted} of ${tried}, unsteady`,
  ];
}

function markOf(figure: Figure): string {
  const verdict = passes(figure);
  if (verdict === undefined) return "· info";
  return verdict ? "✓ pass" : "✗ miss";
}

function budgetText(budget: Budget, unit: Unit): string {
  const [sign, limit] =
    "atLeast" in budget ? (["≥", budget.atLeast] as const) : (["≤", budget.atMost] as const);
  return `${sign} ${budget.of === "ratio" ? ratio(limit) : amountText(limit, unit)}`;
}

function spreadText({ median, least, most }: Spread, unit: Unit): string {
  const { size, name } = scaleOf(median, unit);
  const [middle, low, high] = [median, least, most].map((value) => digits(value / size));
  return `${middle} ${name} (${low}–${high})`;
}

function cpuText({ measured, reference }: Outcome): string {
  return `${digits(measured.median)} : ${digits(reference.median)}`;
}

function amountText(amount: number, unit: Unit): string {
  const { size, name } = scaleOf(amount, unit);
  return `${digits(amount / size)} ${name}`;
}

function scaleOf(amount: number, unit: Unit): { readonly size: number; readonly name: string } {
  if (unit === "µs") return { size: 1, name: unit };
  if (amount >= 1e6) return { size: 1e6, name: "M/s" };
  return amount >= 1e4 ? { size: 1e3, name: "k/s" } : { size: 1, name: "/s" };
}

function ratioText({ median, least, most }: Spread): string {
  return `${ratio(median)} (${digits(least)}–${digits(most)})`;
}

function ratio(value: number): string {
  return `${digits(value)} ×`;
}

/** Three digits, or as many as the whole part has. */
function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  if (value >= 10) return value.toFixed(1);
  return value.toFixed(value >= 0.1 ? 2 : 3);
}

function aligned(cell: string, width: number, title: string | undefined): string {
  return RIGHT.has(title ?? "") ? cell.padStart(width) : cell.padEnd(width);
}

function widthOf(cell: string | undefined): number {
  return cell?.length ?? 0;
}
