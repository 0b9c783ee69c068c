/** Pages: what a page asks the engine for, and what is said of it. */

/** Parameters of a list that comes in pages. */
export interface PageParams {
  readonly page?: number;
  readonly per_page?: number;
}

export interface PageMeta {
  readonly page: number;
  readonly per_page: number;
  readonly total: number;
  readonly total_pages: number;
}

/** A page with everything said. */
export interface AskedPage {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number;
}

export function askedPage({ page = 1, per_page }: PageParams, usual: number): AskedPage {
  const perPage = per_page ?? usual;
  return { page, perPage, offset: (page - 1) * perPage };
}

/** What is said of a page among `total` rows; there is no page where there are no rows. */
export function metaOf({ page, perPage }: AskedPage, total: number): PageMeta {
  return { page, per_page: perPage, total, total_pages: Math.ceil(total / perPage) };
}

/** A page of nothing. */
export const NO_ROWS = { rows: [], total: 0 } as const;
