/** `stockbook orgs`: organisations, each with a live and a test ledger. */
import * as Args from "@effect/cli/Args";
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import type { LedgerSettings } from "@stockbook/core";
import type { Organisation } from "@stockbook/engine";
import { Effect, Option } from "effect";
import { openAccess, told } from "../Book.js";
import { Failure } from "../Failure.js";
import type { HelpSubject } from "../output/Help.js";
import { type Column, table } from "../output/Table.js";
import { clockOf, count, number } from "../output/Text.js";
import { dbOption, describe, jsonOption, print, printJson } from "./Shared.js";

const id = Args.text({ name: "id" }).pipe(
  Args.withDescription("Its name in commands and requests: letters, digits, - and _."),
);

const name = Options.text("name").pipe(
  Options.withDescription("What people call it; the id, if left out."),
  Options.optional,
);

const timeZone = Options.text("time-zone").pipe(
  Options.withPseudoName("zone"),
  Options.withDescription("Whose days its ledgers are kept in; UTC, if left out. Fixed."),
  Options.optional,
);

const currency = Options.text("currency").pipe(
  Options.withPseudoName("code"),
  Options.withDescription("Of items that name none; EUR, if left out. Fixed."),
  Options.optional,
);

const negativePolicy = Options.choice("below-zero", ["deny", "allow"] as const).pipe(
  Options.withDescription("Whether stock may fall below zero; deny, if left out. Fixed."),
  Options.optional,
);

const options = Options.text("option").pipe(
  Options.withPseudoName("name=value"),
  Options.withDescription(
    "How an API behaves towards it, such as tictap.mode=entities; an empty value takes one away.",
  ),
  Options.repeated,
);

const createCommand = Command.make(
  "create",
  { id, name, timeZone, currency, negativePolicy, db: dbOption, json: jsonOption },
  (options) =>
    Effect.gen(function* () {
      const { db, id } = options;
      const name = Option.getOrUndefined(options.name);
      const settings = settingsAsked(options);
      const access = yield* openAccess(db, "is made");
      const organisation = yield* told(db, access.createOrganisation({ id, name, settings }));
      yield* options.json
        ? printJson({ organisation: shown(organisation) })
        : print(organisationsText([organisation]));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Makes an organisation with a live and a test ledger.",
      [
        "The same again changes nothing; the same id with other content is refused. The file is " +
          "made when it is not there.",
      ],
      [
        "stockbook orgs create acme",
        'stockbook orgs create acme --name "Acme Ltd" --currency GBP --time-zone Europe/London',
      ],
    ),
  ),
);

const changeCommand = Command.make(
  "change",
  { id, name, options, db: dbOption, json: jsonOption },
  ({ db, json, id, ...given }) =>
    Effect.gen(function* () {
      const changes = {
        name: Option.getOrUndefined(given.name),
        options: yield* optionsAsked(given.options),
      };
      const access = yield* openAccess(db, "must exist");
      const organisation = yield* told(db, access.changeOrganisation(id, changes));
      yield* json
        ? printJson({ organisation: shown(organisation) })
        : print(organisationsText([organisation]));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Changes the name of an organisation, or how APIs behave towards it.",
      ["What is left out stays as it is; a server that runs sees the change within 5 seconds."],
      [
        'stockbook orgs change acme --name "Acme Ltd"',
        "stockbook orgs change acme --option tictap.mode=entities --option tictap.xlsxAsCsv=true",
      ],
    ),
  ),
);

/** By name; an empty value takes an option away. */
function optionsAsked(
  given: readonly string[],
): Effect.Effect<Readonly<Record<string, string | null>>, Failure> {
  const pairs = given.map((text): readonly [string, string | undefined] => {
    const at = text.indexOf("=");
    return at < 1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  });
  const wrong = pairs.find(([, value]) => value === undefined);
  if (wrong !== undefined) {
    const message = `--option takes a name and a value such as tictap.mode=entities, not ${wrong[0]}`;
    return new Failure({ message });
  }
  return Effect.succeed(Object.fromEntries(pairs.map(([name, value]) => [name, value || null])));
}

const listCommand = Command.make("list", { db: dbOption, json: jsonOption }, ({ db, json }) =>
  Effect.gen(function* () {
    const access = yield* openAccess(db, "must exist");
    const organisations = yield* told(db, access.organisations);
    yield* json
      ? printJson({ organisations: organisations.map(shown) })
      : print(organisationsText(organisations));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Lists the organisations of a file.",
      ["The plan says how many requests each of their keys may make."],
      ["stockbook orgs list", "stockbook orgs list --db shop.db --json"],
    ),
  ),
);

export const orgsCommand = Command.make("orgs").pipe(
  Command.withSubcommands([createCommand, changeCommand, listCommand]),
);

export const orgsSubjects: readonly HelpSubject[] = [
  { name: "orgs create", descriptor: createCommand.descriptor },
  { name: "orgs change", descriptor: changeCommand.descriptor },
  { name: "orgs list", descriptor: listCommand.descriptor },
];

type SettingsOptions = {
  readonly [setting in keyof LedgerSettings]: Option.Option<LedgerSettings[setting]>;
};

/** What is left out asks for nothing: the organisation may be there already. */
function settingsAsked(options: SettingsOptions): Partial<LedgerSettings> {
  const { timeZone, currency, negativePolicy } = options;
  return {
    ...Option.match(timeZone, { onNone: () => ({}), onSome: (timeZone) => ({ timeZone }) }),
    ...Option.match(currency, { onNone: () => ({}), onSome: (currency) => ({ currency }) }),
    ...Option.match(negativePolicy, {
      onNone: () => ({}),
      onSome: (negativePolicy) => ({ negativePolicy }),
    }),
  };
}

/** The numbers of its ledgers mean nothing outside the file. */
function shown({ ledgers: _, ...organisation }: Organisation) {
  return organisation;
}

const clock = clockOf("UTC");

const COLUMNS: readonly Column<Organisation>[] = [
  { title: "Id", cell: ({ id }) => id },
  { title: "Name", most: 36, cell: ({ name }) => name },
  { title: "Currency", cell: ({ settings }) => settings.currency },
  { title: "Time zone", cell: ({ settings }) => settings.timeZone },
  { title: "Below zero", cell: ({ settings }) => settings.negativePolicy },
  {
    title: "Plan",
    cell: ({ plan }) =>
      `${plan.name}: ${number(plan.requests)} requests in ${number(plan.windowMs / 1000)} s`,
  },
  {
    title: "Options",
    cell: ({ options }) =>
      Object.entries(options)
        .map(([key, value]) => `${key}=${value}`)
        .join(" "),
  },
  { title: "Since (UTC)", cell: ({ createdAt }) => clock(createdAt) },
];

function organisationsText(organisations: readonly Organisation[]): string {
  if (organisations.length === 0) return "No organisations; `stockbook orgs create` makes one.";
  return `${table(COLUMNS, organisations)}\n\n${count(organisations.length, "organisation")}`;
}
