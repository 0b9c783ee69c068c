/** What a server says when it begins: where it is, and how to begin with it. */
import type { Place } from "@stockbook/http/kit";
import { NATIVE } from "./Apis.js";
import { baseUrl } from "./Places.js";
import type { Begun } from "./Server.js";

/** Where things are, and lines to copy that work as they stand. */
export function welcomeText(db: string, begun: Begun): string {
  const { url: listening, madeKeyFile } = begun;
  const url = reachable(listening);
  return page(db, begun, [
    ...keyFileRows(madeKeyFile),
    ["try it", `curl ${url}/health/ready`],
    ["make a key", `npx stockbook keys create --name first --scope all --db ${quoted(db)}`],
    ["", "(to the test ledger; with --mode live to the live one)"],
    ["use it", `curl -H "Authorization: Bearer <the key>" ${url}/v1/stock`],
  ]);
}

/** The same for the demo, which has made a key. */
export function demoWelcomeText(db: string, begun: Begun, secret: string): string {
  const { url: listening, madeKeyFile } = begun;
  const url = reachable(listening);
  return page(db, begun, [
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

/** The base address of each API, where there are several. */
function apiRows(apis: readonly Place[], url: string): readonly Row[] {
  if (apis.length === 0) return [];
  return [NATIVE, ...apis].map((place) => [place.name, baseUrl(place, url)]);
}

function page(db: string, { url: listening, apis }: Begun, rows: readonly Row[]): string {
  const url = reachable(listening);
  const all: readonly Row[] = [
    ["reference", `${url}/docs`],
    ["contract", `${url}/openapi.json`],
    ...apiRows(apis, url),
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
