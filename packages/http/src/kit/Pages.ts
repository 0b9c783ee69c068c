/**
 * Pages of three kinds: by a cursor that the answer before gave, and by number, `page` with
 * `per_page` or `page` with `limit`. Which one follows which is said in a `Link` header (RFC 8288).
 */
import type { Paging } from "../contract/Annotations.js";

/** What stands in the parameter of that name for the page after; nothing after the last one. */
export function nextOf(paging: Paging, body: unknown): string | undefined {
  const { next, after, more } = body as {
    readonly next?: string | null;
    readonly after?: number;
    readonly more?: boolean;
  };
  switch (paging) {
    case "cursor":
      return next ?? undefined;
    case "after":
      return more === true ? String(after) : undefined;
  }
}

/** A page that is asked for by its number. */
export interface NumberedPage {
  /** From 1 on. */
  readonly page: number;
  /** Rows of a page. */
  readonly size: number;
}

/** Where a numbered page lies among all rows. */
export interface PageSpan {
  readonly offset: number;
  readonly limit: number;
  /** How many pages there are; one, and an empty one, where there are no rows. */
  readonly pages: number;
  readonly links: PageLinks;
}

/** What stands in the parameters for other pages, by what they are to this one. */
export type PageLinks = Readonly<
  Partial<Record<"first" | "prev" | "next" | "last", Readonly<Record<string, string>>>>
>;

/**
 * Places a numbered page among `total` rows. A page beyond the last one is empty.
 *
 * @param name of the parameter that holds the number, such as `page`.
 */
export function spanOf({ page, size }: NumberedPage, total: number, name = "page"): PageSpan {
  const pages = Math.max(1, Math.ceil(total / size));
  const to = (number: number) => ({ [name]: String(number) });
  return {
    offset: (page - 1) * size,
    limit: size,
    pages,
    links: {
      first: to(1),
      ...(page > 1 && { prev: to(Math.min(page - 1, pages)) }),
      ...(page < pages && { next: to(page + 1) }),
      last: to(pages),
    },
  };
}

/**
 * The `Link` header: this request's own address, with other parameters for each relation. The
 * addresses are relative, so that they are right wherever the API is mounted.
 */
export function linkHeader(search: string, links: PageLinks): string {
  return Object.entries(links)
    .map(([relation, parameters]) => {
      const query = new URLSearchParams(search);
      for (const [name, value] of Object.entries(parameters)) query.set(name, value);
      return `<?${query}>; rel="${relation}"`;
    })
    .join(", ");
}
