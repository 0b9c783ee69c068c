/** The headers of a request, in any of the forms that servers give them. */

/**
 * `Headers`, a plain record (names in any case, values perhaps in arrays, as in Node), or pairs of
 * name and value.
 */
export type HeadersLike =
  | { readonly get: (name: string) => string | null }
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Gives the value of a header by its name in any case; `undefined` where it is missing or empty. */
export type ReadHeader = (name: string) => string | undefined;

export function headerReader(headers: HeadersLike): ReadHeader {
  if (isHeaders(headers)) return (name) => headers.get(name) || undefined;
  const pairs = isIterable(headers) ? [...headers] : Object.entries(headers);
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    // As HTTP joins the lines of one header.
    const all = [values.get(key), value].flat().filter((found) => found !== undefined);
    values.set(key, all.join(", "));
  }
  return (name) => values.get(name.toLowerCase()) || undefined;
}

function isHeaders(headers: HeadersLike): headers is { get: (name: string) => string | null } {
  // A map of pairs has `get`, too, but takes names in one case only.
  return "get" in headers && typeof headers.get === "function" && !(headers instanceof Map);
}

function isIterable(headers: HeadersLike): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers;
}
