/** Headers that every API reads the same way. */
import { withoutSecrets } from "./Secrets.js";

/** An idempotency key: bare, or quoted as a structured field is. */
export function idempotencyKeyOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(header.trim());
  return quoted === null ? header.trim() : (quoted[1] as string).replace(/\\(["\\])/g, "$1");
}

/** A text as a structured field: quoted, and in ASCII, which is all that a header can carry. */
export function fieldText(text: string): string {
  return `"${text.replace(/[^ -~]/gu, "?").replace(/["\\]/g, "\\$&")}"`;
}

/** Whether an `Accept` header allows one of these types. */
export function accepts(header: string | undefined, types: readonly string[]): boolean {
  if (header === undefined || header.trim() === "") return true;
  return header.split(",").some((range) => {
    const [type = "", ...parameters] = range.toLowerCase().split(";");
    if (parameters.some((parameter) => /^\s*q=0(?:\.0*)?\s*$/.test(parameter))) return false;
    return types.some((offered) => isInRange(offered, type.trim()));
  });
}

function isInRange(offered: string, range: string): boolean {
  if (range === "*/*" || range === offered) return true;
  return range.endsWith("/*") && offered.startsWith(range.slice(0, -1));
}

/** A request id that the caller gave, where it is one that can stand in a log. */
export function givenRequestId(header: string | undefined): string | undefined {
  if (header === undefined || !/^[\w.:-]{1,100}$/.test(header)) return undefined;
  return withoutSecrets(header) === header ? header : undefined;
}
