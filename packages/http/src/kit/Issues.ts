/** What is wrong with a value, told from the schema's own report. */
import { shown } from "@stockbook/core";
import { type ParseResult, SchemaAST } from "effect";
import type { Issue, Part } from "./Failure.js";

/** More help nobody, and a large body must not make a larger answer. */
const MOST = 20;

/** The first faults of a value that a schema refuses, each with where it stands. */
export function issuesOf(part: Part, error: ParseResult.ParseError, most = MOST): readonly Issue[] {
  const found: Found = { issues: [], most };
  collect(error.issue, [], part, found);
  return found.issues;
}

interface Found {
  readonly issues: Issue[];
  readonly most: number;
}

type Path = readonly (string | number)[];

function collect(issue: ParseResult.ParseIssue, path: Path, part: Part, found: Found): void {
  if (found.issues.length >= found.most) return;
  switch (issue._tag) {
    case "Pointer":
      return collect(issue.issue, [...path, ...segmentsOf(issue.path)], part, found);
    case "Composite":
      if (isChoice(issue.ast)) {
        return add(found, part, path, `must be ${textOf(issue.ast)}${not(issue.actual)}`);
      }
      for (const inner of issuesIn(issue)) collect(inner, path, part, found);
      return;
    case "Refinement":
      if (issue.kind === "From") return collect(issue.issue, path, part, found);
      return add(found, part, path, `must be ${textOf(issue.ast)}${not(issue.actual)}`);
    case "Transformation":
      return collect(issue.issue, path, part, found);
    case "Missing":
      return add(found, part, path, "is missing");
    case "Unexpected":
      return add(found, part, path, "is not known here");
    case "Forbidden":
      return add(found, part, path, "cannot be read");
    case "Type": {
      const message = issue.message ?? `must be ${textOf(issue.ast)}`;
      return add(found, part, path, `${message}${not(issue.actual)}`);
    }
  }
}

/** Of a union the member that fits best has the word: the others are only noise. */
function issuesIn({ ast, issues }: ParseResult.Composite): readonly ParseResult.ParseIssue[] {
  const all = isIssue(issues) ? [issues] : [...issues];
  if (ast._tag !== "Union" || all.length < 2) return all;
  const depths = all.map(depthOf);
  return [all[depths.indexOf(Math.max(...depths))] as ParseResult.ParseIssue];
}

function isIssue(
  issues: ParseResult.SingleOrNonEmpty<ParseResult.ParseIssue>,
): issues is ParseResult.ParseIssue {
  return "_tag" in issues;
}

function depthOf(issue: ParseResult.ParseIssue): number {
  switch (issue._tag) {
    case "Pointer":
      return 1 + depthOf(issue.issue);
    case "Composite":
      return Math.max(...(isIssue(issue.issues) ? [issue.issues] : issue.issues).map(depthOf));
    case "Refinement":
    case "Transformation":
      return depthOf(issue.issue);
    default:
      return 0;
  }
}

function add({ issues, most }: Found, part: Part, path: Path, message: string): void {
  if (issues.length < most) issues.push({ in: part, path, message });
}

function segmentsOf(path: ParseResult.Path): Path {
  const keys = Array.isArray(path) ? path : [path];
  return keys.map((key) => (typeof key === "number" ? key : String(key)));
}

/** One of several words: all of them are told, for none fits better than another. */
function isChoice(ast: SchemaAST.AST): ast is SchemaAST.Union {
  return ast._tag === "Union" && ast.types.every((type) => type._tag === "Literal");
}

function textOf(ast: SchemaAST.AST): string {
  if (isChoice(ast)) {
    return `one of ${ast.types.map(textOf).join(", ")}`;
  }
  if (ast._tag === "Literal") return JSON.stringify(ast.literal);
  if (ast._tag === "TypeLiteral") return "an object";
  if (ast._tag === "TupleType") return "a list";
  const described = SchemaAST.getDescriptionAnnotation(ast);
  const named = described._tag === "Some" ? described.value : String(ast);
  return named.length > 200 ? "of another form" : named;
}

function not(actual: unknown): string {
  if (typeof actual === "object" && actual !== null) {
    return Array.isArray(actual) ? ", not a list" : ", not an object";
  }
  return `, not ${shown(actual)}`;
}
