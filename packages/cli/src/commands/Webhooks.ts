/** `stockbook webhooks`: who is told of what happens in a ledger, and what became of it. */
import * as Args from "@effect/cli/Args";
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import type {
  EndpointChanges,
  EndpointView,
  LedgerMode,
  Owner,
  WebhookService,
} from "@stockbook/engine";
import { Effect, Option, type Scope } from "effect";
import { openWebhooks, type SecretsUse, told } from "../Book.js";
import type { Failure } from "../Failure.js";
import { readDuration, readInstant } from "../keys/Reading.js";
import type { HelpSubject } from "../output/Help.js";
import { count } from "../output/Text.js";
import { ifAny, ifGiven, readDelays, readHeaders, readMost } from "../webhooks/Reading.js";
import {
  createdText,
  deliveriesText,
  deliveryLine,
  deliveryText,
  endpointsText,
  endpointText,
} from "../webhooks/Report.js";
import { webhookSettingsOf } from "../webhooks/Settings.js";
import { allowLoopbackOption, webhookKeysFileOption } from "./Serve.js";
import { dbOption, describe, jsonOption, orgOption, print, printJson } from "./Shared.js";

// ── what they share ──────────────────────────────────────────────────────────────────────

const mode = Options.choice("mode", ["live", "test"] as const).pipe(
  Options.withPseudoName("mode"),
  Options.withDescription("The ledger, live or test; test, if left out."),
  Options.withDefault("test" as const),
);

const id = Args.text({ name: "endpoint" }).pipe(
  Args.withDescription("The id of the endpoint, whe_…; `stockbook webhooks list` shows it."),
);

const message = Args.text({ name: "message" }).pipe(
  Args.withDescription("The id of the message, msg_…; `stockbook webhooks deliveries` shows it."),
);

const SHARED = { org: orgOption, mode, db: dbOption, json: jsonOption };
const TARGETS = { allowLoopbackWebhooks: allowLoopbackOption };
const KEYS = { webhookKeysFile: webhookKeysFileOption };

interface Shared {
  readonly org: string;
  readonly mode: LedgerMode;
  readonly db: string;
  readonly json: boolean;
  readonly allowLoopbackWebhooks?: boolean;
  readonly webhookKeysFile?: Option.Option<string>;
}

/** The webhooks of a file, and what a command asks of them. */
interface Opened {
  readonly owner: Owner;
  readonly webhooks: WebhookService;
  /** What goes wrong, as a failure that names the file. */
  readonly ask: <A>(
    answer: Effect.Effect<A, { readonly message: string }>,
  ) => Effect.Effect<A, Failure>;
}

const opened = (options: Shared, use: SecretsUse): Effect.Effect<Opened, Failure, Scope.Scope> =>
  Effect.gen(function* () {
    const { db, org: organisation, mode } = options;
    const { allowLoopbackWebhooks = false, webhookKeysFile = Option.none() } = options;
    const said = { allowLoopbackWebhooks, webhookKeysFile };
    const settings = yield* webhookSettingsOf(said, process.env);
    const webhooks = yield* openWebhooks(db, settings, use);
    return { owner: { organisation, mode }, webhooks, ask: (answer) => told(db, answer) };
  });

const shown = ({ json }: Shared, value: object, text: string) =>
  json ? printJson(value) : print(text);

// ── making and changing ──────────────────────────────────────────────────────────────────

const url = Args.text({ name: "url" }).pipe(
  Args.withDescription("Where events are sent to: https, on the public internet."),
);

const event = Options.text("event").pipe(
  Options.withPseudoName("type"),
  Options.withDescription(
    "A type of events it gets, such as stock.depleted; once for each. All, if left out.",
  ),
  Options.repeated,
);

const SETTINGS = {
  description: Options.text("description").pipe(
    Options.withDescription("What it is for, to tell it from others by."),
    Options.optional,
  ),
  header: Options.text("header").pipe(
    Options.withPseudoName("header"),
    Options.withDescription('Sent along, such as "X-Shop: 12"; once for each.'),
    Options.repeated,
  ),
  format: Options.choice("format", ["json", "form"] as const).pipe(
    Options.withDescription("How bodies are written; json, if left out."),
    Options.optional,
  ),
  ordered: Options.choice("ordered", ["yes", "no"] as const).pipe(
    Options.withDescription(
      "Whether it gets one at a time, in the order of the ledger; no, if left out.",
    ),
    Options.optional,
  ),
  maxConcurrent: Options.integer("max-concurrent").pipe(
    Options.withPseudoName("number"),
    Options.withDescription("Deliveries under way at once, at most; 8, if left out."),
    Options.optional,
  ),
  maxPerSecond: Options.text("max-per-second").pipe(
    Options.withPseudoName("number"),
    Options.withDescription("Attempts a second, at most; none, if left out."),
    Options.optional,
  ),
  retryDelay: Options.text("retry-delay").pipe(
    Options.withPseudoName("time"),
    Options.withDescription(
      "How long to wait after a failed attempt, such as 5s, 30m or 2h; once for each attempt " +
        "more. 5s to 10h, over 27 hours, if left out.",
    ),
    Options.repeated,
  ),
};

