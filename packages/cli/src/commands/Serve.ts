/** `stockbook serve`: the book over HTTP, for programs with keys. */
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import { Effect } from "effect";
import { APIS, NATIVE } from "../serve/Apis.js";
import { LOG_FORMS } from "../serve/LogForms.js";
import { describe, print } from "./Shared.js";

const db = Options.text("db").pipe(
  Options.withPseudoName("file"),
  Options.withDescription(
    "The database file, made when it is not there; STOCKBOOK_DB or stock.db, if left out.",
  ),
  Options.optional,
);

export const portOption = Options.text("port").pipe(
  Options.withPseudoName("number"),
  Options.withDescription("The port; 0 for any free one. STOCKBOOK_PORT or 4280, if left out."),
  Options.optional,
);

export const hostOption = Options.text("host").pipe(
  Options.withPseudoName("address"),
  Options.withDescription(
    "The address to listen on; STOCKBOOK_HOST or 127.0.0.1 (this machine alone), if left out.",
  ),
  Options.optional,
);

export const webhookKeysFileOption = Options.text("webhook-keys-file").pipe(
  Options.withPseudoName("file"),
  Options.withDescription(
    "Keys of 32 bytes in base64, one a line, that secrets of webhooks are encrypted with; the " +
      "first encrypts, all decrypt. STOCKBOOK_WEBHOOK_KEYS holds the keys themselves. The " +
      "database's own, <db>.webhook-key, made when it is not there, if left out.",
  ),
  Options.optional,
);

export const allowLoopbackOption = Options.boolean("allow-loopback-webhooks").pipe(
  Options.withDescription(
    "Lets webhooks go to this machine, over plain http too. For tests: whoever has a key can " +
      "then reach whatever listens here. STOCKBOOK_ALLOW_LOOPBACK_WEBHOOKS=true does the same.",
  ),
);

export const logOption = Options.choice("log", LOG_FORMS).pipe(
  Options.withDescription(
    "A line for every request on the error stream: json, text or off. Text on a terminal and " +
      "json elsewhere, if left out.",
  ),
  Options.optional,
);

export const apiOption = Options.text("api").pipe(
  Options.withPseudoName("name[=where]"),
  Options.withDescription(
    `Another API to serve; can be given more than once: ${[NATIVE, ...APIS].map(({ name }) => name).join(", ")}. ` +
      "Where: a path that stands before its own, such as name=/erp, or a host, such as " +
      "name=stock.example.com or name=*.example.com. native is always there. STOCKBOOK_APIS, with " +
      "commas, if left out.",
  ),
  Options.repeated,
);

export const serveCommand = Command.make(
  "serve",
  {
    db,
    port: portOption,
    host: hostOption,
    log: logOption,
    api: apiOption,
    webhookKeysFile: webhookKeysFileOption,
    allowLoopbackWebhooks: allowLoopbackOption,
  },
  (options) =>
    Effect.gen(function* () {
      const { serveFile, settingsOf, untilStopped, welcomeText } = yield* Effect.promise(
        () => import("../serve/index.js"),
      );
      const settings = yield* settingsOf(options, process.env);
      const begun = yield* serveFile(settings);
      yield* print(welcomeText(settings.db, begun));
      yield* untilStopped;
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Serves the book over HTTP until it is stopped.",
      [
        "Programs show a key, which `stockbook keys create` makes; it works at once, and one that " +
          "is revoked is refused within 5 seconds. A new file has one organisation, default.",
        "STOCKBOOK_TRUSTED_PROXIES names proxies (addresses or ranges, with commas) whose " +
          "X-Forwarded-For counts; STOCKBOOK_MAX_BODY_BYTES and STOCKBOOK_TIMEOUT_MS bound a " +
          "request (1 MiB and 30 s, if left out).",
        "Webhooks go to https on the public internet alone; STOCKBOOK_WEBHOOK_RANGES names more " +
          "(addresses or ranges, with commas). `stockbook webhooks` makes endpoints.",
        "Traces and metrics go to OTEL_EXPORTER_OTLP_ENDPOINT, with OTEL_EXPORTER_OTLP_HEADERS and " +
          "OTEL_SERVICE_NAME; nowhere, if it is not set.",
        "Ctrl-C or SIGTERM stops it: no new requests are taken, those that have begun are " +
          "answered. A second one ends it at once.",
      ],
      ["stockbook serve", "stockbook serve --db shop.db --port 8080 --host 0.0.0.0 --log json"],
    ),
  ),
);
