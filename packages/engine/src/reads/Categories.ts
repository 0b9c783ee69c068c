/** Categories with what lies below them. */
import type { Category } from "@stockbook/core";
import { Effect } from "effect";
import { type Busy, NotFound, type StoreFault } from "../Errors.js";
import { catalogueOf, type Source } from "./Source.js";

/** A category that a filter names, with all those below it; `null` where it names none. */
export function categoriesBelow(
  source: Source,
  root: string | undefined,
): Effect.Effect<readonly string[] | null, Busy | StoreFault | NotFound> {
  if (root === undefined) return Effect.succeed(null);
  return Effect.flatMap(catalogueOf(source), ({ categories }) =>
    categories.some(({ id }) => id === root)
      ? Effect.succeed(withSubcategories(categories, root))
      : new NotFound({ what: "category", id: root }),
  );
}

/** A category and all below it; no category is below itself. */
function withSubcategories(categories: readonly Category[], root: string): readonly string[] {
  const childrenOf = new Map<string | null, string[]>();
  for (const { id, parent } of categories) {
    const known = childrenOf.get(parent);
    if (known === undefined) childrenOf.set(parent, [id]);
    else known.push(id);
  }
  const found = [root];
  for (const id of found) found.push(...(childrenOf.get(id) ?? []));
  return found;
}
