/** What a contract says of an endpoint besides its schemas. */
import type { Scope } from "@stockbook/engine";
import { Context } from "effect";

/** Whom an endpoint admits: anybody, any valid key, or a key with a scope. */
export type Admission = "public" | "any-key" | Scope;

/** An endpoint without it is served to nobody. */
export class Admits extends Context.Tag("@stockbook/http/Admits")<Admits, Admission>() {}

/** The endpoint is refused without `If-Match`, so that no change is lost unseen. */
export class NeedsMatch extends Context.Reference<NeedsMatch>()("@stockbook/http/NeedsMatch", {
  defaultValue: (): boolean => false,
}) {}

/** The endpoint heeds `If-Match` and `If-None-Match`, where they are given. */
export class HeedsMatch extends Context.Reference<HeedsMatch>()("@stockbook/http/HeedsMatch", {
  defaultValue: (): boolean => false,
}) {}

/** Answers carry an `ETag`, by which a caller can tell whether the thing is still as it was. */
export class GivesEtag extends Context.Reference<GivesEtag>()("@stockbook/http/GivesEtag", {
  defaultValue: (): boolean => false,
}) {}

/** The same request under the same `Idempotency-Key` is done once, however often it is sent. */
export class OnceByKey extends Context.Reference<OnceByKey>()("@stockbook/http/OnceByKey", {
  defaultValue: (): boolean => false,
}) {}

/** The endpoint answers 501 where the server is not set up for it. */
export class NeedsSetup extends Context.Reference<NeedsSetup>()("@stockbook/http/NeedsSetup", {
  defaultValue: (): boolean => false,
}) {}

/** How a list goes on: with `next` of the answer as `cursor`, or with its `after` as `after`. */
export type Paging = "cursor" | "after";

/** The endpoint answers in pages, and names the next one in a `Link` header, too. */
export class PagedBy extends Context.Tag("@stockbook/http/PagedBy")<PagedBy, Paging>() {}

/** One row of JSON a line. */
export const ROWS_MEDIA_TYPE = "application/x-ndjson";

/** Asked for `ROWS_MEDIA_TYPE`, a paged endpoint gives all its rows, one a line. */
export class Streams extends Context.Reference<Streams>()("@stockbook/http/Streams", {
  defaultValue: (): boolean => false,
}) {}

/** An answer without an `ETag` of its own gets one by its content, and 304 where it is known. */
export class TagsContent extends Context.Reference<TagsContent>()("@stockbook/http/TagsContent", {
  defaultValue: (): boolean => false,
}) {}

export const FORM_MEDIA_TYPE = "application/x-www-form-urlencoded";

/** The body may be a form, too, with names such as `headers[X-A]`; the same schema reads it. */
export class TakesForm extends Context.Reference<TakesForm>()("@stockbook/http/TakesForm", {
  defaultValue: (): boolean => false,
}) {}

/** A body may have so many bytes, where that is more than the server's own limit. */
export class MaxBody extends Context.Tag("@stockbook/http/MaxBody")<MaxBody, number>() {}

/** An answer may take so many milliseconds, where that is more than the server's own limit. */
export class TimeLimit extends Context.Tag("@stockbook/http/TimeLimit")<TimeLimit, number>() {}

/** So many faults of a body are told, where that is more than usual: of an import, row by row. */
export class MostFaults extends Context.Tag("@stockbook/http/MostFaults")<MostFaults, number>() {}

/** A kind of file that an endpoint gives. */
export interface FileType {
  readonly mediaType: string;
  /** What one says, for readers and mocks; without it, it is no text. */
  readonly example?: string | undefined;
}

/** The files that an endpoint gives besides the answers of its schemas. */
export interface Files {
  /** With which of its statuses. */
  readonly status: number;
  /**
   * - `path`: by a suffix in the address, which outranks `Accept`.
   * - `accept`: by `Accept`, or because there is but one kind.
   */
  readonly chosenBy: "path" | "accept";
  readonly types: readonly FileType[];
}

/** The endpoint may answer with a file. */
export class GivesFiles extends Context.Tag("@stockbook/http/GivesFiles")<GivesFiles, Files>() {}
