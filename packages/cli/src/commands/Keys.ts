/** `stockbook keys`: what programs show to be let into a ledger. */
import * as Args from "@effect/cli/Args";
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import { Clock, Effect, Option } from "effect";
import { openAccess, told } from "../Book.js";
import { readDuration, readInstant, readScopes } from "../keys/Reading.js";
import { createdText, keysText, revokedText, rotatedText } from "../keys/Report.js";
import type { HelpSubject } from "../output/Help.js";
import { dbOption, describe, jsonOption, orgOption, print, printJson } from "./Shared.js";

const id = Args.text({ name: "key" }).pipe(
  Args.withDescription("The id of the key, key_…; `stockbook keys list` shows it."),
);

const mode = Options.choice("mode", ["live", "test"] as const).pipe(
  Options.withPseudoName("mode"),
  Options.withDescription("The ledger it opens, live or test; test, if left out."),
  Options.withDefault("test" as const),
);

const name = Options.text("name").pipe(
  Options.withDescription("Who or what will use it, to tell it from others by."),
);

const scope = Options.text("scope").pipe(
  Options.withDescription(
    "What it may do, such as stock:read; once for each. `all` is everything but the scopes of " +
      "an operator.",
  ),
  Options.repeated,
);

const expires = Options.text("expires").pipe(
  Options.withPseudoName("time"),
  Options.withDescription(
    "When it ends: 2027-01-31 (when that day begins, UTC) or 2027-01-31T18:00+01:00; never, if " +
      "left out.",
  ),
  Options.optional,
);

const allowIp = Options.text("allow-ip").pipe(
  Options.withPseudoName("range"),
  Options.withDescription(
    "An address or a range, such as 10.0.0.0/8, it may be used from; once for each. From " +
      "anywhere, if left out.",
  ),
  Options.repeated,
);

const overlap = Options.text("overlap").pipe(
  Options.withPseudoName("time"),
  Options.withDescription(
    "How long the old key is good for beside the new one: 0, 30m, 24h or 7d; 24h, if left out.",
  ),
  Options.withDefault("24h"),
);

const createCommand = Command.make(
  "create",
  { org: orgOption, mode, name, scope, expires, allowIp, db: dbOption, json: jsonOption },
  (options) =>
    Effect.gen(function* () {
      const { db, org, mode, name, allowIp, json } = options;
      const scopes = yield* readScopes(options.scope);
      const expiresAt = Option.isNone(options.expires)
        ? null
        : yield* readInstant("--expires", options.expires.value);
      const access = yield* openAccess(db, "must exist");
      const key = { organisation: org, mode, name, scopes, allowedIps: allowIp, expiresAt };
      const created = yield* told(db, access.createKey(key));
      yield* json ? printJson(created) : print(createdText(created));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Makes a key and shows its secret, once.",
      [
        "Only a hash of the secret is kept. Whoever loses it rotates the key. Scopes must be " +
          "named, so that no key can do more than somebody meant it to.",
      ],
      [
        'stockbook keys create --name "the till" --scope stock:read --scope stock:write',
        'stockbook keys create --org acme --mode live --name "web shop" --scope all --expires 2027-01-31',
      ],
    ),
  ),
);

const listCommand = Command.make(
  "list",
  { org: orgOption, db: dbOption, json: jsonOption },
  ({ db, org, json }) =>
    Effect.gen(function* () {
      const access = yield* openAccess(db, "must exist");
      const keys = yield* told(db, access.keys(org));
      const now = yield* Clock.currentTimeMillis;
      yield* json ? printJson({ keys }) : print(yield* keysText(keys, now));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Lists the keys of an organisation, those that have ended too.",
      ["Of a secret it shows how it begins and ends."],
      ["stockbook keys list", "stockbook keys list --org acme --db shop.db --json"],
    ),
  ),
);

const revokeCommand = Command.make(
  "revoke",
  { id, org: orgOption, db: dbOption, json: jsonOption },
  ({ id, db, org, json }) =>
    Effect.gen(function* () {
      const access = yield* openAccess(db, "must exist");
      const key = yield* told(db, access.revokeKey(org, id));
      yield* json ? printJson({ key }) : print(revokedText(key));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Ends a key, for ever.",
      ["A server that is running takes up to 5 seconds to notice."],
      ["stockbook keys revoke key_4fGz0m1bYc2kQ9sXw7Ta --org acme"],
    ),
  ),
);

const rotateCommand = Command.make(
  "rotate",
  { id, org: orgOption, overlap, db: dbOption, json: jsonOption },
  ({ id, db, org, overlap, json }) =>
    Effect.gen(function* () {
      const overlapMs = yield* readDuration("--overlap", overlap);
      const access = yield* openAccess(db, "must exist");
      const created = yield* told(db, access.rotateKey(org, id, { overlapMs }));
      const replaced = yield* told(db, access.key(org, id));
      yield* json ? printJson({ ...created, replaced }) : print(rotatedText(created, replaced));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Makes a key with the same rights in the place of another, and shows its secret, once.",
      ["The old key goes on until the overlap is over, but no longer than it would have."],
      [
        "stockbook keys rotate key_4fGz0m1bYc2kQ9sXw7Ta",
        "stockbook keys rotate key_4fGz0m1bYc2kQ9sXw7Ta --org acme --overlap 7d",
      ],
    ),
  ),
);

export const keysCommand = Command.make("keys").pipe(
  Command.withSubcommands([createCommand, listCommand, revokeCommand, rotateCommand]),
);

export const keysSubjects: readonly HelpSubject[] = [
  { name: "keys create", descriptor: createCommand.descriptor },
  { name: "keys list", descriptor: listCommand.descriptor },
  { name: "keys revoke", descriptor: revokeCommand.descriptor },
  { name: "keys rotate", descriptor: rotateCommand.descriptor },
];
