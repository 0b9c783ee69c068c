/** Finding out whether somebody has parsed a body and written it anew. */
import { textOf, utf8 } from "./Bytes.js";

/** Longer bodies are not tried: each spelling costs a signature, whoever sent the message. */
const MAX_BYTES = 32 * 1024;

/**
 * The spelling of the same JSON that was signed, in words; `undefined` if it is none that
 * programs usually write.
 */
export async function signedSpelling(
  body: Uint8Array,
  isSigned: (body: Uint8Array) => Promise<boolean>,
): Promise<string | undefined> {
  const text = body.length > MAX_BYTES ? undefined : textOf(body);
  if (text === undefined) return undefined;
  for (const [spelling, name] of spellings(text)) {
    if (await isSigned(utf8(spelling))) return name;
  }
  return undefined;
}

interface Spelling {
  readonly name: string;
  readonly spelling: string;
}

/** Each spelling once, with its first name. */
function spellings(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, spelling } of [...endings(text), ...ofJson(text)]) {
    if (!names.has(spelling)) names.set(spelling, name);
    const ended = `${spelling}\n`;
    if (!names.has(ended)) names.set(ended, `${name}, and a line feed at the end`);
  }
  names.delete(text);
  return names;
}

function endings(text: string): readonly Spelling[] {
  return [
    { name: "the same without white space around it", spelling: text.trim() },
    { name: "the same with line feeds alone", spelling: text.replaceAll("\r\n", "\n") },
    { name: "the same with carriage returns", spelling: text.replace(/\r?\n/g, "\r\n") },
  ];
}

function ofJson(text: string): readonly Spelling[] {
  const value = parsed(text);
  if (value === undefined) return [];
  const compact = JSON.stringify(value);
  const spaced = spacedJson(value);
  return [
    { name: "JSON without spaces", spelling: compact },
    { name: "JSON indented by 2 spaces", spelling: JSON.stringify(value, null, 2) },
    { name: "JSON indented by 4 spaces", spelling: JSON.stringify(value, null, 4) },
    { name: "JSON indented by tabs", spelling: JSON.stringify(value, null, "\t") },
    { name: "JSON as Python writes it", spelling: ascii(spaced) },
    { name: "JSON with a space after commas and colons", spelling: spaced },
    { name: "JSON without spaces, in ASCII", spelling: ascii(compact) },
    { name: "JSON as PHP writes it", spelling: ascii(compact).replaceAll("/", "\\/") },
  ];
}

/** `undefined`, which JSON does not have, for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

// In strings a line feed is written `\n`: those of indented JSON stand between values only.
const spacedJson = (value: unknown): string =>
  JSON.stringify(value, null, 1).replace(/,\n */g, ", ").replace(/\n */g, "");

const ascii = (json: string): string =>
  json.replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
