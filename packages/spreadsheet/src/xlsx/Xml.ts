/** Text in the XML of a workbook. */

// What XML has no character for, and what would be read as an escape though it is none.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold.
const NOT_XML = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800-\udfff]|_(?=x[\dA-Fa-f]{4}_)/gu;
const MARKUP = /[&<>"]/g;
const ESCAPE = /_x([\dA-Fa-f]{4})_/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/**
 * Text as it stands in a cell, or in an attribute. What XML cannot hold, and CR, which it would
 * read as LF, is written as `_xHHHH_`, as spreadsheets do.
 */
export const escaped = (text: string): string =>
  text
    .replace(NOT_XML, (character) => `_x${hex(character.charCodeAt(0))}_`)
    .replace(MARKUP, (character) => ENTITIES[character] ?? character);

/** The text of a cell that XML has been taken off: `_xHHHH_` back to characters. */
export const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, "0");
