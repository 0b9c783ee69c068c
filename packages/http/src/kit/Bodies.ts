/** Bodies: read within bounds, as UTF-8, as JSON or as a form. */
import type { HttpServerRequest } from "@effect/platform";
import { Cause, type Chunk, Effect, Exit, Option, Scope, Stream } from "effect";
import { FORM_MEDIA_TYPE } from "../contract/Annotations.js";
import { BodyTooLarge, MalformedBody, UnsupportedMediaType } from "./Failure.js";
import { parseForm } from "./Forms.js";

type ServerRequest = HttpServerRequest.HttpServerRequest;

const JSON_MEDIA_TYPE = "application/json";
/** Objects and lists within each other; nothing an API takes comes near it. */
const MAX_DEPTH = 64;

export type BodyFailure = BodyTooLarge | MalformedBody | UnsupportedMediaType;

/** What a body may be. */
export interface BodyRules {
  readonly maxBytes: number;
  readonly takesForm: boolean;
}

/** The JSON of a body, or the values of a form; an empty body counts as `{}`. */
export function readBody(
  request: ServerRequest,
  { maxBytes, takesForm }: BodyRules,
): Effect.Effect<unknown, BodyFailure> {
  const kind = kindOf(request, takesForm);
  if (typeof kind !== "string") return kind;
  const parse = kind === "form" ? parseForm : parseJson;
  return Effect.flatMap(readText(request, maxBytes), parse);
}

function kindOf(
  { headers }: ServerRequest,
  takesForm: boolean,
): "json" | "form" | UnsupportedMediaType {
  const { "content-type": given, "content-encoding": encoding } = headers;
  const expected = takesForm ? [JSON_MEDIA_TYPE, FORM_MEDIA_TYPE] : [JSON_MEDIA_TYPE];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== "identity") {
    return new UnsupportedMediaType({
      given: encoding,
      expected: expected.map((type) => `${type}, uncompressed`),
    });
  }
  if (given === undefined) {
    if (headers["content-length"] === "0" || !hasBody(headers)) return "json";
    return new UnsupportedMediaType({ given: "none", expected });
  }
  const [type = "", ...parameters] = given.toLowerCase().split(";");
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (isUtf8 && type.trim() === JSON_MEDIA_TYPE) return "json";
  if (isUtf8 && takesForm && type.trim() === FORM_MEDIA_TYPE) return "form";
  return new UnsupportedMediaType({ given, expected });
}

function hasBody(headers: ServerRequest["headers"]): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

/** The body as text, within the bound; what is longer is not read to its end. */
function readText(
  request: ServerRequest,
  maxBytes: number,
): Effect.Effect<string, BodyTooLarge | MalformedBody> {
  const announced = Number(request.headers["content-length"] ?? Number.NaN);
  if (announced > maxBytes) return new BodyTooLarge({ maxBytes });
  // Where the length is announced, no more than that arrives.
  const bytes = Number.isNaN(announced)
    ? readBounded(request, maxBytes)
    : Effect.mapError(request.arrayBuffer, brokenOff);
  return Effect.flatMap(
    bytes,
    (buffer): Effect.Effect<string, BodyTooLarge | MalformedBody> =>
      buffer.byteLength > maxBytes ? new BodyTooLarge({ maxBytes }) : decodeUtf8(buffer),
  );
}

const brokenOff = () => new MalformedBody({ message: "the body broke off" });

function readBounded(
  request: ServerRequest,
  maxBytes: number,
): Effect.Effect<ArrayBuffer, BodyTooLarge | MalformedBody> {
  if (!hasBody(request.headers) && isEmptySource(request))
    return Effect.succeed(new ArrayBuffer(0));
  return Effect.acquireUseRelease(
    Scope.make(),
    (scope) =>
      Effect.flatMap(Scope.extend(Stream.toPull(request.stream), scope), (pull) =>
        collected(pull, maxBytes),
      ),
    // Closing it ends the connection, too, over which the refusal has to go.
    (scope, exit) => (isTooLarge(exit) ? Effect.void : Scope.close(scope, exit)),
  );
}

type Pull = Effect.Effect<Chunk.Chunk<Uint8Array>, Option.Option<unknown>>;

function collected(
  pull: Pull,
  maxBytes: number,
): Effect.Effect<ArrayBuffer, BodyTooLarge | MalformedBody> {
  return Effect.gen(function* () {
    const chunks: Uint8Array[] = [];
    let size = 0;
    while (true) {
      const more = yield* Effect.catchAll(pull, (end) =>
        Option.isNone(end) ? Effect.succeed(undefined) : brokenOff(),
      );
      if (more === undefined) return joined(chunks, size);
      for (const chunk of more) {
        size += chunk.byteLength;
        if (size > maxBytes) return yield* new BodyTooLarge({ maxBytes });
        chunks.push(chunk);
      }
    }
  });
}

function isTooLarge(exit: Exit.Exit<unknown, BodyTooLarge | MalformedBody>): boolean {
  if (Exit.isSuccess(exit)) return false;
  const failure = Cause.failureOption(exit.cause);
  return Option.isSome(failure) && failure.value._tag === "BodyTooLarge";
}

// A web request without a body has no stream that could be read.
function isEmptySource({ source }: ServerRequest): boolean {
  return source instanceof Request ? source.body === null : true;
}

function joined(chunks: readonly Uint8Array[], size: number): ArrayBuffer {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes.buffer;
}

function decodeUtf8(buffer: ArrayBuffer): Effect.Effect<string, MalformedBody> {
  try {
    return Effect.succeed(new TextDecoder("utf-8", { fatal: true }).decode(buffer));
  } catch {
    return new MalformedBody({ message: "the body must be UTF-8" });
  }
}

function parseJson(text: string): Effect.Effect<unknown, MalformedBody> {
  if (text.trim() === "") return Effect.succeed({});
  if (depthOf(text) > MAX_DEPTH) {
    const message = `objects and lists may lie at most ${MAX_DEPTH} deep within each other`;
    return new MalformedBody({ message });
  }
  try {
    return Effect.succeed(JSON.parse(text));
  } catch (error) {
    return new MalformedBody({ message: `the body must be JSON: ${placeOf(error)}` });
  }
}

/** Where the text stops being JSON, without repeating what stands there. */
function placeOf(error: unknown): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return position === undefined ? "it ends too early" : `see position ${position}`;
}

/** How deep brackets lie within each other, those in texts left out. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inText) {
      if (unit === BACKSLASH) i++;
      else if (unit === QUOTE) inText = false;
    } else if (unit === QUOTE) inText = true;
    else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) deepest = Math.max(deepest, ++depth);
    else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) depth--;
  }
  return deepest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
