/** Secrets that stand where they should not, such as a key in a query or in a body. */

/** A prefix that tells the mode, and what makes the key one. */
const SECRET = /\b([a-z][a-z0-9]{0,19}_(?:live|test)_)[0-9A-Za-z]{16,}/g;

/** A text with only the beginnings of the keys in it. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRET, "$1…");
}