type Read<A> = A extends Options.Options<infer Value> ? Value : never;
type Settings = { readonly [name in keyof typeof SETTINGS]: Read<(typeof SETTINGS)[name]> };

/** What is left out is not there: it stays as it is, or becomes what is usual. */
const settingsIn = (given: Settings): Effect.Effect<EndpointChanges, Failure> =>
  Effect.gen(function* () {
    const ordered = Option.getOrUndefined(given.ordered);
    return {
      description: Option.getOrUndefined(given.description),
      headers: yield* ifAny(given.header, readHeaders),
      format: Option.getOrUndefined(given.format),
      ordered: ordered === undefined ? undefined : ordered === "yes",
      maxConcurrent: Option.getOrUndefined(given.maxConcurrent),
      maxPerSecond: yield* ifGiven(given.maxPerSecond, readMost),
      retryDelaysMs: yield* ifAny(given.retryDelay, readDelays),
    };
  });

const after = Options.integer("after").pipe(
  Options.withPseudoName("sequence"),
  Options.withDescription(
    "Begins with the events after this one; with those to come, if left out.",
  ),
  Options.optional,
);

const createCommand = Command.make(
  "create",
  { url, event, after, ...SETTINGS, ...TARGETS, ...KEYS, ...SHARED },
  (options) =>
    Effect.gen(function* () {
      const settings = yield* settingsIn(options);
      const { owner, webhooks, ask } = yield* opened(options, "encrypts");
      const after = Option.getOrUndefined(options.after);
      const { url, event: events } = options;
      const created = yield* ask(
        webhooks.createEndpoint({ ...settings, ...owner, url, events, after }),
      );
      yield* shown(options, created, createdText(created));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Makes an endpoint and shows the secret that its deliveries are signed with, once.",
      [
        "`stockbook serve` delivers, also while it is running. Targets that it is to allow with " +
          "--allow-loopback-webhooks or STOCKBOOK_WEBHOOK_RANGES must be allowed here, too.",
      ],
      [
        "stockbook webhooks create https://shop.example.com/hooks --event stock.depleted",
        'stockbook webhooks create https://example.com/hooks --mode live --header "X-Shop: 12" --ordered yes',
      ],
    ),
  ),
);

const newUrl = Options.text("url").pipe(
  Options.withDescription("Where events are sent to from now on."),
  Options.optional,
);

const allEvents = Options.boolean("all-events").pipe(
  Options.withDescription("It gets events of all types; wins over --event."),
);

const updateCommand = Command.make(
  "update",
  { id, url: newUrl, event, allEvents, ...SETTINGS, ...TARGETS, ...SHARED },
  (options) =>
    Effect.gen(function* () {
      const settings = yield* settingsIn(options);
      const url = Option.getOrUndefined(options.url);
      const events = options.allEvents ? [] : yield* ifAny(options.event, Effect.succeed);
      yield* changed(options, { ...settings, url, events });
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Changes what is given of an endpoint, and leaves the rest as it is.",
      ["Headers and delays are replaced as a whole."],
      [
        "stockbook webhooks update whe_4fGz0m1bYc2kQ9sXw7Ta --url https://example.com/new",
        "stockbook webhooks update whe_4fGz0m1bYc2kQ9sXw7Ta --retry-delay 10s --retry-delay 1h",
      ],
    ),
  ),
);

const changed = (options: Shared & { readonly id: string }, changes: EndpointChanges) =>
  Effect.gen(function* () {
    const { owner, webhooks, ask } = yield* opened(options, "leaves secrets alone");
    const endpoint = yield* ask(webhooks.changeEndpoint(owner, options.id, changes));
    yield* shown(options, { endpoint }, endpointText(endpoint));
  });

const disableCommand = Command.make("disable", { id, ...SHARED }, (options) =>
  Effect.scoped(changed(options, { enabled: false })),
).pipe(
  Command.withDescription(
    describe(
      "Stops deliveries to an endpoint.",
      ["What happens meanwhile waits for it in the ledger."],
      ["stockbook webhooks disable whe_4fGz0m1bYc2kQ9sXw7Ta"],
    ),
  ),
);

