import fc from "fast-check";
import type { CellType, Column, Row } from "../../src/index.js";

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Texts on which writers and readers of CSV, XML and spreadsheets have failed. */
export const NASTY = [
  "007",
  "=1+1",
  "'=1+1",
  "''-",
  "+49 30",
  "-5",
  "@me",
  "\tx",
  "\r",
  "\n",
  "\r\n",
  "\u{ff1d}1",
  'say "hi", twice; or | not\tat all',
  '"',
  '""',
  " led by a space",
  "trailing ",
  "_x0041_",
  "_x005F_x0041_",
  "\u0000\u0001\u001f\u007f\ufffe\uffff",
  "\u{1f600}\u{10ffff}",
  "\ufeffmarked",
  "]]>",
  "<t>&amp;</t>",
  "1e5",
  "TRUE",
  "#N/A",
  "__proto__",
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...NASTY), fc.constantFrom(...NASTY))
      .map((both) => both.join("")),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 4_000, max: 32_767 })
      .map((length) => "x\n\u00fc".repeat(length / 3)),
  },
);

const digits = fc.stringMatching(/^(0|[1-9]\d{0,30})(\.\d{1,30})?$/);

const VALUES: { readonly [Type in CellType]: fc.Arbitrary<Row[string]> } = {
  text,
  // No number of its own in a spreadsheet.
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  decimal: fc.tuple(fc.constantFrom("", "-"), digits).map((parts) => parts.join("")),
  boolean: fc.boolean(),
  date: fc
    .integer({
      min: Date.parse("0000-01-01") / 86_400_000,
      max: Date.parse("9999-12-31") / 86_400_000,
    })
    .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
  instant: fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: Date.parse("1890-01-01"), max: Date.parse("2100-01-01") }),
  ),
};

const column: fc.Arbitrary<{ readonly type: CellType; readonly heading: string }> = fc.record({
  type: fc.constantFrom("text", "number", "decimal", "boolean", "date", "instant"),
  heading: text.filter((heading) => heading.trim() !== ""),
});

export const table: fc.Arbitrary<Table> = fc
  .uniqueArray(column, {
    minLength: 1,
    maxLength: 6,
    selector: ({ heading }) => heading.trim().toLowerCase(),
  })
  .chain((found) => {
    const columns = found.map((each, index) => ({ ...each, name: `c${index}` }));
    const row = fc.record(
      Object.fromEntries(
        columns.map(({ name, type }) => [name, fc.option(VALUES[type], { freq: 5 })]),
      ),
    );
    return fc.record({ columns: fc.constant(columns), rows: fc.array(row, { maxLength: 12 }) });
  });

/** The rows as they are read again: the empty text is no text, and a row of nothing is none. */
export const readAgain = ({ columns, rows }: Table): readonly Row[] =>
  rows
    .map((row) =>
      Object.fromEntries(
        columns.map(({ name }) => [name, row[name] === "" ? null : (row[name] ?? null)]),
      ),
    )
    .filter((row) => Object.values(row).some((value) => value !== null));
