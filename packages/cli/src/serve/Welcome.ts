/** What a server says when it begins: where it is, and how to begin with it. */
import type { Begun } from "./Server.js";

/** Where things are, and lines to copy that work as they stand. */
export function welcomeText(db: string, { url: listening, madeKeyFile }: Begun): string {
  const url = reachable(listening);
  return page(db, listening, [
    ...keyFileRows(madeKeyFile),
    ["try it", `curl ${url}/health/ready`],
    ["make a key", `npx stockbook keys create --name first --scope all --db ${quoted(db)}`],
    ["", "(to the test ledger; with --mode live to the live one)"],
    ["use it", `curl -H "Authorization: Bearer <the key>" ${url}/v1/stock`],
  ]);
}

/** The same for the demo, which has made a key. */
export function demoWelcomeText(
  db: string,
  { url: listening, madeKeyFile }: Begun,
  secret: string,
): string {
  const url = reachable(listening);
  return page(db, listening, [
    ...keyFileRows(madeKeyFile),
    ["key", `${secret} (to the test ledger; shown this once)`],
    ["try it", `curl -H "Authorization: Bearer ${secret}" "${url}/v1/stock?limit=3"`],
  ]);
}

type Row = readonly [title: string, text: string];

function keyFileRows(madeKeyFile: string | undefined): readonly Row[] {
  if (madeKeyFile === undefined) return [];
  return [
    ["webhooks", `their secrets are encrypted with ${madeKeyFile}, new; keep it with the file`],
  ];
}

function page(db: string, listening: string, rows: readonly Row[]): string {
  const url = reachable(listening);
  const all: readonly Row[] = [
    ["reference", `${url}/docs`],
    ["contract", `${url}/openapi.json`],
    ...rows,
  ];
  return [
    `Stockbook serves ${db} at ${listening}`,
    "",
    ...all.map(([title, text]) => `  ${title.padEnd(12)}${text}`),
    "",
    "Ctrl-C stops it; what was begun is finished first.",
  ].join("\n");
}

/** Where this machine reaches a server that listens on all of its addresses. */
function reachable(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}

/** A file's name as a shell takes it. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
