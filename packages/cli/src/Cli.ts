/** The command line: which commands there are, and how a run of one ends. */
import { readFileSync } from "node:fs";
import * as Command from "@effect/cli/Command";
import * as ValidationError from "@effect/cli/ValidationError";
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem";
import * as NodePath from "@effect/platform-node/NodePath";
import * as NodeTerminal from "@effect/platform-node/NodeTerminal";
import { Cause, Console, Effect, Layer } from "effect";
import { cardCommand } from "./commands/Card.js";
import { demoCommand } from "./commands/Demo.js";
import { openapiCommand, postmanCommand } from "./commands/Documents.js";
import { importCommand } from "./commands/Import.js";
import { keysCommand, keysSubjects } from "./commands/Keys.js";
import { lowCommand } from "./commands/Low.js";
import { orgsCommand, orgsSubjects } from "./commands/Orgs.js";
import { planCommand } from "./commands/Plan.js";
import { serveCommand } from "./commands/Serve.js";
import { stockCommand } from "./commands/Stock.js";
import { verifyCommand } from "./commands/Verify.js";
import { webhooksCommand, webhooksSubjects } from "./commands/Webhooks.js";
import { commandPage, type HelpSubject, overview, plainText, takesValue } from "./output/Help.js";

const SUMMARY =
  "Stockbook keeps stock as a double-entry ledger in one SQLite file: what came and went, " +
  "what is there, what is low and what to order.";

const root = Command.make("stockbook").pipe(
  Command.withDescription(SUMMARY),
  Command.withSubcommands([
    importCommand,
    stockCommand,
    cardCommand,
    lowCommand,
    planCommand,
    verifyCommand,
    demoCommand,
    serveCommand,
    orgsCommand,
    keysCommand,
    webhooksCommand,
    openapiCommand,
    postmanCommand,
  ]),
);

const SUBJECTS: readonly HelpSubject[] = [
  { name: "import", descriptor: importCommand.descriptor },
  { name: "stock", descriptor: stockCommand.descriptor },
  { name: "card", descriptor: cardCommand.descriptor },
  { name: "low", descriptor: lowCommand.descriptor },
  { name: "plan", descriptor: planCommand.descriptor },
  { name: "verify", descriptor: verifyCommand.descriptor },
  { name: "demo", descriptor: demoCommand.descriptor },
  { name: "serve", descriptor: serveCommand.descriptor },
  ...orgsSubjects,
  ...keysSubjects,
  ...webhooksSubjects,
  { name: "openapi", descriptor: openapiCommand.descriptor },
  { name: "postman", descriptor: postmanCommand.descriptor },
];

/** What commands of one first word are about. */
const GROUPS: Readonly<Record<string, string>> = {
  orgs: "Organisations: each has a live and a test ledger of its own.",
  keys: "Keys: what programs show to be let into the ledgers of an organisation.",
  webhooks: "Webhooks: who is told of what happens in a ledger, and what became of it.",
};

const groupOf = (word: string | undefined): readonly HelpSubject[] =>
  SUBJECTS.filter(({ name }) => name.startsWith(`${word} `));

function subjectOf([first, second]: readonly string[]): HelpSubject | undefined {
  return SUBJECTS.find(({ name }) => name === first || name === `${first} ${second}`);
}

const FAILED = Effect.fail("failed" as const);

const platform = Layer.mergeAll(NodeFileSystem.layer, NodePath.layer, NodeTerminal.layer);

/** Runs a command line; a failure is told in one line and fails the run. */
export const run = (argv: readonly string[]): Effect.Effect<void, "failed"> => {
  const words = argv.slice(2);
  const help = helpFor(words);
  if (help !== undefined) return Console.log(help);
  return Command.run(root, { name: "Stockbook", version: version() })(argv).pipe(
    Effect.withConsole(withoutErrors),
    Effect.provide(platform),
    Effect.catchAllCause((cause) => {
      if (Cause.isInterruptedOnly(cause)) return Effect.interrupt;
      return Effect.zipRight(complain(failureLine(words, Cause.squash(cause))), FAILED);
    }),
  );
};

/** The library's own complaints are told in this program's way, by `failureLine`. */
const withoutErrors: Console.Console = {
  ...Effect.runSync(Console.consoleWith(Effect.succeed)),
  error: () => Effect.void,
};

function helpFor(words: readonly string[]): string | undefined {
  const [first = ""] = words;
  const summary = GROUPS[first];
  const asked = words.some((word) => word === "--help" || word === "-h");
  const alone = words.length === 0 || (words.length === 1 && summary !== undefined);
  if (!alone && !asked) return undefined;
  const subject = subjectOf(words);
  if (subject !== undefined) return commandPage(subject);
  if (summary === undefined) return overview(SUMMARY, SUBJECTS);
  return overview(summary, groupOf(first), `stockbook ${first}`);
}

function failureLine(words: readonly string[], error: unknown): string {
  if (ValidationError.isValidationError(error)) return usageLine(words, plainText(error.error));
  if (isTold(error)) return `stockbook: ${oneLine(error.message)}`;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (process.env.STOCKBOOK_TRACE === "1" && error instanceof Error) return error.stack ?? text;
  return `stockbook: this is a fault of the program: ${oneLine(text)} (STOCKBOOK_TRACE=1 says more)`;
}

/** What the command line lacks, and where to read how it goes. */
function usageLine(words: readonly string[], complaint: string): string {
  const subject = subjectOf(words);
  if (subject === undefined) return noCommand(words);
  const unknown = /^Received unknown argument: '(.*)'/.exec(complaint)?.[1];
  const text =
    unknown === undefined
      ? oneLine(complaint).replace(/^[A-Z]/, (letter) => letter.toLowerCase())
      : takesValue(subject, unknown)
        ? `${unknown} needs a value`
        : `${unknown} is not known here`;
  return `stockbook ${subject.name}: ${text}; see stockbook ${subject.name} --help`;
}

function noCommand([first, second]: readonly string[]): string {
  const group = groupOf(first);
  const [given, subjects] =
    group.length === 0 ? [first, SUBJECTS] : [`${first} ${second ?? ""}`.trim(), group];
  const names = subjects.map(({ name }) => name).join(", ");
  return `stockbook: there is no command ${given}; there are ${names}`;
}

function isTold(error: unknown): error is { readonly _tag: string; readonly message: string } {
  return error instanceof Error && "_tag" in error && error.message !== "";
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

function complain(line: string): Effect.Effect<void> {
  return Effect.sync(() => {
    process.stderr.write(`${line}\n`);
  });
}

function version(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const known = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return known ? String(manifest.version) : "unknown";
}
