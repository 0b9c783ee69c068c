/** Cursors: the wire's word for where a page goes on. */

/** A request's parameters with the engine's own word for the cursor. */
export function withoutCursor<P extends { readonly cursor?: string }>({
  cursor,
  ...params
}: P): Omit<P, "cursor"> & { readonly after?: string } {
  return cursor === undefined ? params : { ...params, after: cursor };
}
