/** The query of a request: names and values, lists in brackets, and what is left out of it. */
import { Option, type Schema, SchemaAST } from "effect";
import { MalformedBody } from "./Failure.js";

/** What a query is read by. */
export interface QueryRules {
  /** By the name without brackets: under which name the contract has a list. */
  readonly lists: ReadonlyMap<string, string>;
  /** Parameters that are not read. */
  readonly unread: readonly string[];
}

export type Query = Readonly<Record<string, string | readonly string[]>>;

/** A URL in its path and what stands behind `?`. */
export function splitUrl(url: string): readonly [path: string, search: string] {
  const at = url.indexOf("?");
  return at === -1 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)];
}

/** What stands behind `?`. */
export function searchOf(url: string): string {
  return splitUrl(url)[1];
}

/**
 * The query as names and values. A list is given as `ids[]=a&ids[]=b`, `ids[0]=a&ids[1]=b` or
 * `ids=a&ids=b`; anything else that is given twice has no one meaning.
 */
export function queryOf(search: string, { lists, unread }: QueryRules): Query | MalformedBody {
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (unread.includes(name)) continue;
    const list = lists.size === 0 ? undefined : lists.get(name.replace(BRACKETS, ""));
    if (list !== undefined) {
      const known = Object.hasOwn(query, list) ? query[list] : undefined;
      if (Array.isArray(known)) known.push(value);
      else define(query, list, [value]);
    } else if (Object.hasOwn(query, name)) {
      const parameter = name.slice(0, 100);
      return new MalformedBody({ message: `the parameter ${parameter} is given twice`, parameter });
    } else define(query, name, value);
  }
  return query;
}

const BRACKETS = /\[\d{0,6}\]$/;

// Not by assignment, for which some names mean more than a field.
function define(query: object, name: string, value: unknown): void {
  Object.defineProperty(query, name, { value, enumerable: true });
}

/** A search without some of its parameters; as it is where it has none of them. */
export function withoutParameters(search: string, names: readonly string[]): string {
  if (names.length === 0 || search === "") return search;
  const query = new URLSearchParams(search);
  for (const name of names) query.delete(name);
  return query.toString();
}

/** The lists of a query's schema, by their names without brackets. */
export function listsOf(schema: Option.Option<Schema.Schema.All>): ReadonlyMap<string, string> {
  if (Option.isNone(schema)) return new Map();
  const signatures = SchemaAST.getPropertySignatures(SchemaAST.encodedAST(schema.value.ast));
  const names = signatures.filter(({ type }) => isList(type)).map(({ name }) => String(name));
  return new Map(names.map((name) => [name.replace(BRACKETS, ""), name]));
}

function isList(ast: SchemaAST.AST): boolean {
  if (ast._tag === "Union") return ast.types.some(isList);
  if (ast._tag === "Suspend") return isList(ast.f());
  return ast._tag === "TupleType";
}
