/** Forms: `a=1&b[c]=2&d[]=3` as the objects and lists that their brackets name. */
import { Effect } from "effect";
import { MalformedBody } from "./Failure.js";

const MOST_FIELDS = 1_000;
const MOST_BRACKETS = 8;

/** A name in its parts: the one before the brackets, and those in them; an empty one appends. */
const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

interface Node {
  readonly inner: Map<string, Node | string>;
}

/**
 * The values of a form; all of them are texts. Written by hand, since the libraries for it either
 * drop what is too deep or too much, or join what is given twice; here it is refused.
 */
export function parseForm(text: string): Effect.Effect<unknown, MalformedBody> {
  const root: Node = { inner: new Map() };
  let fields = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++fields > MOST_FIELDS) return refused(`it has more than ${MOST_FIELDS} fields`);
    const path = pathOf(name);
    if (path === undefined) return refused(`${shownName(name)} is no name of a field`);
    if (!put(root, path, value)) return refused(`the field ${shownName(name)} is given twice`);
  }
  return Effect.succeed(valuesOf(root));
}

function pathOf(name: string): readonly string[] | undefined {
  const [, first, brackets = ""] = NAME.exec(name) ?? [];
  if (first === undefined) return undefined;
  const inner = brackets === "" ? [] : brackets.slice(1, -1).split("][");
  return inner.length > MOST_BRACKETS ? undefined : [first, ...inner];
}

/** Whether there was room for it. */
function put(root: Node, path: readonly string[], value: string): boolean {
  let node = root;
  for (const [i, part] of path.entries()) {
    const key = part === "" ? String(node.inner.size) : part;
    const known = node.inner.get(key);
    if (i === path.length - 1) {
      if (known !== undefined) return false;
      node.inner.set(key, value);
      return true;
    }
    if (typeof known === "string") return false;
    const next = known ?? { inner: new Map() };
    node.inner.set(key, next);
    node = next;
  }
  return true;
}

function valuesOf(node: Node | string): unknown {
  if (typeof node === "string") return node;
  const entries = [...node.inner].map(([key, inner]) => [key, valuesOf(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key], i) => key === String(i));
  // Not by assignment, for which some names mean more than a field.
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

function refused(message: string): Effect.Effect<never, MalformedBody> {
  return new MalformedBody({ message: `the form cannot be read: ${message}` });
}

function shownName(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}
