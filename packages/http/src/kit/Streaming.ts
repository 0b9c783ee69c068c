/** Streaming: all pages of a list in one answer, one row a line, one page in memory. */
import { type HttpServerRequest, HttpServerResponse } from "@effect/platform";
import { Chunk, Effect, Option, Stream } from "effect";
import { type Paging, ROWS_MEDIA_TYPE } from "../contract/Annotations.js";
import { cutOff } from "./CutOff.js";
import type { Failure } from "./Failure.js";
import { nextOf } from "./Pages.js";

/** A page as it is written: its encoded body. */
type Page = Effect.Effect<unknown, Failure>;

const encoder = new TextEncoder();

/**
 * Answers with the rows of a first page and of all that follow. When a later page cannot be
 * read, the answer breaks off, and so nobody takes it for the whole.
 */
export function rowsResponse(
  first: unknown,
  paging: Paging,
  read: (next: string) => Page,
  request: HttpServerRequest.HttpServerRequest,
  headers: Readonly<Record<string, string>>,
): HttpServerResponse.HttpServerResponse {
  const pages = Stream.paginateEffect(Effect.succeed(first) as Page, (page) =>
    Effect.map(page, (body) => {
      const next = nextOf(paging, body);
      const following: Option.Option<Page> =
        next === undefined ? Option.none() : Option.some(read(next));
      return [body, following] as const;
    }),
  );
  const lines = Stream.mapChunks(pages, Chunk.map(linesOf));
  return HttpServerResponse.stream(cutOff(lines, request), {
    contentType: ROWS_MEDIA_TYPE,
    headers,
  });
}

function linesOf(page: unknown): Uint8Array {
  const { rows } = page as { readonly rows: readonly unknown[] };
  return encoder.encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
