/** What the commands share: their common options, and how they answer. */
import * as HelpDoc from "@effect/cli/HelpDoc";
import * as Options from "@effect/cli/Options";
import { Array as Arr, Console, type Effect } from "effect";

const DEFAULT_DB = "stock.db";

export const dbOption = Options.text("db").pipe(
  Options.withPseudoName("file"),
  Options.withDescription(`The database file; ${DEFAULT_DB}, if left out.`),
  Options.withDefault(DEFAULT_DB),
);

export const jsonOption = Options.boolean("json").pipe(
  Options.withDescription("Print JSON for machines instead of tables."),
);

export const orgOption = Options.text("org").pipe(
  Options.withPseudoName("id"),
  Options.withDescription("The organisation; default, if left out."),
  Options.withDefault("default"),
);

/** The description of a command: what it does, more about it, and examples to copy. */
export function describe(
  summary: string,
  more: readonly string[],
  examples: readonly [string, ...string[]],
): HelpDoc.HelpDoc {
  return HelpDoc.blocks([
    HelpDoc.p(summary),
    ...more.map((text) => HelpDoc.p(text)),
    HelpDoc.enumeration(Arr.map(examples, (example) => HelpDoc.p(example))),
  ]);
}

export function print(text: string): Effect.Effect<void> {
  return Console.log(text);
}

export function printJson(value: unknown): Effect.Effect<void> {
  return Console.log(JSON.stringify(value));
}
