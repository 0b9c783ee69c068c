/** `stockbook verify`: whether every stored figure is the fold of its entries. */
import * as Command from "@effect/cli/Command";
import type { Verification } from "@stockbook/engine";
import { Effect } from "effect";
import { openBook, told } from "../Book.js";
import { Failure } from "../Failure.js";
import { progressOf, silent } from "../output/Progress.js";
import { type Column, table } from "../output/Table.js";
import { count } from "../output/Text.js";
import { dbOption, describe, jsonOption, print, printJson } from "./Shared.js";

export const verifyCommand = Command.make(
  "verify",
  { db: dbOption, json: jsonOption },
  ({ db, json }) =>
    Effect.gen(function* () {
      const book = yield* openBook(db);
      const head = yield* told(db, book.head);
      const progress = json ? silent : progressOf("Verifying", head, "entries");
      const verification = yield* told(db, book.verify({ onProgress: progress.tell }));
      progress.end();
      yield* json ? printJson(verification) : print(verificationText(verification));
      if (verification.sound) return;
      const differences = count(verification.differenceCount, "stored figure");
      const message = `${db}: ${differences} not what the entries say; restore a backup`;
      return yield* new Failure({ message });
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Recomputes every balance from its postings and tells what differs.",
      ["Ends with exit status 1 when anything does."],
      ["stockbook verify", "stockbook verify --db shop.db --json"],
    ),
  ),
);

type Row = Verification["differences"][number];

const COLUMNS: readonly Column<Row>[] = [
  { title: "Where", cell: ({ where }) => where },
  { title: "Stored", align: "right", cell: ({ stored }) => stored },
  { title: "Should be", align: "right", cell: ({ expected }) => expected },
];

/** The verification in a sentence, and the differences where there are any. */
export function verificationText(verification: Verification): string {
  const { sound, differences, differenceCount } = verification;
  const entries = count(verification.entries, "entry", "entries");
  const lines = count(verification.lines, "line");
  const balances = count(verification.balances, "balance");
  if (sound) return `Sound: all ${balances} equal the fold of ${lines} in ${entries}.`;
  const more = differenceCount - differences.length;
  const rest = more > 0 ? `\n… and ${count(more, "more", "more")}` : "";
  return `${table(COLUMNS, differences)}${rest}\n\n${count(differenceCount, "difference")}`;
}
