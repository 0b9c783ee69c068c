/** What a workbook says of its sheets, styles and shared texts. */
import { posix } from "node:path";
import { Effect } from "effect";
import { readError, type TableReadError } from "../Errors.js";
import type { Limits } from "../Limits.js";
import { type Attributes, type Listener, parsedWhole } from "./Sax.js";
import type { Epoch } from "./Serial.js";
import type { Archive } from "./Unzip.js";
import { unescaped } from "./Xml.js";

export interface Sheet {
  readonly name: string;
  /** Where it is in the archive. */
  readonly path: string;
  readonly visibility: "visible" | "hidden";
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly epoch: Epoch;
  /** For each style, whether its numbers are days and moments. */
  readonly datedStyles: readonly boolean[];
  readonly sharedTexts: readonly string[];
}

/** A workbook has no more of them; what has is meant to fill memory. */
const MAX_STYLES = 65_536;
const MAX_SHARED_TEXTS = 2_000_000;

interface Relationship {
  readonly id: string;
  /** The last word of its type, such as `worksheet`. */
  readonly type: string;
  readonly path: string;
  readonly mode: "internal" | "external";
}

export const readWorkbook = (
  archive: Archive,
  limits: Limits,
): Effect.Effect<Workbook, TableReadError> =>
  Effect.gen(function* () {
    const main = yield* mainPart(archive, limits);
    const related = yield* relationshipsOf(archive, main, limits);
    const { named, epoch } = yield* readMain(archive, main, limits);
    const only = (type: string) => related.find((each) => each.type === type);
    const styles = only("styles");
    const shared = only("sharedStrings");
    return {
      epoch,
      sheets: yield* located(named, related),
      datedStyles: styles ? yield* readDatedStyles(archive, inside(styles)) : [],
      sharedTexts: shared ? yield* readSharedTexts(archive, inside(shared), limits) : [],
    };
  });

/** The path of a part; one outside the archive is never followed. */
const inside = ({ mode, path }: Relationship): string => (mode === "internal" ? path : "");

const mainPart = (archive: Archive, limits: Limits) =>
  Effect.gen(function* () {
    if (!archive.has("_rels/.rels")) {
      return yield* readError("unsupported", "an archive, but not one of a workbook");
    }
    const related = yield* relationshipsOf(archive, "", limits);
    const main = related.find(({ type, mode }) => type === "officeDocument" && mode === "internal");
    if (main?.path.endsWith(".xml")) return main.path;
    return yield* readError("unsupported", "neither .xlsx nor .xlsm");
  });

/** The relationships of a part, or of the whole archive. */
function relationshipsOf(archive: Archive, part: string, limits: Limits) {
  const folder = posix.dirname(part);
  const path = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  const found: Relationship[] = [];
  const open = (name: string, attributes: Attributes) => {
    if (name !== "Relationship") return;
    capped(found, limits.parts, "relationships").push(relationship(folder, attributes));
  };
  return parsedWhole(path, archive.part(path), { open, ...DEAF }, () => found);
}

function relationship(folder: string, attributes: Attributes): Relationship {
  const { Id = "", Type = "", Target = "", TargetMode } = attributes;
  // An absolute target begins at the root of the archive, which has no slash in front.
  const path = posix.join(
    "/",
    folder,
    Target.startsWith("/") ? posix.relative(`/${folder}`, Target) : Target,
  );
  return {
    id: Id,
    type: Type.slice(Type.lastIndexOf("/") + 1),
    path: path.slice(1),
    mode: TargetMode === "External" ? "external" : "internal",
  };
}

const DEAF = { text: () => {}, close: () => {} } satisfies Partial<Listener>;

interface NamedSheet {
  readonly name: string;
  readonly relationship: string;
  readonly visibility: Sheet["visibility"];
}

function readMain(archive: Archive, path: string, limits: Limits) {
  const named: NamedSheet[] = [];
  let epoch: Epoch = "1900";
  const open = (name: string, attributes: Attributes) => {
    if (name === "workbookPr" && isTrue(attributes.date1904)) epoch = "1904";
    if (name !== "sheet") return;
    capped(named, limits.parts, "sheets").push({
      name: unescaped(attributes.name ?? ""),
      relationship: relationshipId(attributes),
      visibility: (attributes.state ?? "visible") === "visible" ? "visible" : "hidden",
    });
  };
  return parsedWhole(path, archive.part(path), { open, ...DEAF }, () => ({ named, epoch }));
}

