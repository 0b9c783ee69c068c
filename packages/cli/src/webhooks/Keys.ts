/** The keys that secrets of endpoints are encrypted with: given, or kept in a file. */
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { WebhookSecrets } from "@stockbook/engine";
import { Context, Effect, Layer, type Scope } from "effect";
import { Failure } from "../Failure.js";
import { type KeySource, wordsOf } from "./Settings.js";

/** Secrets that can be sealed and opened, and how it came to that. */
export interface OpenedSecrets {
  readonly context: Context.Context<WebhookSecrets>;
  /** The file that was made for it just now. */
  readonly madeFile: string | undefined;
}

const KEY_BYTES = 32;

const unneeded = Effect.dieMessage("there is no key here to encrypt secrets with");

/** For what neither seals nor opens a secret. */
export const NO_SECRETS: OpenedSecrets = {
  context: Context.make(WebhookSecrets, { seal: () => unneeded, open: () => unneeded }),
  madeFile: undefined,
};

/** Reads the keys; where none are given, those beside the database, which are made at first. */
export const openSecretsBox = (
  db: string,
  source: KeySource,
): Effect.Effect<OpenedSecrets, Failure, Scope.Scope> =>
  Effect.gen(function* () {
    const { name, text, madeFile } = yield* textOf(db, source);
    const layer = WebhookSecrets.layer(wordsOf(text));
    const context = yield* Effect.mapError(
      Layer.build(layer),
      ({ message }) => new Failure({ message: `${name}: ${message}` }),
    );
    return { context, madeFile };
  });

interface KeyText {
  /** Where it stands. */
  readonly name: string;
  readonly text: string;
  readonly madeFile?: string;
}

function textOf(db: string, source: KeySource): Effect.Effect<KeyText, Failure> {
  switch (source.type) {
    case "variable":
      return Effect.succeed(source);
    case "file":
      return read(source.path);
    case "beside": {
      const path = `${db}.webhook-key`;
      return Effect.flatMap(made(path), (text) =>
        text === undefined ? read(path) : Effect.succeed({ name: path, text, madeFile: path }),
      );
    }
  }
}

function read(path: string): Effect.Effect<KeyText, Failure> {
  return Effect.map(
    attempt(path, "cannot be read", () => readFileSync(path, "utf8")),
    (text) => ({ name: path, text }),
  );
}

/** A new key, in a file for nobody else to read; nothing where there is such a file. */
function made(path: string): Effect.Effect<string | undefined, Failure> {
  return attempt(path, "cannot be made", () => {
    const file = createdAt(path);
    if (file === undefined) return undefined;
    try {
      const text = `${randomBytes(KEY_BYTES).toString("base64")}\n`;
      writeSync(file, text);
      // Without it nothing that was encrypted with it can be read again.
      fsyncSync(file);
      return text;
    } finally {
      closeSync(file);
    }
  });
}

/** The new file; nothing where there is one already. */
function createdAt(path: string): number | undefined {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    if (reasonOf(error) === "EEXIST") return undefined;
    throw error;
  }
}

function attempt<A>(path: string, what: string, act: () => A): Effect.Effect<A, Failure> {
  return Effect.try({
    try: act,
    catch: (error) => new Failure({ message: `${path} ${what} (${reasonOf(error)})` }),
  });
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
