/** A history as a person reads it: command by command, with what became of each. */
import type { Book, Verdict } from "./Book.js";
import type { History } from "./History.js";
import { runHistory } from "./Runner.js";

/** One line for each command. A history that throws is told up to where it does. */
export function storyOf(history: History): string {
  const { settings, policies, unitCosts } = history.world;
  const lines = [
    `policy ${settings.negativePolicy}, of the items ${JSON.stringify(policies)}; ` +
      `unit costs ${JSON.stringify(unitCosts)}; ${settings.timeZone}`,
  ];
  try {
    runHistory(history, {
      before: (_book, command, recordedAt) =>
        lines.push(`${moment(recordedAt)} ${JSON.stringify(dated(command), undefinedAsText)}`),
      after: (book, { verdict, before }) => lines.push(`  → ${toldVerdict(verdict, book, before)}`),
    });
  } catch (error) {
    lines.push(`  → throws ${error}`);
  }
  return lines.join("\n");
}

function toldVerdict(verdict: Verdict, book: Book, before: number): string {
  if (verdict.type === "rejected")
    return `rejected, ${verdict.rejection.code}: ${verdict.rejection.message}`;
  if (verdict.type === "repeated") return `repeated, entry ${verdict.sequence}`;
  return book.entries
    .slice(before)
    .map(({ sequence, body }) => `${sequence} ${toldBody(body)}`)
    .join("\n    ");
}

function toldBody(body: Book["entries"][number]["body"]): string {
  if (body.type !== "movement") return JSON.stringify(body);
  const lines = body.lines.map(
    ({ item, lot, from, fromBucket, to, toBucket, quantity, value }) =>
      `${quantity} ${item}${lot === null ? "" : `/${lot}`} worth ${value}: ` +
      `${from}.${fromBucket} → ${to}.${toBucket}`,
  );
  return `${body.kind} [${lines.join("; ")}]`;
}

function dated(command: object): object {
  if (!("occurredAt" in command) || typeof command.occurredAt !== "number") return command;
  return { ...command, occurredAt: moment(command.occurredAt) };
}

function undefinedAsText(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function moment(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19);
}
