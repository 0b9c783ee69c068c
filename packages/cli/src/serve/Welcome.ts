/** What a server says when it begins: where it is, and how to begin with it. */

/** Where this machine reaches a server that listens on all of its addresses. */
export function reachable(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}

/** Where things are, and lines to copy that work as they stand. */
export function welcomeText(db: string, listening: string): string {
  const url = reachable(listening);
  return [
    `Stockbook serves ${db} at ${listening}`,
    "",
    `  reference  ${url}/docs`,
    `  contract   ${url}/openapi.json`,
    `  try it     curl ${url}/health/ready`,
    `  make a key npx stockbook keys create --name first --scope all --db ${quoted(db)}`,
    `  use it     curl -H "Authorization: Bearer <the key>" ${url}/v1/stock`,
    "",
    "Ctrl-C stops it; what was begun is finished first.",
  ].join("\n");
}

/** A file's name as a shell takes it. */
export function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
