import {
  type Command,
  formatQuantity,
  itemOf,
  type LedgerState,
  parseQuantity,
} from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import type { Book, Verdict } from "../Book.js";
import { historyLaw, mustEqual } from "../Law.js";
import { runHistory } from "../Runner.js";
import { exactSum } from "../Sum.js";

/** One line of five and five lines of one come to the same: verdict, quantities and values. */
export const splitting = historyLaw(
  "splitting",
  "a movement whose lines are split into several comes to the same verdict, quantities and values",
  historyArbitrary({ keys: false }),
  (history) => {
    runHistory(history, {
      before: (book, command, recordedAt) => {
        const split = splitCommand(command, book.state);
        if (split === undefined) return;
        const whole = outcomeOf(book.decide(command, recordedAt), book);
        mustEqual(
          outcomeOf(book.decide(split, recordedAt), book),
          whole,
          `${JSON.stringify(command)}, split into ${JSON.stringify(split)},`,
        );
      },
    });
  },
);

interface SplittableLine {
  readonly item: string;
  readonly quantity: number | string;
  readonly cost?: number | undefined;
}

/** The command with every line in up to three; nothing where there is nothing to split. */
function splitCommand(command: Command, state: LedgerState): Command | undefined {
  if (!("lines" in command) || command.lines === undefined || command.type === "count") return;
  const lines = (command.lines as readonly SplittableLine[]).flatMap((line) => {
    return splitLine(line, state);
  });
  return lines.length > command.lines.length ? ({ ...command, lines } as Command) : undefined;
}

function splitLine(line: SplittableLine, state: LedgerState): readonly SplittableLine[] {
  const item = itemOf(state, line.item);
  if (item === undefined) return [line];
  const { precision } = item.item;
  const quantity = parseQuantity(line.quantity, precision);
  if (typeof quantity !== "number" || Math.abs(quantity) < 2) return [line];
  const parts = thirds(quantity);
  return parts.map((part, i) => {
    const cost = Number.isInteger(line.cost) ? { cost: share(line.cost as number, parts, i) } : {};
    return { ...line, quantity: formatQuantity(part, precision), ...cost };
  });
}

/** Up to three whole numbers other than 0 that add up to the whole. */
function thirds(whole: number): readonly number[] {
  const first = Math.trunc(whole / 3);
  const second = Math.trunc((whole - first) / 2);
  return [first, second, whole - first - second].filter((part) => part !== 0);
}

/** What falls to a part of a cost; the last part takes the rest. */
function share(cost: number, parts: readonly number[], index: number): number {
  const each = Math.trunc(cost / parts.length);
  return index === parts.length - 1 ? cost - each * index : each;
}

/** What a verdict comes to, however its lines are cut. */
function outcomeOf(verdict: Verdict, { state }: Book): unknown {
  if (verdict.type === "repeated") return "repeated";
  if (verdict.type === "rejected") return verdict.rejection.code;
  const parts = new Map<string, number[]>();
  const add = (key: string, amount: number) => {
    const known = parts.get(key);
    if (known === undefined) parts.set(key, [amount]);
    else known.push(amount);
  };
  const crossings: unknown[] = [];
  for (const { body } of verdict.entries) {
    if (body.type !== "movement") crossings.push(body);
    for (const line of body.type === "movement" ? body.lines : []) {
      const place = `${line.item}/${line.lot}`;
      add(`${place} ${line.from}.${line.fromBucket} quantity`, -line.quantity);
      add(`${place} ${line.to}.${line.toBucket} quantity`, line.quantity);
      add(`${place} ${line.from} value`, -line.value);
      add(`${place} ${line.to} value`, line.value);
    }
  }
  const changes = [...parts]
    .map(([key, amounts]) => [key, exactSum(amounts)] as const)
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { sequence: state.sequence, changes, crossings };
}