const enableCommand = Command.make("enable", { id, ...SHARED }, (options) =>
  Effect.scoped(changed(options, { enabled: true })),
).pipe(
  Command.withDescription(
    describe(
      "Lets deliveries to an endpoint go on where they stopped.",
      [],
      ["stockbook webhooks enable whe_4fGz0m1bYc2kQ9sXw7Ta"],
    ),
  ),
);

const deleteCommand = Command.make("delete", { id, ...SHARED }, (options) =>
  Effect.gen(function* () {
    const { owner, webhooks, ask } = yield* opened(options, "leaves secrets alone");
    const endpoint: EndpointView = yield* ask(webhooks.endpoint(owner, options.id));
    yield* ask(webhooks.removeEndpoint(owner, options.id));
    const text = `${endpoint.id} is gone, with all that is known of its deliveries.`;
    yield* shown(options, { endpoint }, text);
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Removes an endpoint with all its deliveries.",
      ["`disable` keeps both."],
      ["stockbook webhooks delete whe_4fGz0m1bYc2kQ9sXw7Ta"],
    ),
  ),
);

const overlap = Options.text("overlap").pipe(
  Options.withPseudoName("time"),
  Options.withDescription(
    "How long the old secret signs along: 0, 30m, 24h or 7d; 24h, if left out.",
  ),
  Options.withDefault("24h"),
);

const rotateCommand = Command.make("rotate", { id, overlap, ...KEYS, ...SHARED }, (options) =>
  Effect.gen(function* () {
    const overlapMs = yield* readDuration("--overlap", options.overlap);
    const { owner, webhooks, ask } = yield* opened(options, "encrypts");
    const created = yield* ask(webhooks.rotateSecret(owner, options.id, { overlapMs }));
    yield* shown(options, created, createdText(created));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Gives an endpoint a new secret and shows it, once.",
      ["Until the overlap is over, deliveries carry a signature of each."],
      ["stockbook webhooks rotate whe_4fGz0m1bYc2kQ9sXw7Ta --overlap 7d"],
    ),
  ),
);

const listCommand = Command.make("list", SHARED, (options) =>
  Effect.gen(function* () {
    const { owner, webhooks, ask } = yield* opened(options, "leaves secrets alone");
    const endpoints = yield* ask(webhooks.endpoints(owner));
    yield* shown(options, { endpoints }, endpointsText(endpoints));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Lists the endpoints of a ledger.",
      ["`Up to` is the sequence up to which the ledger has become deliveries."],
      ["stockbook webhooks list", "stockbook webhooks list --org acme --mode live --json"],
    ),
  ),
);

// ── deliveries ───────────────────────────────────────────────────────────────────────────

const since = Options.text("since").pipe(
  Options.withPseudoName("time"),
  Options.withDescription("Made from then on: 2027-01-31 (UTC) or 2027-01-31T18:00+01:00."),
);

const until = Options.text("until").pipe(
  Options.withPseudoName("time"),
  Options.withDescription("Made before then."),
  Options.optional,
);

const FILTER = {
  status: Options.choice("status", ["waiting", "delivered", "failed", "aborted"] as const).pipe(
    Options.withDescription("Only those that stand so; all, if left out."),
    Options.optional,
  ),
  type: Options.text("type").pipe(
    Options.withDescription("Only those of this type, such as stock.depleted."),
    Options.optional,
  ),
  since: since.pipe(Options.optional),
  until,
  limit: Options.integer("limit").pipe(
    Options.withPseudoName("number"),
    Options.withDescription("So many at most, up to 1000; 50, if left out."),
    Options.withDefault(50),
  ),
  before: Options.integer("before").pipe(
    Options.withPseudoName("number"),
    Options.withDescription("The page before, as the last line of a page says."),
    Options.optional,
  ),
};

const readSince = (text: string) => readInstant("--since", text);
const readUntil = (text: string) => readInstant("--until", text);

const deliveriesCommand = Command.make("deliveries", { id, ...FILTER, ...SHARED }, (options) =>
  Effect.gen(function* () {
    const request = {
      status: Option.getOrUndefined(options.status),
      type: Option.getOrUndefined(options.type),
      since: yield* ifGiven(options.since, readSince),
      until: yield* ifGiven(options.until, readUntil),
      before: Option.getOrUndefined(options.before),
      limit: options.limit,
    };
    const { owner, webhooks, ask } = yield* opened(options, "leaves secrets alone");
    const { rows, next } = yield* ask(webhooks.deliveries(owner, options.id, request));
    yield* shown(options, { deliveries: rows, next }, deliveriesText(rows, next));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Lists what was sent to an endpoint, the latest first.",
      [],
      [
        "stockbook webhooks deliveries whe_4fGz0m1bYc2kQ9sXw7Ta",
        "stockbook webhooks deliveries whe_4fGz0m1bYc2kQ9sXw7Ta --status failed --since 2027-01-31",
      ],
    ),
  ),
);

