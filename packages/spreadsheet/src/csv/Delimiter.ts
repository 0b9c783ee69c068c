/** What stands between the fields of a CSV file. */

export const DELIMITERS = [",", ";", "\t", "|"] as const;

export type Delimiter = (typeof DELIMITERS)[number];

/** So many records are enough to guess from. */
const RECORDS = 20;

/**
 * The likeliest delimiter of a text: the one that stands in most records equally often, and of
 * those the more frequent one. Quoted text does not count.
 */
export function guessDelimiter(text: string): Delimiter {
  const records = withoutQuoted(text).split(/\r\n|\n|\r/, RECORDS + 1);
  // The last may be cut off.
  const whole = records.length > 1 ? records.slice(0, -1) : records;
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, ...scoreOf(delimiter, whole) }));
  scores.sort((a, b) => b.agreeing - a.agreeing || b.fields - a.fields);
  return scores[0]?.delimiter ?? ",";
}

function scoreOf(delimiter: Delimiter, records: readonly string[]) {
  const counts = records
    .filter((record) => record !== "")
    .map((record) => count(record, delimiter));
  const fields = counts[0] ?? 0;
  if (fields === 0) return { agreeing: 0, fields };
  return { agreeing: counts.filter((each) => each === fields).length, fields };
}

const count = (record: string, delimiter: Delimiter): number => record.split(delimiter).length - 1;

/** A quote opens where a field begins, so an inch sign within one opens nothing. */
const QUOTED = /(^|[,;\t|\r\n])"(?:[^"]|"")*(?:"|$)/g;

const withoutQuoted = (text: string): string => text.replace(QUOTED, "$1");
