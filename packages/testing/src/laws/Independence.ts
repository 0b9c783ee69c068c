import type { Command, MovementCommand } from "@stockbook/core";
import { historyArbitrary } from "../Arbitraries.js";
import { historyLaw, mustEqual } from "../Law.js";
import { isMovementCommand } from "../ModelChanges.js";
import { foundedBook, runHistory } from "../Runner.js";
import { holdingsOf } from "../Snapshot.js";
import { WORLD_ITEMS, type World } from "../World.js";

interface Dated {
  readonly item: string;
  readonly command: Command;
}

/** Commands on different items may change places. */
export const independence = historyLaw(
  "independence",
  "commands on different items come to the same in any order",
  historyArbitrary({
    commands: ["receive", "issue", "transfer", "adjust", "count", "hold", "unhold"],
    keys: false,
    faults: false,
  }),
  (history) => {
    const { book, results } = runHistory(history);
    const commands = results.flatMap(({ command, recordedAt }) => onOneItem(command, recordedAt));
    const { recordedAt } = book.state;
    const byItem = WORLD_ITEMS.flatMap(({ id }) => commands.filter(({ item }) => item === id));
    mustEqual(
      heldAfter(history.world, byItem, recordedAt),
      heldAfter(history.world, commands, recordedAt),
      "what is held when items come one after the other",
    );
  },
);

/** The command, dated and with the lines of its first item alone. */
function onOneItem(command: Command, recordedAt: number): readonly Dated[] {
  if (!isMovementCommand(command) || !("lines" in command)) return [];
  const item = command.lines?.[0]?.item;
  if (item === undefined) return [];
  const { occurredAt = recordedAt } = command;
  const lines = command.lines?.filter((line) => line.item === item);
  return [{ item, command: { ...command, occurredAt, lines } as MovementCommand }];
}

function heldAfter(world: World, commands: readonly Dated[], recordedAt: number): string {
  const book = foundedBook(world);
  const verdicts = commands.map(({ item, command }) => {
    const verdict = book.submit(command, recordedAt);
    return `${item} ${verdict.type === "rejected" ? verdict.rejection.message : verdict.type}`;
  });
  return `${holdingsOf(book.state)} ${verdicts.sort().join("\n")}`;
}
