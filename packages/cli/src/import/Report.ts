/** The report of an import: what was in the file, and what became of it. */
import { type Column, table } from "../output/Table.js";
import { count, duration, number, rate } from "../output/Text.js";
import type { Sales } from "./Documents.js";
import type { Outcome, Refusal } from "./Importer.js";

export interface ImportReport {
  readonly file: string;
  readonly db: string;
  readonly dryRun: boolean;
  readonly sales: Sales;
  readonly outcome: Outcome;
  /** Whether the book has any entry more than before. */
  readonly changed: boolean;
  readonly milliseconds: number;
}

const SHOWN = 10;

/** The report as JSON for machines. */
export function reportJson(report: ImportReport): unknown {
  const { file, db, dryRun, sales, outcome, changed, milliseconds } = report;
  return {
    file,
    db,
    dryRun,
    changed,
    documents: {
      total: totalDocuments(sales),
      imported: outcome.imported,
      alreadyThere: outcome.alreadyThere,
      refused: outcome.refusals.length,
      withoutGoods: sales.empty,
      leftOut: sales.exchanges.length,
    },
    lines: {
      total: sales.lines,
      imported: outcome.importedLines,
      noGoods: sales.skippedLines,
      zero: sales.zeroLines.length,
    },
    items: {
      created: outcome.itemsCreated,
      opened: outcome.itemsOpened,
      kept: outcome.kept,
    },
    cutOffLine: sales.cutOff,
    refusals: outcome.refusals.map(refusalJson),
    leftOut: sales.exchanges.map(({ number: document, line }) => ({ document, line })),
    seconds: milliseconds / 1000,
  };
}

function refusalJson({ document, line, rejection }: Refusal): unknown {
  const { code, item, wanted, available, message } = rejection;
  return { document, line, code, item, wanted, available, message };
}

/** The report for people. */
export function reportText(report: ImportReport): string {
  const { sales, outcome } = report;
  const parts = [headline(report), figures(report), cutOffNote(sales)];
  parts.push(zeroNote(sales), exchangeNote(sales), keptNote(outcome), refusalNote(outcome));
  return parts.filter((part) => part !== "").join("\n\n");
}

function headline({ file, db, dryRun, sales, outcome, changed }: ImportReport): string {
  if (dryRun) return `Dry run of ${file} into ${db}: nothing was written. It would come to this:`;
  if (changed) return `Imported ${file} into ${db}.`;
  if (sales.documents.length === 0) return `Nothing to import: ${file} holds no movement of goods.`;
  const refused = outcome.refusals.length;
  const again = refused === 0 ? "" : ", or refused as before";
  return `Nothing changed: all of ${file} is in ${db} already${again}.`;
}

function figures({ sales, outcome, milliseconds }: ImportReport): string {
  const rows: (readonly [string, number, string])[] = [
    ["documents", totalDocuments(sales), ""],
    ["  imported", outcome.imported, linesOf(outcome.importedLines)],
    ["  already there", outcome.alreadyThere, ""],
    ["  refused", outcome.refusals.length, ""],
    ["  without goods", sales.empty, ""],
  ];
  if (sales.exchanges.length > 0) rows.push(["  left out", sales.exchanges.length, ""]);
  const speed = `in ${duration(milliseconds)}, ${rate(sales.lines, milliseconds)} lines a second`;
  rows.push(["lines", sales.lines, speed]);
  if (sales.skippedLines > 0) rows.push(["  no goods", sales.skippedLines, ""]);
  rows.push(["items created", outcome.itemsCreated, openedNote(outcome)]);
  const width = Math.max(...rows.map(([, figure]) => number(figure).length));
  return rows
    .map(([what, figure, note]) =>
      `  ${what.padEnd(16)} ${number(figure).padStart(width)}  ${note}`.trimEnd(),
    )
    .join("\n");
}

function linesOf(lines: number): string {
  return lines === 0 ? "" : `with ${count(lines, "line")}`;
}

function openedNote({ itemsOpened }: Outcome): string {
  return itemsOpened === 0 ? "" : `${number(itemsOpened)} with opening stock`;
}

function totalDocuments({ documents, exchanges, empty }: Sales): number {
  return documents.length + exchanges.length + empty;
}

function cutOffNote({ cutOff }: Sales): string {
  if (cutOff === null) return "";
  return `Line ${cutOff}, the last one, is cut off and was left out.`;
}

function zeroNote({ zeroLines }: Sales): string {
  if (zeroLines.length === 0) return "";
  const some = zeroLines.slice(0, SHOWN).join(", ");
  const more = zeroLines.length > SHOWN ? " …" : "";
  return `${count(zeroLines.length, "line")} with the quantity 0 left out: ${some}${more}`;
}

function exchangeNote({ exchanges }: Sales): string {
  if (exchanges.length === 0) return "";
  const some = exchanges.slice(0, SHOWN).map(({ number, line }) => `${number} (line ${line})`);
  const more = exchanges.length > SHOWN ? " …" : "";
  const what = count(exchanges.length, "document");
  return `${what} left out that sell and take back in one: ${some.join(", ")}${more}`;
}

function keptNote({ kept }: Outcome): string {
  if (kept === 0) return "";
  const what = count(kept, "opening stock or minimum", "opening stocks and minimums");
  return `${what} from an earlier import kept as they were, other than this mapping says.`;
}

const COLUMNS: readonly Column<Refusal>[] = [
  { title: "Document", cell: ({ document }) => document },
  { title: "Line", align: "right", cell: ({ line }) => String(line) },
  { title: "Item", cell: ({ rejection }) => rejection.item ?? "" },
  { title: "Wanted", align: "number", cell: ({ rejection }) => figure(rejection.wanted) },
  { title: "Available", align: "number", cell: ({ rejection }) => figure(rejection.available) },
  { title: "Why", most: 60, cell: reasonOf },
];

function reasonOf({ rejection }: Refusal): string {
  return rejection.code === "insufficient-stock" ? "not enough in stock" : rejection.message;
}

function figure(value: number | undefined): string {
  return value === undefined ? "" : number(value);
}

function refusalNote({ refusals }: Outcome): string {
  if (refusals.length === 0) return "";
  const more = refusals.length - SHOWN;
  const rest = more > 0 ? `\n… and ${number(more)} more; --json lists them all` : "";
  const documents = count(refusals.length, "document");
  const title = `${documents} refused, whole. They stay refused unless --retry-refused is given.`;
  return `${title}\n\n${table(COLUMNS, refusals.slice(0, SHOWN))}${rest}`;
}