const deliveryCommand = Command.make("delivery", { id, message, ...SHARED }, (options) =>
  Effect.gen(function* () {
    const { owner, webhooks, ask } = yield* opened(options, "leaves secrets alone");
    const delivery = yield* ask(webhooks.delivery(owner, options.id, options.message));
    yield* shown(options, { delivery }, deliveryText(delivery));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Shows a delivery: its body, and each attempt with its request and answer.",
      [],
      ["stockbook webhooks delivery whe_4fGz0m1bYc2kQ9sXw7Ta msg_5d41402abc4b2a76b9719d911017c592"],
    ),
  ),
);

const resendCommand = Command.make("resend", { id, message, ...SHARED }, (options) =>
  Effect.gen(function* () {
    const { owner, webhooks, ask } = yield* opened(options, "leaves secrets alone");
    const delivery = yield* ask(webhooks.resend(owner, options.id, options.message));
    yield* shown(options, { delivery }, deliveryLine(delivery));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Sends a message once more, whatever became of it.",
      ["A server that is running does it within seconds."],
      ["stockbook webhooks resend whe_4fGz0m1bYc2kQ9sXw7Ta msg_5d41402abc4b2a76b9719d911017c592"],
    ),
  ),
);

const type = Options.text("type").pipe(
  Options.withDescription("Only those of this type, such as stock.depleted; once for each."),
  Options.repeated,
);

const recoverCommand = Command.make("recover", { id, since, until, type, ...SHARED }, (options) =>
  Effect.gen(function* () {
    const since = yield* readSince(options.since);
    const until = yield* ifGiven(options.until, readUntil);
    const range = { since, until, types: options.type };
    const { owner, webhooks, ask } = yield* opened(options, "leaves secrets alone");
    const { recovered } = yield* ask(webhooks.recover(owner, options.id, range));
    const text = `${count(recovered, "delivery", "deliveries")} will be sent again.`;
    yield* shown(options, { recovered }, text);
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Sends again all that failed in a range of time, of 14 days at most.",
      [],
      ["stockbook webhooks recover whe_4fGz0m1bYc2kQ9sXw7Ta --since 2027-01-31T18:00Z"],
    ),
  ),
);

const testCommand = Command.make("test", { id, ...SHARED }, (options) =>
  Effect.gen(function* () {
    const { owner, webhooks, ask } = yield* opened(options, "leaves secrets alone");
    const delivery = yield* ask(webhooks.sendTest(owner, options.id));
    yield* shown(options, { delivery }, deliveryLine(delivery));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Sends an endpoint a message that says it is a test.",
      ["`stockbook serve` must be running to send it; `delivery` shows what came of it."],
      ["stockbook webhooks test whe_4fGz0m1bYc2kQ9sXw7Ta"],
    ),
  ),
);

const COMMANDS = [
  listCommand,
  createCommand,
  updateCommand,
  disableCommand,
  enableCommand,
  deleteCommand,
  rotateCommand,
  deliveriesCommand,
  deliveryCommand,
  resendCommand,
  recoverCommand,
  testCommand,
] as const;

export const webhooksCommand = Command.make("webhooks").pipe(Command.withSubcommands(COMMANDS));

export const webhooksSubjects: readonly HelpSubject[] = [
  { name: "webhooks list", descriptor: listCommand.descriptor },
  { name: "webhooks create", descriptor: createCommand.descriptor },
  { name: "webhooks update", descriptor: updateCommand.descriptor },
  { name: "webhooks disable", descriptor: disableCommand.descriptor },
  { name: "webhooks enable", descriptor: enableCommand.descriptor },
  { name: "webhooks delete", descriptor: deleteCommand.descriptor },
  { name: "webhooks rotate", descriptor: rotateCommand.descriptor },
  { name: "webhooks deliveries", descriptor: deliveriesCommand.descriptor },
  { name: "webhooks delivery", descriptor: deliveryCommand.descriptor },
  { name: "webhooks resend", descriptor: resendCommand.descriptor },
  { name: "webhooks recover", descriptor: recoverCommand.descriptor },
  { name: "webhooks test", descriptor: testCommand.descriptor },
];
