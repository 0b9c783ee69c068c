/** Where webhooks may be sent to, and what their secrets are encrypted with. */
import type { TargetPolicy } from "@stockbook/engine";
import { Either, Option } from "effect";
import { Failure } from "../Failure.js";
import { type Environment, type Told, toldBy } from "../serve/Environment.js";

/** What the command line says; whatever it leaves out, the environment may say. */
export interface WebhookOptions {
  readonly webhookKeysFile: Option.Option<string>;
  /** `false` says nothing. */
  readonly allowLoopbackWebhooks: boolean;
}

/** Where the keys are that secrets of endpoints are encrypted with. */
export type KeySource =
  | { readonly type: "variable"; readonly name: string; readonly text: string }
  | { readonly type: "file"; readonly path: string }
  /** In a file beside the database, made when it is not there. */
  | { readonly type: "beside" };

export interface WebhookSettings {
  readonly keys: KeySource;
  readonly targets: TargetPolicy;
}

const KEYS = "STOCKBOOK_WEBHOOK_KEYS";
export const RANGES = "STOCKBOOK_WEBHOOK_RANGES";
const ALLOW_LOOPBACK = "STOCKBOOK_ALLOW_LOOPBACK_WEBHOOKS";

/** The settings; an option wins over its variable. */
export function webhookSettingsOf(
  options: WebhookOptions,
  environment: Environment,
): Either.Either<WebhookSettings, Failure> {
  const allowed = toldBy(environment, ALLOW_LOOPBACK);
  const loopback = options.allowLoopbackWebhooks ? Either.right(true) : yesOrNo(allowed);
  return Either.map(loopback, (isAllowed) => ({
    keys: keysOf(options.webhookKeysFile, toldBy(environment, KEYS)),
    targets: {
      loopback: isAllowed ? "http-and-https" : "refused",
      allowedRanges: wordsOf(toldBy(environment, RANGES)?.text ?? ""),
    },
  }));
}

function keysOf(file: Option.Option<string>, variable: Told | undefined): KeySource {
  if (Option.isSome(file)) return { type: "file", path: file.value };
  return variable === undefined ? { type: "beside" } : { type: "variable", ...variable };
}

function yesOrNo(told: Told | undefined): Either.Either<boolean, Failure> {
  if (told === undefined || told.text === "false") return Either.right(false);
  if (told.text === "true") return Either.right(true);
  const message = `${told.name} must be true or false, not ${JSON.stringify(told.text)}`;
  return Either.left(new Failure({ message }));
}

/** Words with commas or blanks between them. */
export function wordsOf(list: string): readonly string[] {
  return list.split(/[\s,]+/).filter((word) => word !== "");
}