/** `r:id`, whatever the prefix is. */
const relationshipId = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1] ?? "";

/** The sheets that are tables; others are charts and dialogues. */
function located(
  named: readonly NamedSheet[],
  related: readonly Relationship[],
): Effect.Effect<readonly Sheet[], TableReadError> {
  const byId = new Map(related.map((each) => [each.id, each]));
  return Effect.forEach(named, ({ name, visibility, relationship }) => {
    const target = byId.get(relationship);
    if (target === undefined) {
      return readError("broken", "it stands nowhere in the archive", { sheet: name });
    }
    if (target.mode === "external") {
      return readError("unsafe", "it stands in another file", { sheet: name });
    }
    const { path, type } = target;
    return Effect.succeed(type === "worksheet" ? [{ name, visibility, path }] : []);
  }).pipe(Effect.map((found) => found.flat()));
}

function readDatedStyles(archive: Archive, path: string) {
  const formats = new Map<string, string>();
  const dated: boolean[] = [];
  let inCells = false;
  const open = (name: string, attributes: Attributes) => {
    const { numFmtId = "0", formatCode = "" } = attributes;
    if (name === "numFmt" && formats.size < MAX_STYLES) formats.set(numFmtId, formatCode);
    if (name === "cellXfs") inCells = true;
    if (name !== "xf" || !inCells) return;
    capped(dated, MAX_STYLES, "styles").push(isDated(numFmtId, formats.get(numFmtId)));
  };
  const close = (name: string) => {
    if (name === "cellXfs") inCells = false;
  };
  return parsedWhole(path, archive.part(path), { ...DEAF, open, close }, () => dated);
}

/** Days, times of day and moments; in 27 to 36 and 50 to 58 those of East Asia. */
const DATED: ReadonlyArray<readonly [from: number, to: number]> = [
  [14, 22],
  [27, 36],
  [50, 58],
];

/** Whether a format shows a number as a day or a moment. Elapsed time, `[h]:mm`, is a number. */
function isDated(id: string, code: string | undefined): boolean {
  if (code === undefined) return DATED.some(([from, to]) => Number(id) >= from && Number(id) <= to);
  const [positive = ""] = code.split(";", 1);
  if (/\[(?:h+|m+|s+)\]/i.test(positive)) return false;
  const bare = positive.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General/gi, "");
  return /[ymdhs]/i.test(bare);
}

function readSharedTexts(archive: Archive, path: string, limits: Limits) {
  const texts: string[] = [];
  const read = makeTextReader("si", limits, (text) => {
    capped(texts, MAX_SHARED_TEXTS, "shared texts").push(text);
  });
  return parsedWhole(path, archive.part(path), read, () => texts);
}

/**
 * Listens for the texts in elements of a name, each of one run or several. How it is pronounced,
 * which may stand beside it, is no part of it.
 */
export function makeTextReader(
  element: string,
  { cellLength }: Limits,
  done: (text: string) => void,
): Listener {
  let whole = "";
  let run: string | undefined;
  let spoken = 0;
  return {
    open: (name) => {
      if (name === element) whole = "";
      if (name === "rPh") spoken++;
      if (name === "t" && spoken === 0) run = "";
    },
    text: (text) => {
      if (run === undefined) return;
      run += text;
      if (whole.length + run.length > cellLength * ESCAPE_LENGTH) {
        throw readError("too-large", `a text of more than ${cellLength} characters`);
      }
    },
    close: (name) => {
      if (name === "rPh") spoken--;
      if (name === "t" && run !== undefined) {
        whole += unescaped(run);
        run = undefined;
      }
      if (name !== element) return;
      if (whole.length > cellLength) {
        throw readError("too-large", `a text of more than ${cellLength} characters`);
      }
      done(whole);
    },
  };
}

/** A character that is escaped takes seven. */
export const ESCAPE_LENGTH = 7;

function capped<A>(list: A[], limit: number, what: string): A[] {
  if (list.length >= limit) throw readError("too-large", `more than ${limit} ${what}`);
  return list;
}

const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";
