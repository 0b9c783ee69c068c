/** Files as answers: in a stream, so that memory stays as it is however long they are. */
import { type HttpServerRequest, HttpServerResponse } from "@effect/platform";
import { Chunk, Effect, Exit, Option, Scope, Stream } from "effect";
import { cutOff } from "./CutOff.js";
import type { FileAnswer } from "./Endpoint.js";
import type { Failure } from "./Failure.js";

type Pull = Effect.Effect<Chunk.Chunk<Uint8Array>, Option.Option<Failure>>;

/** How each part is waited for. */
export type Within = <A, E extends Failure>(part: Effect.Effect<A, E>) => Effect.Effect<A, Failure>;

/**
 * Answers with a file whose first bytes are read now, so that it can fail. When later ones cannot
 * be read, the answer breaks off, and so nobody takes it for the whole.
 */
export function fileResponse(
  { file }: FileAnswer,
  request: HttpServerRequest.HttpServerRequest,
  within: Within,
  headers: Readonly<Record<string, string>>,
): Effect.Effect<HttpServerResponse.HttpServerResponse, Failure> {
  const { mediaType, name, bytes } = file;
  const options = {
    contentType: mediaType,
    headers: { ...headers, "content-disposition": attachment(name) },
  };
  return Effect.flatMap(Scope.make(), (scope) => {
    const close = Scope.close(scope, Exit.void);
    return Effect.flatMap(Scope.extend(Stream.toPull(bytes), scope), (pull) =>
      Effect.map(within(firstOf(pull)), (first) => {
        const rest = Stream.repeatEffectChunkOption(partOf(pull, within));
        const all = Stream.concat(Stream.fromChunk(first), rest);
        const body = Stream.ensuring(cutOff(all, request), close);
        return HttpServerResponse.stream(body, options);
      }),
    ).pipe(
      Effect.onError(() => close),
      // Nobody reads the body of an answer to HEAD.
      request.method === "HEAD"
        ? Effect.flatMap((response) => Effect.as(close, withoutBody(response)))
        : Effect.map((response) => response),
    );
  });
}

function withoutBody(response: HttpServerResponse.HttpServerResponse) {
  const { headers } = response;
  return HttpServerResponse.empty({ status: response.status, headers });
}

/** The first bytes; none where there are none at all. */
function firstOf(pull: Pull): Effect.Effect<Chunk.Chunk<Uint8Array>, Failure> {
  return Effect.catchAll(pull, (end) =>
    Option.isNone(end) ? Effect.succeed(Chunk.empty()) : Effect.fail(end.value),
  );
}

/** The bytes that follow, each part in its time. */
function partOf(pull: Pull, within: Within): Pull {
  const part = Effect.map(pull, Option.some).pipe(
    Effect.catchAll((end) =>
      Option.isNone(end) ? Effect.succeed(Option.none()) : Effect.fail(end.value),
    ),
  );
  return Effect.flatMap(Effect.mapError(within(part), Option.some), (chunk) =>
    Option.isNone(chunk) ? Effect.fail(Option.none()) : Effect.succeed(chunk.value),
  );
}

/** As RFC 6266 has it: in ASCII for old clients, and as it is. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w. -]/g, "_");
  const given = `attachment; filename="${plain}"`;
  return plain === name ? given : `${given}; filename*=UTF-8''${encodeURIComponent(name)}`;
}
