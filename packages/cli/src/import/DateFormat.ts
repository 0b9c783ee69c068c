/** Date formats: what a mapping says times look like, and reading them strictly. */

/** A time as it is written: on the clock of some place, or with an offset of its own. */
interface WrittenTime {
  /** The clock's reading as if it were UTC, in milliseconds since 1970. */
  readonly local: number;
  /** Minutes east of Greenwich; `null` where the zone of the file decides. */
  readonly offset: number | null;
}

export interface DateFormat {
  /** How such a time looks, for messages. */
  readonly shape: string;
  readonly read: (text: string) => WrittenTime | undefined;
}

/** What a format has to say before it can be used. */
export interface FormatFault {
  readonly fault: string;
}

type Field =
  | "year"
  | "month"
  | "day"
  | "hour"
  | "hour12"
  | "minute"
  | "second"
  | "millisecond"
  | "half";

interface Token {
  readonly field: Field;
  readonly pattern: string;
}

const TOKENS: ReadonlyMap<string, Token> = new Map([
  ["yyyy", { field: "year", pattern: "\\d{4}" }],
  ["MM", { field: "month", pattern: "\\d{2}" }],
  ["M", { field: "month", pattern: "\\d{1,2}" }],
  ["dd", { field: "day", pattern: "\\d{2}" }],
  ["d", { field: "day", pattern: "\\d{1,2}" }],
  ["HH", { field: "hour", pattern: "\\d{2}" }],
  ["H", { field: "hour", pattern: "\\d{1,2}" }],
  ["hh", { field: "hour12", pattern: "\\d{2}" }],
  ["h", { field: "hour12", pattern: "\\d{1,2}" }],
  ["mm", { field: "minute", pattern: "\\d{2}" }],
  ["ss", { field: "second", pattern: "\\d{2}" }],
  ["SSS", { field: "millisecond", pattern: "\\d{3}" }],
  ["a", { field: "half", pattern: "[AaPp][Mm]" }],
]);

const TOKEN_NAMES = [...TOKENS.keys()].join(", ");

/** Letters that repeat, a quoted text, or any one other character. */
const PIECE = /([A-Za-z])\1*|'([^']*)'|[^A-Za-z']/gu;

const ISO =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<millisecond>\d{1,3}))?)?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO 8601, as `2010-12-01T08:26`, with or without seconds and offset, or a date alone. */
export const isoFormat: DateFormat = {
  shape: "ISO 8601 such as 2010-12-01T08:26:00Z",
  read: (text) => {
    const groups = ISO.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const { millisecond, zone } = groups;
    const local = localTime({ ...groups, millisecond: millisecond?.padEnd(3, "0") });
    const offset = zone === undefined ? null : offsetMinutes(zone);
    return local === undefined || offset === undefined ? undefined : { local, offset };
  },
};

/**
 * The format that a pattern such as `dd/MM/yyyy HH:mm` describes.
 *
 * @example
 * dateFormatOf("dd/MM/yyyy HH:mm") // reads 01/12/2010 08:26
 * dateFormatOf("iso")
 */
export function dateFormatOf(pattern: string): DateFormat | FormatFault {
  if (pattern === "iso") return isoFormat;
  if ((pattern.split("'").length - 1) % 2 === 1) return { fault: "a quote in it is not closed" };
  const fields = new Set<Field>();
  let expression = "";
  for (const piece of pattern.matchAll(PIECE)) {
    const [text] = piece;
    if (piece[1] === undefined) {
      expression += literal(piece[2] ?? text);
      continue;
    }
    const token = TOKENS.get(text);
    if (token === undefined) {
      return { fault: `${text} is no part of a date; there are ${TOKEN_NAMES}` };
    }
    if (fields.has(token.field)) return { fault: `the ${token.field} stands in it twice` };
    fields.add(token.field);
    expression += `(?<${token.field}>${token.pattern})`;
  }
  const fault = missingField(fields);
  if (fault !== undefined) return { fault };
  const compiled = new RegExp(`^${expression}$`, "u");
  return { shape: pattern, read: (text) => readWith(compiled, text) };
}

function missingField(fields: ReadonlySet<Field>): string | undefined {
  if (!fields.has("year")) return "it needs the year, yyyy";
  if (!fields.has("month")) return "it needs the month, MM or M";
  if (!fields.has("day")) return "it needs the day, dd or d";
  if (fields.has("hour") && fields.has("hour12")) return "it has the hour twice, H and h";
  if (fields.has("hour12") !== fields.has("half")) return "h and a go together; for 24 hours use H";
  return undefined;
}

function readWith(expression: RegExp, text: string): WrittenTime | undefined {
  const groups = expression.exec(text)?.groups;
  const local = groups === undefined ? undefined : localTime(groups);
  return local === undefined ? undefined : { local, offset: null };
}

type Parts = { readonly [field in Field]?: string | undefined };

/** The clock's reading, or nothing where there is no such date or time. */
function localTime(parts: Parts): number | undefined {
  const year = Number(parts.year);
  const month = Number(parts.month);
  const day = Number(parts.day);
  const hour = parts.hour12 === undefined ? Number(parts.hour ?? 0) : hourOf(parts);
  const minute = Number(parts.minute ?? 0);
  const second = Number(parts.second ?? 0);
  if (hour === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that does not exist, such as 31 February, would roll over into the next month.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second, Number(parts.millisecond ?? 0));
}

function hourOf({ hour12, half }: Parts): number | undefined {
  const hour = Number(hour12);
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half?.toLowerCase() === "pm" ? 12 : 0);
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 18 || minutes > 59) return undefined;
  const total = hours * 60 + minutes;
  return zone.startsWith("-") ? -total : total;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (character) => {
    return `\\u{${character.charCodeAt(0).toString(16)}}`;
  });
}
