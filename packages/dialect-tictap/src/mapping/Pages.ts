/** Pages by number. */

export interface PageParams {
  readonly page?: number;
  readonly limit?: number;
}

export interface NumberedRange {
  readonly page: number;
  readonly limit: number;
  readonly offset: number;
}

const DEFAULT_LIMIT = 25;

/** Which rows a page holds. */
export function rangeOfPage({ page = 1, limit = DEFAULT_LIMIT }: PageParams): NumberedRange {
  return { page, limit, offset: (page - 1) * limit };
}

/** A page with where it lies among all rows; there is always one, be it empty. */
export function pageOf<Row>(
  results: readonly Row[],
  total: number,
  { page, limit }: NumberedRange,
) {
  const pages = Math.max(1, Math.ceil(total / limit));
  return { results, total, count: results.length, pages, page, limit };
}
