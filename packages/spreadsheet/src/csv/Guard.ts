/** Texts that a spreadsheet would run as a formula. */

/** `=` `+` `-` `@` TAB CR LF, and the full-width forms of the first four. */
const RUNS = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A text that no spreadsheet runs: an apostrophe goes before one that would be, and also before
 * one that only apostrophes keep from it, so that `unguarded` knows which of them is ours.
 */
export const guarded = (text: string): string => (RUNS.test(text) ? `'${text}` : text);

/** The text that was guarded. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && RUNS.test(text) ? text.slice(1) : text;
