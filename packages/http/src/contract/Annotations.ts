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
